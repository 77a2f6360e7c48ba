"""The numbers on the instructor's pages are those of the records, however they are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import pytest

from grader.gradebook.entry import Entry, Person, enrol, enter, mark
from grader.gradebook.queries import read_term
from grader.gradebook.store import Gradebook
from grader.model.course import Course, Day, Late
from grader.model.record import Record
from grader.model.verdict import Verdict
from grader.reports import numbers
from grader.reports.numbers import DayNumbers, day_numbers, distribution, over_time
from grader.reports.rows import Book, Records, Row, Seen, Try, file_name
from grader.reports.site import build_site

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def record(mini: Course, student: str, *, at: int = 0, isolation: str = "full", **verdicts: Verdict) -> Record:
    """A record of the small course's day, `at` hours after the start; a task is passed where nothing else is said."""
    tasks = [
        {
            "id": task.id, "verdict": (verdict := verdicts.get(task.id, Verdict.PASSED)), "max_points": task.points,
            "points": task.points if verdict is Verdict.PASSED else 0.0, "visibility": task.visibility,
            "mistake": "off_by_one" if verdict is Verdict.FAILED else None, "advice": "One too many.",
        }
        for task in mini.day("day01").graded
    ]  # fmt: skip
    fault = Verdict.GRADER_ERROR in verdicts.values()
    return Record.model_validate(
        {
            "course": "mini", "day": "day01", "graded_at": (START + timedelta(hours=at)).isoformat(), "seed": "s",
            "device": "cpu", "isolation": isolation, "max_points": 10, "tasks": tasks, "manual": [{"id": "question", "max_points": 2}],
            "submission": {"student": student, "digest": f"{student}{at}", "module": "numbers_lab.py", "kind": "module", "cells": ["x = 1\n"]},
            "suite": {"digest": "d", "grader": "0"}, "points": None if fault else sum(task["points"] for task in tasks),
        }
    )  # fmt: skip


def of(mini: Course, *records: Record) -> DayNumbers:
    day = mini.day("day01")
    return day_numbers(day, [row for row, _ in Records.of(records).rows(mini, day)])


def test_points_and_passes_are_the_records(mini: Course) -> None:
    found = of(
        mini, record(mini, "ada"), record(mini, "bo", mean=Verdict.FAILED), record(mini, "chi", double=Verdict.ERROR)
    )
    assert sorted(found.points) == [7, 8, 10]
    assert (found.median, found.everything, found.handed_in) == (8, 1, 3)
    passed = {task.id: (task.passed, task.failed, task.mean) for task in found.tasks}
    assert passed == {
        "double": (2, 1, pytest.approx(4 / 3)),
        "mean": (2, 1, 2),
        "guess": (3, 0, 4),
        "secret": (3, 0, 1),
    }


def test_of_several_attempts_the_latest_counts_or_the_best_where_the_course_says_so(mini: Course) -> None:
    made = [record(mini, "ada", at=1), record(mini, "ada", at=2, mean=Verdict.FAILED)]
    assert of(mini, *made).points == [7]
    assert [len(row.tries) for row in of(mini, *made).rows] == [2]
    best = mini.model_copy(update={"counts": "best"})
    assert [row.points for row, _ in Records.of(made).rows(best, mini.day("day01"))] == [10]


def test_a_grading_without_a_score_counts_only_where_there_is_no_other(mini: Course) -> None:
    faulty = record(mini, "ada", at=5, mean=Verdict.GRADER_ERROR)
    assert of(mini, record(mini, "ada", at=1), faulty).points == [10]
    alone = of(mini, faulty)
    assert (alone.points, alone.median, alone.handed_in) == ([], None, 1)
    assert [concern.row.student for concern in alone.concerns["faults"]] == ["ada"]
    task = next(task for task in alone.tasks if task.id == "mean")
    assert (task.graded, task.faults, task.mean) == (0, 1, None)


def test_mistakes_are_counted_a_student_and_task(mini: Course) -> None:
    wrong = {"mean": Verdict.FAILED}
    found = of(mini, record(mini, "ada", **wrong), record(mini, "bo", **wrong), record(mini, "bo", at=1, **wrong),
               record(mini, "chi", double=Verdict.FAILED), record(mini, "dee", at=1), record(mini, "dee", **wrong))  # fmt: skip
    assert [(slip.task, slip.mistake, slip.advice, [row.student for row in slip.rows]) for slip in found.slips] == [
        ("mean", "off_by_one", "One too many.", ["ada", "bo"]),
        ("double", "off_by_one", "One too many.", ["chi"]),
    ]


def row(*scores: float, **more: object) -> Row:
    tries = tuple(Try(START + timedelta(hours=k), score, 10) for k, score in enumerate(scores))
    failed = Seen("double", Verdict.FAILED, 0, 2, 0.1, "off", "", "")
    return replace(Row("ada", "Ada", "day01", scores[-1], 10, tries, (failed,), "full"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "scores, is_stuck",
    [((3.0, 3.0, 3.0), True), ((5.0, 3.0, 4.0), True), ((3.0, 3.0), False), ((3.0, 3.0, 4.0), False), ((3.0, 4.0, 4.0), False),
     ((3.0, 4.0, 4.0, 4.0), True)],
)  # fmt: skip
def test_stuck_is_who_tried_thrice_and_gained_nothing_lately(scores: tuple[float, ...], is_stuck: bool) -> None:
    assert bool(numbers.stuck(row(*scores))) is is_stuck


def test_whoever_passes_everything_is_not_stuck() -> None:
    done = Seen("double", Verdict.PASSED, 2, 2, 0.1, "", "", "")
    assert numbers.stuck(row(10.0, 10.0, 10.0, tasks=(done,))) == ""


def test_slow_is_half_of_a_tasks_seconds(mini: Course) -> None:
    day = mini.day("day01")  # 5 seconds a task
    quick, lazy = (Seen("double", Verdict.PASSED, 2, 2, seconds, "", "", "") for seconds in (2.4, 2.6))
    assert numbers.slow(day, row(10.0, tasks=(quick,))) == ""
    assert numbers.slow(day, row(10.0, tasks=(lazy,))) == "double took 3 of 5 s"


@pytest.mark.parametrize("verdict", [Verdict.CRASHED, Verdict.FORBIDDEN, Verdict.TIMEOUT, Verdict.OUT_OF_MEMORY])
def test_flagged_are_the_verdicts_that_ask_for_a_look(verdict: Verdict, mini: Course) -> None:
    found = of(mini, record(mini, "ada", mean=verdict), record(mini, "bo", mean=Verdict.ERROR))
    assert [concern.row.student for concern in found.concerns["flagged"]] == ["ada"]


def test_less_than_full_isolation_is_told(mini: Course) -> None:
    found = of(mini, record(mini, "ada", isolation="partial"), record(mini, "bo"))
    assert [(concern.row.student, concern.why) for concern in found.concerns["isolation"]] == [
        ("ada", "isolation partial")
    ]


@pytest.mark.parametrize("points", [[], [0, 10], [0.0, 0.5, 1, 3, 9.999, 10, 10], [2, 2, 2]])
@pytest.mark.parametrize("most", [10, 18, 7.5, 1, 100])
def test_every_score_is_in_one_bar_of_the_distribution(points: list[float], most: float) -> None:
    points = [value * most / 10 for value in points]
    bars = distribution(points, most)
    assert sum(bar.count for bar in bars) == len(points)
    edges = [[float(edge) for edge in bar.label.split("–")] for bar in bars]
    for (low, high), bar in zip(edges, bars, strict=True):
        last = high == edges[-1][1]
        assert bar.count == sum(low <= value < high or (last and value == high) for value in points)
    assert edges[0][0] == 0
    assert edges[-1][1] >= most


@pytest.mark.parametrize("hours", [[0], [0, 1, 1.5, 30], [0, 24 * 300], [0, 24 * 90, 24 * 91], []])
def test_every_attempt_is_in_one_bar_over_time(hours: list[float]) -> None:
    bars = over_time(Try(START + timedelta(hours=hour), 1, 1) for hour in hours)
    assert sum(bar.count for bar in bars) == len(hours)
    assert len(bars) <= 40


def test_a_clock_gone_wild_makes_no_endless_chart() -> None:
    assert len(over_time([Try(START, 1, 1), Try(datetime.min.replace(tzinfo=UTC), 1, 1)])) < 1_000


def test_file_names_of_students_are_plain_and_their_own() -> None:
    names = ["../../etc/passwd", "Ada", "ada", "A" * 500, "", "\u202e\x00<b>", "ada.", "con", "日本"]
    files = [file_name(name) for name in names]
    assert len({file.lower() for file in files}) == len(names)
    assert all(file.isascii() and len(file) < 70 and "/" not in file and not file.startswith(".") for file in files)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    with Gradebook(tmp_path / "descent.db") as opened:
        yield opened


def fill(book: Gradebook, *records: Record) -> None:
    entries = [
        Entry(Person(each.submission.student), datetime.fromisoformat(each.graded_at), "file", "cpu/best", each)
        for each in records
    ]
    with book.writing() as session:
        enter(session, entries)


def test_from_a_gradebook_the_numbers_are_the_gradebooks(mini: Course, book: Gradebook) -> None:
    day = mini.day("day01")
    fill(book, record(mini, "ada"), record(mini, "bo", mean=Verdict.FAILED), record(mini, "bo", at=1, double=Verdict.FAILED),
         record(mini, "chi", mean=Verdict.GRADER_ERROR, isolation="none"))  # fmt: skip
    with book.writing() as session:
        mark(session, "ada", "day01", "question", 1.5, who="prof")
    found, term = day_numbers(day, [row for row, _ in Book(book).rows(mini, day)]), read_term(book, mini, [day])
    assert {row.student: row.points for row in found.rows} == {key: s.points for (key, _), s in term.standings.items()}
    assert {row.student: row.points for row in found.rows} == {"ada": 11.5, "bo": 8, "chi": None}
    assert {row.student: len(row.tries) for row in found.rows} == {
        key: s.attempts for (key, _), s in term.standings.items()
    }
    assert Counter({(s.task, s.mistake): len(s.rows) for s in found.slips}) == {
        (s.task, s.mistake): s.students for s in term.slips
    }
    assert [concern.row.student for concern in found.concerns["isolation"]] == [s.student for s in term.weak]
    assert [concern.row.student for concern in found.concerns["faults"]] == [s.student for s in term.unscored]
    assert found.median == median([11.5, 8])


def test_a_students_page_adds_up_to_what_the_class_page_says(mini: Course, book: Gradebook, tmp_path: Path) -> None:
    late = mini.model_copy(
        update={"late": Late(percent=10), "days": (mini.day("day01").model_copy(update={"due": START}),)}
    )
    fill(book, record(mini, "ada"), record(mini, "bo", at=30), record(mini, "chi", at=30))
    with book.writing() as session:
        mark(session, "ada", "day01", "question", 1.5, who="prof")
        mark(session, "ada", "day01", "double", 1, who="prof")
        mark(session, "chi", "day01", "", 9, who="prof")
    build_site(late, Book(book), tmp_path)
    pages = {key: (tmp_path / "day01" / file_name(key)).read_text(encoding="utf-8") for key in ("ada", "bo", "chi")}
    assert "<strong>10.5</strong> of 12 points" in pages["ada"]
    assert "points count" not in pages["ada"]
    assert "8 of 12 points count, handed in 2 days late." in pages["bo"]
    assert "9 of 12 points count, as your instructor decided." in pages["chi"]
    table = (tmp_path / "day01.html").read_text(encoding="utf-8")
    assert [float(text) for text in re.findall(r'<td data-v="[\d.]+"><b>([\d.]+)</b>', table)] == [10.5, 8, 9]


def test_who_is_on_the_roster_and_has_handed_in_nothing_is_there(mini: Course, book: Gradebook) -> None:
    day: Day = mini.day("day01")
    with book.writing() as session:
        enter(session, [Entry(Person("ada", "Ada Abe", on_roster=True), START, "f", "p", record(mini, "ada.py"))])
        enrol(session, [Person("bo", "Bo Berg", on_roster=True)])
    rows = [row for row, _ in Book(book).rows(mini, day)]
    assert [(row.name, row.handed_in, row.points) for row in rows] == [("Ada Abe", True, 10), ("Bo Berg", False, None)]
    assert day_numbers(day, rows).handed_in == 1
