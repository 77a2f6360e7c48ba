"""Runs beside student code: what a descent asks of torch. Imports torch only."""

from __future__ import annotations

from typing import Any

from torch import Tensor
from torch.overrides import TorchFunctionMode

GRADIENTS = {"backward", "grad", "_make_dual"}
"""What every way to a gradient of torch's calls in the end."""


class _Calls(TorchFunctionMode):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.names.add(getattr(function, "__name__", ""))
        return function(*args, **(kwargs or {}))


def descent_with_autograd(code: Any, X: Tensor, y: Tensor, lr: float, steps: int) -> dict[str, Any]:
    """What the descent with autograd tells, and whether it asked autograd for a gradient."""
    with _Calls() as calls:
        told = code.gradient_descent_autograd(X.to(code.device), y.to(code.device), lr, steps)
    return {"told": told, "asked": not calls.names.isdisjoint(GRADIENTS)}
