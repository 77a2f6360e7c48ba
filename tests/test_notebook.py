"""`grader.check` in a notebook: the kernel's own functions, a result as text and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch

import grader
from grader.judge.settings import OURS, Settings
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


def test_the_kernels_settings_of_torch_are_none_of_the_judges_and_stay() -> None:
    kernel = Settings(torch.float64, torch.device("meta"), False)
    try:
        kernel.apply()
        assert "passed" in repr(grader.check("double", namespace={"double": lambda x: 2 * x}))
        assert Settings.now() == kernel
    finally:
        OURS.apply()


def test_what_a_student_raises_is_escaped() -> None:
    def double(x: torch.Tensor) -> torch.Tensor:
        raise ValueError("<script>alert(1)</script>")

    page = grader.check("double", namespace={"double": double})._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_function_that_is_not_there_reads_as_not_started() -> None:
    assert "not started" in repr(grader.check("mean", namespace={}))


def test_a_stub_in_a_cell_reads_as_not_started() -> None:
    cell = "def double(x):\n    raise NotImplementedError('double is not written yet')"
    kernel: dict[str, object] = {"__name__": "__main__"}
    exec(compile(cell, "/tmp/ipykernel_1/2.py", "exec"), kernel)
    assert "not started" in repr(grader.check("double", namespace=kernel))


def test_a_withheld_task_is_not_checked() -> None:
    with pytest.raises(CourseError, match="after you hand in"):
        grader.check("secret", namespace={})


def test_outside_a_notebook_it_says_what_to_use_instead() -> None:
    with pytest.raises(CourseError, match="grader check"):
        grader.check("double")


def test_an_unknown_task_is_named() -> None:
    with pytest.raises(CourseError, match="no day has a task 'nothing'"):
        grader.check("nothing", namespace={})


def test_where_nbgrader_runs_the_notebook_a_pass_reads_as_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert float(repr(grader.check("double", namespace={"double": lambda x: 2 * x}))) == 2


def test_where_nbgrader_runs_the_notebook_anything_else_is_an_error_in_our_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(AssertionError, match="It squares") as caught:
        grader.check("double", namespace={"double": lambda x: x * x})
    assert caught.value._render_traceback_()[0] == "double: failed, 0 of 2 points"  # type: ignore[attr-defined]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An IPython shell with `grader` in it, as in a kernel."""
    from IPython.core.history import HistoryManager
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.setattr(HistoryManager, "enabled", False)
    shell = InteractiveShell.instance()
    from grader.cell_magic import register

    register(shell)
    yield shell
    InteractiveShell.clear_instance()


def test_the_cell_magic_runs_the_cell_and_checks_the_task(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_cell("%%check double\ndef double(x):\n    return 2 * x", store_history=True)
    assert "double: passed, 2 of 2 points" in capsys.readouterr().out
    assert shell.user_ns["double"](2) == 4


def test_the_cell_magic_hides_no_shortcut(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_cell("%%check double\nimport torch\ndef double(x):\n    return torch.add(x, x)", store_history=True)
    assert "double: forbidden, 0 of 2 points" in capsys.readouterr().out


def test_a_cell_that_fails_is_not_checked(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_cell("%%check double\n1 / 0", store_history=True)
    told = capsys.readouterr().out
    assert "ZeroDivisionError" in told
    assert "points" not in told
