"""Judges on this machine: one a core, each a process with a zygote of its own.

Theory of operation. The parent keeps a pipe to each judge and hands it one piece of work at a time, and a second one to
have at hand while it is not the last to be had; a judge takes in what it is handed also while it grades or tells. A
judge that dies gives its work back: it is done again by another, or, after some tries, has no score. When the parent
dies the pipes end, so the judges end, so their zygotes and workers end.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Any

from grader.model.errors import GraderFault

from .work import TRIES, Done, Plan, Work

STARTS = 20
"""Judges that may be replaced in one batch, for each judge: a machine where they keep dying is broken."""


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Judge:
    process: Any
    pipe: Connection
    working: list[Work] = field(default_factory=list)


class LocalEngine:
    """`jobs` judges at a time; 0 means one a core."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or available_cores()

    def grade(self, plan: Plan, work: Iterable[Work]) -> Iterator[Done]:
        # spawn, since this process may have threads, and a fork would carry locks that nobody releases
        yield from _Pool(plan, iter(work), self.jobs).run()


class _Pool:
    def __init__(self, plan: Plan, work: Iterator[Work], count: int) -> None:
        self.plan, self.work, self.count = plan, work, count
        self.context = multiprocessing.get_context("spawn")
        self.judges: list[_Judge] = []
        self.again: deque[Work] = deque()
        self.tries: Counter[int] = Counter()
        self.started = 0

    def run(self) -> Iterator[Done]:
        try:
            while self._fill() or any(judge.working for judge in self.judges):
                for pipe in wait([judge.pipe for judge in self.judges]):
                    judge = next(judge for judge in self.judges if judge.pipe is pipe)
                    yield from self._hear(judge)
        finally:
            self._end()

    def _fill(self) -> bool:
        """Gives work to whoever has little; whether any was given."""
        given = False
        for load in (1, 2):
            for number in range(self.count):
                if load == 1 and number >= len(self.judges) and self._peek():
                    self._start()
                if number < len(self.judges) and self._has_room(self.judges[number], load):
                    self._give(self.judges[number], self.again.popleft())
                    given = True
        return given

    def _has_room(self, judge: _Judge, load: int) -> bool:
        """Whether this judge gets the next work. Beside what a judge has died of there is nothing else."""
        if len(judge.working) >= load or not self._peek():
            return False
        suspects = any(self.tries[work.number] for work in (*judge.working, self.again[0]))
        return not (judge.working and suspects)

    def _peek(self) -> bool:
        """Whether there is more work; what is seen waits in `again`."""
        if not self.again and (more := next(self.work, None)) is not None:
            self.again.append(more)
        return bool(self.again)

    def _give(self, judge: _Judge, work: Work) -> None:
        judge.working.append(work)
        with contextlib.suppress(OSError):  # it is dead, which is heard next
            judge.pipe.send_bytes(work.pack())

    def _start(self) -> None:
        self.started += 1
        if self.started > self.count * (STARTS + 1):
            raise GraderFault(f"judges keep dying: {self.started} were started; `grader doctor` looks at this machine")
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_judge, args=(asdict(self.plan), theirs), daemon=True)
        process.start()
        theirs.close()
        self.judges.append(_Judge(process, ours))

    def _hear(self, judge: _Judge) -> Iterator[Done]:
        try:
            told = json.loads(judge.pipe.recv_bytes())
        except (EOFError, OSError):
            yield from self._bury(judge)
            return
        if "impossible" in told:
            raise GraderFault(told["impossible"])
        done = Done(**told)
        judge.working = [work for work in judge.working if work.number != done.number]
        yield done

    def _bury(self, judge: _Judge) -> Iterator[Done]:
        """The judge died: what it had is done again, unless the first of it has now ended too many."""
        self.judges.remove(judge)
        judge.pipe.close()
        judge.process.join()
        for work in reversed(judge.working):
            self.again.appendleft(work)
        if judge.working:
            first = judge.working[0]
            self.tries[first.number] += 1
            if self.tries[first.number] >= TRIES:
                self.again.remove(first)
                yield Done(first.number, fault=f"{TRIES} judges died while they graded it")

    def _end(self) -> None:
        for judge in self.judges:
            judge.pipe.close()
            judge.process.terminate()
        for judge in self.judges:
            judge.process.join()


def _judge(told: dict[str, Any], pipe: Connection) -> None:
    """A judge's whole life. Ctrl-C reaches it as well, but to stop is its parent's decision."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from .judging import serve

    given: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, given), daemon=True).start()
    try:
        serve(Plan(**told), given.get, lambda done: pipe.send_bytes(json.dumps(asdict(done)).encode()))
    except BrokenPipeError:
        pass  # the parent is gone
    except Exception as problem:
        pipe.send_bytes(json.dumps({"impossible": f"{type(problem).__name__}: {problem}"}).encode())


def _listen(pipe: Connection, given: SimpleQueue[bytes | None]) -> None:
    """Takes in what the parent writes at once: while both wrote what no pipe holds, each would wait for the other."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            given.put(pipe.recv_bytes())
    given.put(None)
