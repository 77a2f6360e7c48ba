"""Which named mistake a failed check shows: its transcript is replayed with each and must come out the same."""

from __future__ import annotations

import contextlib
import hashlib
import math
import warnings
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistake

from . import wire, worker
from .device import in_judge
from .student import Exchange
from .suite import Grading, Suite

# Two implementations of one slip differ by rounding; two different slips differ by far more. In float64 a slip may be
# no more than a detour through float32.
RELATIVE = {torch.float64: 1e-10}
ROUGHLY = 1e-4
NUMBER = 1e-5  # a Python number that float32 made is that exact; one that was rounded to four digits is not


def diagnose(suite: Suite, task: str, grading: Grading) -> Mistake | None:
    """The first mistake of the task that explains every check of it that has failed so far, or None.

    One explains a check where its answers equal the student's on everything that the check asked. Some train for a
    second: none is asked before those ahead of it are ruled out.
    """
    transcript = grading.student.transcript
    suspects = grading.suspects.setdefault(task, list(suite.mistakes.of(task)))
    if not suspects or not transcript or any(exchange.request is None for exchange in transcript):
        return None
    failed = grading.failed.setdefault(task, [])
    failed.append(transcript)
    device = in_judge(grading.student.device)
    unexplained = [transcript]  # the first suspect has explained all before
    while suspects and not all(_explains(suspects[0], suite, each, device) for each in unexplained):
        del suspects[0]
        unexplained = failed
    return suspects[0] if suspects else None


def _explains(mistake: Mistake, suite: Suite, transcript: list[Exchange], device: torch.device) -> bool:
    for exchange in transcript:
        answer = _answer(mistake, suite, exchange, device)
        if answer.problem is not None:
            if f"\n{answer.problem}" not in f"\n{exchange.problem}":  # advice may stand before it
                return False
        elif exchange.problem or answer.changed != exchange.changed or not same(answer.value, exchange.value):
            return False
    return True


@dataclass(frozen=True)
class Answer:
    """What a mistake makes of a request: a value, or the beginning of the sentence for what it raises."""

    value: Any = None
    changed: tuple[Any, ...] = ()
    problem: str | None = None


_known: ContextVar[dict[tuple[str, bytes], Answer] | None] = ContextVar("known", default=None)


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """Inside, a mistake is asked the same only once. For proofs, whose submissions all get the inputs of one seed."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _answer(mistake: Mistake, suite: Suite, exchange: Exchange, device: torch.device) -> Answer:
    assert exchange.request is not None
    known = _known.get()
    if known is None:
        return _perform(mistake, suite, exchange.request, device)
    key = mistake.id, hashlib.sha256(exchange.request).digest()
    if key not in known:
        known[key] = _perform(mistake, suite, exchange.request, device)
    return known[key]


def _perform(mistake: Mistake, suite: Suite, request: bytes, device: torch.device) -> Answer:
    host = worker.Host(dict(mistake.namespace), vars(suite.probes), device, suite.day.module)
    message, value = wire.unpack(*wire.split(request), wire.REQUEST)
    try:
        with warnings.catch_warnings():  # they would name a file that no student has
            warnings.simplefilter("ignore")
            result, changed = host.perform({**message, "forbidden": []}, value)
        return Answer(wire.round_trip(result, "the result"), tuple(changed))
    except Exception as problem:
        return Answer(problem=_told(problem))


def _told(problem: Exception) -> str:
    """How the transcript's sentence for this exception begins."""
    kind = "What came back is not plain data" if isinstance(problem, wire.WireError) else type(problem).__name__
    return f"{kind}: {problem}"[:200]


def same(first: Any, second: Any) -> bool:
    """Equal in structure, types, shapes and dtypes, and in value up to rounding; NaN equals NaN."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    match first, second:
        case Tensor(), Tensor():
            return _same_tensors(first, second)
        case (float(), float()):
            return math.isclose(first, second, rel_tol=NUMBER) or (math.isnan(first) and math.isnan(second))
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
    relative = RELATIVE.get(first.dtype, ROUGHLY)
    return torch.allclose(a, b, rtol=relative, atol=relative * size, equal_nan=True)
