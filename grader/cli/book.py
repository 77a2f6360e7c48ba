"""What `grader gradebook` does."""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.batch.roster import roster_of
from grader.gradebook import transfer
from grader.gradebook.entry import enrol, extend, mark
from grader.gradebook.queries import decisions, history, read_term
from grader.gradebook.store import Gradebook
from grader.model.course import Day
from grader.model.errors import CourseError
from grader.model.writing import write
from grader.reports.terminal import harmless

from .main import open_course, open_day


def give_points(
    course: Path | None, db: str | None, student: str, day: str, task: str, points: float | None, reason: str,
    who: str | None, take_back: bool, *, manual: bool,
) -> int:  # fmt: skip
    """Enters a mark or an override. Raises `CourseError` where it names no such task or says nothing."""
    opened = open_course(course)
    chosen = open_day(opened, day)
    _check_task(chosen, task, manual)
    _exactly_one(points, take_back, "--points")
    with Gradebook.of(opened, db, create=False) as book, book.writing() as session:
        mark(session, student, chosen.id, task, points, who=who or _me(), reason=reason)
    given = "taken back" if take_back else f"{points:g} points"
    print(f"{student}, {chosen.id}{f' {task}' if task else ''}: {given}")
    return 0


def _check_task(day: Day, task: str, manual: bool) -> None:
    named = {each.id: each for each in day.tasks}
    if task and task not in named:
        raise CourseError(f"{day.id} has no task {task!r}; it has {', '.join(named)}")
    if manual and not named[task].manual:
        questions = ", ".join(each.id for each in day.tasks if each.manual) or "none"
        raise CourseError(
            f"{task} is graded by the machine; `gradebook override` replaces its points (questions: {questions})"
        )


def _exactly_one(value: object, take_back: bool, option: str) -> None:
    if (value is None) != take_back:
        raise CourseError(f"say either {option} or --take-back")


def give_time(
    course: Path | None, db: str | None, student: str, day: str, until: datetime | None, reason: str, who: str | None,
    take_back: bool,
) -> int:  # fmt: skip
    """Enters an extension."""
    opened = open_course(course)
    chosen = open_day(opened, day)
    _exactly_one(until, take_back, "--until")
    moment = until.astimezone() if until else None
    with Gradebook.of(opened, db, create=False) as book, book.writing() as session:
        extend(session, student, chosen.id, moment, who=who or _me(), reason=reason)
    print(f"{student}, {chosen.id}: {'taken back' if moment is None else f'until {moment:%Y-%m-%d %H:%M %Z}'}")
    return 0


def write_csv(course: Path | None, db: str | None, file: Path | None, what: transfer.What, days: list[str]) -> int:
    """Writes the CSV, to standard output where no file is named."""
    opened = open_course(course)
    with Gradebook.of(opened, db, create=False) as book:
        text = transfer.export(book, opened, what, [open_day(opened, day) for day in days])
    if file is None or str(file) == "-":
        sys.stdout.write(text)
    else:
        write(file, text)
    return 0


def read_csv(course: Path | None, db: str | None, file: Path, who: str | None) -> int:
    """Enters a CSV: all of it or, where a line is wrong, nothing."""
    opened, name, decider = open_course(course), str(file), who or _me()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file}: cannot be read as UTF-8: {error}") from None
    rows = transfer.read_rows(text, name)
    columns = set(rows[0]) if rows else set()
    with Gradebook.of(opened, db) as book, book.writing() as session:
        if {"student", "day", "points"} <= columns and "max_points" not in columns:
            told = f"{transfer.enter_marks(session, opened, rows, decider, name)} marks"
        elif {"student", "day", "until"} <= columns:
            told = f"{transfer.enter_extensions(session, opened, rows, decider, name)} extensions"
        elif "max_points" in columns:
            raise CourseError(f"{file}: exported points are made from gradings; change them by marks (--what marks)")
        else:
            people = roster_of(text, name)
            enrol(session, people)
            told = f"{len(people)} students"
    print(f"{file}: {told}")
    return 0


def show_student(course: Path | None, db: str | None, student: str, day: str) -> int:
    """Prints a student's history on a day."""
    opened = open_course(course)
    chosen = open_day(opened, day)
    console = Console(highlight=False)

    def say(text: str, style: str = "") -> None:
        console.print(Text(harmless(text), style=style), soft_wrap=True)

    with Gradebook.of(opened, db, create=False) as book:
        term = read_term(book, opened, [chosen], student)
        if not term.students:
            raise CourseError(f"the gradebook knows no student {student!r}")
        for each in history(book, student, chosen.id):
            points = "no score" if each.points is None else f"{each.points:g}/{each.max_points:g}"
            note = ", proposed only" if each.proposed else ""
            received, made = (f"{moment.astimezone():%Y-%m-%d %H:%M}" for moment in (each.received_at, each.graded_at))
            say(f"  {points:>10}  {each.source}, received {received}, graded {made}, isolation {each.isolation}{note}")
        for one in decisions(book, chosen.id):
            if one.student == student:
                what = one.task or ("due" if one.kind == "extension" else "the whole day")
                value = one.until or one.points
                given = "taken back" if value is None else f"{value:g}" if isinstance(value, float) else f"{value}"
                why = f": {one.reason}" if one.reason else ""
                say(f"  {what}: {given}, {one.who}, {one.at.astimezone():%Y-%m-%d %H:%M}{why}")
        standing = term.standings[student, chosen.id]
    total = "nothing yet" if standing.points is None else f"{standing.points:g} of {standing.max_points:g}"
    late = f", {standing.late_days} days late" if standing.late_days else ""
    say(f"  counts: {total}{late}", "bold")
    return 0


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
