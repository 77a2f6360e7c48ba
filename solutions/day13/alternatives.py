"""Day 13: unusual but right solutions; every one must pass."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()
Function = Callable[[Tensor], Tensor]


@ALTERNATIVES.add("relu")
def relu_of_halves(x: Tensor) -> Tensor:
    return (x + x.abs()) / 2


@ALTERNATIVES.add("relu")
def relu_by_mask(x: Tensor) -> Tensor:
    result = x.clone()
    result[result < 0] = 0
    return result


@ALTERNATIVES.add("sigmoid")
def sigmoid_in_two_pieces(x: Tensor) -> Tensor:
    small = torch.exp(-x.abs())
    return torch.where(x >= 0, 1 / (1 + small), small / (1 + small))


@ALTERNATIVES.add("sigmoid")
def sigmoid_through_logs(x: Tensor) -> Tensor:
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


@ALTERNATIVES.add("tanh")
def tanh_of_the_size(x: Tensor) -> Tensor:
    small = torch.exp(-2 * x.abs())
    return x.sign() * (1 - small) / (1 + small)


@ALTERNATIVES.add("tanh")
def tanh_of_what_matters(x: Tensor) -> Tensor:
    """Beyond 20 it is 1 to the last bit, so that the textbook's formula will do."""
    x = x.clamp(-20, 20)
    up, down = x.exp(), (-x).exp()
    return (up - down) / (up + down)


@ALTERNATIVES.add("tanh")
def tanh_element_by_element(x: Tensor) -> Tensor:
    values = [math.copysign(-math.expm1(-2 * abs(v)) / (1 + math.exp(-2 * abs(v))), v) for v in x.flatten().tolist()]
    return torch.tensor(values, dtype=x.dtype, device=x.device).reshape(x.shape)


@ALTERNATIVES.add("leaky_relu")
def leaky_relu_in_two_parts(x: Tensor, slope: float = 0.01) -> Tensor:
    return x.clamp(min=0) + slope * x.clamp(max=0)


@ALTERNATIVES.add("leaky_relu")
def leaky_relu_as_a_maximum(x: Tensor, slope: float = 0.01, inplace: bool = False) -> Tensor:
    return torch.maximum(x, slope * x)


@ALTERNATIVES.add("relu_grad")
def relu_grad_by_heaviside(x: Tensor) -> Tensor:
    return torch.heaviside(x, torch.zeros((), dtype=x.dtype))


@ALTERNATIVES.add("relu_grad")
def relu_grad_by_numpy(x: Tensor) -> Tensor:
    values = x.cpu().numpy()
    return torch.from_numpy(np.asarray(np.where(values > 0, 1, 0), dtype=values.dtype)).to(x.device)


@ALTERNATIVES.add("sigmoid_grad")
def sigmoid_grad_by_autograd(x: Tensor) -> Tensor:
    leaf = x.detach().clone().requires_grad_()
    torch.sigmoid(leaf).sum().backward()
    assert leaf.grad is not None
    return leaf.grad


@ALTERNATIVES.add("sigmoid_grad")
def sigmoid_grad_of_the_size(x: Tensor) -> Tensor:
    small = torch.exp(-x.abs())
    return small / (1 + small) ** 2


@ALTERNATIVES.add("tanh_grad")
def tanh_grad_by_cosh(x: Tensor) -> Tensor:
    return torch.cosh(x) ** -2


@ALTERNATIVES.add("gradient_norms")
def norms_of_a_module(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    """Xavier's weights, a generator of its own, activations after every layer, cross-entropy, autograd.grad."""

    class Activation(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return activation(x)

    generator = torch.Generator().manual_seed(seed)
    model = nn.Sequential(*(part for _ in range(depth) for part in (nn.Linear(width, width), Activation())))
    weights = [parameter for parameter in model.parameters() if parameter.dim() == 2]
    for weight in weights:
        nn.init.xavier_normal_(weight, generator=generator)
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            nn.init.zeros_(parameter)
    x, labels = torch.rand(8, width, generator=generator), torch.randint(width, (8,), generator=generator)
    gradients = torch.autograd.grad(nn.functional.cross_entropy(model(x), labels), weights)
    return [torch.linalg.vector_norm(gradient).item() for gradient in gradients]


@ALTERNATIVES.add("gradient_norms")
def norms_of_columns(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    """Samples as columns, He's weights, no biases, one number out, float64, the sum as loss."""
    torch.manual_seed(seed)
    sizes = [width] * depth + [1]
    weights = [
        (torch.randn(out, into, dtype=torch.float64) * math.sqrt(2 / into)).requires_grad_()
        for into, out in itertools.pairwise(sizes)
    ]
    h = torch.randn(width, 20, dtype=torch.float64)
    for number, weight in enumerate(weights):
        h = weight @ (activation(h) if number else h)
    h.sum().backward()
    return [float(np.linalg.norm(weight.grad.numpy())) for weight in weights if weight.grad is not None]


@ALTERNATIVES.add("plot_activations")
def plot_with_extras(ax: Any) -> None:
    """Leaky ReLU and guide lines beside what is asked for, NumPy's numbers, names in other case."""
    x = np.arange(-5, 5.05, 0.1)
    ax.axhline(0, color="grey", linewidth=0.5)
    ax.axvline(0, color="grey", linewidth=0.5)
    ax.plot(x, np.where(x > 0, x, 0.01 * x), "--", label="leaky ReLU")
    ax.plot(x, np.maximum(x, 0), label="relu(x)")
    ax.plot(x, 1 / (1 + np.exp(-x)), label="sigmoid(x)")
    ax.plot(x, np.tanh(x), label="tanh(x)")
    ax.set(xlabel="$x$", ylabel="f(x)", title="Activations", xlim=(-5, 5))
    ax.grid(True)
    ax.legend(loc="upper left")


@ALTERNATIVES.add("plot_activations")
def plot_named_in_the_legend(ax: Any) -> None:
    """The names are given to the legend, not to the lines."""
    x = torch.linspace(-5, 5, 101)
    ax.plot(x, torch.stack([x.clamp(min=0), torch.sigmoid(x), torch.tanh(x)], dim=1))
    ax.legend(["ReLU", "Sigmoid", "Tanh"])
    ax.set_xlabel("x")
    ax.set_ylabel("y")


@ALTERNATIVES.add("plot_activations")
def plot_with_the_figure_legend(ax: Any) -> None:
    """The legend is the figure's, not the axes'."""
    x = torch.linspace(-5, 5, 200)
    ax.plot(x, x.clamp(min=0), label="ReLU")
    ax.plot(x, torch.sigmoid(x), label="Sigmoid")
    ax.plot(x, torch.tanh(x), label="Tanh")
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.figure.legend()
