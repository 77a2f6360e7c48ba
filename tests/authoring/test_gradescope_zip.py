"""The Gradescope archive, unpacked and run as Gradescope does, in a root of our own."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.authoring.harness import gradescope_zip, pinned
from grader.model.manifest import load_course
from tests.conftest import DOUBLE, MINI, SOLUTION

SQUARED = SOLUTION.replace(DOUBLE, "    return x * x\n")


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    course = load_course(MINI / "course.yaml")
    return zipfile.ZipFile(io.BytesIO(gradescope_zip(course, course.day("day01"), "a secret")))


def run(root: Path, archive: zipfile.ZipFile, files: dict[str, str], break_it: bool = False) -> int:
    """Lays out /autograder under `root` and runs its run_autograder; returns the exit code."""
    for member in archive.infolist():
        place = Path(archive.extract(member, root / "source"))
        place.chmod(member.external_attr >> 16)
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")  # as Gradescope does
    version = root / "source" / "grader" / "__init__.py"
    version.write_text(version.read_text().replace("__version__ = ", "__version__ = 'of the archive'  # "))
    if break_it:
        (root / "source" / "course" / "mini_suites" / "day01" / "test_numbers.py").write_text("import nothing_here\n")
    for name, text in files.items():
        (root / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "submission" / name).write_text(text, encoding="utf-8")
    (root / "submission_metadata.json").write_text(json.dumps({"users": [{"name": "Ada $(touch pwned)"}]}))
    settings = {
        "AUTOGRADER_ROOT": str(root),
        "AUTOGRADER_PYTHON": sys.executable,
        "AUTOGRADER_ISOLATION": "none",
        "CI": "true",
    }
    done = subprocess.run(
        [root / "run_autograder"], env={**os.environ, **settings}, cwd=root / "submission", timeout=300, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    print(done.stdout, done.stderr)
    return done.returncode


def results(root: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((root / "results" / "results.json").read_text())
    return told


def test_a_submission_is_graded_with_the_archive_s_own_grader_and_course(
    tmp_path: Path, archive: zipfile.ZipFile
) -> None:
    shadow = "raise SystemExit('theirs')\n"
    theirs = {"numbers_lab.py": SQUARED, "course.yaml": "schema: 99\n", "torch.py": shadow, "grader/__init__.py": shadow,
              "sitecustomize.py": shadow, "conftest.py": shadow}  # fmt: skip
    assert run(tmp_path, archive, theirs) == 0
    told = results(tmp_path)
    assert told["score"] == 8
    assert told["extra_data"]["grader"] == "of the archive"  # type: ignore[index]
    assert not list(tmp_path.rglob("pwned"))


def test_a_fault_of_the_grader_leaves_no_score_and_says_so(tmp_path: Path, archive: zipfile.ZipFile) -> None:
    assert run(tmp_path, archive, {"numbers_lab.py": SOLUTION}, break_it=True) == 70
    assert not (tmp_path / "results" / "results.json").exists()


def test_the_archive_holds_one_day_s_suite_and_no_solution(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    assert {"setup.sh", "run_autograder", "requirements.txt", "secret", "course/course.yaml"} <= set(names)
    assert "course/mini_suites/day01/test_numbers.py" in names
    assert not [name for name in names if "solutions/" in name or "__pycache__" in name or "/day12/" in name]
    modes = {member.filename: member.external_attr >> 16 & 0o777 for member in archive.infolist()}
    assert (modes["setup.sh"], modes["run_autograder"], modes["secret"]) == (0o755, 0o755, 0o600)


def test_the_bundled_course_brings_its_own_day_alone() -> None:
    course = load_course(Path(__file__).parents[2] / "course.yaml")
    names = zipfile.ZipFile(io.BytesIO(gradescope_zip(course, course.day("day12"), "s"))).namelist()
    assert {name.split("/")[2] for name in names if name.startswith("grader/suites/day")} == {"day12"}
    assert "grader/suites/axes_probe.py" in names
    assert "grader/data/MNIST/raw/train-images-idx3-ubyte.gz" in names


def test_versions_are_pinned_without_local_labels() -> None:
    lines = pinned()
    assert any(line.startswith("torch==2.") for line in lines)
    assert all("==" in line and "+" not in line for line in lines)
    assert not any(line.startswith(("textual", "nbgrader", "hypothesis")) for line in lines)


def test_scripts_are_shell() -> None:
    course = load_course(MINI / "course.yaml")
    packed = zipfile.ZipFile(io.BytesIO(gradescope_zip(course, course.day("day01"), "s")))
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n"], input=packed.read(name), check=True)
