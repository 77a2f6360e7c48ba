# %% [markdown]
# # Day 1: numbers

# %%
import torch
from torch import Tensor


# %%
def double(x: Tensor) -> Tensor:
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %%
def mean(x: Tensor) -> Tensor:
    """The mean of x."""
    ### BEGIN SOLUTION
    return x.sum() / x.numel()
    ### END SOLUTION


# %%
def guess(x: Tensor) -> Tensor:
    """1 where x is positive, else 0; int64."""
    ### BEGIN SOLUTION
    return (x > 0).long()
    ### END SOLUTION


# %%
def secret(x: Tensor) -> Tensor:
    """Zeros like x."""
    ### BEGIN SOLUTION
    return torch.zeros_like(x)
    ### END SOLUTION
