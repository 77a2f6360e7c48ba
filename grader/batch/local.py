"""Many submissions on one machine: one judge a core, each with a zygote of its own, results as they come."""

from __future__ import annotations

import multiprocessing
import os
import queue
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grader.judge.run import Job, Judge, grading_seed
from grader.model.course import Course, Day
from grader.model.errors import GraderFault
from grader.model.manifest import NAME, load_course
from grader.model.record import Record
from grader.model.submission import SubmissionError

Level = Literal["best", "full", "none"]
Entry = tuple[str, str | None]
"""A path, and whose it is where its name does not say so."""


@dataclass(frozen=True)
class Plan:
    """How a batch is graded: the same for each of its submissions."""

    manifest: Path
    day: str
    device: str
    isolation: Level
    secret: str


def grade_many(
    course: Course, day: Day, paths: Sequence[Path], device: str, isolation: Level, secret: str, jobs: int = 0,
    students: Sequence[str] = (),
) -> Iterator[Record]:  # fmt: skip
    """The record of each path, as they are finished. `jobs` 0 means one a core.

    `students` says whose each path is; without it, the path's own name does.
    """
    plan = Plan(course.root / NAME, day.id, device, isolation, secret)
    owners: Sequence[str | None] = students or [None] * len(paths)
    entries: list[Entry] = list(zip(map(str, paths), owners, strict=True))
    count = min(jobs or available_cores(), len(entries))
    if count <= 1:
        yield from _alone(plan, course, day, entries)
        return
    # spawn, since a judge has torch's threads by now and a fork would carry locks that nobody releases
    context = multiprocessing.get_context("spawn")
    todo, done = context.Queue(), context.Queue()
    for entry in entries:
        todo.put(entry)
    for _ in range(count):
        todo.put(None)
    judges = [context.Process(target=_judge, args=(plan, todo, done), daemon=True) for _ in range(count)]
    for judge in judges:
        judge.start()
    try:
        yield from _collect(judges, done, len(entries))
    finally:
        for judge in judges:
            judge.terminate()
            judge.join()


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _collect(judges: list[Any], done: Any, expected: int) -> Iterator[Record]:
    while expected:
        try:
            kind, text = done.get(timeout=1.0)
        except queue.Empty:
            if not any(judge.is_alive() for judge in judges):
                raise GraderFault(f"every judge ended with {expected} submissions left to grade") from None
            continue
        if kind == "fault":
            raise GraderFault(text)
        expected -= 1
        yield Record.model_validate_json(text)


def _judge(plan: Plan, todo: Any, done: Any) -> None:
    course = load_course(plan.manifest)
    day = course.day(plan.day)

    def deliver(record: Record) -> None:
        done.put(("record", record.to_json()))

    try:
        with Judge(course, day, device=plan.device, isolation=plan.isolation) as judge:
            judge.grade(_jobs(judge, plan, iter(todo.get, None), deliver), deliver)
    except Exception as problem:
        done.put(("fault", f"{type(problem).__name__}: {problem}"))


def _alone(plan: Plan, course: Course, day: Day, entries: list[Entry]) -> Iterator[Record]:
    records: list[Record] = []
    with Judge(course, day, device=plan.device, isolation=plan.isolation) as judge:
        judge.grade(_jobs(judge, plan, entries, records.append), records.append)
    yield from records


def _jobs(judge: Judge, plan: Plan, entries: Iterable[Entry], refused: Any) -> Iterator[Job]:
    """The jobs of these entries; one that cannot be taken goes to `refused` as a record of its own."""
    for name, student in entries:
        path = Path(name)
        try:
            submission = judge.intake(path, student)
        except SubmissionError as error:
            refused(judge.refused(student or path.stem, str(error)))
        else:
            yield Job(submission, grading_seed(plan.secret, submission))
