"""Whose grader, course and suites a score comes from: never the student's.

`grader score` refuses to run where its own code, the manifest, the suites or a folder on the import path lie inside
what it is to grade. In CI (`CI` is set) that is the whole checkout that the submission lies in: a fork of a course has
a course.yaml of its own, and the nearest one above the current folder would be taken.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import grader
from grader.model.course import Course
from grader.model.errors import CourseError


def guard(course: Course, submission: Path, *, checkout: bool = False) -> None:
    """Raises `CourseError` where something that is trusted lies where the student writes.

    `checkout` says that `submission` is one student's, so that in CI the checkout around it is theirs as well. A folder
    of many may lie inside the course.
    """
    theirs = _checkout(submission.resolve()) if checkout and os.environ.get("CI") else submission.resolve()
    for what, place in _trusted(course):
        # a link in their folder is theirs as well, wherever it leads
        if any(each.is_relative_to(theirs) for each in (place.absolute(), place.resolve())):
            raise CourseError(
                f"{what} lies in what is to be graded ({place} in {theirs}), where the student can change it; use an "
                "installed grader and --course (or GRADER_COURSE) with a checkout of your own, outside of it"
            )


def _checkout(submission: Path) -> Path:
    """The repository that a submission lies in, itself where it is in none.

    A submodule has a file of that name, and belongs to the repository around it.
    """
    places = [folder for folder in (submission, *submission.parents) if (folder / ".git").exists()]
    whole = (folder for folder in places if (folder / ".git").is_dir())
    return next(whole, places[-1] if places else submission)


def _trusted(course: Course) -> Iterator[tuple[str, Path]]:
    yield "the grader itself", Path(grader.__file__).parent
    yield "the course's manifest", course.root
    # looked for by path and not by import: nothing of a doubtful place is run
    for folder in [str(course.root), *sys.path]:
        suites = Path(folder, *course.suites.split("."))
        if suites.is_dir():
            yield "the course's suites", suites
            break
    for name in ("torch", "pytest"):
        found = find_spec(name)
        if found is not None and found.origin:
            yield f"the module {name}", Path(found.origin)
    for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        if entry:
            yield "a folder of PYTHONPATH", Path(entry)
