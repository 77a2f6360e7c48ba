"""The gradebook as CSV, out and in again: names with commas, quotes, accents and line breaks come back as they were.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from grader.model.cells import bare, guarded
from grader.model.course import Course, Day
from grader.model.errors import CourseError

from .entry import extend, mark
from .queries import decisions, read_term
from .store import Gradebook

What = Literal["points", "marks", "extensions", "students"]


def export(book: Gradebook, course: Course, what: What, days: Sequence[Day] = ()) -> str:
    """The CSV text, with a header."""
    rows = {"points": _points, "marks": _marks, "extensions": _extensions, "students": _students}[what]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows(book, course, days):
        writer.writerow([_written(cell) for cell in row])
    return out.getvalue()


def read_rows(text: str, name: str) -> list[dict[str, str]]:
    """The rows of such a text, by column. Raises `CourseError`."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}"), newline=""))
    try:
        return [{str(k).strip(): bare((v or "").strip()) for k, v in row.items() if k} for row in rows]
    except csv.Error as error:
        raise CourseError(f"{name}:{rows.line_num}: not CSV: {error}") from None


def enter_marks(session: Session, course: Course, rows: Iterable[dict[str, str]], who: str, name: str) -> int:
    """Enters rows of `student, day, task, points`; how many. Raises `CourseError` with the line."""
    count = 0
    for line, row in enumerate(rows, 2):
        day = _day(course, row, name, line)
        task = row.get("task", "")
        if task and task not in {each.id for each in day.tasks}:
            raise CourseError(f"{name}:{line}: {day.id} has no task {task!r}")
        points = _number(row["points"], name, line)
        mark(session, row["student"], day.id, task, points, who=row.get("who") or who, reason=row.get("reason", ""))
        count += 1
    return count


def enter_extensions(session: Session, course: Course, rows: Iterable[dict[str, str]], who: str, name: str) -> int:
    """Enters rows of `student, day, until`; how many. Raises `CourseError` with the line."""
    count = 0
    for line, row in enumerate(rows, 2):
        try:
            until = datetime.fromisoformat(row["until"]).astimezone() if row["until"] else None
        except ValueError:
            raise CourseError(f"{name}:{line}: until: {row['until']!r} is no moment such as 2026-03-01T12:00") from None
        day = _day(course, row, name, line).id
        extend(session, row["student"], day, until, who=row.get("who") or who, reason=row.get("reason", ""))
        count += 1
    return count


def _day(course: Course, row: dict[str, str], name: str, line: int) -> Day:
    try:
        return course.day(row["day"])
    except KeyError as error:
        raise CourseError(f"{name}:{line}: {error.args[0]}") from None


def _number(text: str, name: str, line: int) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number < float("inf"):
        raise CourseError(f"{name}:{line}: points: {text!r} is no number from 0 on")
    return number


Rows = Iterator[Sequence[Any]]


def _points(book: Gradebook, course: Course, days: Sequence[Day]) -> Rows:
    term = read_term(book, course, days)
    yield ("student", "name", "email", "day", "points", "max_points", "late_days", "attempts", "received", "isolation")
    for student in term.students:
        for day in term.days:
            each = term.standings[student.key, day.id]
            received = each.counted.received_at.isoformat() if each.counted else ""
            isolation = each.counted.isolation if each.counted else ""
            yield (
                student.key, student.name, student.email, day.id, each.points, each.max_points, each.late_days,
                each.attempts, received, isolation,
            )  # fmt: skip


def _marks(book: Gradebook, course: Course, days: Sequence[Day]) -> Rows:
    yield ("student", "day", "task", "points", "reason", "who", "at")
    for each in decisions(book):
        if each.kind == "mark" and _among(each.day, days):
            yield (each.student, each.day, each.task, each.points, each.reason, each.who, each.at.isoformat())


def _extensions(book: Gradebook, course: Course, days: Sequence[Day]) -> Rows:
    yield ("student", "day", "until", "reason", "who", "at")
    for each in decisions(book):
        if each.kind == "extension" and _among(each.day, days):
            until = each.until.isoformat() if each.until else ""
            yield (each.student, each.day, until, each.reason, each.who, each.at.isoformat())


def _students(book: Gradebook, course: Course, days: Sequence[Day]) -> Rows:
    students = read_term(book, course).students
    systems = sorted({system for student in students for system in student.ids})
    yield ("id", "name", "email", *systems)
    for student in students:
        yield (student.key, student.name, student.email, *(student.ids.get(system, "") for system in systems))


def _among(day: str, days: Sequence[Day]) -> bool:
    return not days or day in {each.id for each in days}


def _written(cell: Any) -> str:
    return guarded("" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell))
