"""Runs beside student code: values together with gradients. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def value_and_gradient(code: Any, name: str, first: Tensor, second: Tensor) -> dict[str, Tensor]:
    """The loss `name(first, second)` and its gradient with respect to `first`."""
    leaf = first.to(code.device).requires_grad_()
    loss = getattr(code, name)(leaf, second.to(code.device))
    (gradient,) = torch.autograd.grad(loss.sum(), leaf)
    return {"value": loss, "gradient": gradient}


def weighted_gradient(code: Any, name: str, x: Tensor, weight: Tensor) -> Tensor:
    """The gradient with respect to `x` of the sum of `name(x)` times `weight`."""
    leaf = x.to(code.device).requires_grad_()
    (gradient,) = torch.autograd.grad((getattr(code, name)(leaf) * weight.to(code.device)).sum(), leaf)
    return gradient
