"""Every test of the gradebook runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.gradebook.entry import Entry, Person, enter
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from grader.model.record import Record, Submitted, SuiteVersion, TaskResult
from grader.model.verdict import Verdict
from tests import postgres

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    if reason := postgres.missing():
        assert "CI" not in os.environ, reason
        pytest.skip(reason)
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a new gradebook."""
    if request.param == "sqlite":
        return str(tmp_path / "descent.db")
    return postgres.new_place(request.getfixturevalue("postgres_folder"), f"book{next(NUMBERS)}")


@pytest.fixture
def book(url: str) -> Iterator[Gradebook]:
    with Gradebook(url) as opened:
        yield opened


@pytest.fixture
def make(mini: Course) -> Callable[..., Entry]:
    """An entry: `make("ada", double=2, mean=3)` gives points by task; a dict of `mistakes` names slips."""

    def entry(
        student: str, *, digest: str = "d1", at: str = "2026-03-01T10:00+00:00", suite: str = "s1", policy: str = "cpu/best",
        isolation: str = "full", fault: bool = False, mistakes: dict[str, str] | None = None, person: Person | None = None,
        **points: float,
    ) -> Entry:  # fmt: skip
        tasks = tuple(
            TaskResult(
                id=task.id, verdict=_verdict(points.get(task.id, 0), task.points, fault), points=points.get(task.id, 0),
                max_points=task.points, mistake=(mistakes or {}).get(task.id),
            )
            for task in mini.day("day01").graded
        )  # fmt: skip
        record = Record(
            course="mini", day="day01", graded_at="2026-03-02T00:00:00+00:00", seed="s", device="cpu", isolation=isolation,  # type: ignore[arg-type]
            submission=Submitted(student=student, digest=digest, module="numbers_lab.py", kind="module", cells=("x = 1\n",)),
            suite=SuiteVersion(digest=suite, grader="0"), points=None if fault else sum(task.points for task in tasks),
            max_points=10, tasks=tasks,
        )  # fmt: skip
        return Entry(
            person or Person(student), datetime.fromisoformat(at).astimezone(UTC), f"{student}.py", policy, record
        )

    return entry


def _verdict(points: float, of: float, fault: bool) -> Verdict:
    return Verdict.GRADER_ERROR if fault else Verdict.PASSED if points == of else Verdict.FAILED


@pytest.fixture
def put(book: Gradebook, make: Callable[..., Entry]) -> Callable[..., bool]:
    """Makes an entry and enters it; whether it was new."""

    def entered(student: str, *, again: bool = False, proposed: bool = False, **about: Any) -> bool:
        with book.writing() as session:
            return enter(session, [make(student, **about)], again=again, proposed=proposed)[0] is not None

    return entered
