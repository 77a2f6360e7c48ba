"""A day's notebook, the stub's other face: jupytext's percent cells, a check cell a task, the questions.

Every cell that means something says so under the metadata key `descent`: `check` (a task, or `import`), `question` and
`answer` (a question's task).
"""

from __future__ import annotations

import re
from typing import Any

from grader.model.course import Course, Day, Task

from .questions import Question


def make_notebook(stub: str, course: Course, day: Day, questions: list[Question]) -> str:
    """The notebook as JSON text; the same stub gives the same bytes."""
    return notebook_text(day_cells(stub, course, day, questions), course, day)


def day_cells(source: str, course: Course, day: Day, questions: list[Question]) -> list[Any]:
    """The cells of a notebook made from a day's source: its stub, or the solution itself."""
    import jupytext
    from nbformat.v4 import new_code_cell, new_markdown_cell

    def check(task: Task) -> Any:
        return new_code_cell(_check_source(course, day, task), metadata={"descent": {"check": task.id}})

    book = jupytext.reads(source, fmt="py:percent")
    cells = []
    for cell in book.cells:
        cell.metadata.pop("lines_to_next_cell", None)  # a script's blank lines say nothing in a notebook
        cells.append(cell)
        cells += [
            check(task)
            for task in day.graded
            if cell.cell_type == "code" and task.visibility == "visible" and _last_defines(task.symbols, cell.source)
        ]
    shown = {cell.metadata.get("descent", {}).get("check") for cell in cells}
    cells += [check(task) for task in day.graded if task.id not in shown]
    for question in questions:
        text, mark = f"## Question\n\n{question.text}", {"descent": {"question": question.task}}
        cells.append(new_markdown_cell(text, metadata=mark))
        cells.append(new_markdown_cell("*Your answer here.*", metadata={"descent": {"answer": question.task}}))
    cells.insert(1, new_code_cell("import grader", metadata={"descent": {"check": "import"}}))
    for number, cell in enumerate(cells):
        cell.id = f"{day.id}-{number}"  # stable, so that building twice gives the same bytes
    return cells


def notebook_text(cells: list[Any], course: Course, day: Day) -> str:
    """These cells as a notebook's JSON text."""
    import nbformat
    from nbformat.v4 import new_notebook

    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "descent": {"course": course.id, "day": day.id},
    }
    book = new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(book)
    return nbformat.writes(book) + "\n"


def _check_source(course: Course, day: Day, task: Task) -> str:
    """The one line of a task's check cell; a withheld task appears as its points only."""
    if task.visibility == "withheld":
        return f"# {task.id}: {task.points:g} points, checked after you hand in"
    alike = [each for each in course.days for other in each.tasks if task.id == other.id or task.id in other.symbols]
    return f'grader.check("{task.id}")' if alike == [day] else f'grader.check("{task.id}", "{day.id}")'


def _last_defines(symbols: tuple[str, ...], source: str) -> bool:
    """Whether a cell defines the last of a task's symbols: the check stands right below it."""
    return bool(symbols) and bool(re.search(rf"^(def|class) {symbols[-1]}\b", source, re.MULTILINE))
