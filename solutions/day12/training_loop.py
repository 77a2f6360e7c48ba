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
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle, generator=generator)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    model.train()
    loss = loss_fn(model(images.to(device)), labels.to(device))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    total, count = 0.0, 0
    for images, labels in loader:
        total += len(labels) * train_step(model, images, labels, loss_fn, optimizer, device)
        count += len(labels)
    return total / count
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    loss, right, count = 0.0, 0, 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            logits = model(images)
            loss += len(labels) * loss_fn(logits, labels).item()
            right += (logits.argmax(dim=1) == labels).sum().item()
            count += len(labels)
    for part, training in modes:
        part.training = training
    return {"loss": loss / count, "accuracy": right / count}
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        train_loss = train_epoch(model, train_loader, F.cross_entropy, optimizer, device)
        seen = evaluate(model, val_loader, F.cross_entropy, device)
        history.append(
            {"epoch": epoch, "train_loss": train_loss, "val_loss": seen["loss"], "val_accuracy": seen["accuracy"]}
        )
    return history
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    results = {}
    for batch_size in batch_sizes:
        torch.manual_seed(0)
        model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10)).to(device)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        loader = make_loader(images, labels, batch_size, True, 0)
        start = time.perf_counter()
        train_epoch(model, loader, F.cross_entropy, optimizer, device)
        seconds = time.perf_counter() - start
        results[batch_size] = {
            "seconds": seconds,
            "accuracy": evaluate(model, loader, F.cross_entropy, device)["accuracy"],
        }
    return results
    ### END SOLUTION
