"""Runs beside student code: values together with gradients. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

SHARE = 4.0  # a power of two: nothing is rounded when it is taken back


def value_and_gradient(code: Any, name: str, first: Tensor, second: Tensor) -> dict[str, Any]:
    """The loss `name(first, second)` and its gradient with respect to `first`, None where none flows.

    What flows back into the loss is not 1, as where it is a part of a larger one; a backward of one's own must heed it.
    """
    leaf = first.to(code.device).requires_grad_()
    loss = getattr(code, name)(leaf, second.to(code.device))
    gradient = _gradient(loss * SHARE, leaf)
    return {"value": loss, "gradient": None if gradient is None else gradient / SHARE}


def weighted_gradient(code: Any, name: str, x: Tensor, weight: Tensor) -> Tensor | None:
    """The gradient with respect to `x` of the sum of `name(x)` times `weight`, None where none flows."""
    leaf = x.to(code.device).requires_grad_()
    return _gradient(getattr(code, name)(leaf) * weight.to(code.device), leaf)


def _gradient(result: Tensor, leaf: Tensor) -> Tensor | None:
    return torch.autograd.grad(result.sum(), leaf, allow_unused=True)[0] if result.requires_grad else None
