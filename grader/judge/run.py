"""Grades submissions of one day: each in a walled worker, each into a record."""

from __future__ import annotations

import contextlib
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch

import grader
from grader.model.course import Budget, Course, Day
from grader.model.record import Layer, Record, Submitted, SuiteVersion, TaskResult, Usage
from grader.model.released import read_released
from grader.model.submission import Submission
from grader.model.verdict import Verdict

from .device import pick_device
from .doubt import settle
from .headroom import headroom
from .intake import intake
from .launch import WITHOUT_A_GPU, open_launcher
from .loop import Outcome, Run, with_suite
from .opening import AnyLauncher, Wish
from .portable import on_any_device
from .scanner import Scanner
from .scoring import questions, score
from .session import Load, Session
from .suite import Suite


@dataclass(frozen=True)
class Job:
    """One submission to grade, and the seed that its inputs are drawn from."""

    submission: Submission
    seed: str


class Judge:
    """A course's day, ready to grade. Use as a context manager: it owns the zygote that workers are forked from."""

    def __init__(
        self,
        course: Course,
        day: Day,
        *,
        device: str = "cpu",
        isolation: Wish = "best",
        launcher: AnyLauncher | None = None,
    ) -> None:
        self.suite = Suite(course, day)
        self.device = pick_device(device)
        self.portable = self.device.type == "cpu" and any(task.device_points for task in day.graded)
        self.launcher = launcher or open_launcher(isolation, frozenset(day.preload), self.device.type)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *_: object) -> None:
        self.launcher.close()

    def grade(self, jobs: Iterable[Job], done: Callable[[Record], None]) -> None:
        """Grades every job in turn and hands over its record. Raises `GraderFault` where the suite cannot run."""

        def visit(perform: Callable[[Run], Outcome]) -> None:
            with Scanner() as scanner:
                for job in jobs:
                    with headroom() if self.device.type in WITHOUT_A_GPU else contextlib.nullcontext():
                        record = self._grade(job, perform, scanner)
                    done(record)

        with_suite(self.suite, visit)

    def _grade(self, job: Job, perform: Callable[[Run], Outcome], scanner: Scanner) -> Record:
        started = time.monotonic()
        session = self.session(job.submission)
        barred = scanner.find(self.suite.day, job.submission)
        outcome = perform(Run(lambda: session, job.seed, self.device, barred))
        results = settle(outcome.results, self.suite, perform, job.seed, self.device)
        tasks = score(self.suite.day, outcome.expected, results, job.submission.cells, outcome.pictures)
        if self.portable:
            tasks = on_any_device(self.suite.day, tasks, lambda ids: self._on_sim(job, perform, ids))
        usage = Usage(
            seconds=round(time.monotonic() - started, 4),
            cpu_seconds=round(session.cpu_seconds, 4),
            peak_memory=session.peak_memory,
        )
        return self.record(job, tasks, usage, tuple(session.cell_errors))

    def _on_sim(self, job: Job, perform: Callable[[Run], Outcome], ids: frozenset[str]) -> list[TaskResult]:
        """These tasks once more, in a worker of its own."""
        sim = pick_device("sim")
        outcome = perform(Run(lambda: self.session(job.submission, sim), job.seed, sim, tasks=ids))
        scored = score(self.suite.day, outcome.expected, outcome.results, job.submission.cells)
        return [task for task in scored if task.id in ids]

    def refused(self, student: str, sentence: str) -> Record:
        """The record of a submission that could not be taken in: no task earns anything, and the sentence says why."""
        module = self.suite.day.module
        tasks = tuple(
            TaskResult(
                id=task.id, title=task.title, symbols=task.symbols, verdict=Verdict.ERROR, points=0,
                max_points=task.points, message="Not graded: the submission could not be read.",
                visibility=task.visibility,
            )
            for task in self.suite.day.graded
        )  # fmt: skip
        return self.record(Job(Submission(student, "", module, (), "module", (sentence,)), ""), tasks, Usage())

    def intake(self, path: Path, student: str | None = None) -> Submission:
        """What a student handed in for this day. Raises `SubmissionError`."""
        course, day = self.suite.course, self.suite.day
        released = read_released(course.root / course.assignments / day.id)
        return intake(path, day.module, day.notebook, student, stub_digests=released)

    def one(self, job: Job) -> Record:
        """Grades one job."""
        records: list[Record] = []
        self.grade([job], records.append)
        return records[0]

    def record(self, job: Job, tasks: tuple[TaskResult, ...], usage: Usage, notes: tuple[str, ...] = ()) -> Record:
        """The record of a graded job."""
        day, submission = self.suite.day, job.submission
        faulty = any(task.verdict is Verdict.GRADER_ERROR for task in tasks)
        layers = tuple(Layer(name=layer.name, on=layer.on, why=layer.why) for layer in self.launcher.isolation.layers)
        return Record(
            course=self.suite.course.id,
            day=day.id,
            graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
            submission=Submitted(
                student=submission.student, digest=submission.digest, module=submission.module,
                kind=submission.kind, cells=submission.cells, notes=(*submission.notes, *notes),
            ),
            suite=SuiteVersion(digest=self.suite.digest, grader=grader.__version__),
            seed=job.seed,
            device=str(self.device),
            isolation=self.launcher.isolation.level,
            layers=layers,
            versions={"python": platform.python_version(), "torch": str(torch.__version__)},
            points=None if faulty else round(sum(task.points for task in tasks), 6),
            max_points=day.points,
            tasks=tasks,
            manual=questions(day),
            usage=usage,
        )  # fmt: skip

    def session(self, submission: Submission, device: torch.device | None = None) -> Session:
        """A transport to a walled worker that holds this submission, on `device` or else the judge's own."""
        budgets = [task.budget for task in self.suite.day.graded]
        budget = Budget(
            seconds=max(each.seconds for each in budgets), mebibytes=max(each.mebibytes for each in budgets)
        )
        notebook = submission.kind == "notebook"
        name = self.suite.day.notebook if notebook else submission.module
        load = Load(submission.cells, name, notebook, self.suite.probes_source, str(device or self.device))
        return Session(self.launcher, load, budget)
