"""A small course of the instructor's own, ready to change: it passes `grader verify` as it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

from grader.model.errors import CourseError
from grader.model.manifest import NAME, load_course

from .build import build

TEMPLATE = Path(__file__).parent / "template"


def new_course(folder: Path) -> list[Path]:
    """Writes the course into `folder`, new or empty, and builds its assignments; returns the files.

    Raises `CourseError` where something is in the way.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is there already and not an empty folder; name a new one")
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    course = load_course(folder / NAME)
    for day in course.days:
        build(course, day)
    return sorted(path for path in folder.rglob("*") if path.is_file())
