# %% [markdown]
# # Day 13: activation functions
#
# Two linear layers without an activation between them are one linear layer. Today you write the usual activations and
# their slopes, and then watch what the slopes do to a gradient that has many layers to cross.
#
# The four functions are written by hand: no `relu`, `sigmoid`, `tanh` or `leaky_relu` of torch's, in any spelling.
# `clamp`, `where`, `exp` and the rest of arithmetic are yours to use.

# %%
from collections.abc import Callable

import torch
from matplotlib.axes import Axes
from torch import Tensor, nn

# %% [markdown]
# ## ReLU
#
# $$\mathrm{relu}(x) = \max(x, 0)$$


# %%
def relu(x: Tensor) -> Tensor:
    """Rectified linear unit of each element.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype.
    """
    raise NotImplementedError("relu is not written yet")


# %% [markdown]
# ## Sigmoid
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$


# %%
def sigmoid(x: Tensor) -> Tensor:
    """Logistic function of each element.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype, right also at +-1000.
    """
    raise NotImplementedError("sigmoid is not written yet")


# %% [markdown]
# ## Tanh
#
# $$\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}$$
#
# Written down like this it divides infinity by infinity at $x = 1000$. Is there a way through a function that you have?


# %%
def tanh(x: Tensor) -> Tensor:
    """Hyperbolic tangent of each element.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype, right also at +-1000.
    """
    raise NotImplementedError("tanh is not written yet")


# %% [markdown]
# ## Leaky ReLU
#
# $x$ where $x$ is positive, and $\mathrm{slope} \cdot x$ where it is negative.


# %%
def leaky_relu(x: Tensor, slope: float = 0.01) -> Tensor:
    """ReLU that lets a little through where x is negative.

    Args:
        x: any shape, float.
        slope: the factor where x is negative, 0 or more and below 1.

    Returns:
        A tensor of x's shape and dtype.
    """
    raise NotImplementedError("leaky_relu is not written yet")


# %% [markdown]
# ## Slopes
#
# $$\sigma'(x) = \sigma(x)(1 - \sigma(x)) \qquad \tanh'(x) = 1 - \tanh^2(x)$$
#
# and ReLU's slope is 1 for positive $x$ and 0 for negative $x$; at 0 we take 0, as torch does.


# %%
def relu_grad(x: Tensor) -> Tensor:
    """Slope of ReLU at each element.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype; 0 where x is 0.
    """
    raise NotImplementedError("relu_grad is not written yet")


# %%
def sigmoid_grad(x: Tensor) -> Tensor:
    """Slope of the sigmoid at each element.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype, right also at +-1000.
    """
    raise NotImplementedError("sigmoid_grad is not written yet")


# %%
def tanh_grad(x: Tensor) -> Tensor:
    """Slope of tanh at each element.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype, right also at +-1000.
    """
    raise NotImplementedError("tanh_grad is not written yet")


# %% [markdown]
# ## Depth
#
# On its way back a gradient is multiplied by one slope a layer. Build a deep network, send random data through it, go
# back once and see how much of the gradient is left in front. Call it with `sigmoid` and with `relu` and compare.
# (Autograd and all of `torch.nn` are allowed here.)


# %%
def gradient_norms(activation: Callable, depth: int, width: int, seed: int) -> list[float]:
    """Norm of each layer's weight gradient in a deep network, after one walk back.

    Args:
        activation: a function of a tensor, put between the layers.
        depth: how many Linear layers, at least 2.
        width: how many units each layer has.
        seed: makes weights and data the same each time.

    Returns:
        `depth` Python numbers, the layer at the input first.
    """
    raise NotImplementedError("gradient_norms is not written yet")


# %% [markdown]
# ## Plot
#
# A plot that explains itself: a line for each function with its name, a legend, and a name on both axes. Draw on the
# `ax` that you are given.


# %%
def plot_activations(ax: Axes) -> None:
    """Draw ReLU, Sigmoid and Tanh over [-5, 5], labelled, with a legend and named axes.

    Args:
        ax: where to draw.
    """
    raise NotImplementedError("plot_activations is not written yet")
