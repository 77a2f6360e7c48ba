# %% [markdown]
# # Day 7: tensors
#
# A tensor is an array of numbers with a shape, a dtype and a device. Today you make tensors, take them apart, and let
# broadcasting, indexing and masks do what a loop would do. The same code should work for any sizes, for float32 and
# float64, and for tensors on any device.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Create
#
# Random numbers come from a generator. The global one belongs to everybody, so take one of your own: `torch.Generator`.


# %%
def make_tensors(seed: int) -> dict[str, Tensor]:
    """Four first tensors.

    Args:
        seed: for the random one; the global generator is left untouched.

    Returns:
        `scalar` (5), `vector` ([1, 2, 3]), `matrix` ([[1, 2], [3, 4]]), and `random`: (2, 3), standard normal.
    """
    raise NotImplementedError("make_tensors is not written yet")


# %% [markdown]
# ## Inspect
#
# Shape, dtype and device: most errors in PyTorch programs are found by printing these three.


# %%
def describe(x: Tensor) -> dict[str, str | tuple]:
    """What a tensor is, in words.

    Args:
        x: any tensor.

    Returns:
        `shape`, a tuple of int; `dtype`, such as "float32"; `device`, the type only, such as "cpu".
    """
    raise NotImplementedError("describe is not written yet")


# %% [markdown]
# ## Move
#
# A model and its data must be on one device. Copying between devices is slow, so nothing is copied without need.


# %%
def to_device(x: Tensor, device: torch.device) -> Tensor:
    """The same values on another device.

    Args:
        x: any tensor.
        device: where the result shall be.

    Returns:
        A tensor of x's shape, dtype and values on `device`; not a copy if x is there already.
    """
    raise NotImplementedError("to_device is not written yet")


# %% [markdown]
# ## Arithmetic
#
# `*` multiplies element by element; the matrix product has a sign of its own.


# %%
def arithmetic(x: Tensor, y: Tensor) -> dict[str, Tensor]:
    """Sums and products of two matrices.

    Args:
        x, y: (N, N), float.

    Returns:
        `sum` and `product` (element by element) and `matmul`, each (N, N); `mean` and `total` of x, scalars.
    """
    raise NotImplementedError("arithmetic is not written yet")


# %% [markdown]
# ## Broadcast
#
# $$\mathrm{out}_{ij} = \frac{x_{ij}}{\sum_k x_{ik}}$$
#
# Shapes are lined up from the right, and a dimension of size 1 stretches to fit. No loop.


# %%
def normalize_rows(x: Tensor) -> Tensor:
    """Each row divided by its sum.

    Args:
        x: (N, D), float, no row of sum 0.

    Returns:
        (N, D), every row of sum 1.
    """
    raise NotImplementedError("normalize_rows is not written yet")


# %% [markdown]
# ## Broadcast, second part
#
# $$d_{ij} = \sum_k (a_{ik} - b_{jk})^2$$
#
# No loop, and no `cdist`. Which shapes must `a` and `b` get so that every row meets every row?


# %%
def pairwise_squared_distances(a: Tensor, b: Tensor) -> Tensor:
    """The squared distance of every row of a from every row of b.

    Args:
        a: (N, D), float.
        b: (M, D), float.

    Returns:
        (N, M).
    """
    raise NotImplementedError("pairwise_squared_distances is not written yet")


# %% [markdown]
# ## Index
#
# One row a label, 1 at the label and 0 elsewhere; `F.one_hot` is what you are building.


# %%
def one_hot(labels: Tensor, num_classes: int) -> Tensor:
    """Labels as rows of zeros with a single one.

    Args:
        labels: (N,), int64, each in [0, num_classes).
        num_classes: C, the number of columns.

    Returns:
        (N, C), float32.
    """
    raise NotImplementedError("one_hot is not written yet")


# %% [markdown]
# ## Mask
#
# A mask is a tensor of truth values. Two traps: nothing may be true, and 0 times NaN is NaN.


# %%
def masked_mean(x: Tensor, mask: Tensor) -> Tensor:
    """The mean of those elements where the mask is true.

    Args:
        x: any shape, float.
        mask: bool, the same shape.

    Returns:
        A scalar tensor of x's dtype; 0 if the mask is true nowhere.
    """
    raise NotImplementedError("masked_mean is not written yet")


# %% [markdown]
# ## Affine
#
# $$y = xW + b$$
#
# The one line that every layer of a network is made of.


# %%
def affine(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    """An affine map of each row.

    Args:
        x: (N, D), float.
        W: (D, H).
        b: (H,).

    Returns:
        (N, H).
    """
    raise NotImplementedError("affine is not written yet")
