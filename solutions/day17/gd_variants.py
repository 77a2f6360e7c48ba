# %% [markdown]
# # Day 17: batch, mini-batch and stochastic gradient descent
#
# One program, three variants: all rows a step, some rows a step, one row a step. Then you measure the price of looking
# at fewer rows, which is noise, and draw what it does to the loss.
#
# X is (N, D), y is (N,); model and loss are yesterday's: $\frac{1}{N} \sum_i (x_i \cdot w + b - y_i)^2$, from zeros.

# %%
from collections.abc import Iterator

import torch
from matplotlib.axes import Axes
from torch import Tensor

# %% [markdown]
# ## Mini-batches
#
# The numbers of all rows in random order, cut into pieces. One call is one epoch.


# %%
def minibatches(n: int, batch_size: int, seed: int) -> Iterator[Tensor]:
    """Cuts the shuffled row numbers 0 to n - 1 into pieces.

    Args:
        n: how many rows there are.
        batch_size: of every piece; the last may be shorter.
        seed: the same seed gives the same pieces.

    Returns:
        An iterator over int64 tensors, (batch_size,). Each number is in just one of them.
    """
    ### BEGIN SOLUTION
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    yield from order.split(batch_size)
    ### END SOLUTION


# %% [markdown]
# ## Train
#
# $$w \leftarrow w - \eta \nabla_w \frac{1}{\lvert B \rvert} \sum_{i \in B} (x_i \cdot w + b - y_i)^2$$
#
# for each mini-batch B, and the same for b. Shuffle anew each epoch: a seed of its own for every epoch does it.


# %%
def train(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> dict:
    """Linear regression by mini-batch gradient descent, from zeros.

    Args:
        X: (N, D).
        y: (N,).
        batch_size: rows a step; N makes it batch descent, 1 makes it stochastic descent.
        lr: the learning rate.
        epochs: how often every row is seen.
        seed: the same seed gives the same result.

    Returns:
        `w`, (D,), and `b`, a scalar tensor; `losses`, one Python number an epoch: the mean loss during the epoch or
        after it; `updates`, how many steps were taken, an int.
    """
    ### BEGIN SOLUTION
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    losses, updates = [], 0
    for epoch in range(epochs):
        for rows in minibatches(len(X), batch_size, seed + epoch):
            rows = rows.to(X.device)
            residuals = X[rows] @ w + b - y[rows]
            w = w - lr * 2 * X[rows].T @ residuals / len(rows)
            b = b - lr * 2 * residuals.mean()
            updates += 1
        losses.append(((X @ w + b - y) ** 2).mean().item())
    return {"w": w, "b": b, "losses": losses, "updates": updates}
    ### END SOLUTION


# %% [markdown]
# ## Compare


# %%
def compare_variants(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> dict[str, dict]:
    """Trains with all rows a step, with 32 and with 1, each from zeros.

    Args:
        X: (N, D).
        y: (N,).
        lr: the learning rate of all three.
        epochs: of all three.
        seed: the same seed gives the same result.

    Returns:
        What `train` returns, for `batch`, `mini_batch` and `sgd`.
    """
    ### BEGIN SOLUTION
    sizes = {"batch": len(X), "mini_batch": 32, "sgd": 1}
    return {name: train(X, y, size, lr, epochs, seed) for name, size in sizes.items()}
    ### END SOLUTION


# %% [markdown]
# ## Gradient noise
#
# With $g_t$ the gradient (of w and b together) of the t-th random batch and $\bar g$ the mean of all T:
#
# $$\frac{1}{T} \sum_{t=1}^{T} \lVert g_t - \bar g \rVert^2$$


# %%
def gradient_variance(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    """How far the gradients of random batches scatter, at fixed w and b.

    Args:
        X: (N, D).
        y: (N,).
        w: (D,).
        b: a scalar tensor.
        batch_size: rows in each batch, drawn independently, with replacement.
        trials: how many batches.
        seed: the same seed gives the same number.

    Returns:
        The mean squared distance of the batches' gradients from their mean; it falls as 1 / batch_size.
    """
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    rows = torch.randint(len(X), (trials, batch_size), generator=generator).to(X.device)
    residuals = X[rows] @ w + b - y[rows]
    features = torch.cat([X[rows], torch.ones_like(X[rows][..., :1])], dim=-1)
    gradients = 2 * (residuals[..., None] * features).mean(dim=1)
    return ((gradients - gradients.mean(dim=0)) ** 2).sum(dim=1).mean().item()
    ### END SOLUTION


# %% [markdown]
# ## Plot
#
# One line a variant. A logarithmic y axis shows the end of the training as well as its beginning.


# %%
def plot_convergence(results: dict[str, dict], ax: Axes) -> None:
    """Draws the losses of each variant over the epochs.

    Args:
        results: as from `compare_variants`; each value has `losses`.
        ax: where to draw. A line for each variant, labelled with its name, a legend, a name on both axes.
    """
    ### BEGIN SOLUTION
    for name, result in results.items():
        losses = result["losses"]
        ax.plot(range(1, len(losses) + 1), losses, label=name)
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.set_yscale("log")
    ax.legend()
    ### END SOLUTION
