"""The judge's end of one worker: a far end that talks without pause must not hold it up."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.judge.findings import StudentFault
from grader.judge.process import Ended
from grader.judge.session import OUTPUT_BYTES, Load, Session
from grader.model.course import Budget, Task

ZERO = Path("/dev/zero")
TASK = Task(id="t", symbols=("t",), points=1, budget=Budget(seconds=1))


class Babbler:
    """A worker that never answers and whose output never ends: /dev/zero, always ready to be read."""

    def __init__(self) -> None:
        self.socket, self.far = socket.socketpair()
        self.output = os.open(ZERO, os.O_RDONLY | os.O_NONBLOCK)

    def cpu_seconds(self) -> float:
        return 0.0

    def peak_memory(self) -> int | None:
        return None

    def ended(self, seconds: float = 0.0) -> Ended | None:
        return None

    def kill(self) -> Ended:
        self.socket.close()
        self.far.close()
        if self.output >= 0:
            os.close(self.output)
            self.output = -1
        return Ended("signal", 9)


@pytest.fixture
def session() -> Iterator[Session]:
    load = Load((), "t.py", False, "", "cpu")
    with Session(None, load, TASK.budget) as opened:  # type: ignore[arg-type] # starts no worker of its own
        yield opened


@pytest.mark.skipif(not ZERO.exists(), reason="needs /dev/zero")
def test_a_flood_of_output_does_not_put_off_the_deadline(session: Session) -> None:
    worker: Any = Babbler()
    worker.socket.setblocking(False)
    session._worker = worker
    started = time.monotonic()
    with pytest.raises(StudentFault, match="Took longer than the 1 seconds"):
        session.exchange("number", b"request", 0.3, TASK)
    assert time.monotonic() - started < 5
    assert len(session.take_output()) <= OUTPUT_BYTES + 1


@pytest.mark.skipif(not ZERO.exists(), reason="needs /dev/zero")
def test_nor_does_one_that_reads_no_request(session: Session) -> None:
    worker: Any = Babbler()
    worker.socket.setblocking(False)
    session._worker = worker
    started = time.monotonic()
    with pytest.raises(StudentFault, match="Took longer"):
        session.exchange("number", bytes(64 << 20), 0.3, TASK)
    assert time.monotonic() - started < 10
