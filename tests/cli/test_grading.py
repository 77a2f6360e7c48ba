"""`grader score`, `grade` and `replay`: records, tables, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.cli.main import app, main
from tests.conftest import DOUBLE, MINI, SOLUTION

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def test_score_prints_a_table_and_writes_the_record(submission: Write, tmp_path: Path) -> None:
    result = run(
        "score", submission("    return x * x\n"), "--day", "day01", "--json", tmp_path / "r.json", "--seed", "s"
    )
    assert result.exit_code == 1
    assert "looks like  It squares" in result.output
    record = json.loads((tmp_path / "r.json").read_text())
    assert record["schema"] == "descent/record/v1"
    assert (record["day"], record["points"], record["max_points"], record["seed"]) == ("day01", 8, 10, "s")
    double = record["tasks"][0]
    assert {"id", "symbols", "verdict", "points", "max_points", "message", "mistake"} <= double.keys()
    assert (double["symbols"], double["verdict"], double["mistake"]) == (["double"], "failed", "squares")


def test_score_of_a_right_submission_exits_with_0(submission: Write) -> None:
    assert run("score", submission(), "--day", "day01").exit_code == 0


def test_score_to_standard_output_is_the_record_alone(submission: Write) -> None:
    result = run("score", submission(), "--day", "day01", "--json", "-")
    assert json.loads(result.stdout)["points"] == 10


def test_score_of_what_cannot_be_read_says_so_and_gives_no_points(tmp_path: Path) -> None:
    (tmp_path / "numbers_lab.py").write_bytes(b"\x00\x01")
    result = run("score", tmp_path / "numbers_lab.py", "--day", "day01", "--json", tmp_path / "r.json")
    assert result.exit_code == 1
    assert json.loads((tmp_path / "r.json").read_text())["points"] == 0


def test_an_unknown_day_is_a_usage_error(submission: Write) -> None:
    result = run("score", submission(), "--day", "day99")
    assert result.exit_code == 2
    assert "day01" in result.output


def test_replay_reproduces_a_record_and_notices_a_changed_one(submission: Write, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    run("score", submission("    return x * x\n"), "--day", "day01", "--json", path)
    assert run("replay", path).exit_code == 0
    path.write_text(path.read_text().replace('"verdict": "failed"', '"verdict": "passed"', 1))
    result = run("replay", path)
    assert result.exit_code == 1
    assert "double: was ('passed'" in result.output


def test_a_file_that_is_no_record_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.json"
    path.write_text('{"schema": "something else"}')
    monkeypatch.setattr(sys, "argv", ["grader", "replay", str(path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "r.json: not a record of this version" in capsys.readouterr().err


@pytest.fixture
def students(tmp_path: Path) -> Path:
    """Six students: a file, a folder, a notebook-less stub, a hostile one, an unreadable one and an archive."""
    import zipfile

    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ada.py").write_text(SOLUTION)
    (folder / "bo").mkdir()
    (folder / "bo" / "numbers_lab.py").write_text(SOLUTION.replace(DOUBLE, "    return x * x\n"))
    (folder / "eve.py").write_text("import os\nos._exit(0)\n")
    (folder / "fay.py").write_bytes(b"\xff\xfe\x00")
    with zipfile.ZipFile(folder / "gus.zip", "w") as archive:
        archive.writestr("hand-in/numbers_lab.py", SOLUTION)
    (folder / ".DS_Store").write_bytes(b"")
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_submission_never_stops_the_rest(students: Path, tmp_path: Path, jobs: int) -> None:
    out = tmp_path / "out"
    result = run("grade", students, "--day", "day01", "--out", out, "-j", jobs)
    points = {path.stem: json.loads(path.read_text())["points"] for path in out.glob("*.json")}
    assert points == {"ada": 10, "bo": 8, "eve": 0, "fay": 0, "gus": 10}
    assert result.exit_code == 1
    assert "5 graded" in result.output


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert run("grade", tmp_path / "nothing", "--day", "day01").exit_code == 2


def test_a_full_disk_leaves_no_half_written_record(
    submission: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "r.json"
    path.write_text("the old record")
    monkeypatch.setattr(Path, "write_bytes", full)
    from grader.model.errors import CourseError
    from grader.model.writing import write

    with pytest.raises(CourseError, match=r"r\.json: cannot be written: No space left"):
        write(path, "new")
    assert path.read_bytes() == b"the old record"
