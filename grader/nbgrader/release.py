"""`nbgrader generate_assignment`: our stubs in place of nbgrader's, and a scan for leaks when all is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from grader.authoring.leaks import leaks
from grader.authoring.stub import BEGIN, make_stub
from grader.model.errors import CourseError
from grader.model.manifest import find_course, load_course


class Stubs(NbGraderPreprocessor):
    """In place of nbgrader's ClearSolutions: the same stubs as in `assignments/`, `### BEGIN STUB` regions included."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cell.cell_type == "code" and BEGIN in cell.source:
            place = Path(f"{resources['nbgrader']['notebook']}.ipynb, cell {cell_index + 1}")
            cell.source = make_stub(cell.source, place).rstrip("\n")
        return cell, resources


class LeakScan(NbGraderPreprocessor):
    """Refuses to release a notebook, or a file beside it, that holds what students must not see."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        course = load_course(find_course())
        day = course.day(resources["nbgrader"]["assignment"])
        texts = {day.notebook: "\n".join(_texts(nb))}
        for path in Path(resources["metadata"]["path"]).rglob("*"):
            if path.is_file() and path.suffix != ".ipynb":
                texts[path.name] = path.read_bytes().decode(errors="replace")
        found = leaks(course, day, texts)
        if found:
            raise CourseError("\n".join([f"{day.id} is not released:", *found]))
        return nb, resources


def _texts(value: Any) -> list[str]:
    """Every text in a notebook, wherever it stands."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, each in value.items() for text in (str(key), *_texts(each))]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []
