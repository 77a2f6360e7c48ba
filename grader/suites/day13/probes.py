"""Runs beside student code: networks of other activations, and the plot. Imports torch only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ..axes_probe import plot_data


def zero(x: Tensor) -> Tensor:
    """Lets nothing through, forward or back: with it every weight's gradient is exactly 0."""
    return x * 0


ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "zero": zero,
}


def norms(code: Any, name: str, depth: int, width: int, seed: int) -> dict[str, Any]:
    """The student's `gradient_norms` of one of `ACTIVATIONS`, and how wide the layers are that it is put between.

    `width` is the width asked for where every call of the activation had it, and else a call's last size.
    """
    widths: list[int] = []

    def activation(x: Tensor) -> Tensor:
        widths.append(width if width in x.shape else int(x.shape[-1]))
        return ACTIVATIONS[name](x)

    found = code.gradient_norms(activation, depth, width, seed)
    strange = [each for each in widths if each != width]
    return {"norms": found, "width": next(iter(strange + widths), None)}


def drawing(code: Any) -> dict[str, Any]:
    """What `plot_activations` puts on fresh Axes."""
    return plot_data(code.plot_activations)
