"""A table for a spreadsheet: a row a student, a column a task. For the instructor: withheld points are in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.model.errors import CourseError
from grader.model.record import Record
from grader.model.verdict import Verdict
from grader.reports.sheets import harmless
from grader.reports.words import number

ABOUT = ("student", "day", "file", "digest", "graded_at", "isolation", "device", "points", "max_points", "note")


def render(records: Sequence[Record]) -> str:
    """CSV with a header. Where there is no score the points are empty and the note says why."""
    days = {record.day for record in records}
    if len(days) != 1:
        raise CourseError(
            f"csv holds one day, these records are of {', '.join(sorted(days))}; export them a day at a time"
        )
    tasks = list(dict.fromkeys(task.id for record in records for task in record.tasks))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*ABOUT, *(f"{task} {kind}" for task in tasks for kind in ("points", "verdict", "mistake"))])
    for record in sorted(records, key=lambda each: each.submission.student):
        table.writerow([harmless(cell) for cell in [*_about(record), *_results(record, tasks)]])
    return text.getvalue()


def _about(record: Record) -> list[str]:
    held = record.submission
    note = "no score: the grader failed" if record.points is None else " ".join(held.notes)
    points = "" if record.points is None else number(record.points)
    return [held.student, record.day, record.file, held.digest, record.graded_at, record.isolation, record.device,
            points, number(record.max_points), note]  # fmt: skip


def _results(record: Record, tasks: list[str]) -> list[str]:
    found = {task.id: task for task in record.tasks}
    cells: list[str] = []
    for name in tasks:
        task = found.get(name)
        if task is None:
            cells += ["", "", ""]
        else:
            points = "" if task.verdict is Verdict.GRADER_ERROR else number(task.points)
            cells += [points, task.verdict.value, task.mistake or ""]
    return cells
