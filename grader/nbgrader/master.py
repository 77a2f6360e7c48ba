"""The files of `source/dayNN`: nbgrader's own input, made from `solutions/dayNN`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from grader.authoring.build import read_source
from grader.authoring.notebook import day_cells, notebook_text
from grader.authoring.questions import Question, read_questions
from grader.authoring.stub import BEGIN, make_stub
from grader.model.course import Course, Day
from grader.model.writing import write_changed

RUBRIC = "\n\n=== BEGIN MARK SCHEME ===\n\n{}\n\n=== END MARK SCHEME ==="


def master_files(course: Course, day: Day) -> dict[str, bytes]:
    """Every file of the day's source folder. Its notebook holds solutions and rubrics; the module beside it is a stub.

    nbgrader releases every file but the notebook as it stands. Raises `CourseError` that names what is missing.
    """
    folder = course.root / course.solutions / day.id
    source = read_source(folder / day.module)
    return {
        day.notebook: master_notebook(source, course, day, read_questions(folder / "questions.md", day)).encode(),
        day.module: make_stub(source, folder / day.module).encode(),
        "README.md": read_source(folder / "README.md").encode(),
    }


def master_notebook(source: str, course: Course, day: Day, questions: list[Question]) -> str:
    """The notebook with nbgrader's metadata, as JSON text."""
    rubrics = {question.task: question.rubric for question in questions}
    cells = day_cells(source, course, day, questions)
    for number, cell in enumerate(cells):
        ours = cell.metadata.get("descent", {})
        if "question" in ours:
            cell.source += RUBRIC.format(rubrics[ours["question"]])
        mark = _mark(cell, ours, day, number)
        if mark is not None:
            cell.metadata["nbgrader"] = {"schema_version": 3, "task": False, **mark}
    return notebook_text(cells, course, day)


def _mark(cell: Any, ours: dict[str, str], day: Day, number: int) -> dict[str, Any] | None:
    """What nbgrader has to know of a cell; None for an ordinary one."""
    if ours.get("check") not in (None, "import"):
        task = day.task(ours["check"])
        return {"grade_id": task.id, "grade": True, "solution": False, "locked": True, "points": task.points}
    if "question" in ours:
        return {"grade_id": f"{ours['question']}-text", "grade": False, "solution": False, "locked": True}
    if "answer" in ours:
        task = day.task(ours["answer"])
        return {"grade_id": task.id, "grade": True, "solution": True, "locked": False, "points": task.points}
    if cell.cell_type == "code" and BEGIN in cell.source:
        defined = re.search(r"^(?:def|class) (\w+)", cell.source, re.MULTILINE)
        return {"grade_id": f"{defined[1] if defined else f'cell-{number}'}-solution", "grade": False,
                "solution": True, "locked": False}  # fmt: skip
    return None


def write_master(course: Course, day: Day, folder: Path) -> list[Path]:
    """Writes the day's source folder; returns the files that changed."""
    return write_changed(folder, master_files(course, day))
