"""The `student` fixture's object: packs requests, applies the rules of every reply, keeps the transcript.

How a request travels is the transport's business: `session.Session` (a worker behind walls) or
`inprocess.InProcess` (a student at their own keyboard). Both see the same bytes.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import torch

from grader.checks.draw import derive
from grader.checks.shortcuts import FAMILIES
from grader.model.course import Task
from grader.model.errors import CheckFailed
from grader.model.verdict import Finding, Verdict

from . import wire, worker
from .findings import StudentFault

# A mistake is recognised by replaying what was asked; more than this is not kept for it.
REPLAYABLE_BYTES = 8 << 20
# What is kept of two equal requests is equal: each without the number that only its reply was to repeat.
UNNUMBERED = b"0" * 32
# Each operator costs some 20 µs more there: what is made of many small ones takes up to so much longer.
SIM_SLOWNESS = 6.0


@dataclass(frozen=True)
class Exchange:
    """One request as it was sent (None where it is too long to keep), and its value, or what was raised instead.

    `changed`: the inputs of a call that were not what they were afterwards.
    """

    request: bytes | None
    value: Any
    problem: str = ""
    changed: tuple[Any, ...] = ()


class Transport(Protocol):
    """Carries one packed request to student code and brings `(changed inputs, value)` back."""

    def prepare(self, task: Task) -> None:
        """Makes the submission ready to be asked: what that takes is not the task's time. Raises `StudentFault`."""

    def exchange(self, number: str, request: bytes, seconds: float, task: Task) -> tuple[list[str], Any]:
        """Raises `StudentFault`, or, in process, whatever student code raises."""

    def take_output(self) -> str:
        """What the submission printed since the last call, bounded."""


class JudgedStudent:
    """A `model.student.Student` over any transport."""

    def __init__(self, transport: Transport, device: torch.device, seed: str) -> None:
        self.transport, self.device, self.seed = transport, device, seed
        self.transcript: list[Exchange] = []
        self._left: dict[str, float] = {}
        self._asked: set[str] = set()
        self._patience = SIM_SLOWNESS if device.type == "sim" else 1.0
        self._task: Task | None = None
        self._check = ""
        self._barred: Finding | None = None
        self._precise = False

    @contextlib.contextmanager
    def precisely(self) -> Iterator[None]:
        """Inside, the check at hand is asked from its start: on the CPU, every floating-point input in float64."""
        assert self._task is not None
        asked = self.transcript
        self.begin(self._task, self._check, self._barred)
        self._precise = True
        try:
            yield
        finally:
            self._precise, self.transcript = False, asked

    def begin(self, task: Task, check: str, barred: Finding | None = None) -> None:
        """A new check of `task` starts; checks of one task share its time budget. `barred` answers every request."""
        self._task, self._check, self._barred = task, check, barred
        self.transcript = []
        self._left.setdefault(task.id, task.budget.seconds * self._patience)

    def call(self, symbol: str, /, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        changed, value = self._ask("call", symbol, args, kwargs)
        if changed:
            raise CheckFailed(
                f"{symbol} changes its input in place",
                expected="inputs left as they were, their values and their requires_grad",
            )
        return value

    def probe(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return self._ask("probe", function.__name__, args, kwargs)[1]

    def _ask(self, kind: str, name: str, args: Any, kwargs: Any) -> tuple[list[str], Any]:
        __tracebackhide__ = True
        task = self._task
        assert task is not None, "begin() comes before the first request"
        if self._barred is not None:
            raise StudentFault(self._barred)
        number = secrets.token_hex(16)
        seed = derive(self.seed, "global", task.id, self._check, str(len(self.transcript)))
        message = {"id": number, "kind": kind, "name": name, "seed": seed, "forbidden": watched(task)}
        if self._precise:
            message["device"] = "cpu"
            args, kwargs = worker.doubled(args), worker.doubled(kwargs)
        request = wire.pack(message, [args, kwargs], where="the check's arguments")
        kept = request.replace(number.encode(), UNNUMBERED, 1) if len(request) <= REPLAYABLE_BYTES else None
        left = self._left[task.id]
        if left <= 0:
            raise StudentFault(out_of_time(task))
        started = time.monotonic()
        try:
            self.transport.prepare(task)
            if task.id in self._asked:  # it was asked before and ended its worker: loading once more is its own time
                left -= time.monotonic() - started
            else:
                self._asked.add(task.id)
                started = time.monotonic()
            if left <= 0:
                raise StudentFault(out_of_time(task))
            changed, value = self.transport.exchange(number, request, left, task)
        except StudentFault as fault:
            self.transcript.append(Exchange(kept, None, fault.finding.message))
            raise
        except Exception as problem:  # the in-process twin lets student code's own exceptions through
            self.transcript.append(Exchange(kept, None, f"{type(problem).__name__}: {problem}"))
            raise
        finally:
            self._left[task.id] -= time.monotonic() - started
        self.transcript.append(Exchange(kept, value, changed=tuple(changed)))
        return changed, value


def watched(task: Task) -> list[str]:
    """The last names of what the task forbids, and what modules hold: seen while code runs; families spelt out."""
    names = [name for entry in task.forbidden for name in FAMILIES.get(entry, (entry,))]
    return [name.rpartition(".")[2] for name in names] + [f"{name}.*" for name in names if "." in name]


def out_of_time(task: Task) -> Finding:
    return Finding(Verdict.TIMEOUT, f"Took longer than the {task.budget.seconds:g} seconds that this task may take.")
