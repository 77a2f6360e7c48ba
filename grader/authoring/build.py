"""Makes `assignments/dayNN/` from `solutions/dayNN/`, and checks that it is in step."""

from __future__ import annotations

import hashlib
from pathlib import Path

from grader.judge.intake import notebook_digest
from grader.model.course import Course, Day
from grader.model.errors import CourseError
from grader.model.released import NAME, released_list
from grader.model.writing import write_changed

from .notebook import make_notebook
from .questions import read_questions
from .stub import make_stub


def released_files(course: Course, day: Day) -> dict[str, bytes]:
    """Every file of a day's assignment, made from its source. Raises `CourseError` that names what is missing."""
    folder = course.root / course.solutions / day.id
    source = read_source(folder / day.module)
    stub = make_stub(source, folder / day.module)
    files = {day.module: stub.encode(), "README.md": read_source(folder / "README.md").encode()}
    files[day.notebook] = make_notebook(stub, course, day, read_questions(folder / "questions.md", day)).encode()
    digests = {
        day.module: hashlib.sha256(files[day.module]).hexdigest(),
        day.notebook: notebook_digest(files[day.notebook]),
    }
    return {**files, NAME: released_list(digests)}


def build(course: Course, day: Day) -> list[Path]:
    """Writes the day's assignment; returns the files that changed."""
    return write_changed(course.root / course.assignments / day.id, released_files(course, day))


def out_of_step(course: Course, day: Day) -> list[str]:
    """A sentence for each file of the assignment that is not what its source makes."""
    folder = course.root / course.assignments / day.id
    faults = []
    for name, content in released_files(course, day).items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{path} is missing; run `grader build {day.id}`")
        elif path.read_bytes() != content:
            faults.append(f"{path} is not what its source makes; change {course.solutions}/{day.id} and run "
                          f"`grader build {day.id}`")  # fmt: skip
    return faults


def read_source(path: Path) -> str:
    """A source file of a day as text. Raises `CourseError` where it is missing."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: every day has one") from None
