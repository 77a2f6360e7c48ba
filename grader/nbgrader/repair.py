"""A submitted notebook, rebuilt on the cells that were released.

The first of nbgrader's sanitizing steps. Whatever a student's file says of its cells' marks counts for one thing only:
which released cell a cell may be. All else (points, locks, types, the text of locked cells) comes from the gradebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor


@dataclass(frozen=True)
class Slot:
    """One released cell as the gradebook has it. `mark` is its `nbgrader` metadata."""

    name: str
    kind: str
    source: str
    locked: bool
    mark: dict[str, Any]

    @property
    def check(self) -> bool:
        return bool(self.mark["grade"] and not self.mark["solution"])

    @property
    def answer(self) -> bool:
        return bool(self.mark["grade"] and self.mark["solution"])

    def cell(self, source: str) -> Any:
        """A new cell in this place."""
        made = (new_code_cell if self.kind == "code" else new_markdown_cell)(source)
        made.id = f"restored-{self.name}"[:64]
        made.metadata["nbgrader"] = dict(self.mark)
        return made


class Repair(NbGraderPreprocessor):
    """Puts every graded cell back in its place, once, and notes for the student what was done."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        ours = resources["nbgrader"]
        course = self.parent.parent.coursedir
        source = course.format_path(course.source_directory, ".", ours["assignment"])
        order = released_order(Path(source) / f"{ours['notebook']}.ipynb")
        with Gradebook(ours["db_url"]) as gradebook:
            slots = sorted(
                read_slots(gradebook.find_notebook(ours["notebook"], ours["assignment"])),
                key=lambda slot: order.get(slot.name, len(order)),
            )
        nb.cells, notes = rebuild(nb.cells, slots)
        nb.metadata["descent"] = {"notes": notes}
        for note in notes:
            self.log.warning("%s: %s", ours["student"], note)
        return nb, resources


def released_order(path: Path) -> dict[str, int]:
    """The place of each marked cell in the source notebook, by its id."""
    cells = nbformat.read(path, as_version=4).cells if path.is_file() else []
    marks = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    return {mark: place for place, mark in enumerate(marks) if mark}


def read_slots(notebook: Any) -> list[Slot]:
    """The released cells of a gradebook's notebook."""
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    grades, tasks = ({cell.name for cell in cells} for cells in (notebook.grade_cells, notebook.task_cells))
    solutions = {cell.name for cell in notebook.solution_cells}
    slots = []
    for cell in notebook.source_cells:
        mark = {
            "schema_version": 3, "grade_id": cell.name, "grade": cell.name in grades, "task": cell.name in tasks,
            "solution": cell.name in solutions, "locked": bool(cell.locked), "cell_type": cell.cell_type,
            "checksum": cell.checksum,
        }  # fmt: skip
        if cell.name in points:
            mark["points"] = points[cell.name]
        slots.append(Slot(cell.name, cell.cell_type, cell.source or "", bool(cell.locked), mark))
    return slots


def rebuild(cells: list[Any], slots: list[Slot]) -> tuple[list[Any], list[str]]:
    """The cells with every slot's mark in its place, and a sentence for each repair."""
    known = {slot.name: slot for slot in slots}
    notes: list[str] = []
    found: dict[str, Any] = {}
    kept: list[Any] = []
    answers = {slot.name: slot.name for slot in slots if slot.answer}
    for cell in cells:
        name = _claimed(cell, answers)
        cell.metadata = {}
        slot = known.get(name) if name else None
        if name and slot is None:
            notes.append(f"A cell was marked {name[:40]!r}, which is no cell of this notebook; it counts as yours.")
        if slot is None or slot.name not in found:
            kept.append(_restored(cell, slot, notes) if slot else cell)
            if slot:
                found[slot.name] = kept[-1]
        elif slot.answer:
            _join(found[slot.name], cell, slot, notes)
        else:
            notes.append(f"The cell {slot.name} was there more than once; the first one counts as that cell.")
            kept += [] if slot.check else [cell]
    for place, slot in enumerate(slots):
        if (slot.mark["grade"] or slot.mark["task"]) and slot.name not in found:
            found[slot.name] = _put_back(kept, slot, [found.get(each.name) for each in slots[:place]], notes)
    return kept, notes if cells else []  # of a file without cells, intake has told the student


def _claimed(cell: Any, answers: dict[str, str]) -> str | None:
    """The released cell that this cell says it is."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    if isinstance(name, str) and name:
        return name
    answer = cell.metadata.get("descent", {}).get("answer")
    return answers.get(answer) if isinstance(answer, str) else None


def _restored(cell: Any, slot: Slot, notes: list[str]) -> Any:
    if cell.cell_type != slot.kind:
        notes.append(f"The cell {slot.name} had been turned into {_KIND[cell.cell_type]}; it was turned back.")
    if slot.check and cell.source.strip() != slot.source.strip():
        notes.append(f"The check cell {slot.name} was changed; it was put back, and what stood there does not count.")
    made = slot.cell(slot.source if slot.locked else cell.source)
    made.id = cell.id
    if slot.kind == "markdown" and "attachments" in cell:
        made.attachments = cell.attachments
    return made


def _join(first: Any, cell: Any, slot: Slot, notes: list[str]) -> None:
    """An answer that stands in several cells, copied or split, is read as one."""
    if cell.source.strip() and cell.source.strip() not in first.source:
        first.source = f"{first.source}\n\n{cell.source}"
        notes.append(f"Your answer to {slot.name} stood in more than one cell; they were joined.")


def _put_back(kept: list[Any], slot: Slot, before: list[Any], notes: list[str]) -> Any:
    """The missing cell, below the nearest cell that was released above it."""
    above = next((cell for cell in reversed(before) if cell is not None), None)
    place = next((i + 1 for i, cell in enumerate(kept) if cell is above), 0)
    source, question = slot.source, above is not None and before[-1] is above
    if slot.answer and question and place < len(kept) and _plain_text(kept[place]):
        source = kept.pop(place).source
        notes.append(f"Your answer to {slot.name} had lost its mark; the text below the question was read.")
    else:
        what = "cell for your answer to" if slot.answer else "check cell"
        notes.append(f"The {what} {slot.name} was missing; it was put back.")
    kept.insert(place, slot.cell(source))
    return kept[place]


def _plain_text(cell: Any) -> bool:
    return cell.cell_type != "code" and not cell.metadata


_KIND = {"code": "code", "markdown": "Markdown", "raw": "raw text"}
