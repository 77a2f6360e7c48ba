"""A day's probes and the shared files that they import reach the worker as one text."""

from __future__ import annotations

from typing import Any

import pytest

from grader.judge import worker
from grader.judge.probe_source import written_out
from grader.model.errors import CourseError

MODULE = "grader.suites.day99.probes"
SHARING = '"""A day."""\nfrom __future__ import annotations\nfrom ..axes_probe import plot_data\n'


def test_probes_that_share_nothing_stay_as_they_are() -> None:
    source = "import torch  # with a comment\n"
    assert written_out(source, MODULE) == source


def test_a_shared_file_is_written_out_and_runs_without_the_package() -> None:
    source = written_out(SHARING + "def drawing(code):\n    return plot_data(code.draw)\n", MODULE)
    assert "\nfrom .." not in source

    class Code:
        def draw(self, ax: Any) -> None:
            ax.plot([0, 1], [2, 3], label="up")

    found = worker.load_probes(source)["drawing"](Code())
    assert found["lines"][0]["name"] == "up"


def test_a_name_that_both_define_is_refused() -> None:
    with pytest.raises(CourseError, match="both define axes_data"):
        written_out(SHARING + "def axes_data(): ...\n", MODULE)


def test_a_file_that_is_imported_from_twice_is_written_out_once() -> None:
    source = written_out(SHARING + "from ..axes_probe import axes_data as axes_data\n", MODULE)
    assert source.count("def axes_data(") == 1
