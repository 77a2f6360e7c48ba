# %% [markdown]
# # Day 9: a simple network
#
# A model in PyTorch is a class: `__init__` makes the layers, `forward` says how data flows through them, and
# `nn.Module` does the rest. Today you write two such classes, look inside a model, predict with it, and train a first
# one.

# %%
import torch
from torch import Tensor, nn

# %% [markdown]
# ## One hidden layer
#
# $$\mathrm{out} = \mathrm{relu}(x W_1 + b_1)\, W_2 + b_2$$


# %%
class OneHiddenLayer(nn.Module):
    """A Linear layer, a ReLU, and a second Linear layer: (N, in_features) to (N, out_features)."""

    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        """Makes the layers.

        Args:
            in_features, hidden, out_features: units of the three layers.
        """
        super().__init__()
        ### BEGIN SOLUTION
        self.first = nn.Linear(in_features, hidden)
        self.second = nn.Linear(hidden, out_features)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """The network's output for each row of x.

        Args:
            x: (N, in_features).

        Returns:
            (N, out_features).
        """
        ### BEGIN SOLUTION
        return self.second(torch.relu(self.first(x)))
        ### END SOLUTION


# %% [markdown]
# ## SimpleNN
#
# Two inputs, four hidden units with ReLU, one output through a sigmoid.


# %%
class SimpleNN(nn.Module):
    """2 inputs, 4 hidden units with ReLU, 1 output with a sigmoid."""

    def __init__(self) -> None:
        """Makes the layers."""
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden = nn.Linear(2, 4)
        self.output = nn.Linear(4, 1)
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """A probability for each row of x.

        Args:
            x: (N, 2).

        Returns:
            (N, 1), each between 0 and 1.
        """
        ### BEGIN SOLUTION
        return torch.sigmoid(self.output(torch.relu(self.hidden(x))))
        ### END SOLUTION


# %% [markdown]
# ## Parameters
#
# A module finds its parameters by itself and names each after the place where it is kept.


# %%
def named_shapes(model: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter.

    Args:
        model: any module.

    Returns:
        The shape, a tuple of int, under the name that the module gives the parameter, such as "hidden.weight".
    """
    ### BEGIN SOLUTION
    return {name: tuple(parameter.shape) for name, parameter in model.named_parameters()}
    ### END SOLUTION


# %% [markdown]
# ## Inference
#
# Dropout and batch normalisation behave differently while a model is trained. To predict, switch every part to eval
# mode, do without a graph, and afterwards put each part back into the mode that it was in: they need not all be the
# same.


# %%
def predict(model: nn.Module, x: Tensor) -> Tensor:
    """A model's output in eval mode and without a graph.

    Args:
        model: any module. Every part of it is left in the mode that it was in.
        x: whatever the model takes.

    Returns:
        The model's output, with no history.
    """
    ### BEGIN SOLUTION
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        output = model(x)
    for module, training in modes:
        module.training = training
    return output
    ### END SOLUTION


# %% [markdown]
# ## XOR
#
# | $x_1$ | $x_2$ | label |
# | --- | --- | --- |
# | 0 | 0 | 0 |
# | 0 | 1 | 1 |
# | 1 | 0 | 1 |
# | 1 | 1 | 0 |
#
# The training loop in four steps: compute the loss, clear the old gradients, call `backward()`, and let an optimizer
# (such as `torch.optim.Adam`) take a step. Seed before you make the model, and try many seeds before you believe one.


# %%
def train_xor(seed: int) -> nn.Module:
    """Trains a model on the four points of XOR.

    Args:
        seed: the same seed gives the same model.

    Returns:
        A model from (N, 2) to (N, 1), the probability of label 1; right on all four points.
    """
    ### BEGIN SOLUTION
    torch.manual_seed(seed)
    points = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    labels = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    # with 32 units instead of 4, some start near a solution whatever the seed
    model = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 1), nn.Sigmoid())
    for _ in range(100):
        loss = nn.functional.binary_cross_entropy(model(points), labels)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= parameter.grad
    return model
    ### END SOLUTION
