"""nbgrader's own commands, run in this process, in a course folder of a test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_core.application import NoStart
from nbgrader.apps.nbgraderapp import NbGraderApp

from grader.model.course import Course
from grader.nbgrader.grade import close_judges
from grader.nbgrader.init import init

Nbgrader = Callable[..., None]


@pytest.fixture
def nbgrader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Nbgrader]:
    """`nbgrader("autograde", "day10", folder=...)`: raises `SystemExit` where the command fails."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    for left in ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING"):  # a command that fails does not take them back
        monkeypatch.setenv(left, "")

    def run(*arguments: str, folder: Path) -> None:
        monkeypatch.chdir(folder)
        app = NbGraderApp()
        app.initialize([*arguments, "--log-level=ERROR"])
        try:
            app.start()
        except NoStart:
            pass  # the subcommand has run
        finally:
            type(app.subapp).clear_instance()

    yield run
    close_judges()


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, mini: Course) -> Path:
    """A course folder as `init` leaves it; nbgrader takes seconds to make its database."""
    folder = tmp_path_factory.mktemp("fresh") / "term"
    init(mini, folder)
    return folder


@pytest.fixture
def term(fresh: Path, mini_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy))
    monkeypatch.setenv("GRADER_SECRET", "a secret")
    return Path(shutil.copytree(fresh, tmp_path / "term"))
