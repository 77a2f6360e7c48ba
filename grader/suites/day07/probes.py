"""Runs beside student code: what must happen in the same process as the call. Imports torch and NumPy only."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch
from torch import Tensor


def randoms(code: Any, seeds: list[int]) -> list[Any]:
    """`random` of `make_tensors` for each seed."""
    return [code.make_tensors(seed)["random"] for seed in seeds]


def draws_after(code: Any, seed: int, global_seed: int) -> dict[str, list[float]]:
    """What each global generator gives after a call of `make_tensors`: all have given one number since their seed."""
    torch.manual_seed(global_seed)
    np.random.seed(global_seed)
    random.seed(global_seed)
    drawn_globally(1)
    code.make_tensors(seed)
    return drawn_globally(5)


def drawn_globally(count: int) -> dict[str, list[float]]:
    return {
        "PyTorch": torch.rand(count, dtype=torch.float32).tolist(),
        "NumPy": np.random.rand(count).tolist(),
        "Python": [random.random() for _ in range(count)],
    }


def moved_then_written(code: Any, x: Tensor, step: float) -> Any:
    """`to_device(x, ...)` of a tensor that is on the device already, seen after `step` was added to x in place."""
    x = x.to(code.device)
    moved = code.to_device(x, x.device)
    x += step
    return moved


def described_on(code: Any, x: Tensor, device: torch.device) -> Any:
    """`describe` of x on another device."""
    return code.describe(x.to(device))


class Pretended(Tensor):
    """A tensor that says it is on the second of several GPUs, on any machine."""

    device = torch.device("cuda", 1)


def described_on_gpu(code: Any, x: Tensor) -> Any:
    """`describe` of a tensor whose device has a number."""
    return code.describe(x.as_subclass(Pretended))


def landed_on(code: Any, x: Tensor, device: torch.device) -> str:
    """The type of the device that `to_device` puts x on."""
    moved = code.to_device(x, device)
    return str(moved.device.type) if isinstance(moved, Tensor) else type(moved).__name__
