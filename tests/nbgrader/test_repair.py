"""What students do to a notebook's cells, and what becomes of it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbgrader.nbgraderformat import MetadataValidator

from grader.model.course import Course
from grader.nbgrader.master import master_notebook
from grader.nbgrader.reading import ROOM, read_submitted
from grader.nbgrader.repair import Slot, rebuild
from tests.conftest import SOLUTION

Cell = dict[str, Any]


@pytest.fixture
def released(mini: Course) -> list[Cell]:
    """The cells of day 1 as released."""
    from grader.authoring.questions import read_questions
    from grader.authoring.stub import make_stub

    day = mini.day("day01")
    questions = read_questions(mini.root / "solutions" / "day01" / "questions.md", day)
    cells: list[Cell] = json.loads(master_notebook(SOLUTION, mini, day, questions))["cells"]
    for cell in cells:
        cell["source"] = "".join(cell["source"]).partition("\n\n=== BEGIN")[0]
        if cell["cell_type"] == "code":
            cell["source"] = make_stub(cell["source"], Path("x")).rstrip()
    return cells


@pytest.fixture
def slots(released: list[Cell]) -> list[Slot]:
    marks = [(cell, cell["metadata"]["nbgrader"]) for cell in released if "nbgrader" in cell["metadata"]]
    return [
        Slot(mark["grade_id"], cell["cell_type"], cell["source"], mark["locked"], {**mark, "checksum": "c" * 32})
        for cell, mark in marks
    ]


@pytest.fixture
def repair(tmp_path: Path, slots: list[Slot]) -> Callable[[list[Cell]], tuple[list[Any], list[str]]]:
    """Repairs a notebook of these cells; what comes out is what nbgrader and nbformat take."""

    def run(cells: list[Cell]) -> tuple[list[Any], list[str]]:
        path = tmp_path / "day01.ipynb"
        path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        book = read_submitted(path)
        book.cells, notes = rebuild(book.cells, slots)
        nbformat.validate(book)
        MetadataValidator().validate_nb(book)
        graded = [cell.metadata.nbgrader for cell in book.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        assert [(mark["grade_id"], mark["points"]) for mark in sorted(graded, key=lambda mark: mark["grade_id"])] == [
            ("double", 2), ("guess", 4), ("mean", 3), ("question", 2), ("secret", 1),
        ]  # fmt: skip
        return book.cells, notes

    return run


Repair = Callable[[list[Cell]], tuple[list[Any], list[str]]]


def place(cells: list[Any], name: str) -> int:
    return next(i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def test_a_notebook_that_was_left_alone_needs_no_repair(released: list[Cell], repair: Repair) -> None:
    cells, notes = repair(released)
    assert notes == []
    assert [cell.source for cell in cells] == [cell["source"] for cell in released]


def test_a_deleted_check_cell_comes_back_below_its_task(released: list[Cell], repair: Repair) -> None:
    del released[place(released, "mean")]
    cells, notes = repair(released)
    assert place(cells, "mean") == place(cells, "mean-solution") + 1
    assert notes == ["The check cell mean was missing; it was put back."]


def test_a_check_cell_deleted_with_its_task_still_comes_back(released: list[Cell], repair: Repair) -> None:
    del released[place(released, "mean-solution") : place(released, "mean") + 1]
    assert repair(released)[1] == ["The check cell mean was missing; it was put back."]


def test_a_copied_check_cell_counts_once(released: list[Cell], repair: Repair) -> None:
    released.append(released[place(released, "double")])
    assert repair(released)[1] == ["The cell double was there more than once; the first one counts as that cell."]


def test_a_split_answer_is_read_as_one(released: list[Cell], repair: Repair) -> None:
    cell = released[place(released, "question")]
    released[-1:] = [{**cell, "source": "First."}, {**cell, "source": "Second."}]
    cells, notes = repair(released)
    assert cells[place(cells, "question")].source == "First.\n\nSecond."
    assert notes == ["Your answer to question stood in more than one cell; they were joined."]


def test_an_answer_that_lost_its_mark_is_found_below_its_question(released: list[Cell], repair: Repair) -> None:
    released[-1] |= {"source": "Mine.", "metadata": {}}
    cells, notes = repair(released)
    assert cells[place(cells, "question")].source == "Mine."
    assert notes == ["Your answer to question had lost its mark; the text below the question was read."]


def test_a_renamed_check_cell_is_put_back(released: list[Cell], repair: Repair) -> None:
    released[place(released, "double")]["metadata"]["nbgrader"]["grade_id"] = "bonus"
    assert repair(released)[1] == [
        "A cell was marked 'bonus', which is no cell of this notebook; it counts as yours.",
        "The check cell double was missing; it was put back.",
    ]


def test_cells_in_another_order_stay_there(released: list[Cell], repair: Repair) -> None:
    cells, notes = repair(released[::-1])
    assert notes == []
    assert cells[0].metadata.nbgrader.grade_id == "question"


@pytest.mark.parametrize("name, kind", [("double", "markdown"), ("question", "code"), ("double-solution", "raw")])
def test_a_cell_of_another_type_is_turned_back(
    name: str, kind: str, released: list[Cell], repair: Repair
) -> None:  # fmt: skip
    before = dict(released[place(released, name)])
    released[place(released, name)]["cell_type"] = kind
    cells, notes = repair(released)
    assert cells[place(cells, name)].cell_type == before["cell_type"]
    assert notes[0].endswith("it was turned back.")


def test_points_locks_and_texts_are_the_gradebook_s(released: list[Cell], repair: Repair) -> None:
    cell = released[place(released, "double")]
    cell["source"] = "2.0"
    cell["metadata"]["nbgrader"] |= {"points": 1000, "locked": False, "solution": True, "schema_version": 99}
    cells, notes = repair(released)
    assert cells[place(cells, "double")].source == 'grader.check("double")'
    assert notes == ["The check cell double was changed; it was put back, and what stood there does not count."]


DEEP: Any = {}
for _ in range(400):
    DEEP = {"a": DEEP}


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": 3, "source": 4, "metadata": 5},
        {"cell_type": "code", "source": ["a", 1, None]},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": DEEP, "descent": DEEP}, "outputs": DEEP},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": DEEP}}},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": "x" * 10_000}}},
        {"cell_type": "markdown", "source": "\ud800", "attachments": {"x.png": {"image/svg+xml": "<svg>"}}},
        {"cell_type": "markdown", "source": "y" * (ROOM + 1), "attachments": [1]},
        {"cell_type": "heading", "source": "x", "level": 1},
    ],
)
def test_no_cell_is_too_strange(cell: Cell, released: list[Cell], repair: Repair) -> None:
    repair([cell, *released, cell])


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"cells": 1}', b'{"cells": [' + b"[" * 100_000])
def test_a_file_that_is_no_notebook_reads_as_one_without_cells(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "day01.ipynb"
    path.write_bytes(data)
    assert read_submitted(path).cells == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "<iframe src=x>",
                                  '<a href="javascript:alert(1)">x</a>', "<svg onload=alert(1)>"])  # fmt: skip
def test_what_would_run_in_the_grader_s_browser_reads_as_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "day01.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": kind, "source": text} for kind in ("markdown", "raw")]}))
    for cell in read_submitted(path).cells:
        assert "&lt;" in cell.source or cell.source == "<a>x</a>"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "[x]: JaVaScript:alert(1)\n[x]", "<javascript:alert(1)>", "[x](<java\tscript :alert(1)>)",
        "[x](&#106;avascript&colon;alert(1))", "[x](&amp;#106;avascript:alert(1)) <b>", "[x](javascript\\:alert(1))",
        "$\\href{javascript:alert(1)}{x}$", "[x](vbscript:x)",
    ],
)  # fmt: skip
def test_no_link_runs_code_where_it_is_clicked(text: str, tmp_path: Path) -> None:
    path = tmp_path / "day01.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": kind, "source": text} for kind in ("markdown", "raw")]}))
    page = HTMLExporter().from_notebook_node(read_submitted(path))[0].partition("<main>")[2]
    assert "script" in page.lower()
    for link in re.findall(r"href[={][\"'{]?([^\"'}]*)", page):
        seen = re.sub(r"[\s\0-\x20]", "", html.unescape(unquote(link))).lower()
        assert not seen.startswith(("javascript:", "vbscript:")), link


def test_mathematics_and_code_in_an_answer_stay_as_they_are(tmp_path: Path) -> None:
    text = "$a < b$ & `x > 1`, **bold**, <b>bold</b>"
    path = tmp_path / "day01.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": text}]}))
    assert read_submitted(path).cells[0].source == text.replace("a < b", "a &lt; b")
