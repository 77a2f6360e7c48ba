"""A graded run's transport: one submission in a walled worker, every reply suspect.

Theory of operation. Each request carries a number that nobody can guess, and one reply with that number is read, whole,
before one deadline. Bytes that arrive early, twice or malformed end the worker, as do silence and death; each ends as
the submission's verdict. The next request gets a fresh worker, so that a task out of budget does not cost the others
theirs. Nor does what one task leaves behind (bytes on the wire, threads, memory): where a worker breaks off that other
tasks have used, the request is put once more, to a worker that this task alone has used, and that one counts. A
submission that cannot even be loaded is not loaded again.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.model.course import Budget, Task
from grader.model.errors import GraderFault
from grader.model.text import clean
from grader.model.verdict import Finding, Verdict

from . import wire
from .findings import StudentFault, cell_note, raised
from .launch import Ended, Limits, WorkerProcess
from .opening import AnyLauncher
from .student import out_of_time

LOAD_SECONDS = 30.0
DYING_SECONDS = 0.5  # from a connection that closed to the word that its process has ended
SIGXCPU = getattr(signal, "SIGXCPU", 24)  # Windows has none, and a student there imports this too
OUTPUT_BYTES = 16 << 10
PROTOCOL = "The submission's process sent a reply that is not one of ours."


class _Lost(GraderFault):
    """The worker ended through no fault of the submission."""


@dataclass(frozen=True)
class Load:
    """What a worker is told of the submission: data only."""

    cells: tuple[str, ...]
    name: str
    notebook: bool
    probes: str
    device: str

    def value(self) -> dict[str, Any]:
        return {
            "cells": list(self.cells), "name": self.name, "notebook": self.notebook, "probes": self.probes,
            "device": self.device,
        }  # fmt: skip


class Session:
    """One submission's worker, restarted when a task ends it."""

    def __init__(self, launcher: AnyLauncher, load: Load, budget: Budget) -> None:
        self._launcher, self._load, self._budget = launcher, load, budget
        self._worker: WorkerProcess | None = None
        self._unloadable: Finding | None = None
        self._owner = ""  # the task that the worker was started for
        self._output = bytearray()
        self.cell_errors: list[str] = []
        self._killed = False
        self.peak_memory = 0
        self.cpu_seconds = 0.0

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def stop(self) -> None:
        """From another thread: what is being asked ends at once, and so does whatever is asked afterwards.

        A worker that is just being started is missed; whoever wants to be sure calls again.
        """
        self._unloadable = Finding(Verdict.CRASHED, "Stopped.")
        worker = self._worker
        if worker is not None:
            with contextlib.suppress(OSError):  # its own thread has closed it
                worker.socket.shutdown(socket.SHUT_RDWR)

    def prepare(self, task: Task) -> None:
        try:
            self._ready(task)
        except _Lost:  # the zygote died under the worker: once more, with a new one
            self._ready(task)

    def exchange(self, number: str, request: bytes, seconds: float, task: Task) -> tuple[list[str], Any]:
        __tracebackhide__ = True
        inherited = self._worker is not None and self._owner != task.id
        try:
            return self._answer(number, request, seconds, task)
        except _Lost:
            return self._answer(number, request, seconds, task)
        except StudentFault as fault:
            # a task that is slow in a worker of others is slow in its own: that would only double the wait
            if not inherited or self._worker is not None or fault.finding.verdict is Verdict.TIMEOUT:
                raise
            return self._answer(number, request, seconds, task)

    def _answer(self, number: str, request: bytes, seconds: float, task: Task) -> tuple[list[str], Any]:
        self._ready(task)
        message, value = self._request(number, request, seconds, lambda: out_of_time(task))
        match message.get("kind"):
            case "value":
                changed = message.get("changed")
                return (changed if isinstance(changed, list) else []), value
            case "raised":
                raise StudentFault(raised(value, task))
        raise self._ended(Finding(Verdict.CRASHED, PROTOCOL))

    def _ready(self, task: Task) -> None:
        if self._unloadable is not None:
            raise StudentFault(self._unloadable)
        if self._worker is None:
            self._start(task)

    def _start(self, task: Task) -> None:
        self._owner = task.id
        self._worker = self._launcher.start(
            Limits(memory_bytes=self._budget.mebibytes << 20, cpu_seconds=int(self._budget.seconds) * 10 + 60)
        )
        self._worker.socket.setblocking(False)
        number = secrets.token_hex(16)
        frame = wire.pack({"id": number, "kind": "load"}, self._load.value())
        late = Finding(Verdict.TIMEOUT, f"Running the file took longer than {LOAD_SECONDS:g} seconds.")
        try:
            message, told = self._request(number, frame, LOAD_SECONDS, lambda: late)
            if message.get("kind") != "loaded" or not isinstance(told, list):
                raise self._ended(Finding(Verdict.CRASHED, PROTOCOL))
        except StudentFault as fault:
            self._unloadable = fault.finding
            raise
        if self._load.notebook:
            self.cell_errors = [cell_note(entry) for entry in told[:20]]

    def _request(
        self, number: str, frame: bytes, seconds: float, late: Callable[[], Finding]
    ) -> tuple[dict[str, Any], Any]:
        worker = self._worker
        assert worker is not None
        deadline = time.monotonic() + seconds
        try:
            if self._readable(worker, 0.0):
                # nothing was asked: whatever stands there was written without a question, or the worker died
                raise self._ended(Finding(Verdict.CRASHED, PROTOCOL)) if worker.ended() is None else self._death()
            self._send(worker, frame, deadline)
            message, value = wire.receive(worker.socket, wire.REPLY, deadline, lambda left: self._wait(worker, left))
        except wire.DeadlinePassed:
            raise self._ended(late()) from None
        except wire.Closed:
            raise self._death() from None
        except wire.WireError:
            raise self._ended(Finding(Verdict.CRASHED, PROTOCOL)) from None
        if message.get("id") != number:
            raise self._ended(Finding(Verdict.CRASHED, PROTOCOL))
        self._drain(worker)
        return message, value

    def _send(self, worker: WorkerProcess, frame: bytes, deadline: float) -> None:
        view = memoryview(frame)
        while view:
            try:
                view = view[worker.socket.send(view[: 1 << 20]) :]
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise wire.DeadlinePassed from None
                self._wait(worker, deadline - time.monotonic(), select.POLLOUT)
            except OSError:
                raise wire.Closed from None

    def _wait(self, worker: WorkerProcess, seconds: float | None, event: int = select.POLLIN) -> None:
        """Until the socket is ready; what the submission prints meanwhile is drained, so that it cannot block."""
        poll = select.poll()
        poll.register(worker.socket, event)
        if worker.output >= 0:
            poll.register(worker.output, select.POLLIN)
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            left = None if deadline is None else (deadline - time.monotonic()) * 1000
            ready = {fd for fd, _ in poll.poll(None if left is None else max(0.0, left))}
            if worker.output in ready and not self._drain(worker):
                poll.unregister(worker.output)
            # the second: output that never pauses is always ready, and must not put off the deadline
            if worker.socket.fileno() in ready or not ready or (left is not None and left <= 0):
                return

    def _readable(self, worker: WorkerProcess, seconds: float) -> bool:
        poll = select.poll()
        poll.register(worker.socket, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def _drain(self, worker: WorkerProcess) -> bool:
        """Takes what was printed, keeping no more than the cap; False when the stream has ended."""
        for _ in range(64):
            try:
                chunk = os.read(worker.output, 1 << 16)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not chunk:
                return False
            self._output += chunk[: max(0, OUTPUT_BYTES - len(self._output))]
        return True

    def take_output(self) -> str:
        """What the submission printed since the last call: at most 16 KiB, undecodable bytes replaced."""
        if self._worker is not None:
            self._drain(self._worker)
        text = self._output.decode("utf-8", "replace")
        self._output.clear()
        return clean(text.replace("\r\n", "\n"), OUTPUT_BYTES)

    def _ended(self, finding: Finding) -> StudentFault:
        self._end()
        return StudentFault(finding)

    def _death(self) -> StudentFault:
        """The worker is gone, or has closed its end: why. Raises `_Lost` where that is not the submission's doing."""
        if self._worker is not None:
            self._worker.ended(DYING_SECONDS)  # if it is killed by us before that is known, nobody can tell who did it
        ended = self._end()
        if ended is None or ended.kind == "lost":
            raise _Lost
        if ended.kind == "killed" and not self._killed:
            self._killed = True  # once is forgiven; whoever can bring it about again gains nothing by it
            raise _Lost
        return StudentFault(_finding_of(ended, self._budget))

    def _end(self) -> Ended | None:
        worker, self._worker = self._worker, None
        if worker is None:
            return None
        self._drain(worker)
        self.cpu_seconds += worker.cpu_seconds()
        self.peak_memory = max(self.peak_memory, worker.peak_memory() or 0)
        return worker.kill()


def _finding_of(ended: Ended, budget: Budget) -> Finding:
    if ended.kind == "out_of_memory":
        return Finding(Verdict.OUT_OF_MEMORY, f"Used more than {budget.mebibytes} MiB of memory.")
    if ended.kind == "signal" and ended.code == SIGXCPU:
        return Finding(Verdict.TIMEOUT, "Used more processor time than it may.")
    how = f"with exit code {ended.code}" if ended.kind == "exit" else f"by signal {ended.code}"
    return Finding(Verdict.CRASHED, f"The submission's process ended {how} instead of returning a value.")
