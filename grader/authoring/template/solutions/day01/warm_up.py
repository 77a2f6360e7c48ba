# %% [markdown]
# # Day 1: warm-up

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Centre the columns


# %%
def centre(x: Tensor) -> Tensor:
    """The columns of x, each with mean 0.

    Args:
        x: (N, D), float.

    Returns:
        (N, D).
    """
    ### BEGIN SOLUTION
    return x - x.mean(dim=0)
    ### END SOLUTION


# %% [markdown]
# ## The slope of a parabola
#
# The derivative of $a x^2$ with respect to $x$, by hand.


# %%
def slope(a: float, x: Tensor) -> Tensor:
    """The derivative of a * x**2 at each x.

    Args:
        a: a number.
        x: any shape, float.

    Returns:
        The shape of x.
    """
    ### BEGIN SOLUTION
    return 2 * a * x
    ### END SOLUTION
