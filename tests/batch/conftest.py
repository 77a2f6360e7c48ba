"""Batches of the small course, graded by real judges."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.batch.batch import Batch, Row
from grader.batch.layouts import find_submissions
from grader.batch.local import LocalEngine
from grader.batch.work import Engine, Plan
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from tests.conftest import DOUBLE, SOLUTION

SECRET = "a secret of the tests"
BODIES = (DOUBLE, "    return x * x\n", "    return x + x\n", "    raise ValueError('no')\n")


@pytest.fixture
def plan(mini: Course) -> Plan:
    return Plan.of(mini, mini.day("day01"), "cpu", "best")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    with Gradebook(tmp_path / "descent.db") as opened:
        yield opened


@pytest.fixture
def students(tmp_path: Path) -> Callable[..., Path]:
    """Writes a class of so many, each different, with fixed times."""

    def write(count: int) -> Path:
        folder = tmp_path / "class"
        folder.mkdir(exist_ok=True)
        for number in range(count):
            text = SOLUTION.replace(DOUBLE, BODIES[number % len(BODIES)]) + f"\n# student {number}\n"
            path = folder / f"s{number:03}.py"
            path.write_text(text, encoding="utf-8")
            os.utime(path, (1_700_000_000, 1_700_000_000))
        return folder

    return write


@pytest.fixture
def run(book: Gradebook, mini: Course, plan: Plan) -> Callable[..., list[Row]]:
    """Grades a folder into the gradebook."""

    def graded(folder: Path, engine: Engine | None = None, *, again: bool = False) -> list[Row]:
        batch = Batch(book, mini, mini.day("day01"), plan, SECRET, again=again)
        return list(batch.run(find_submissions(folder), engine or LocalEngine(2)))

    return graded
