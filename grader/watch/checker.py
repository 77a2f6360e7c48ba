"""Checks the work again after every save, behind the same walls as a graded run, and says what it finds as it goes.

Theory of operation. Two threads. One looks at the file some fifty times a second; when it has changed and stayed the
same for a moment, it stops whatever is being checked. The other holds a warm judge: the suite is collected once, the
zygote has torch imported, so a check costs a fork. It takes the task at hand first, then the others, and drops the lot
as soon as the file changed again. So an endless loop in the work ends with the next save at the latest.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future

from grader.checks.shortcuts import find_shortcuts
from grader.judge.findings import forbidden
from grader.judge.intake import intake
from grader.judge.loop import Outcome, Run, with_suite
from grader.judge.opening import AnyLauncher
from grader.judge.run import Judge
from grader.judge.scoring import score
from grader.judge.session import Session
from grader.model.course import Course, Day, Task
from grader.model.errors import DescentError
from grader.model.released import read_released
from grader.model.submission import Submission, SubmissionError
from grader.model.verdict import CheckResult, Finding, Verdict

from .events import Broken, Event, Started, Told, Trouble
from .files import Stamp, Work

PERIOD = 0.02
SEED = "desk"  # the same inputs every time: numbers that changed are the student's doing
Perform = Callable[[Run], Outcome]


class Checker:
    """Runs in threads of its own, from `start` to `close`; every event goes to `tell`, in one of them."""

    def __init__(
        self, course: Course, day: Day, tasks: Sequence[Task], work: Work, launcher: Future[AnyLauncher],
        tell: Callable[[Event], None], device: str = "cpu",
    ) -> None:  # fmt: skip
        self.course, self.day, self.tasks, self.work, self.tell = course, day, tasks, work, tell
        self.first: str | None = None  # the task at hand
        self._launcher, self._device = launcher, device
        self._changed, self._closed = threading.Event(), threading.Event()
        self._session: Session | None = None
        self._threads = [
            threading.Thread(target=each, name=f"grader-watch{each.__name__}", daemon=True)
            for each in (self._look, self._check)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stops whatever is running and waits for it."""
        self._closed.set()
        self._changed.set()
        for thread in self._threads:
            thread.join(10)

    def again(self) -> None:
        """Checks once more, as if the file had been saved."""
        self._changed.set()

    def _look(self) -> None:
        seen: Stamp | None = None
        before: Stamp | None = None
        while not self._closed.wait(PERIOD):
            now = self.work.stamp()
            if now != seen and now == before:  # an editor that is still writing changes it once more
                seen = now
                self._changed.set()
            before = now
            self._interrupt()
        while self._threads[1].is_alive():
            self._interrupt()
            time.sleep(PERIOD)

    def _interrupt(self) -> None:
        session = self._session
        if session is not None and self._changed.is_set():
            session.stop()

    def _check(self) -> None:
        try:
            with Judge(self.course, self.day, device=self._device, launcher=self._launcher.result()) as judge:

                def visit(perform: Perform) -> None:
                    assert judge.suite.mistakes  # imported before the first failure asks for them
                    while True:
                        self._changed.wait()
                        if self._closed.is_set():
                            return
                        self._changed.clear()
                        self._round(judge, perform)

                with_suite(judge.suite, visit)
        except Exception as problem:  # the screen must not go on as if somebody were looking
            self.tell(
                Broken(str(problem) if isinstance(problem, DescentError) else f"{type(problem).__name__}: {problem}")
            )

    def _round(self, judge: Judge, perform: Perform) -> None:
        """Every task once, until the work changes."""
        now = time.time()
        saved = self.work.saved() if now - self.work.saved() < 1 else now  # asked for without a save, or deleted
        try:
            submission = self._take()
        except (SubmissionError, OSError) as problem:
            self.tell(Trouble(str(problem)))
            return
        barred = self._shortcuts(submission)
        file = self.day.notebook if submission.kind == "notebook" else submission.module
        expected: list[tuple[str, str]] = []
        results: list[CheckResult] = []
        with judge.session(submission) as session:
            self._session = session
            for task in self._order():
                self.tell(Started(task.id))
                outcome = perform(
                    Run(
                        lambda: contextlib.nullcontext(session), SEED, judge.device, barred, frozenset({task.id}),
                        enough=lambda _: self._changed.is_set(),
                    )
                )  # fmt: skip
                if self._changed.is_set():
                    break
                expected += outcome.expected
                results += outcome.results
                told = score(self.day, expected, results, submission.cells)
                result = next(each for each in told if each.id == task.id)
                self.tell(Told(result, file, max(0.0, time.time() - saved)))
            self._session = None

    def _take(self) -> Submission:
        if not self.work.there():
            raise SubmissionError(
                f"{self.work.files[0].name} is not there. It is checked as soon as it is saved again."
            )
        released = read_released(self.course.root / self.course.assignments / self.day.id)
        return intake(
            self.work.path, self.day.module, self.day.notebook, stub_digests=released, prefer=self.work.latest()
        )

    def _order(self) -> Iterator[Task]:
        """The task at hand, then the others as the manifest has them."""
        yield from sorted(self.tasks, key=lambda task: task.id != self.first)

    def _shortcuts(self, submission: Submission) -> dict[str, Finding]:
        rules = {task.id: {"symbols": list(task.symbols), "forbidden": list(task.forbidden)} for task in self.tasks}
        try:
            found = find_shortcuts(list(submission.cells), rules)
        except (RecursionError, MemoryError):
            return dict.fromkeys(rules, Finding(Verdict.ERROR, "The file is nested too deeply to be read."))
        return {task: forbidden(each.name, each.cell, each.line) for task, each in found.items()}
