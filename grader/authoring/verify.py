"""The proof that a day is sound: stubs score nothing, solutions everything, mistakes are caught and named."""

from __future__ import annotations

import contextlib
import importlib.util
import warnings
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch

from grader.checks import shortcuts
from grader.judge import worker
from grader.judge.diagnosis import remembering
from grader.judge.inprocess import InProcess
from grader.judge.loop import Outcome, Run, with_suite
from grader.judge.scanner import Scanner
from grader.judge.scoring import score
from grader.judge.suite import Suite
from grader.model.course import Course, Day
from grader.model.errors import CourseError
from grader.model.mistakes import Alternative, Alternatives, Mistake
from grader.model.record import TaskResult
from grader.model.submission import Submission
from grader.model.verdict import CheckResult, Finding, Verdict

from .build import out_of_step
from .stub import make_stub

Kind = Literal["solution", "alternative", "mistake"]
KINDS: tuple[Kind, ...] = ("solution", "alternative", "mistake")
Perform = Callable[[Run], Outcome]
Enough = Callable[[CheckResult], bool]


@dataclass(frozen=True)
class Fault:
    """Something that the day promises and does not hold."""

    subject: str
    message: str


@dataclass(frozen=True)
class Trial:
    """One task of a submission whose verdict is known before: a right one (solution, alternative) or a mistake."""

    kind: Kind
    id: str
    result: TaskResult

    @property
    def sound(self) -> bool:
        """Whether the verdict is the one that it must be."""
        full = self.result.verdict is Verdict.PASSED or self.result.points == self.result.max_points
        return full is not (self.kind == "mistake")


@dataclass
class Verification:
    """One day under proof. `only` restricts it to these tasks; empty means all. `kinds` says what is tried.

    `first` is the number of the first seed: a long proof can be done in parts.
    """

    course: Course
    day: Day
    seeds: int = 1
    only: frozenset[str] = frozenset()
    kinds: Collection[Kind] = KINDS
    device: torch.device = worker.CPU
    first: int = 0

    def __post_init__(self) -> None:
        self.suite = Suite(self.course, self.day)
        self.alternatives = load_alternatives(self.course, self.day)
        self._scanned: dict[str, dict[str, Finding]] = {}

    def faults(self) -> list[Fault]:
        """Everything that does not hold, in the order in which it was found."""
        found = [Fault("build", sentence) for sentence in out_of_step(self.course, self.day)]
        found.extend(self._by_hand())

        def visit(perform: Perform) -> None:
            found.extend(self._stub(perform, "verify-0"))  # there is nothing in it that inputs could change
            for number in range(self.first, self.first + self.seeds):
                seed = f"verify-{number}"
                found.extend(fault for trial in self.trials(perform, seed) for fault in _faults_of(trial, seed))

        with_suite(self.suite, visit)
        return found

    def trials(self, perform: Perform, seed: str) -> Iterator[Trial]:
        """Every submission that the day knows, graded with one seed."""
        with remembering():
            yield from self._trials(perform, seed)

    def _trials(self, perform: Perform, seed: str) -> Iterator[Trial]:
        if "solution" in self.kinds:
            for task in self._run(perform, seed, self.source, {}, self.only or None):
                yield Trial("solution", task.id, task)
        for mistake in self.suite.mistakes.entries if "mistake" in self.kinds else ():
            if not self.only or mistake.task in self.only:
                self.day.task(mistake.task)
                yield Trial("mistake", mistake.id, self._run_entry(perform, seed, mistake, _once_named(mistake.id)))
        for entry in self.alternatives.entries if "alternative" in self.kinds else ():
            if not self.only or entry.task in self.only:
                yield Trial("alternative", entry.id, self._run_entry(perform, seed, entry))

    @property
    def source(self) -> str:
        path = self.course.root / self.course.solutions / self.day.id / self.day.module
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CourseError(f"{path} is missing: every day has a solution") from None

    def _stub(self, perform: Perform, seed: str) -> Iterator[Fault]:
        stub = make_stub(self.source, Path(self.day.module))
        broken = self.day.given == "broken"
        for task in self._run(perform, seed, stub, {}, self.only or None):
            if task.points or not (broken or task.verdict is Verdict.NOT_IMPLEMENTED):
                yield Fault(f"stub {task.id}", f"scores {task.points:g} and reads {task.verdict.words} ({seed})")
            elif broken and task.mistake is None:
                yield Fault(f"stub {task.id}", f"is given broken, and no mistake names how ({seed})")

    def _by_hand(self) -> Iterator[Fault]:
        """The source rules find nothing in an alternative either."""
        path = alternatives_of(self.course, self.day)
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for entry in self.alternatives.entries:
            names = [value.__name__ for value in entry.namespace.values()]
            rule = {"symbols": names, "forbidden": list(self.day.task(entry.task).forbidden)}
            for shortcut in shortcuts.find_shortcuts([text], {entry.task: rule}).values():
                yield Fault(f"alternative {entry.id}", f"uses {shortcut.name} (line {shortcut.line})")

    def _run_entry(
        self, perform: Perform, seed: str, entry: Mistake | Alternative, enough: Enough = lambda _: False
    ) -> TaskResult:
        """One task of the solution, with this entry's implementation in place of its own."""
        with warnings.catch_warnings():
            if isinstance(entry, Mistake):  # of a slip it is no news that torch warns of it
                warnings.simplefilter("ignore")
            (result,) = self._run(perform, seed, self.source, entry.namespace, frozenset({entry.task}), enough)
        return result

    def _run(
        self,
        perform: Perform,
        seed: str,
        source: str,
        overlay: dict[str, Any],
        tasks: frozenset[str] | None,
        enough: Enough = lambda _: False,
    ) -> list[TaskResult]:
        problems: list[worker.Problem] = []
        namespace = worker.load([source], self.day.module, False, problems, self.device)
        namespace.update(overlay)
        device = self.device
        transport = InProcess(worker.Host(namespace, vars(self.suite.probes), device, self.day.module, problems))
        barred = {} if overlay else self._barred(source)
        outcome = perform(Run(lambda: contextlib.nullcontext(transport), seed, device, barred, tasks, enough))
        scored = score(self.day, outcome.expected, outcome.results, (source,))
        return [task for task in scored if tasks is None or task.id in tasks]

    def _barred(self, source: str) -> dict[str, Finding]:
        if source not in self._scanned:
            submission = Submission("verify", "", self.day.module, (source,), "module")
            with Scanner() as scanner:
                self._scanned[source] = scanner.find(self.day, submission)
        return self._scanned[source]


def _faults_of(trial: Trial, seed: str) -> Iterator[Fault]:
    task, subject = trial.result, f"{trial.kind} {trial.id}"
    if trial.kind == "mistake":
        if not trial.sound:
            yield Fault(subject, f"passes {task.id} ({seed})")
        elif task.mistake != trial.id:
            yield Fault(subject, f"is caught, but named {task.mistake}: {told(task)} ({seed})")
    elif task.verdict is not Verdict.PASSED:
        yield Fault(subject, f"{'' if trial.kind == 'solution' else f'{task.id}: '}{told(task)} ({seed})")


def _once_named(mistake: str) -> Enough:
    """A check that fails narrows down what the slip may be: once it is this one, further checks tell nothing new."""
    return lambda result: result.finding is not None and result.finding.mistake == mistake


def told(task: TaskResult) -> str:
    """A task's verdict in one line."""
    return f"{task.verdict.words}: {task.message} (expected {task.expected}, seen {task.seen})"


def alternatives_of(course: Course, day: Day) -> Path:
    return course.root / course.solutions / day.id / "alternatives.py"


def load_alternatives(course: Course, day: Day) -> Alternatives:
    """`ALTERNATIVES` of solutions/dayNN/alternatives.py; empty where there is no such file."""
    path = alternatives_of(course, day)
    if not path.is_file():
        return Alternatives()
    spec = importlib.util.spec_from_file_location(f"{day.id}_alternatives", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = getattr(module, "ALTERNATIVES", None)
    if not isinstance(found, Alternatives):
        raise CourseError(f"{path}: it defines no ALTERNATIVES = Alternatives()")
    return found
