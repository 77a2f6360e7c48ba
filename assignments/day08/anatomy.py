# %% [markdown]
# # Day 8: anatomy of a network
#
# A feed-forward network is a chain of layers: numbers go in, each layer mixes them with its weights, and numbers come
# out. Today you compute one by hand, count what is in it, and draw it.

# %%
from itertools import pairwise

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from torch import Tensor, nn

# %% [markdown]
# ## Forward by hand
#
# $$\mathrm{out} = \mathrm{relu}(x W_1 + b_1)\, W_2 + b_2, \qquad \mathrm{relu}(z) = \max(z, 0)$$
#
# Tensors only, nothing from `nn` (nor from `nn.functional`).


# %%
def forward(x: Tensor, params: dict[str, Tensor]) -> Tensor:
    """A network with one hidden layer.

    Args:
        x: (N, D), float.
        params: `W1` (D, H), `b1` (H,), `W2` (H, C), `b2` (C,).

    Returns:
        (N, C).
    """
    raise NotImplementedError("forward is not written yet")


# %% [markdown]
# ## Shapes
#
# `sizes` lists the units of every layer, from the input to the output: `[3, 4, 2]` has two weight matrices.


# %%
def layer_shapes(sizes: list[int]) -> list[tuple[int, int]]:
    """The shapes of the weights of a feed-forward net.

    Args:
        sizes: units of each layer, input and output included.

    Returns:
        A tuple (in, out) for each weight matrix, from input to output.
    """
    raise NotImplementedError("layer_shapes is not written yet")


# %% [markdown]
# ## Count
#
# $$\sum_{l=1}^{L} (n_{l-1} n_l + n_l)$$
#
# Every unit but the inputs has a bias.


# %%
def count_parameters(sizes: list[int]) -> int:
    """How many weights and biases a feed-forward net has.

    Args:
        sizes: units of each layer, input and output included.

    Returns:
        The number of parameters.
    """
    raise NotImplementedError("count_parameters is not written yet")


# %% [markdown]
# ## Label
#
# A Linear layer says how many numbers go in and how many come out. Read from that which layers of units a model has:
# the input layer first, then what each Linear gives.


# %%
def label_layers(model: nn.Sequential) -> list[dict]:
    """The layers of units of a model and what they serve as.

    Args:
        model: Linear layers and others; Sequentials inside it count too.

    Returns:
        A dict with `role` ("input", "hidden" or "output") and `units` for each layer: one more than Linear layers.
    """
    raise NotImplementedError("label_layers is not written yet")


# %% [markdown]
# ## Draw
#
# One circle a unit, one line a weight, and the words input, hidden and output. To look at your drawing:
#
# ```python
# import matplotlib.pyplot as plt
# fig, ax = plt.subplots()
# draw_network([3, 4, 2], ax)
# plt.show()
# ```


# %%
def draw_network(sizes: list[int], ax: Axes) -> None:
    """Draws a feed-forward net.

    Args:
        sizes: units of each layer, input and output included.
        ax: the Axes to draw on.
    """
    raise NotImplementedError("draw_network is not written yet")
