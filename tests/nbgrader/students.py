"""Eight students, and what each hands in for a day: edits of the notebook and the module that nbgrader released."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.authoring.stub import BEGIN, END
from grader.model.course import Course, Day

Cells = list[dict[str, Any]]


def solved(course: Course, day: Day) -> dict[str, str]:
    """The reference of each cell that has one, by its first line that defines something."""
    source = (course.root / course.solutions / day.id / day.module).read_text(encoding="utf-8")
    cells = [cell.strip("\n") for cell in source.split("# %%\n")]
    found = {}
    for cell in cells:
        body = cell.partition("\n# %%")[0].rstrip()
        if BEGIN in body:
            found[_title(body)] = "\n".join(line for line in body.split("\n") if line.strip() not in (BEGIN, END))
    return found


def solve(cells: Cells, answers: dict[str, str], count: int | None = None) -> None:
    """Writes the reference into the notebook's cells: all of them, or the first `count`."""
    for cell in cells:
        name = _title("".join(cell["source"]))
        if cell["cell_type"] == "code" and name in answers and count != 0:
            cell["source"] = answers[name]
            count = None if count is None else count - 1


def edit(folder: Path, day: Day, change: Callable[[Cells], Cells | None]) -> None:
    """Changes the cells of a student's notebook in place, as Jupyter would save them."""
    path = folder / day.notebook
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"] = change(book["cells"]) or book["cells"]
    path.write_text(json.dumps(book), encoding="utf-8")


def marked(cells: Cells, name: str) -> dict[str, Any]:
    """The cell with this grade id."""
    return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def answer(cells: Cells, text: str) -> None:
    for cell in cells:
        if "answer" in cell["metadata"].get("descent", {}):
            cell["source"] = text


def _title(source: str) -> str:
    return next((line for line in source.split("\n") if line.startswith(("def ", "class "))), "")
