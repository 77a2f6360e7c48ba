"""The files of docs/ci: their scripts are run here as they stand, on the small course."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import grader
from tests.conftest import DOUBLE, MINI, SOLUTION
from tests.reports.samples import RUNNER

CI = Path(__file__).parent.parent / "docs" / "ci"
WRONG = SOLUTION.replace(DOUBLE, "    return x * x\n")
Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Runs a script with `grader` on the path, in CI, beside a student's checkout in ./work and the course in ./course."""
    shutil.copytree(MINI, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    folder = tmp_path / "work" / "day01"
    (tmp_path / "work" / ".git").mkdir(parents=True)
    folder.mkdir()
    (folder / "numbers_lab.py").write_text(WRONG, encoding="utf-8")
    (tmp_path / "work" / "course.yaml").write_text("schema: 99\n")

    def run(script: str, cwd: Path = tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        # `make test` would have its make in the recipe's say which folders it enters and leaves
        own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        settings = {**own, "CI": "true", "PATH": path, "DAY": "day01", "FOLDER": "day01", **environment}
        return subprocess.run(
            ["bash", "-ec", script], cwd=cwd, env=settings, capture_output=True, text=True, timeout=300, check=False
        )

    return run


def load(name: str) -> Any:
    return yaml.safe_load((CI / name).read_text(encoding="utf-8"))


def test_github_actions_annotates_and_summarises(shell: Shell, tmp_path: Path) -> None:
    steps = load("github-course.yml")["jobs"]["grade"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "Grade")
    done = shell(script, STUDENT="ada", GRADER_SECRET="s", GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert done.returncode == 1, done.stderr
    assert "::error file=day01/numbers_lab.py" in done.stdout
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## day01: ada")
    assert "withheld until after the deadline" in summary


def test_gitlab_writes_both_reports_and_shows_the_table(shell: Shell, tmp_path: Path) -> None:
    job = load("gitlab.yml")["grade"]
    work = tmp_path / "work"
    done = shell(
        "\n".join(job["script"]),
        GRADER_COURSE=str(tmp_path / "course"),
        CI_PROJECT_DIR=str(work),
        CI_PROJECT_NAMESPACE="ada",
    )
    assert done.returncode == job["allow_failure"]["exit_codes"] == 1, done.stderr
    assert "after you hand in" in done.stdout
    reports = job["artifacts"]["reports"]
    assert 'failures="1"' in (work / reports["junit"]).read_text()
    assert json.loads((work / reports["codequality"]).read_text())[0]["location"]["path"] == "day01/numbers_lab.py"


def test_classroom50_writes_its_result_in_the_student_s_checkout(shell: Shell, tmp_path: Path) -> None:
    script = (CI / "classroom50.py").read_text(encoding="utf-8")
    assert f'GRADER = "descent-grader=={grader.__version__}"' in script
    (tmp_path / "course" / "autograder.py").write_text(
        script.replace('DAY = "day12"', 'DAY = "day01"'), encoding="utf-8"
    )
    work = tmp_path / "work"
    shadow = work / "torch.py"
    shadow.write_text("raise SystemExit('theirs')\n")
    done = shell(f"{sys.executable} {tmp_path}/course/autograder.py", cwd=work, GRADER_INSTALLED="1", **RUNNER)
    assert done.returncode == 0, done.stderr
    result = json.loads((work / "result.json").read_text())
    assert (result["score"], result["max-score"], result["owner"]) == (8, 10, "ada")


def test_prairielearn_writes_its_results(shell: Shell, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "work" / "day01", tmp_path / "grade" / "student")
    done = shell(
        f"bash {CI}/prairielearn.sh", GRADE_ROOT=str(tmp_path / "grade"), GRADER_COURSE=str(tmp_path / "course")
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "grade" / "results" / "results.json").read_text())["score"] == 0.8


def test_autolab_ends_with_the_scores(shell: Shell, tmp_path: Path) -> None:
    if shutil.which("make") is None:
        assert "CI" not in os.environ, "make is missing: apt-get install make"
        pytest.skip("make is not installed")
    done = shell(
        f"make -f {CI}/autolab.mk FILE=numbers_lab.py",
        cwd=tmp_path / "work" / "day01",
        GRADER_COURSE=str(tmp_path / "course"),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["scores"]["double"] == 0


def test_a_fork_that_brings_its_own_course_is_refused(shell: Shell, tmp_path: Path) -> None:
    shutil.copy(MINI / "course.yaml", tmp_path / "work" / "course.yaml")
    done = shell("grader score day01 --day day01", cwd=tmp_path / "work")
    assert done.returncode == 2
    assert "the course's manifest lies in what is to be graded" in done.stderr


def test_every_file_is_named_in_the_overview() -> None:
    overview = (CI / "README.md").read_text(encoding="utf-8")
    assert all(file.name in overview for file in CI.iterdir() if file.name != "README.md")


def test_the_students_workflow_gives_what_the_course_s_asks_for() -> None:
    student, course = load("github-student.yml"), load("github-course.yml")
    asked = course[True]["workflow_call"]["inputs"]  # YAML 1.1 reads `on` as true
    assert set(student["jobs"]["day12"]["with"]) == {name for name, each in asked.items() if each["required"]}
