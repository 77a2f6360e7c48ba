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
    raise NotImplementedError("confusion_matrix is not written yet")


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
    raise NotImplementedError("precision_recall_f1 is not written yet")


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
        raise NotImplementedError("EarlyStopping.__init__ is not written yet")

    def update(self, val_loss: float, model: nn.Module) -> bool:
        """Takes in an epoch's validation loss, and the model as it is now.

        Returns:
            True when it is time to stop.
        """
        raise NotImplementedError("EarlyStopping.update is not written yet")

    def restore(self, model: nn.Module) -> None:
        """Puts the best weights back into the model."""
        raise NotImplementedError("EarlyStopping.restore is not written yet")


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
    raise NotImplementedError("save_checkpoint is not written yet")


# %%
def load_checkpoint(path, model: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Reads `path` into the model and the optimizer, without running anything that a file may hold.

    Returns:
        The epoch that was saved.
    """
    raise NotImplementedError("load_checkpoint is not written yet")


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
    raise NotImplementedError("diagnose is not written yet")


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
    raise NotImplementedError("plot_history is not written yet")
