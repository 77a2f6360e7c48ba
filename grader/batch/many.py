"""Many submissions by path, for who keeps records of their own and no gradebook: nbgrader does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.judge.intake import intake
from grader.judge.run import grading_seed
from grader.judge.suite import Suite
from grader.model.course import Course, Day
from grader.model.errors import GraderFault
from grader.model.manifest import NAME
from grader.model.record import Record
from grader.model.released import read_released
from grader.model.submission import Submission, SubmissionError

from .fairness import FairEngine
from .work import Level, Plan, Work


def grade_many(
    course: Course, day: Day, paths: Sequence[Path], device: str, isolation: Level, secret: str, jobs: int = 0,
    students: Sequence[str] = (),
) -> Iterator[Record]:  # fmt: skip
    """The record of each path, as they are finished. `jobs` 0 means one a core.

    `students` says whose each path is; without it, the path's own name does. Raises `GraderFault`.
    """
    plan = Plan(str(course.root / NAME), day.id, device, isolation, Suite(course, day).digest)
    released = read_released(course.root / course.assignments / day.id)
    owners: Sequence[str | None] = students or [None] * len(paths)

    def work() -> Iterator[Work]:
        for number, (path, student) in enumerate(zip(paths, owners, strict=True)):
            try:
                submission = intake(path, day.module, day.notebook, student, stub_digests=released)
            except SubmissionError as error:
                unread = Submission(student or path.stem, "", day.module, (), "module")
                yield Work(number, unread, "", str(error))
            else:
                yield Work(number, submission, grading_seed(secret, submission))

    for done in FairEngine(day, min(jobs, len(paths))).grade(plan, work()):
        if done.fault:
            raise GraderFault(f"{paths[done.number]}: {done.fault}")
        yield Record.model_validate_json(done.record)
