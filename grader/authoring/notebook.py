"""A day's notebook, the stub's other face: jupytext's percent cells, a check cell a task, the questions."""

from __future__ import annotations

import re

from grader.model.course import Course, Day

from .questions import Question


def make_notebook(stub: str, course: Course, day: Day, questions: list[Question]) -> str:
    """The notebook as JSON text; the same stub gives the same bytes."""
    import jupytext
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell

    book = jupytext.reads(stub, fmt="py:percent")
    cells = []
    for cell in book.cells:
        cells.append(cell)
        cells += [
            new_code_cell(f'grader.check("{task.id}")', metadata={"descent": {"check": task.id}})
            for task in day.graded
            if cell.cell_type == "code" and task.visibility == "visible" and _last_defines(task.symbols, cell.source)
        ]
    shown = {cell.metadata.get("descent", {}).get("check") for cell in cells}
    cells += [
        new_code_cell(f'grader.check("{task.id}")', metadata={"descent": {"check": task.id}})
        for task in day.graded
        if task.visibility == "visible" and task.id not in shown
    ]
    for question in questions:
        cells.append(new_markdown_cell(f"## Question\n\n{question.text}"))
        cells.append(new_markdown_cell("*Your answer here.*", metadata={"descent": {"answer": question.task}}))
    cells.insert(1, new_code_cell("import grader", metadata={"descent": {"check": "import"}}))
    for number, cell in enumerate(cells):
        cell.id = f"{day.id}-{number}"  # stable, so that building twice gives the same bytes
    book.cells = cells
    book.metadata = nbformat.from_dict(
        {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
         "language_info": {"name": "python"}, "descent": {"course": course.id, "day": day.id}}
    )  # fmt: skip
    nbformat.validate(book)
    return nbformat.writes(book) + "\n"


def _last_defines(symbols: tuple[str, ...], source: str) -> bool:
    """Whether a cell defines the last of a task's symbols: the check stands right below it."""
    return bool(symbols) and bool(re.search(rf"^(def|class) {symbols[-1]}\b", source, re.MULTILINE))
