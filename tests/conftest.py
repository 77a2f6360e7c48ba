"""Shared by all tests: the small course, and what a submission to it looks like."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# torch cannot be imported twice, and pytester forgets whatever a run of its own imported
import grader.desk  # noqa: F401
from grader.model.course import Course
from grader.model.manifest import load_course

pytest_plugins = ["pytester"]
# its suite and its day are material of tests: collected as tests of ours, they would bring our plugin into this run
collect_ignore = ["mini_course"]

MINI = Path(__file__).parent / "mini_course"
SOLUTION = (MINI / "solutions" / "day01" / "numbers_lab.py").read_text(encoding="utf-8")
DOUBLE = "    return 2 * x\n"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the developer's own course, secret or modules of an earlier course, or writes into a gradebook."""
    monkeypatch.setenv("GRADER_DB", str(tmp_path / "descent.db"))
    monkeypatch.delenv("GRADER_COURSE", raising=False)
    monkeypatch.delenv("GRADER_SECRET", raising=False)


@pytest.fixture(scope="session")
def mini() -> Course:
    """The course of one small day, as it stands in the repository."""
    return load_course(MINI / "course.yaml")


@pytest.fixture
def mini_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the small course to write into; the folder that holds its course.yaml."""
    copy = tmp_path / "mini"
    shutil.copytree(MINI, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(str(copy))
    for name in _mini_suites():
        monkeypatch.delitem(sys.modules, name)
    yield copy
    for name in _mini_suites():
        del sys.modules[name]  # the copy's, which the test may have changed; monkeypatch brings the first ones back


def _mini_suites() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == "mini_suites"]


@pytest.fixture
def submission(tmp_path: Path) -> Callable[..., Path]:
    """Writes a submission: the reference with `body` in place of `double`'s, and whatever is to stand around it."""

    def write(body: str = DOUBLE, before: str = "", after: str = "", folder: str = "day01") -> Path:
        path = tmp_path / folder / "numbers_lab.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        assert DOUBLE in SOLUTION
        path.write_text(before + SOLUTION.replace(DOUBLE, body) + after, encoding="utf-8")
        return path

    return write
