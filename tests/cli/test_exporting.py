"""`grader score --to`, `grader export`, and whose code a score comes from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.cli.main import app, main
from grader.cli.provenance import guard
from grader.gradebook.entry import Entry, Person, enter, mark
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from grader.model.errors import CourseError
from grader.model.manifest import load_course
from grader.reports.formats import FORMATS
from tests.conftest import MINI
from tests.reports.samples import FAULTY, MIXED, PERFECT, REFUSED, RUNNER

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(MIXED.to_json(), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def score(path: Path, *arguments: object) -> Result:
    return run("score", path, "--day", "day01", "--isolation", "none", *arguments)


def test_score_writes_each_format_to_its_file_and_nothing_else(submission: Write, tmp_path: Path) -> None:
    junit, quality = tmp_path / "junit.xml", tmp_path / "quality.json"
    result = score(
        submission("    return x * x\n"), "--to", "junit", "--out", junit, "--to", "gitlab", "--out", quality
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'failures="1"' in junit.read_text()
    assert json.loads(quality.read_text())[0]["check_name"] == "day01.double"


def test_a_failing_student_is_exit_code_0_where_the_system_takes_any_other_for_its_own_fault(submission: Write) -> None:
    assert score(submission("    return x * x\n"), "--to", "prairielearn").exit_code == 0
    assert {name for name, each in FORMATS.items() if each.lenient} == {
        "gradescope", "classroom50", "prairielearn", "autolab", "exercism"
    }  # fmt: skip


def test_a_fault_of_the_grader_is_exit_code_70_where_a_failing_student_is_0(
    submission: Write, mini_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = mini_copy / "mini_suites" / "day01" / "test_numbers.py"
    broken = '@pytest.mark.task("double")\ndef test_broken() -> None:\n    raise OSError\n'
    suite.write_text(f"{suite.read_text()}\n\n{broken}")
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy))
    result = score(submission(), "--to", "gradescope")
    assert result.exit_code == 70
    assert "score" not in json.loads(result.stdout)


def test_a_format_that_cannot_say_no_score_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record, out = tmp_path / "record.json", tmp_path / "result.json"
    record.write_text(FAULTY.to_json(), encoding="utf-8")
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["grader", "export", str(record), "--to", "classroom50", "--out", str(out)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 70
    assert "there is no score" in capsys.readouterr().err
    assert not out.exists()


def test_as_many_outs_as_tos(submission: Write, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="2 --to and 1 --out"):
        score(submission(), "--to", "junit", "--to", "gitlab", "--out", tmp_path / "x")


def test_the_record_and_a_format_do_not_share_standard_output(submission: Write) -> None:
    result = score(submission(), "--to", "junit", "--json", "-")
    assert result.exit_code == 2
    assert "use --to json" in " ".join(result.output.split())


def test_an_unknown_format_is_said_before_anything_is_graded(submission: Write) -> None:
    with pytest.raises(CourseError, match="no format is called 'pdf'"):
        score(submission(), "--to", "pdf")


def test_export_writes_a_format_from_a_record(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "results.json"
    assert run("export", record, "--to", "gradescope", "--out", out).exit_code == 0
    assert json.loads(out.read_text())["score"] == 3.5


def test_export_adds_the_summary_to_the_job_s_file(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    result = run("export", record, "--to", "github", "--folder", "assignments/day01")
    assert result.stdout.splitlines()[1].startswith("::error file=assignments/day01/numbers_lab.py,line=7")
    assert summary.read_text(encoding="utf-8").startswith("before\n## day01: ada")


def test_export_fills_a_sheet_and_lists_who_is_left(record: Path, tmp_path: Path) -> None:
    other = tmp_path / "refused.json"
    nobody = REFUSED.model_copy(update={"submission": REFUSED.submission.model_copy(update={"student": "nobody"})})
    other.write_text(nobody.to_json(), encoding="utf-8")
    sheet, out = tmp_path / "sheet.csv", tmp_path / "filled.csv"
    sheet.write_text("Student,ID,Day 01 (7)\nada,1,\n")
    result = run("export", record, other, "--to", "canvas", "--sheet", sheet, "--out", out)
    assert out.read_text() == "Student,ID,Day 01 (7)\nada,1,3.5\n"
    assert "1 of 2 filled in" in result.stderr
    assert "nobody: no row" in result.stderr


@pytest.fixture
def book(mini: Course, tmp_path: Path) -> Path:
    """A gradebook with Ada, who is on the roster and was given points for the question, and a stranger."""
    path = tmp_path / "descent.db"
    people = {"ada": Person("ada", "Lovelace, Ada", "ada@example.invalid", {"canvas": "4001"}, on_roster=True)}
    with Gradebook(str(path)) as opened, opened.writing() as session:
        for student in ("ada", "stranger"):
            held = MIXED.submission.model_copy(update={"student": student})
            record = MIXED.model_copy(update={"submission": held, "max_points": mini.day("day01").points})
            person = people.get(student, Person(student))
            enter(session, [Entry(person, datetime(2026, 3, 4, tzinfo=UTC), "tests", "cpu/best", record)])
        mark(session, "ada", "day01", "question", 2, who="me")
    return path


def test_export_from_the_gradebook_fills_in_what_counts(book: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Student,ID,Day 01 (7)\n    Points Possible,,12\nAda L.,4001,\n")
    result = run("export", "--day", "day01", "--db", book, "--to", "canvas", "--sheet", sheet)
    assert "Ada L.,4001,5.5" in result.stdout  # 3.5 by machine, 2 by a person
    assert "stranger: no row" in result.stderr


def test_export_from_the_gradebook_renders_its_counted_records(book: Path) -> None:
    result = run("export", "--day", "day01", "--db", book, "--to", "csv")
    assert [row.split(",")[0] for row in result.stdout.splitlines()] == ["student", "ada", "stranger"]


def test_export_wants_records_or_a_day(record: Path) -> None:
    assert run("export", "--to", "csv").exit_code == 2
    assert run("export", record, "--day", "day01", "--to", "csv").exit_code == 2


def test_export_takes_a_folder_of_records(record: Path) -> None:
    assert len(run("export", record.parent, "--to", "csv").stdout.splitlines()) == 2


def test_export_needs_a_sheet_for_canvas(record: Path) -> None:
    with pytest.raises(CourseError, match="name it with --sheet"):
        run("export", record, "--to", "canvas")


def test_export_lists_every_format() -> None:
    assert {"junit", "canvas", "html"} <= set(run("export", "--list").stdout.split())


def test_several_records_go_into_one_table(record: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.json"
    second.write_text(PERFECT.to_json(), encoding="utf-8")
    assert len(run("export", record, second, "--to", "csv").stdout.splitlines()) == 3


def test_a_course_inside_the_submission_is_refused(mini_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy / "course.yaml"))
    with pytest.raises(CourseError, match="the course's manifest lies in what is to be graded"):
        score(mini_copy)


def test_in_ci_the_whole_checkout_is_the_students(mini_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork of the course: the file is theirs, and so is the course.yaml above it."""
    (mini_copy / ".git").mkdir()
    course, work = load_course(mini_copy / "course.yaml"), mini_copy / "solutions" / "day01"
    monkeypatch.delenv("CI", raising=False)
    guard(course, work, checkout=True)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(CourseError, match="--course"):
        guard(course, work, checkout=True)
    guard(load_course(MINI / "course.yaml"), work, checkout=True)
    guard(course, work)  # `grader grade`: a folder of many, which the instructor may keep inside the course


def test_a_submodule_is_no_end_of_the_checkout(mini_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student can make the day's folder one, and the course.yaml above it stays theirs."""
    (mini_copy / ".git").mkdir()
    work = mini_copy / "solutions" / "day01"
    (work / ".git").write_text("gitdir: ../../.git/modules/day01\n")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(CourseError, match="--course"):
        guard(load_course(mini_copy / "course.yaml"), work, checkout=True)


def test_a_folder_of_the_student_on_the_import_path_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    with pytest.raises(CourseError, match="PYTHONPATH"):
        guard(load_course(MINI / "course.yaml"), tmp_path)


def test_a_grader_in_the_students_checkout_refuses_to_score(tmp_path: Path) -> None:
    import grader

    package = Path(grader.__file__).parent
    (tmp_path / "grader").symlink_to(package)  # the import system keeps the link's own path
    code = "import grader.cli.provenance as p, grader.model.manifest as m, pathlib, sys;" \
           "p.guard(m.load_course(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]))"  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}", str(MINI / "course.yaml"), str(tmp_path)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "the grader itself lies in what is to be graded" in ran.stderr


def test_modules_of_the_current_folder_are_not_imported(tmp_path: Path) -> None:
    for name in ("typer", "torch", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')\n")
    ran = subprocess.run(
        [sys.executable, "-m", "grader", "--help"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, "")
