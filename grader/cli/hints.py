"""`grader hint`."""

from __future__ import annotations

import difflib
from pathlib import Path

import typer

from grader.model.course import Course, Day, Task
from grader.reports.words import number

from .main import open_day


def show_hint(course: Course, name: str, day: str | None) -> int:
    """Prints the hint of the task of this name: of the day that is named, of the one we stand in, or of every one."""
    here = next((each for each in course.days if each.id == Path.cwd().name), None)
    days = [open_day(course, day)] if day else list(course.days)
    found = [(each, task) for each in days for task in each.tasks if name == task.id or name in task.symbols]
    found = [pair for pair in found if pair[0] is here] or found
    if not found:
        raise typer.BadParameter(_unknown(name, days))
    for each, task in found:
        print(_line(each, task))
    return 0


def _line(day: Day, task: Task) -> str:
    title = f"{day.id} {task.id}" + (f" ({task.title}, {number(task.points)} points)" if task.title else "")
    return f"{title}: {task.hint or 'no hint for this one'}"


def _unknown(name: str, days: list[Day]) -> str:
    known = sorted({word for day in days for task in day.tasks for word in (task.id, *task.symbols)})
    close = difflib.get_close_matches(name, known, n=3)
    return f"no task is called {name!r}" + (f"; did you mean {' or '.join(close)}?" if close else
                                            "; `grader check` lists a day's tasks")  # fmt: skip
