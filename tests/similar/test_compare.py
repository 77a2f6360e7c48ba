"""Which works share code that nobody was given."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.cli.main import app
from grader.model.course import Course
from grader.similar import compare as module
from grader.similar.compare import compare
from tests.conftest import MINI, SOLUTION

OWN = '''
def running_means(values, width):
    """Means over a window that slides."""
    found = []
    total = 0.0
    for place, value in enumerate(values):
        total = total + value
        if place >= width:
            total = total - values[place - width]
        if place + 1 >= width:
            found.append(total / width)
    return found


def largest_gap(points):
    ordered = sorted(points)
    best, pair = -1, None
    for before, after in zip(ordered, ordered[1:]):
        if after - before > best:
            best, pair = after - before, (before, after)
    return best, pair
'''
OTHER = """
class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def power(self, exponent):
        result = Matrix([[int(i == j) for j in range(len(self.rows))] for i in range(len(self.rows))])
        while exponent:
            if exponent % 2:
                result = result @ self
            exponent //= 2
        return result
"""
NAMES = {
    "running_means": "moving",
    "values": "xs",
    "width": "k",
    "found": "out",
    "total": "acc",
    "place": "i",
    "value": "x",
}


def renamed(text: str) -> str:
    """The same code under other names, with other comments and layout."""
    for old, new in NAMES.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text.replace('"""Means over a window that slides."""', "# my own idea\n").replace(
        "    acc = 0.0", "    acc = 0.0  # start"
    )


def notebook(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": cell} for cell in cells],
                       "metadata": {}, "nbformat": 4, "nbformat_minor": 5})  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    works = tmp_path / "works"
    works.mkdir()
    (works / "ada.py").write_text(SOLUTION + OWN)
    (works / "bob.py").write_text(SOLUTION + renamed(OWN))
    (works / "cyd.py").write_text(SOLUTION + OTHER)
    (works / "dan.py").write_text(SOLUTION)
    (works / "eve.ipynb").write_text(notebook(SOLUTION, renamed(OWN)))
    (works / "fay.py").write_bytes(b"\x00\x01")
    return works


def found(course: Course, folder: Path, at: float = 0.5) -> set[tuple[str, str]]:
    pairs = compare(course, course.day("day01"), sorted(folder.iterdir()), at).pairs
    return {(pair.first.student, pair.second.student) for pair in pairs}


def test_copies_under_other_names_are_found_in_modules_and_notebooks_and_nothing_else_is(
    mini: Course, folder: Path
) -> None:
    assert found(mini, folder) == {("ada", "bob"), ("ada", "eve"), ("bob", "eve")}


def test_the_course_s_own_solution_is_nobody_s_work(mini: Course, folder: Path) -> None:
    (folder / "gus.py").write_text(SOLUTION)
    assert not {pair for pair in found(mini, folder, 0.1) if {"dan", "gus"} & set(pair)}


def test_who_is_not_compared_is_named_with_the_reason(mini: Course, folder: Path) -> None:
    left = dict(compare(mini, mini.day("day01"), sorted(folder.iterdir()), 0.5).left_out)
    assert left.keys() == {"dan", "fay"}
    assert left["dan"] == "too little that was not given"


def test_the_lines_that_are_marked_are_the_shared_ones(mini: Course, folder: Path) -> None:
    pairs = compare(mini, mini.day("day01"), [folder / "ada.py", folder / "bob.py"], 0.5).pairs
    marked = [line for line, shared in pairs[0].first.lines if shared]
    assert "        total = total + value" in marked
    assert "    return 2 * x" not in marked
    assert pairs[0].share == 1.0


def test_what_much_of_a_class_has_says_nothing(mini: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        (tmp_path / f"s{number}.py").write_text(SOLUTION + OWN)
    assert found(mini, tmp_path) == set()
    monkeypatch.setattr(module, "SMALL_CLASS", 13)
    assert len(found(mini, tmp_path)) == 66


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def test_the_page_stands_alone_says_what_it_is_not_and_holds_theirs_as_text(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))
    for name in ("ada", "bob"):
        (folder / f"{name}.py").write_text(SOLUTION + OWN + "\nTEXT = '<script>alert(1)</script></pre>'\n")
    result = run("similar", folder, "--day", "day01", "--out", tmp_path / "page.html")
    assert result.exit_code == 0
    assert "4 of 6 compared" in result.output
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "never part of a score" in text
    assert "script" not in page.tags
    assert page.loads == ["data:,"]
    assert page.tags.count("figure") == 2 * 3


def test_a_folder_without_pairs_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))
    (tmp_path / "works").mkdir()
    assert run("similar", tmp_path / "works", "--day", "day01", "--out", tmp_path / "p.html").exit_code == 0
