"""`grader watch`."""

from __future__ import annotations

import typer

from grader.judge.opening import open_early
from grader.model.course import Course

from .main import day_and_path


def watch_day(target: str, device: str, course: Course) -> int:
    """Watches a day's folder, or one file in it, until `q`."""
    day, path = day_and_path(course, target)
    launcher = open_early("best", frozenset(day.preload), device)
    try:
        from grader.watch.app import watch
    except ImportError as problem:
        launcher.result().close()
        raise typer.BadParameter(
            f"watching needs textual ({problem.name}): pip install 'descent-grader[watch]'"
        ) from None
    from grader.watch.files import Work

    return watch(course, day, Work(path, day), launcher, device)
