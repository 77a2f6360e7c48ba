"""`grader grade`, `regrade` and `gradebook` as an instructor runs them."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.batch.layouts import find_submissions
from grader.cli.batch import _file_names
from grader.cli.main import app
from tests.conftest import DOUBLE, MINI, SOLUTION


@pytest.fixture
def grader(mini_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs a command on a copy of the small course."""
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy))

    def run(*arguments: object, code: int | None = None) -> Result:
        result = CliRunner().invoke(app, [str(each) for each in arguments])
        if code is not None:
            assert result.exit_code == code, (result.output, result.exception)
        return result

    return run


def write(folder: Path, **bodies: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, body in bodies.items():
        (folder / f"{name}.py").write_text(SOLUTION.replace(DOUBLE, body) + f"# {name}\n")
    return folder


def test_grade_mark_regrade_and_export(grader, tmp_path: Path, mini_copy: Path) -> None:  # type: ignore[no-untyped-def]
    folder = write(tmp_path / "class", ada=DOUBLE, bo="    return x * x\n")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nada,Ada L\n")
    out = tmp_path / "out"
    told = grader("grade", folder, "--day", "day01", "--roster", roster, "--out", out, "-j", 1, code=1).output
    assert "not on the roster, graded under their own names: bo" in told
    assert "2 graded" in told
    shutil.rmtree(out)
    told = grader("grade", folder, "--day", "day01", "--out", out, code=1).output
    assert "0 graded" in told
    assert "2 unchanged" in told
    assert {path.name for path in out.iterdir()} == {"ada.json", "bo.json"}, "records come from the gradebook"

    grader("gradebook", "mark", "ada", "--day", "day01", "--task", "question", "--points", 1.5, "--who", "me", code=0)
    grader("gradebook", "override", "bo", "--day", "day01", "--points", 5, "--reason", "oral", code=0)
    grader("gradebook", "extend", "bo", "--day", "day01", "--until", "2026-03-01T12:00", code=0)
    rows = grader("gradebook", "export", code=0).output.splitlines()
    assert [row.split(",")[4] for row in rows] == ["points", "11.5", "5"]
    shown = grader("gradebook", "show", "bo", "--day", "day01", code=0).output
    assert "oral" in shown
    assert "counts: 5 of 12" in shown

    suite = mini_copy / "mini_suites" / "day01" / "test_numbers.py"
    suite.write_text(
        suite.read_text() + "\n\n@pytest.mark.task('double')\ndef test_more(student, draw):\n    assert False\n"
    )
    for name in [name for name in sys.modules if name.startswith("mini_suites")]:
        del sys.modules[name]
    told = grader("regrade", "--day", "day01", "--diff", "-j", 1, code=1).output
    assert "10 → 8 of 10" in told
    assert "double: passed (2) → failed (0)" in told
    assert "the suite changed" in told
    assert "11.5" in grader("gradebook", "export", code=0).output, "nothing counts yet"
    told = grader("regrade", "--day", "day01", "--apply", code=0).output
    assert "10 → 8" in told
    assert "9.5" in grader("gradebook", "export", code=0).output
    assert "0 graded" in grader("regrade", "--day", "day01", code=0).output


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("mark", "ada", "--day", "day01", "--task", "double", "--points", "1"), "gradebook override"),
        (("mark", "ada", "--day", "day01", "--task", "nothing", "--points", "1"), "no task 'nothing'"),
        (("mark", "ada", "--day", "day01", "--task", "question"), "either --points or --take-back"),
        (("extend", "ada", "--day", "day01"), "either --until or --take-back"),
        (("export",), "there is no gradebook"),
    ],
)
def test_a_mistaken_command_says_what_to_do(grader, arguments: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    result = grader("gradebook", *arguments)
    assert said in str(result.exception)


def test_no_two_submissions_share_a_file_and_none_leaves_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("ada.py", "ada", "ADA.zip", "ada.py.zip", "c\\d", "..hidden.py", "x" * 200):
        (folder / name).mkdir(parents=True) if name == "ada" else (folder / name).touch()
    names = _file_names(find_submissions(folder))
    assert len({name.casefold() for name in names.values()}) == len(names) == 6
    for name in names.values():
        assert (tmp_path / f"{name}.json").resolve().parent == tmp_path


def command(folder: Path, db: Path, *more: str, **options: object) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "grader", "grade", str(folder), "--day", "day01", "--db", str(db), "-j", "1", *more]
    environment = {**os.environ, "GRADER_COURSE": str(MINI)}
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def heeds_ctrl_c() -> None:
    """A shell's background job ignores Ctrl-C, and so does what it starts: these tests may well run in one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def points(db: Path) -> dict[str, float]:
    with sqlite3.connect(db) as connection:
        rows = connection.execute(
            "SELECT students.key, gradings.points FROM gradings JOIN submissions ON submissions.id = submission_id "
            "JOIN students ON students.id = student_id WHERE points IS NOT NULL"
        ).fetchall()
    connection.close()
    assert len(dict(rows)) == len(rows), "nothing is there twice"
    return dict(rows)


def test_ctrl_c_keeps_what_is_done_and_the_same_command_goes_on(tmp_path: Path) -> None:
    # each is graded by itself, and the last takes its whole budget: the command cannot end before it is stopped
    class_ = {f"s{number:02}": f"    # {number}\n{DOUBLE}" for number in range(11)}
    folder = write(tmp_path / "class", **class_, s11="    while True: pass\n")
    db = tmp_path / "descent.db"
    process = command(folder, db, preexec_fn=heeds_ctrl_c)
    assert process.stdout is not None
    assert "10/10" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    told, errors = process.communicate(timeout=60)
    assert process.returncode == 130, told + errors
    assert "the same command goes on from here" in told
    assert 0 < len(points(db)) < 12
    write(folder, s11=DOUBLE)
    again = command(folder, db)
    told, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert "unchanged" in told
    assert set(points(db).values()) == {10}
    assert len(points(db)) == 12


def test_a_full_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "class", **{f"s{number}": DOUBLE for number in range(8)})
    db = tmp_path / "descent.db"

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    process = command(folder, db, "--isolation", "none", preexec_fn=small)
    told, errors = process.communicate(timeout=120)
    assert process.returncode == 70, (told, errors)
    assert "what was entered before is kept" in errors
    assert "Traceback" not in errors
    before = points(db)
    again = command(folder, db, "--isolation", "none")
    again.communicate(timeout=120)
    assert again.returncode == 0
    assert set(before) < set(points(db))
    assert len(points(db)) == 8


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    folder = write(tmp_path / "class", ada=DOUBLE)
    process = command(folder, Path("/proc/descent.db"))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 70
    assert "cannot be made" in errors
    assert "--db" in errors


def test_a_damaged_gradebook_is_a_sentence_and_left_as_it_is(tmp_path: Path) -> None:
    folder = write(tmp_path / "class", ada=DOUBLE)
    db = tmp_path / "descent.db"
    db.write_bytes(b"SQLite format 3\0" + b"\x10\0\1\1\0\x40\x20\x20" + b"\xff" * 8000)
    before = db.read_bytes()
    process = command(folder, db)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 70
    assert "damaged" in errors or "not a gradebook" in errors
    assert db.read_bytes() == before
