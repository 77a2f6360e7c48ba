"""`grader gradescope-zip`."""

from __future__ import annotations

import math
import secrets
from pathlib import Path

from grader.authoring.harness import gradescope_zip
from grader.model.course import Course, Day
from grader.model.writing import write

SPARE = 2  # minutes: the start, and what the checks themselves need


def write_gradescope_zip(course: Course, day: Day, out: Path | None, secret: str | None) -> int:
    """Writes the archive and says what to set on Gradescope."""
    archive = gradescope_zip(course, day, secret or secrets.token_hex(16))
    place = out or Path(f"{day.id}-gradescope.zip")
    write(place, archive)
    minutes = math.ceil(sum(task.budget.seconds for task in day.graded) / 60) + SPARE
    memory = max(task.budget.mebibytes for task in day.graded) / 1024
    print(f"{place}: {len(archive) / 1e6:.1f} MB; upload it under Configure Autograder")
    print(f"  points {day.points:g}; time limit {minutes} minutes; container with {math.ceil(memory) + 1} GB or more")
    print("  it holds a secret: seeds are derived from it, so keep the archive to yourself")
    return 0
