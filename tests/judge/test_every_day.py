"""Every day's solution and stub as a student's work, behind walls: the in-process twin may round otherwise.

The days that train for long are left to `python benchmarks/references.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.references import EVERYTHING, grade
from grader.judge.launch import Launcher
from grader.model.course import Course, Day
from grader.model.manifest import load_course

from .walled import needs_linux

pytestmark = needs_linux
COURSE = load_course(Path(__file__).parents[2] / "course.yaml")
LONG = 100  # seconds that a task may take: such a task trains on the whole of MNIST
QUICK = [day for day in COURSE.days if max(task.budget.seconds for task in day.graded) < LONG]


@pytest.fixture(scope="module")
def launcher() -> Iterator[Launcher]:
    with Launcher(preload=EVERYTHING) as opened:
        yield opened


@pytest.fixture(scope="module")
def course() -> Course:
    return COURSE


@pytest.mark.parametrize("day", QUICK, ids=lambda day: day.id)
def test_its_solution_earns_everything_and_its_stub_nothing(
    day: Day, course: Course, launcher: Launcher, tmp_path: Path
) -> None:
    solved, stub = grade(course, day, launcher, tmp_path)
    assert {task.verdict for task in solved.tasks} == {"passed"}, solved.verdicts()
    assert solved.points == solved.max_points
    assert stub.points == 0, stub.verdicts()
    if day.given == "empty":
        assert {task.verdict for task in stub.tasks} <= {"not_implemented", "blocked"}, stub.verdicts()
