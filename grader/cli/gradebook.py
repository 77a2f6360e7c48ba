"""`grader gradebook`: what a person enters into it, and what goes in and out as CSV."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

book = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Marks, extensions, rosters and points.")

Student = Annotated[str, typer.Argument(help="The student's id, as the roster or their entry has it.")]
Day = Annotated[str, typer.Option("--day", help="The day, such as day12.")]
Who = Annotated[str | None, typer.Option("--who", help="Who decides (default: your user name).")]
Reason = Annotated[str, typer.Option("--reason", help="Why: kept beside it.")]
TakeBack = Annotated[bool, typer.Option("--take-back", help="Take back what was entered before.")]
Db = Annotated[
    str | None,
    typer.Option("--db", envvar="GRADER_DB", help="The gradebook: a file or a URL (default: beside course.yaml)."),
]
Course = Annotated[Path | None, typer.Option("--course", help="The course.yaml, or its folder.")]


@book.command()
def mark(
    student: Student,
    day: Day,
    task: Annotated[str, typer.Option("--task", help="The question, a task with `manual: true`.")],
    points: Annotated[float | None, typer.Option("--points", min=0, help="The points it earns.")] = None,
    reason: Reason = "",
    who: Who = None,
    take_back: TakeBack = False,
    db: Db = None,
    course: Course = None,
) -> None:
    """Give points for a question that a person reads."""
    from .book import give_points

    raise typer.Exit(give_points(course, db, student, day, task, points, reason, who, take_back, manual=True))


@book.command()
def override(
    student: Student,
    day: Day,
    task: Annotated[str, typer.Option("--task", help="The task (default: the whole day, lateness included).")] = "",
    points: Annotated[float | None, typer.Option("--points", min=0, help="The points that count instead.")] = None,
    reason: Reason = "",
    who: Who = None,
    take_back: TakeBack = False,
    db: Db = None,
    course: Course = None,
) -> None:
    """Put points of yours in the place of the machine's; its own stay beside them."""
    from .book import give_points

    raise typer.Exit(give_points(course, db, student, day, task, points, reason, who, take_back, manual=False))


@book.command()
def extend(
    student: Student,
    day: Day,
    until: Annotated[datetime | None, typer.Option("--until", help="The new due moment, as 2026-03-01T12:00.")] = None,
    reason: Reason = "",
    who: Who = None,
    take_back: TakeBack = False,
    db: Db = None,
    course: Course = None,
) -> None:
    """Give a student more time for a day."""
    from .book import give_time

    raise typer.Exit(give_time(course, db, student, day, until, reason, who, take_back))


@book.command("export")
def export_csv(
    file: Annotated[Path | None, typer.Argument(help="The CSV file (default: standard output).")] = None,
    what: Annotated[
        Literal["points", "marks", "extensions", "students"], typer.Option("--what", help="What to write.")
    ] = "points",
    days: Annotated[list[str] | None, typer.Option("--day", help="Only these days.")] = None,
    db: Db = None,
    course: Course = None,
) -> None:
    """Write points, marks, extensions or students as CSV."""
    from .book import write_csv

    raise typer.Exit(write_csv(course, db, file, what, days or []))


@book.command("import")
def import_csv(
    file: Annotated[Path, typer.Argument(help="A CSV of students, marks or extensions, told apart by its columns.")],
    who: Who = None,
    db: Db = None,
    course: Course = None,
) -> None:
    """Read a roster (id, name, …), marks (student, day, task, points) or extensions (student, day, until)."""
    from .book import read_csv

    raise typer.Exit(read_csv(course, db, file, who))


@book.command()
def show(
    student: Student,
    day: Day,
    db: Db = None,
    course: Course = None,
) -> None:
    """Show a student's history on a day: every grading, mark and extension, and what counts."""
    from .book import show_student

    raise typer.Exit(show_student(course, db, student, day))
