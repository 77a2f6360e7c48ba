"""Runs beside student code: values together with gradients. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def value_and_gradient(code: Any, name: str, first: Tensor, second: Tensor) -> dict[str, Any]:
    """The loss `name(first, second)` and its gradient with respect to `first`, None where none flows."""
    leaf = first.to(code.device).requires_grad_()
    loss = getattr(code, name)(leaf, second.to(code.device))
    return {"value": loss, "gradient": _gradient(loss, leaf)}


def weighted_gradient(code: Any, name: str, x: Tensor, weight: Tensor) -> Tensor | None:
    """The gradient with respect to `x` of the sum of `name(x)` times `weight`, None where none flows."""
    leaf = x.to(code.device).requires_grad_()
    return _gradient(getattr(code, name)(leaf) * weight.to(code.device), leaf)


def _gradient(result: Tensor, leaf: Tensor) -> Tensor | None:
    return torch.autograd.grad(result.sum(), leaf, allow_unused=True)[0] if result.requires_grad else None
