"""`grader.check` in a notebook: the kernel's own functions, a result as text and HTML."""

from __future__ import annotations

import pytest
import torch

import grader
from grader.model.errors import CourseError
from tests.conftest import MINI


@pytest.fixture(autouse=True)
def _course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))


def test_a_right_function_passes() -> None:
    checked = grader.check("double", namespace={"double": lambda x: 2 * x})
    assert repr(checked) == "double: passed, 2 of 2 points"
    assert "passed" in checked._repr_html_()


def test_a_wrong_function_is_told_what_is_wrong_and_which_slip_it_is() -> None:
    checked = grader.check("double", namespace={"double": lambda x: x * x})
    assert checked.result.mistake == "squares"
    assert "It squares" in repr(checked)
    assert "It squares" in checked._repr_html_()


def test_what_a_student_raises_is_escaped() -> None:
    def double(x: torch.Tensor) -> torch.Tensor:
        raise ValueError("<script>alert(1)</script>")

    page = grader.check("double", namespace={"double": double})._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_function_that_is_not_there_reads_as_not_started() -> None:
    assert "not started" in repr(grader.check("mean", namespace={}))


def test_a_withheld_task_is_not_checked() -> None:
    with pytest.raises(CourseError, match="after you hand in"):
        grader.check("secret", namespace={})


def test_outside_a_notebook_it_says_what_to_use_instead() -> None:
    with pytest.raises(CourseError, match="grader check"):
        grader.check("double")


def test_an_unknown_task_is_named() -> None:
    with pytest.raises(CourseError, match="no day has a task 'nothing'"):
        grader.check("nothing", namespace={})
