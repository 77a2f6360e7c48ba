"""The checker behind the watch screen, with real workers: what editors and student code do to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.model.verdict import Verdict
from grader.watch.events import Started, Told, Trouble
from tests.conftest import DOUBLE, SOLUTION

from .desk import Desk

WRONG = SOLUTION.replace(DOUBLE, "    return x * x\n")
LOOP = SOLUTION.replace(DOUBLE, "    while True:\n        pass\n")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    file = tmp_path_factory.mktemp("watched") / "day01" / "numbers_lab.py"
    file.parent.mkdir()
    file.write_text(SOLUTION, encoding="utf-8")
    desk = Desk(file)
    yield desk
    desk.close()


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    """The one desk of all these tests; the work is right again after each."""
    yield opened
    opened.file.parent.mkdir(exist_ok=True)
    opened.rename(SOLUTION + "\n# again\n")
    opened.until(Verdict.PASSED)


def test_a_save_in_place_and_one_by_rename_are_both_seen(desk: Desk) -> None:
    desk.save(WRONG)
    told = desk.until(Verdict.FAILED)
    assert told.result.mistake == "squares"
    assert told.file == "numbers_lab.py"
    desk.rename(SOLUTION)
    desk.until(Verdict.PASSED)


def test_the_task_at_hand_is_checked_first(desk: Desk) -> None:
    desk.orders.put("mean")
    desk.save(WRONG)
    desk.until(Verdict.FAILED)
    desk.save(SOLUTION)
    while desk.hear() != Started("mean"):
        pass
    assert isinstance(desk.hear(), Told)
    assert desk.hear() == Started("double")
    desk.orders.put("double")


def test_an_endless_loop_ends_with_the_next_save(desk: Desk) -> None:
    desk.save(LOOP)
    while desk.hear() != Started("double"):
        pass
    desk.save(WRONG)
    assert desk.until(Verdict.FAILED).result.mistake == "squares"


def test_a_syntax_error_is_a_result_and_half_a_file_no_end(desk: Desk) -> None:
    desk.save("def double(x:\n")
    assert "SyntaxError" in desk.until(Verdict.ERROR).result.message
    desk.save("")
    desk.save(WRONG)
    desk.until(Verdict.FAILED)


def test_a_file_that_goes_away_is_waited_for(desk: Desk) -> None:
    shutil.rmtree(desk.file.parent)
    while not isinstance(event := desk.hear(), Trouble):
        pass
    assert "not there" in event.sentence
    desk.file.parent.mkdir()
    desk.save(WRONG)
    desk.until(Verdict.FAILED)


def test_a_file_that_is_not_text_is_said(desk: Desk) -> None:
    desk.file.write_bytes(b"\x00\x01")
    while not isinstance(desk.hear(), Trouble):
        pass


def test_work_that_ends_its_process_costs_nothing_but_its_task(desk: Desk) -> None:
    desk.save(SOLUTION.replace(DOUBLE, "    import os\n    os._exit(0)\n"))
    desk.until(Verdict.CRASHED)
    desk.until(Verdict.PASSED, "guess")


def test_closing_stops_an_endless_loop_and_leaves_no_thread(tmp_path: Path) -> None:
    file = tmp_path / "numbers_lab.py"
    file.write_text(LOOP, encoding="utf-8")
    opened = Desk(file)
    while opened.hear() != Started("double"):
        pass
    assert opened.close() == []
