"""Which named mistake a failed check shows: its transcript is replayed with each and must come out the same."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistake

from . import wire, worker
from .student import Exchange, JudgedStudent
from .suite import Suite

# Two implementations of one slip differ by rounding; two different slips differ by far more.
RELATIVE = 1e-4


def diagnose(suite: Suite, task: str, student: JudgedStudent) -> Mistake | None:
    """The first mistake of the task whose answers equal the student's on everything that the failed check asked."""
    transcript = student.transcript
    if not transcript or any(exchange.request is None for exchange in transcript):
        return None
    for mistake in suite.mistakes.of(task):
        if _explains(mistake, suite, transcript, student.device):
            return mistake
    return None


def _explains(mistake: Mistake, suite: Suite, transcript: list[Exchange], device: torch.device) -> bool:
    host = worker.Host(dict(mistake.namespace), vars(suite.probes), device, suite.day.module)
    for exchange in transcript:
        assert exchange.request is not None
        message, value = wire.unpack(*wire.split(exchange.request), wire.REQUEST)
        try:
            result, _ = host.perform({**message, "forbidden": []}, value)
            answer = wire.round_trip(result)
        except Exception as problem:
            if not exchange.problem.startswith(f"{type(problem).__name__}: {problem}"[:200]):
                return False
            continue
        if exchange.problem or not same(answer, exchange.value):
            return False
    return True


def same(first: Any, second: Any) -> bool:
    """Equal in structure, types, shapes and dtypes, and in value up to rounding; NaN equals NaN."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    match first, second:
        case Tensor(), Tensor():
            return _same_tensors(first, second)
        case (float(), float()):
            return _same_tensors(torch.tensor(first), torch.tensor(second))
        case (dict(), dict()):
            return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
        case (list(), list()) | (tuple(), tuple()):
            return len(first) == len(second) and all(map(same, first, second))
    return type(first) is type(second) and bool(first == second)


def _same_tensors(first: Tensor, second: Tensor) -> bool:
    if first.shape != second.shape or first.dtype != second.dtype:
        return False
    if not first.dtype.is_floating_point:
        return torch.equal(first, second)
    a, b = first.double(), second.double()
    finite = a[a.isfinite()]
    size = float(finite.abs().max()) if finite.numel() else 0.0
    return torch.allclose(a, b, rtol=RELATIVE, atol=RELATIVE * size, equal_nan=True)
