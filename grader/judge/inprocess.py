"""The in-process twin: student code runs here, so that breakpoints, prints and tracebacks work at their keyboard.

Every value passes through the same codec as in a graded run. It judges nothing for marks: it never writes a record.
"""

from __future__ import annotations

import signal
import sys
import threading
from typing import Any

import torch

from grader.model.course import Task
from grader.model.text import clean
from grader.model.verdict import Finding, Verdict

from . import wire, worker
from .findings import StudentFault
from .settings import OURS, Settings
from .student import out_of_time


class _OutOfTime(BaseException):
    """Raised inside student code by the alarm."""


class InProcess:
    """A transport whose far end is this process."""

    def __init__(self, host: worker.Host, *, alarm: bool = True, theirs: Settings = OURS) -> None:
        self.host = host
        # raised again as it is, the traceback would grow with every check
        self.stopped = None if host.problem is None else host.problem.__traceback__
        self.theirs = theirs  # what student code has set for itself; a judge with its default dtype would judge wrongly
        self.raised: Exception | None = None  # what last came out of the submission, or of a probe beside it
        self.alarm = alarm and hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    @classmethod
    def load(
        cls, cells: list[str], file: str, notebook: bool, probes: Any, device: torch.device, alarm: bool
    ) -> InProcess:
        """Runs the student's cells. What a module raises comes through with each request."""
        problems: list[worker.Problem] = []
        arguments, sys.argv = sys.argv, [file]  # pytest's own are none of a script's business
        try:
            namespace = worker.load(cells, file, notebook, problems, device)
        finally:
            sys.argv, theirs = arguments, Settings.now()
            OURS.apply()
        return cls(worker.Host(namespace, probes, device, file, problems), alarm=alarm, theirs=theirs)

    def prepare(self, task: Task) -> None:
        """Nothing: the cells were run when this was made."""

    def exchange(self, number: str, request: bytes, seconds: float, task: Task) -> tuple[list[str], Any]:
        __tracebackhide__ = True
        if self.host.problem is not None:
            raise self.host.problem.with_traceback(self.stopped)
        message, value = wire.unpack(*wire.split(request), wire.REQUEST)
        self.theirs.apply()
        try:
            result, changed = self._perform(message, value, seconds, task)
        except Exception as problem:
            self.raised = problem
            raise
        finally:
            self.theirs = Settings.now()
            OURS.apply()
        try:
            return changed, wire.round_trip(result, "the result")
        except wire.WireError as problem:
            raise StudentFault(
                Finding(Verdict.FAILED, clean(f"What came back is not plain data: {problem}."))
            ) from None

    def _perform(self, message: dict[str, Any], value: Any, seconds: float, task: Task) -> tuple[Any, list[str]]:
        __tracebackhide__ = True
        if not self.alarm:
            return self.host.perform(message, value)
        previous = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
        try:
            return self.host.perform(message, value)
        except _OutOfTime:
            raise StudentFault(out_of_time(task)) from None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)

    def take_output(self) -> str:
        """Nothing: pytest shows what was printed."""
        return ""


def _ring(number: int, frame: Any) -> None:
    raise _OutOfTime
