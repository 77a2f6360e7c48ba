"""`grader submit` and `grader hint`."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.authoring.build import build
from grader.cli.main import app
from grader.judge.intake import intake
from grader.model.errors import CourseError
from grader.model.manifest import load_course
from tests.conftest import DOUBLE, MINI, SOLUTION


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def folder(mini_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The day as it is given out; the current folder is another one."""
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy))
    course = load_course(mini_copy / "course.yaml")
    build(course, course.day("day01"))
    (mini_copy / "here").mkdir()
    monkeypatch.chdir(mini_copy / "here")
    return mini_copy / "assignments" / "day01"


def test_the_archive_holds_the_declared_file_alone_and_the_receipt_says_what_it_is(folder: Path) -> None:
    (folder / "numbers_lab.py").write_text(SOLUTION, encoding="utf-8")
    (folder / "notes.txt").write_text("private")
    result = run("submit", "day01")
    assert result.exit_code == 0, result.output
    archive = Path("day01.zip")
    assert zipfile.ZipFile(archive).namelist() == ["numbers_lab.py"]
    receipt = json.loads(Path("day01.receipt.json").read_text())
    assert receipt["submission"] == intake(archive, "numbers_lab.py", "day01.ipynb").digest
    assert receipt["archive_sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert (receipt["file"], receipt["not_started"], receipt["untouched"]) == ("numbers_lab.py", [], False)
    assert receipt["submission"] in result.output


def test_the_same_file_makes_the_same_bytes(folder: Path) -> None:
    (folder / "numbers_lab.py").write_text(SOLUTION, encoding="utf-8")
    run("submit", folder, "--out", "a.zip")
    run("submit", folder / "numbers_lab.py", "--out", "b.zip")
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()


def test_what_is_not_started_and_what_was_never_touched_is_said(folder: Path) -> None:
    result = run("submit", "day01")
    assert "nothing in it is yours yet" in result.output
    work = SOLUTION.replace(DOUBLE, "    raise NotImplementedError\n")
    (folder / "numbers_lab.py").write_text(work, encoding="utf-8")
    assert "not started double\n" in run("submit", "day01").output


def test_where_both_faces_were_edited_one_has_to_be_named(folder: Path) -> None:
    (folder / "numbers_lab.py").write_text(SOLUTION, encoding="utf-8")
    notebook = folder / "day01.ipynb"
    assert "raise NotImplementedError" in notebook.read_text(encoding="utf-8")
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace("raise NotImplementedError", "pass"), encoding="utf-8"
    )
    with pytest.raises(CourseError, match=r"numbers_lab.py and day01.ipynb both hold work of yours; name one"):
        run("submit", "day01")
    run("submit", notebook)
    assert zipfile.ZipFile("day01.zip").namelist() == ["day01.ipynb"]


def test_an_edited_notebook_is_taken_though_the_module_is_there(folder: Path) -> None:
    notebook = folder / "day01.ipynb"
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace("raise NotImplementedError", "pass"), encoding="utf-8"
    )
    run("submit", "day01")
    assert zipfile.ZipFile("day01.zip").namelist() == ["day01.ipynb"]


def test_what_the_grader_could_not_read_is_not_packed(folder: Path) -> None:
    (folder / "numbers_lab.py").write_bytes(b"\x00\x01")
    with pytest.raises(Exception, match="numbers_lab.py"):
        run("submit", "day01")
    assert not Path("day01.zip").exists()


@pytest.fixture
def _mini(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))


@pytest.mark.usefixtures("_mini")
def test_a_hint_by_task_and_by_day() -> None:
    assert run("hint", "double").output == "day01 double: Two of everything.\n"
    assert run("hint", "guess", "--day", "day01").output.endswith("no hint for this one\n")


@pytest.mark.usefixtures("_mini")
def test_a_task_that_is_spelt_wrong_is_guessed() -> None:
    result = run("hint", "duoble")
    assert result.exit_code == 2
    assert "did you mean double?" in " ".join(result.output.split())


def test_a_hint_is_the_one_of_the_day_we_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days have a task of this name."""
    (tmp_path / "day09").mkdir()
    monkeypatch.chdir(tmp_path / "day09")
    (tmp_path / "course.yaml").write_text(
        "schema: 1\nid: two\ntitle: Two\nsuites: none\ndays:\n"
        + "".join(
            f"  {day}:\n    title: T\n    module: m.py\n    tasks:\n      add: {{points: 1, hint: {day}'s}}\n"
            for day in ("day08", "day09")
        )
    )
    assert run("hint", "add").output == "day09 add: day09's\n"
    assert run("hint", "add", "--day", "day08").output == "day08 add: day08's\n"
