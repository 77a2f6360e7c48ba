"""`grader similar`."""

from __future__ import annotations

from pathlib import Path

import typer

from grader.model.course import Course, Day
from grader.model.writing import write
from grader.reports.page import show


def write_similar(course: Course, day: Day, folder: Path, at: float, out: Path) -> int:
    """Compares a folder of submissions, one entry a student, and writes the page. 0, whatever it finds."""
    try:
        from grader.similar.compare import compare
    except ImportError as problem:
        raise typer.BadParameter(f"comparing needs {problem.name}: pip install 'descent-grader[similar]'") from None
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is not a folder")
    paths = sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "__MACOSX")))
    found = compare(course, day, paths, at)
    page = show(
        "similar.html", day=day, pairs=found.pairs, compared=found.compared, left_out=found.left_out, at=found.at
    )
    write(out, page)
    pairs = "1 pair" if len(found.pairs) == 1 else f"{len(found.pairs)} pairs"
    print(f"{found.compared} of {len(paths)} compared, {pairs} to read: {out}")
    return 0
