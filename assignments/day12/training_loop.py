# %% [markdown]
# # Day 12: the training loop
#
# Forward, loss, backward, step: today you write the program around these four, once and well. Images arrive as float32
# in [0, 1], (N, 1, 28, 28), labels as int64, (N,), both on the CPU; your code moves them to `device`.

# %%
import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.utils.data import DataLoader, TensorDataset

# %% [markdown]
# ## Loader
#
# A `Dataset` knows its examples by number, a `DataLoader` hands them out in batches. Give its shuffling a random
# generator of its own.


# %%
def make_loader(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> DataLoader:
    """Batches of images with their labels.

    Args:
        images: (N, 1, 28, 28), float, in [0, 1]; they come out as they are.
        labels: (N,), int64.
        batch_size: examples in a batch; the last may have fewer.
        shuffle: whether the order is random, or as given.
        seed: the random order depends on it, and on nothing else.

    Returns:
        A loader of (images, labels), in which each example comes once an epoch.
    """
    raise NotImplementedError("make_loader is not written yet")


# %% [markdown]
# ## One step
#
# The gradients of this batch alone, one step of the optimizer, and the loss as it was *before* the step.


# %%
def train_step(
    model: nn.Module, images: Tensor, labels: Tensor, loss_fn: Callable, optimizer: Optimizer, device: torch.device
) -> float:
    """One update of the model on one batch, in train mode.

    Args:
        model: on `device`.
        images, labels: one batch, on the CPU.
        loss_fn: `loss_fn(logits, labels)`, the mean over the batch.
        optimizer: made with the model's parameters.
        device: where the work is done.

    Returns:
        The loss before the update, a Python number.
    """
    raise NotImplementedError("train_step is not written yet")


# %% [markdown]
# ## One epoch
#
# $$\frac{\sum_k n_k L_k}{\sum_k n_k}$$
#
# with $n_k$ samples and loss $L_k$ in batch $k$.


# %%
def train_epoch(
    model: nn.Module, loader: DataLoader, loss_fn: Callable, optimizer: Optimizer, device: torch.device
) -> float:
    """One pass through the loader.

    Returns:
        The mean loss a sample, measured on the way; a Python number.
    """
    raise NotImplementedError("train_epoch is not written yet")


# %% [markdown]
# ## Evaluation
#
# In eval mode and without a graph; afterwards every part of the model is in the mode in which it was.


# %%
def evaluate(model: nn.Module, loader: DataLoader, loss_fn: Callable, device: torch.device) -> dict[str, float]:
    """How good the model is on the loader's data. Nothing in the model changes.

    Returns:
        `loss`: the mean a sample; `accuracy`: the fraction of right answers. Python numbers.
    """
    raise NotImplementedError("evaluate is not written yet")


# %% [markdown]
# ## Fit
#
# SGD and cross-entropy, epoch after epoch, and a record of each. The check trains on MNIST for 3 epochs with learning
# rate 0.1 and batches of 64.


# %%
def fit(
    model: nn.Module, train_loader: DataLoader, val_loader: DataLoader, epochs: int, lr: float, device: torch.device
) -> list[dict[str, float]]:
    """Trains the model with SGD and cross-entropy.

    Args:
        model: on any device; it is moved to `device`.
        train_loader, val_loader: what to learn from, and what to measure on after each epoch.
        epochs: passes through `train_loader`.
        lr: SGD's learning rate.

    Returns:
        A record an epoch: `epoch` (from 1), `train_loss` (measured during the epoch), `val_loss`, `val_accuracy`.
    """
    raise NotImplementedError("fit is not written yet")


# %% [markdown]
# ## Experiment: batch size
#
# The same start, the same data, the same learning rate; only the batch size differs.


# %%
def batch_size_experiment(
    batch_sizes: list[int], images: Tensor, labels: Tensor, device: torch.device
) -> dict[int, dict[str, float]]:
    """Trains a fresh model for one epoch with each batch size.

    Args:
        batch_sizes: each at least 1.
        images, labels: (N, 1, 28, 28) and (N,), on the CPU; what to train and to measure on.

    Returns:
        For each batch size `seconds`, how long its epoch took, and `accuracy`, a fraction of the images given.
    """
    raise NotImplementedError("batch_size_experiment is not written yet")
