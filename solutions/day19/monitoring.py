# %% [markdown]
# # Day 19: watching a training run
#
# A training run tells you what is going on, if you listen. Today you build the small tools that listen for you: a
# confusion matrix, early stopping, checkpoints, and a word for what a pair of loss curves shows.

# %%
import copy
import math

import torch
from matplotlib.axes import Axes
from torch import Tensor, nn

# %% [markdown]
# ## Confusion matrix
#
# How often a sample of the true class (row) was predicted as each class (column).


# %%
def confusion_matrix(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    """Counts of (true class, predicted class).

    Args:
        pred: (N,), int64, the predicted classes, each in [0, num_classes).
        labels: (N,), int64, the true classes.
        num_classes: C.

    Returns:
        (C, C), int64: row = true, column = predicted.
    """
    ### BEGIN SOLUTION
    cells = labels * num_classes + pred
    return torch.bincount(cells, minlength=num_classes**2).reshape(num_classes, num_classes)
    ### END SOLUTION


# %% [markdown]
# ## Precision, recall, F1
#
# $$P_c = \frac{M_{cc}}{\sum_r M_{rc}} \qquad R_c = \frac{M_{cc}}{\sum_k M_{ck}} \qquad F_c = \frac{2 P_c R_c}{P_c + R_c}$$
#
# Where there is a 0 below the line, the value is 0.


# %%
def precision_recall_f1(matrix: Tensor) -> dict[str, Tensor]:
    """Precision, recall and F1 of each class.

    Args:
        matrix: (C, C), counts: row = true, column = predicted.

    Returns:
        `precision`, `recall`, `f1`: each (C,), float, 0 where undefined.
    """
    ### BEGIN SOLUTION
    hits, predicted, true = matrix.diagonal(), matrix.sum(dim=0), matrix.sum(dim=1)
    # where the count below the line is 0, so are the hits: 0 / 1 is the 0 that is asked for
    return {
        "precision": hits / predicted.clamp(min=1),
        "recall": hits / true.clamp(min=1),
        "f1": 2 * hits / (predicted + true).clamp(min=1),
    }
    ### END SOLUTION


# %% [markdown]
# ## Early stopping
#
# A validation loss counts as better if it is below the best so far by more than `min_delta`. After `patience` updates in
# a row that brought nothing better, it is time to stop, and to go back to the best weights.


# %%
class EarlyStopping:
    """Says when to stop, and keeps the best weights.

    Args:
        patience: how many updates in a row may bring nothing better.
        min_delta: by more than this a loss has to fall to count as better.
    """

    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        ### BEGIN SOLUTION
        self.patience, self.min_delta = patience, min_delta
        self.best, self.waited = math.inf, 0
        self.weights: dict[str, Tensor] = {}
        ### END SOLUTION

    def update(self, val_loss: float, model: nn.Module) -> bool:
        """Takes in an epoch's validation loss, and the model as it is now.

        Returns:
            True when it is time to stop.
        """
        ### BEGIN SOLUTION
        if val_loss < self.best - self.min_delta:
            self.best, self.waited = val_loss, 0
            self.weights = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience
        ### END SOLUTION

    def restore(self, model: nn.Module) -> None:
        """Puts the best weights back into the model."""
        ### BEGIN SOLUTION
        model.load_state_dict(self.weights)
        ### END SOLUTION


# %% [markdown]
# ## Checkpoints
#
# What does it take to go on as if nothing had happened? The model's weights are not all of it: day 18's optimizers have a
# memory, too. And a file may come from somebody else: reading it must not be able to run code.


# %%
def save_checkpoint(path, model: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    """Writes to `path` what it takes to go on.

    Args:
        path: a str or a Path.
        model, optimizer: as they are now; saving leaves them so.
        epoch: the epoch that is done.
    """
    ### BEGIN SOLUTION
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)
    ### END SOLUTION


# %%
def load_checkpoint(path, model: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Reads `path` into the model and the optimizer, without running anything that a file may hold.

    Returns:
        The epoch that was saved.
    """
    ### BEGIN SOLUTION
    checkpoint = torch.load(path, weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]
    ### END SOLUTION


# %% [markdown]
# ## Diagnose
#
# | Answer | What the curves look like |
# | --- | --- |
# | `overfitting` | the training loss goes on falling, the validation loss has turned and rises |
# | `underfitting` | both have gone flat, and both are still high, near where they began |
# | `diverging` | the training loss grows, or is no longer a finite number |
# | `converged` | both are low and flat |
# | `still_learning` | both are still going down |
#
# Curves from real runs tremble: look at trends, not at two neighbouring values.


# %%
def diagnose(train_losses: list[float], val_losses: list[float]) -> str:
    """One word for a run.

    Args:
        train_losses, val_losses: a loss an epoch, equally many.

    Returns:
        `overfitting`, `underfitting`, `diverging`, `converged` or `still_learning`.
    """
    ### BEGIN SOLUTION
    window = max(1, len(train_losses) // 5)
    now, before = sum(train_losses[-window:]), sum(train_losses[-2 * window : -window])
    val_now = sum(val_losses[-window:])
    if not math.isfinite(sum(train_losses)) or now > 1.2 * window * min(train_losses):
        return "diverging"
    if val_now > 1.2 * window * min(val_losses):
        return "overfitting"
    if now < 0.98 * before:
        return "still_learning"
    return "converged" if now < 0.3 * window * train_losses[0] else "underfitting"
    ### END SOLUTION


# %% [markdown]
# ## Plot
#
# Both curves over the epochs, which count from 1.


# %%
def plot_history(train_losses: list[float], val_losses: list[float], ax: Axes) -> None:
    """Draws both loss curves on `ax`, labelled, with a legend and names on both axes.

    Args:
        train_losses, val_losses: a loss an epoch, equally many.
        ax: where to draw.
    """
    ### BEGIN SOLUTION
    epochs = range(1, len(train_losses) + 1)
    ax.plot(epochs, train_losses, label="training")
    ax.plot(epochs, val_losses, label="validation")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()
    ### END SOLUTION
