"""What an instructor or CI runs: one submission, or a record again."""

from __future__ import annotations

import secrets
import sys
from concurrent.futures import Future
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.text import Text

from grader.judge.device import pick_device
from grader.judge.opening import AnyLauncher
from grader.judge.run import Job, Judge
from grader.judge.seed import grading_seed
from grader.model.course import Course, Day
from grader.model.submission import SubmissionError
from grader.model.writing import write
from grader.reports.terminal import record_lines
from grader.reports.words import shown

from .exporting import Delivery
from .files import exit_code, read_record, submission_of
from .main import EXIT_FAILED

Level = Literal["best", "full", "none"]


def score_one(
    course: Course, day: Day, path: Path, json: Path | None, device: str, launcher: Future[AnyLauncher],
    seed: str | None, secret: str | None, student: str | None, delivery: Delivery,
) -> int:  # fmt: skip
    """Grades one submission, prints it and writes its record, or delivers it in the formats that are asked for."""
    with Judge(course, day, device=str(pick_device(device)), launcher=launcher.result()) as judge:
        try:
            submission = judge.intake(path, student)
        except SubmissionError as error:
            record = judge.refused(student or path.stem, str(error))
        else:
            record = judge.one(Job(submission, seed or grading_seed(secret or secrets.token_hex(16), submission)))
    if json is not None and str(json) == "-":
        sys.stdout.write(record.to_json())
        return exit_code([record])
    if json is not None:
        write(json, record.to_json())
    if delivery.targets:
        return delivery.send([record])
    console = Console(highlight=False)
    how = f"  isolation {record.isolation}, device {record.device}, seed {record.seed}"
    for text, style in [*record_lines(shown(record, reveal=True)), (how, "dim")]:
        console.print(Text(text, style=style), soft_wrap=True)
    return exit_code([record])


def replay_record(course: Course, path: Path, isolation: Level) -> int:
    """Grades a record's submission again; 0 where every verdict and point is the same."""
    record = read_record(path)
    day = course.day(record.day)
    with Judge(course, day, device=record.device, isolation=isolation) as judge:
        if judge.suite.digest != record.suite.digest:
            print("note: the suite has changed since; differences below may be its own", file=sys.stderr)
        again = judge.one(Job(submission_of(record), record.seed))
    before, after = record.verdicts(), again.verdicts()
    for task in before.keys() | after.keys():
        if before.get(task) != after.get(task):
            print(f"{task}: was {before.get(task)}, is {after.get(task)}")
    same = before == after
    told = "the same verdicts" if same else "not the same"
    print(f"{path.name}: {told}, {again.points} of {again.max_points:g} points")
    return 0 if same else EXIT_FAILED
