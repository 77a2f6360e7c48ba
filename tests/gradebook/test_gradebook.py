"""What is entered stays, is entered once, and adds up: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from grader.gradebook import store
from grader.gradebook.entry import Basis, Entry, Person, enrol, enter, extend, mark
from grader.gradebook.known import Known
from grader.gradebook.queries import Term, counted_records, decisions, history, read_term, record_of
from grader.gradebook.standing import Standing
from grader.gradebook.store import Gradebook
from grader.gradebook.tables import APPEND_ONLY, Grading, Student, Table
from grader.model.course import Course, Late
from grader.model.errors import GradebookError

Put = Callable[..., bool]
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def with_rules(course: Course, *, due: datetime | None = DUE, counts: str = "recent", **late: Any) -> Course:
    """The course with a due moment and these late rules."""
    days = tuple(day.model_copy(update={"due": due}) for day in course.days)
    copy = course.model_copy(update={"days": days, "late": Late(**late), "counts": counts})
    copy._root = course.root
    return copy


def term(book: Gradebook, course: Course) -> Term:
    return read_term(book, course)


def ada(book: Gradebook, course: Course) -> Standing:
    return term(book, course).standings["ada", "day01"]


def test_a_record_comes_back_as_it_went_in(book: Gradebook, make: Callable[..., Entry], mini: Course) -> None:
    entry = make("ada", double=2, mean=3)
    with book.writing() as session:
        assert enter(session, [entry]) == [1]
    assert list(counted_records(book, mini, mini.day("day01"))) == [entry.record]
    assert record_of(book, history(book, "ada", "day01")[0].grading) == entry.record


def test_the_same_work_is_entered_once(book: Gradebook, put: Put) -> None:
    assert [put("ada"), put("ada")] == [True, False]
    assert put("ada", suite="s2")
    assert put("ada", policy="cpu/full")
    assert put("bo")
    assert not put("ada", at="2026-03-03T10:00+00:00"), "the file was only copied"
    assert len(history(book, "ada", "day01")) == 3


def test_content_that_comes_back_after_something_else_is_a_new_submission(
    book: Gradebook, put: Put, mini: Course
) -> None:
    put("ada", digest="a", at="2026-03-01T10:00+00:00", double=2)
    put("ada", digest="b", at="2026-03-01T11:00+00:00")
    assert put("ada", digest="a", at="2026-03-01T12:00+00:00", double=2)
    assert ada(book, mini).attempts == 3
    assert ada(book, mini).points == 2


def test_grading_again_adds_and_the_latest_counts(book: Gradebook, put: Put, mini: Course) -> None:
    put("ada", double=2)
    assert put("ada", again=True, mean=3)
    assert [each.points for each in history(book, "ada", "day01")] == [2, 3]
    assert ada(book, mini).points == 3


def test_a_fault_of_the_grader_overwrites_no_score_and_is_tried_again(book: Gradebook, put: Put, mini: Course) -> None:
    assert put("ada", fault=True)
    assert ada(book, mini).points is None
    assert term(book, mini).unscored
    assert put("ada", double=2), "without a score it is not done"
    assert put("ada", again=True, fault=True)
    assert ada(book, mini).points == 2
    assert not term(book, mini).unscored


def test_a_proposed_grading_counts_once_it_is_applied(book: Gradebook, put: Put, mini: Course) -> None:
    put("ada", double=2)
    put("ada", suite="s2", proposed=True, mean=3)
    assert ada(book, mini).points == 2
    put("ada", suite="s2", mean=3)
    assert ada(book, mini).points == 3


def test_what_is_graded_is_known_by_suite_and_policy(book: Gradebook, put: Put) -> None:
    put("ada")
    put("bo", fault=True)
    put("cy", suite="s2")
    put("di", proposed=True)
    with book.session() as session:
        known = Known(session, "day01", Basis("s1", "cpu/best"))
    then = datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert [key for key in ("ada", "bo", "cy", "di", "ed") if known.of(key, "d1", then)] == ["ada"]
    assert known.of("ada", "d2", then) is None
    assert known.same_content("d1") is not None
    assert known.same_content("d2") is None


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_itself_refuses_changes(book: Gradebook, put: Put, table: str) -> None:
    put("ada")
    book.secret()
    with book.writing() as session:
        mark(session, "ada", "day01", "question", 1, who="me")
        extend(session, "ada", "day01", DUE, who="me")
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {'value' if table == 'settings' else 'day'} = 'x'"):
        change = change.replace("SET day", "SET points" if table in ("gradings", "results") else "SET day")
        change = change.replace("points = 'x'", "points = 9")
        with pytest.raises(GradebookError, match="only ever added"), book.writing() as session:
            session.execute(text(change))


def test_two_writers_at_once_lose_and_double_nothing(url: str, book: Gradebook, make: Callable[..., Entry]) -> None:
    def write() -> None:
        with Gradebook(url) as own:
            for number in range(20):
                with own.writing() as session:
                    enter(session, [make(f"s{number}")])

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with book.session() as session:
        assert len(session.scalars(select(Student)).all()) == 20
        assert len(session.scalars(select(Grading)).all()) == 20


def test_the_secret_is_made_once(url: str, book: Gradebook) -> None:
    with Gradebook(url) as again:
        assert again.secret() == book.secret()
    assert len(book.secret()) == 32


def test_opening_again_keeps_everything(url: str, book: Gradebook, put: Put, mini: Course) -> None:
    put("ada", double=2)
    book.close()
    with Gradebook(url) as again:
        assert ada(again, mini).points == 2


@pytest.mark.parametrize(
    "received, late, days, points",
    [
        ("2026-03-01T12:00+00:00", {"percent": 10}, 0, 10),
        ("2026-03-01T12:10+00:00", {"percent": 10, "grace": 15}, 0, 10),
        ("2026-03-01T12:16+00:00", {"percent": 10, "grace": 15}, 1, 9),
        ("2026-03-02T12:00+00:00", {"percent": 10}, 1, 9),
        ("2026-03-02T12:01+00:00", {"percent": 10}, 2, 8),
        ("2026-03-04T12:01+00:00", {"percent": 10, "days": 2}, 4, 0),
        ("2026-04-01T12:00+00:00", {"percent": 10}, 31, 0),
        ("2026-04-01T12:00+00:00", {}, 31, 10),
        ("2026-03-01T14:00+01:00", {"percent": 10}, 1, 9),
    ],
)  # fmt: skip
def test_lateness(
    book: Gradebook, put: Put, mini: Course, received: str, late: dict[str, float], days: int, points: float
) -> None:
    put("ada", at=received, double=2, mean=3, guess=4, secret=1)
    found = ada(book, with_rules(mini, **late))
    assert (found.late_days, found.points, found.before) == (days, points, 10)


def test_an_extension_moves_the_due_moment_for_one_student(book: Gradebook, put: Put, mini: Course) -> None:
    course = with_rules(mini, percent=50)
    for student in ("ada", "bo"):
        put(student, at="2026-03-02T10:00+00:00", double=2)
    with book.writing() as session:
        extend(session, "ada", "day01", DUE + timedelta(days=1), who="me", reason="ill")
    found = term(book, course).standings
    assert [found[s, "day01"].points for s in ("ada", "bo")] == [2, 1]
    with book.writing() as session:
        extend(session, "ada", "day01", None, who="me")
    assert ada(book, course).points == 1
    assert [(d.reason, d.until is None) for d in decisions(book)] == [("ill", False), ("", True)]


@pytest.mark.parametrize("counts, points", [("best", 5), ("last", 4), ("recent", 2)])
def test_which_of_several_submissions_counts(
    book: Gradebook, put: Put, mini: Course, counts: str, points: float
) -> None:
    put("ada", digest="a", at="2026-03-01T09:00+00:00", double=2, mean=3)
    put("ada", digest="b", at="2026-03-01T11:00+00:00", guess=4)
    put("ada", digest="c", at="2026-03-02T11:00+00:00", guess=4)
    assert ada(book, with_rules(mini, counts=counts, percent=50)).points == points


def test_a_person_marks_questions_and_overrides_points(book: Gradebook, put: Put, mini: Course) -> None:
    put("ada", double=2, mean=3)

    def decide(task: str, points: float | None) -> float | None:
        with book.writing() as session:
            mark(session, "ada", "day01", task, points, who="me", reason="read it")
        return ada(book, mini).points

    assert decide("question", 1.5) == 6.5
    assert decide("question", 2) == 7
    assert decide("double", 0) == 5
    assert decide("double", None) == 7
    assert decide("", 9.5) == 9.5
    assert ada(book, mini).decided
    assert decide("", None) == 7
    assert [d.who for d in decisions(book, "day01")] == ["me"] * 6


def test_the_term_names_mistakes_weak_walls_and_strangers(book: Gradebook, put: Put, mini: Course) -> None:
    with book.writing() as session:
        enrol(session, [Person("ada", "Lovelace, Ada", "ada@example.org", {"canvas": "7"}, on_roster=True)])
    put("ada", mistakes={"double": "squares"})
    put("bo", mistakes={"double": "squares", "mean": "sums"}, isolation="partial")
    found = term(book, mini)
    assert [(slip.task, slip.mistake, slip.students) for slip in found.slips] == [
        ("double", "squares", 2), ("mean", "sums", 1),
    ]  # fmt: skip
    assert [standing.student for standing in found.weak] == ["bo"]
    assert [student.key for student in found.off_roster] == ["bo"]
    assert found.students[0].name == "Lovelace, Ada"
    assert read_term(book, mini, student="bo").students[0].key == "bo"


def test_an_unknown_student_is_named(book: Gradebook) -> None:
    with pytest.raises(GradebookError, match="no student 'zoe'"), book.writing() as session:
        mark(session, "zoe", "day01", "question", 1, who="me")


def test_migrations_make_the_tables_that_the_code_knows(book: Gradebook) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [store.HEAD]
    with book.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []


def test_a_gradebook_of_a_newer_grader_is_left_alone(url: str, book: Gradebook) -> None:
    with book.engine.execution_options(write=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(GradebookError, match="newer grader"):
        Gradebook(url)
