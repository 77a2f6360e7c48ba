"""Runs beside student code: functions to differentiate, and parameters to step. Imports torch only.

No name of autograd's family is called here: the task's own watch over it stands while a probe runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

STEEP = 1e5  # a step of 1e-5 is one radian of it: the default eps shows in the values


def bowl(x: Tensor) -> Tensor:
    """A different slope at every element, and every pair of neighbours coupled."""
    flat = x.reshape(-1)
    weight = torch.arange(1, flat.numel() + 1, dtype=x.dtype, device=x.device)
    return (weight * flat**2).sum() + (flat[1:] * flat[:-1]).sum()


def cubes(x: Tensor) -> Tensor:
    """Its central difference is 3x^2 + eps^2 for every eps, so that a step shows in the values."""
    return (x**3 + x).sum()


def waves(x: Tensor) -> Tensor:
    """So steep that the default eps shows in the values."""
    return (STEEP * x).sin().sum()


FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {"bowl": bowl, "cubes": cubes, "waves": waves}


def numerical(code: Any, name: str, x: Tensor, *eps: float) -> dict[str, Any]:
    """The student's gradient of one of `FUNCTIONS`, x afterwards, and a shape that the function was called with.

    That is x's own where every call had it, another where one had not, and None without a call.
    """
    x = x.to(code.device)
    shapes: list[tuple[int, ...]] = []

    def f(point: Tensor) -> Tensor:
        shapes.append(tuple(point.shape))
        return FUNCTIONS[name](point)

    gradient = code.numerical_gradient(f, x, *eps)
    strange = [shape for shape in shapes if shape != tuple(x.shape)]
    return {"gradient": gradient, "x": x, "called_with": next(iter(strange + shapes), None)}


def step(code: Any, params: dict[str, Tensor], grads: dict[str, Tensor], lr: float, trained: bool) -> dict[str, Any]:
    """The very tensors that were handed over after two steps, the gradients, and whether each is still a leaf.

    `trained`: they require gradients, as a model's parameters do; `requires` says which of them still do. `dict` is
    what the dict holds in the end: it tells slips apart, no more.
    """
    held = {name: value.to(code.device) for name, value in params.items()}
    if trained:
        held = {name: torch.nn.Parameter(value) for name, value in held.items()}
    given = {name: value.to(code.device) for name, value in grads.items()}
    handed = dict(held)
    for _ in range(2):
        code.gradient_descent_step(handed, given, lr)
    leaves = {name: value.is_leaf for name, value in held.items()}
    # a product is a leaf only where nothing in it requires gradients, or where torch records nothing at all
    requires = {name: not (value * 1).is_leaf for name, value in held.items()}
    records = not (torch.nn.Parameter(torch.ones(())) * 1).is_leaf
    seen = {"params": held, "dict": handed, "grads": given, "leaves": leaves, "requires": requires}
    return {**seen, "records": records}
