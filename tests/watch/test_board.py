"""What the watch screen says, and which task is at hand."""

from __future__ import annotations

import pytest

from grader.model.course import Course
from grader.model.record import Line, TaskResult
from grader.model.verdict import Verdict
from grader.watch.board import Board
from grader.watch.events import Broken, Started, Told, Trouble
from tests.reports.samples import task


@pytest.fixture
def board(mini: Course) -> Board:
    day = mini.day("day01")
    return Board(day, [each for each in day.graded if each.visibility == "visible"])


def told(board: Board, name: str, verdict: Verdict, **more: object) -> None:
    result: TaskResult = task(name, verdict, 0, 2, **more)
    board.take(Told(result, "numbers_lab.py", 0.1))


def text(board: Board) -> str:
    return "\n".join(row for row, _ in board.told())


def test_the_first_task_is_at_hand_and_the_next_one_once_it_passes(board: Board) -> None:
    assert board.current == "double"
    told(board, "double", Verdict.FAILED)
    assert board.current == "double"
    told(board, "double", Verdict.PASSED)
    assert board.current == "mean"
    assert board.news.startswith("✓ double passed")


def test_tasks_that_pass_already_are_passed_over(board: Board) -> None:
    told(board, "mean", Verdict.PASSED)
    told(board, "double", Verdict.PASSED)
    assert board.current == "guess"


def test_another_task_s_result_does_not_take_the_screen(board: Board) -> None:
    told(board, "mean", Verdict.FAILED, message="mean is wrong")
    assert board.current == "double"
    assert "mean is wrong" not in text(board)


def test_a_failure_says_what_was_expected_seen_and_printed(board: Board) -> None:
    trace = (Line(cell=1, line=3, function="double", text="return x"),)
    told(
        board,
        "double",
        Verdict.FAILED,
        expected="6",
        seen="9",
        advice="It squares.",
        output="hi\n::error::x\n",
        trace=trace,
    )
    for part in (
        "expected    6",
        "seen        9",
        "looks like  It squares.",
        "numbers_lab.py:3 in double: return x",
        "    hi",
    ):
        assert part in text(board)


def test_the_hint_is_shown_when_it_is_asked_for_and_not_for_the_next_task(board: Board) -> None:
    assert "Two of everything" not in text(board)
    board.hinted = True
    assert "hint: Two of everything." in text(board)
    told(board, "double", Verdict.PASSED)
    assert "hint:" not in text(board)


def test_steps_go_around(board: Board) -> None:
    board.step(-1)
    assert board.current == "guess"
    board.step(1)
    assert board.current == "double"


def test_trouble_is_said_until_something_is_checked_again(board: Board) -> None:
    board.take(Trouble("numbers_lab.py is not there"))
    assert "is not there" in text(board)
    board.take(Started("double"))
    assert "is not there" not in text(board)
    board.take(Broken("no zygote"))
    assert "cannot go on: no zygote" in text(board)


def test_when_all_pass_it_says_so(board: Board) -> None:
    for name in ("double", "mean", "guess"):
        told(board, name, Verdict.PASSED)
    assert "Every task that can be checked here passes." in text(board)


def test_the_list_names_withheld_tasks_and_questions(board: Board) -> None:
    rows = [row for row, _ in board.list()]
    assert [row.split()[-1] for row in rows[-2:]] == ["in", "instructor"]
    assert rows[0].startswith(">")
