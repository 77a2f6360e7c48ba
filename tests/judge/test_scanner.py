"""The source rules' process: one kept, a child a text, and nothing that a text does reaches the next."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from grader.judge import scanner as module
from grader.judge.scanner import Scanner
from grader.model.course import Course
from grader.model.submission import Submission
from grader.model.verdict import Verdict

ADDS = "import torch\ndef double(x):\n    return torch.add(x, x)\n"
NESTED = "x = " + "(" * 100_000 + ")" * 100_000


def work(text: str) -> Submission:
    return Submission("ada", "digest", "numbers_lab.py", (text,), "module")


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    with Scanner() as opened:
        yield opened


def test_a_shortcut_is_found_and_an_honest_text_passes(scanner: Scanner, mini: Course) -> None:
    day = mini.day("day01")
    assert scanner.find(day, work(ADDS))["double"].verdict is Verdict.FORBIDDEN
    assert scanner.find(day, work("def double(x):\n    return 2 * x\n")) == {}


def test_a_text_that_ends_its_process_harms_no_other(scanner: Scanner, mini: Course) -> None:
    day = mini.day("day01")
    deep = "x = " + "-" * 2_000_000 + "1"
    for text in (deep, NESTED, "\ud800", "\0"):
        assert {each.verdict for each in scanner.find(day, work(text)).values()} <= {Verdict.ERROR}
        assert scanner.find(day, work(ADDS))["double"].verdict is Verdict.FORBIDDEN


def test_it_is_replaced_when_it_was_ended_from_outside(scanner: Scanner, mini: Course) -> None:
    day = mini.day("day01")
    scanner.find(day, work(ADDS))
    assert scanner._process is not None
    os.kill(scanner._process.pid, signal.SIGKILL)
    assert scanner.find(day, work(ADDS))["double"].verdict is Verdict.FORBIDDEN


def test_a_text_that_takes_too_long_is_the_submissions_error(
    scanner: Scanner, mini: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SCAN_SECONDS", 0.01)
    monkeypatch.setattr(module, "COMMAND", (sys.executable, __file__.replace("test_scanner", "silent_scanner")))
    assert scanner.find(mini.day("day01"), work(ADDS))["double"].verdict is Verdict.ERROR
