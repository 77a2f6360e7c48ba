"""CSV out and in: the same afterwards, whatever people are called."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest

from grader.gradebook.entry import Person, enrol, extend, mark
from grader.gradebook.queries import decisions, read_term
from grader.gradebook.store import Gradebook
from grader.gradebook.transfer import enter_extensions, enter_marks, export, read_rows
from grader.model.course import Course
from grader.model.errors import CourseError, GradebookError

NAMES = ['Lovelace, "Ada"', "Ünal\nZoë", "=cmd|' /C calc'!A0", "+49", "-1", "@sum", "'quoted", "José", "a;=1"]


@pytest.fixture
def people(book: Gradebook) -> list[Person]:
    found = [Person(f"s{n}", name, ids={"canvas": f"={n}"}, on_roster=True) for n, name in enumerate(NAMES)]
    with book.writing() as session:
        enrol(session, found)
    return found


def test_names_come_back_as_they_were_and_none_is_a_formula(
    book: Gradebook, mini: Course, people: list[Person]
) -> None:
    text = export(book, mini, "students")
    assert [row["name"] for row in read_rows(text, "x")] == NAMES
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if re.search(r"(^|;)\s*[=+\-@\uff1d]", cell)]


def test_points_have_a_row_for_each_student_and_day(
    book: Gradebook, mini: Course, people: list[Person], put: Callable[..., bool]
) -> None:
    put("s0", double=2)
    rows = read_rows(export(book, mini, "points"), "x")
    assert len(rows) == len(NAMES)
    assert (rows[0]["points"], rows[0]["max_points"], rows[0]["isolation"]) == ("2", "12", "full")
    assert rows[1]["points"] == ""


def test_marks_and_extensions_move_to_another_gradebook(
    book: Gradebook, mini: Course, people: list[Person], tmp_path_factory: pytest.TempPathFactory
) -> None:
    from datetime import UTC, datetime

    with book.writing() as session:
        mark(session, "s2", "day01", "question", 1.5, who="Ünal, Z", reason='"well, done"')
        mark(session, "s2", "day01", "", None, who="me")
        extend(session, "s3", "day01", datetime(2026, 1, 2, tzinfo=UTC), who="me")
    marks, extensions = export(book, mini, "marks"), export(book, mini, "extensions")
    with Gradebook(tmp_path_factory.mktemp("other") / "other.db") as other:
        with other.writing() as session:
            enrol(session, people)
            assert enter_marks(session, mini, read_rows(marks, "m"), "you", "m") == 2
            assert enter_extensions(session, mini, read_rows(extensions, "e"), "you", "e") == 1
        kept = [(d.student, d.task, d.points, d.until, d.reason, d.who) for d in decisions(book)]
        assert [(d.student, d.task, d.points, d.until, d.reason, d.who) for d in decisions(other)] == kept
        assert read_term(other, mini).standings["s2", "day01"].points == 1.5


@pytest.mark.parametrize(
    "row, said",
    [
        ({"student": "s0", "day": "day99", "points": "1"}, "marks.csv:2: the course has no day"),
        ({"student": "s0", "day": "day01", "task": "x", "points": "1"}, "no task 'x'"),
        ({"student": "s0", "day": "day01", "points": "nan"}, "no number"),
        ({"student": "s0", "day": "day01", "points": "much"}, "no number"),
        ({"student": "nobody", "day": "day01", "points": "1"}, "no student 'nobody'"),
    ],
)
def test_a_wrong_row_enters_nothing(
    book: Gradebook, mini: Course, people: list[Person], row: dict[str, str], said: str
) -> None:
    good = {"student": "s1", "day": "day01", "task": "question", "points": "1"}
    with pytest.raises((CourseError, GradebookError), match=said), book.writing() as session:
        enter_marks(session, mini, [row, good], "me", "marks.csv")
    assert decisions(book) == []
