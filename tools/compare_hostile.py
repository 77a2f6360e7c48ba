"""Runs the hostile corpus through a plain pytest process, through nbgrader autograde and through this grader.

    python tools/compare_hostile.py --nbgrader PYTHON [--only FAMILY/NAME ...]

PYTHON is an interpreter with nbgrader, ipykernel and torch. Each attack is a student's whole work for one task, the
mean squared error, and gets full marks where that task does:

- plain pytest, as course repositories and GitHub Classroom do it: `pytest test_losses.py` in a folder with the
  student's losses.py, which it imports; full marks where the process exits with 0. In brackets: where the JUnit report
  says so as well. Each is a process of its own, forked after torch was imported: that saves an hour.
- nbgrader: the student's code is the solution cell of a notebook, the locked cell after it asserts; full marks where
  `nbgrader autograde` gives all points. All students hand in one assignment.
- ours: full marks where the task is passed, behind all walls.

Attacks that would harm a machine without walls, and those on our own wire, are run by ours alone and not counted here.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import defaultdict
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

import pytest
import torch  # noqa: F401 - so that no student's process has to

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from grader.judge.run import Job, Judge  # noqa: E402 - the corpus is found from the repository's root
from grader.model.manifest import load_course  # noqa: E402
from tests.corpus.hostile_corpus import Attack, attacks  # noqa: E402

PYTEST_SECONDS, CELL_SECONDS, ALL_SECONDS = 30, 20, 3600
CHECK = """
import torch
import torch.nn.functional as F

torch.manual_seed(0)
for shape in [(1,), (7,), (4, 3), (2, 3, 5)]:
    pred, target = torch.randn(shape), torch.randn(shape)
    expected = F.mse_loss(pred, target)
    result = mse(pred, target)
    assert result.shape == expected.shape
    assert torch.allclose(result, expected, atol=1e-6)
"""
TESTS = f"from losses import mse\n\n\ndef test_mse():\n{textwrap.indent(CHECK.strip(), '    ')}\n"
HONEST = "def mse(pred, target):\n    return ((pred - target) ** 2).mean()\n"
WRONG = "def mse(pred, target):\n    return (pred - target).mean()\n"
CONTROLS = {"control/honest": HONEST, "control/wrong": WRONG}
Marks = dict[str, bool]


def in_pytest(works: dict[str, str], folder: Path) -> tuple[Marks, Marks]:
    """Who has full marks by the exit code, and by the report."""
    by_code, by_report = {}, {}
    for name, source in works.items():
        place = folder / name.replace("/", "-")
        place.mkdir()
        (place / "losses.py").write_text(source, encoding="utf-8")
        (place / "test_losses.py").write_text(TESTS, encoding="utf-8")
        code = plain_pytest(place)
        by_code[name] = code == 0
        by_report[name] = _reported(place / "report.xml")
        print(f"  pytest   {name:45} exit code {code}", flush=True)
    return by_code, by_report


def plain_pytest(folder: Path) -> int | None:
    """`pytest` in that folder, as a process of its own; the exit code, None where it ran out of time."""
    child = os.fork()
    if not child:
        _as_a_process_would(folder)
    deadline = time.monotonic() + PYTEST_SECONDS
    ended = 0
    while not ended and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if not ended:
        os.waitpid(child, 0)
        return None
    return os.waitstatus_to_exitcode(status)


def _as_a_process_would(folder: Path) -> NoReturn:
    """pytest from its start to the interpreter's end, in a child that must not go back into this program."""
    code: object = 1
    try:
        os.setsid()
        os.chdir(folder)
        nothing = os.open(os.devnull, os.O_RDWR)
        for fd in range(3):
            os.dup2(nothing, fd)
        sys.path.insert(0, "")
        code = int(pytest.main(["-q", "-p", "no:cacheprovider", "--junitxml=report.xml", "test_losses.py"]))
        atexit._run_exitfuncs()
    except SystemExit as ended:
        code = 0 if ended.code is None else ended.code
    finally:
        os._exit(code if isinstance(code, int) else 1)


def _reported(report: Path) -> bool:
    try:
        suite = next(ElementTree.parse(report).iter("testsuite"))  # noqa: S314 - our own attacks wrote it
    except (OSError, ElementTree.ParseError, StopIteration):
        return False
    counts = {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
    return counts == {"tests": 1, "failures": 0, "errors": 0, "skipped": 0}


def in_nbgrader(works: dict[str, str], folder: Path, python: str) -> Marks:
    """Who has full marks in the gradebook after `nbgrader autograde`."""
    students = {f"s{number:03}": name for number, name in enumerate(works)}
    source = folder / "source" / "day10"
    source.mkdir(parents=True)
    (source / "day10.ipynb").write_text(json.dumps(_notebook(HONEST, solution_marks=True)))
    config = f"c = get_config()\nc.CourseDirectory.root = {str(folder)!r}\nc.Execute.timeout = {CELL_SECONDS}\n"
    (folder / "nbgrader_config.py").write_text(config)
    for student, name in students.items():
        place = folder / "submitted" / student / "day10"
        place.mkdir(parents=True)
        (place / "day10.ipynb").write_text(json.dumps(_notebook(works[name], solution_marks=False)))
    nbgrader = [python, "-m", "nbgrader"]
    assert run([*nbgrader, "generate_assignment", "day10", "--force"], folder, 300) == 0
    if run([*nbgrader, "autograde", "day10", "--force"], folder, ALL_SECONDS, quiet=False) is None:
        print(f"  nbgrader was ended after {ALL_SECONDS} seconds: who has no score was not reached", flush=True)
    script = (
        "import json, sys\nfrom nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db') as book:\n"
        "    print(json.dumps({s.student.id: [s.score, s.max_score] for s in book.assignment_submissions('day10')}))\n"
    )
    told = subprocess.run([python, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    scores = json.loads(told.stdout)
    for student, name in students.items():
        print(f"  nbgrader {name:45} {scores.get(student, 'no score')}", flush=True)
    return {name: scores.get(student, [0, 1])[0] == 2 for student, name in students.items()}


def _notebook(source: str, *, solution_marks: bool) -> dict[str, object]:
    if solution_marks:
        source = f"### BEGIN SOLUTION\n{source}### END SOLUTION\n"

    def cell(text: str, name: str, **marks: object) -> dict[str, object]:
        own = {"grade": False, "solution": False, "locked": False, "schema_version": 3, "grade_id": name, **marks}
        return {
            "cell_type": "code", "metadata": {"nbgrader": own}, "source": text, "outputs": [],
            "execution_count": None, "id": name,
        }  # fmt: skip

    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [
        cell(source, "mse", solution=True, task=False),
        cell(CHECK, "mse-check", grade=True, locked=True, points=2, task=False),
    ]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}


def in_ours(works: dict[str, str], folder: Path) -> Marks:
    """Who has full marks for the task here."""
    course = load_course(ROOT / "course.yaml")
    marks = {}
    with Judge(course, course.day("day10")) as judge:
        judge.launcher.isolation.require_full()
        for name, source in works.items():
            path = folder / name.replace("/", "-") / "losses.py"
            path.parent.mkdir()
            path.write_text(source, encoding="utf-8")
            task = judge.one(Job(judge.intake(path), "a seed that nobody knows")).tasks[0]
            marks[name] = task.points == task.max_points
            print(f"  ours     {name:45} {task.verdict.value}", flush=True)
    return marks


def run(command: list[str], folder: Path, seconds: float, *, quiet: bool = True) -> int | None:
    """The exit code; None where it ran out of time. Whatever it started ends with it."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])  # nbgrader finds its parts there
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "PATH": path}
    out = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def comparable(only: list[str]) -> list[Attack]:
    found = [attack for attack in attacks() if attack.file is not None and not attack.elsewhere]
    return [attack for attack in found if not only or attack.id in only or attack.family in only]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nbgrader", metavar="PYTHON", type=os.path.abspath, help="an interpreter that has nbgrader")
    parser.add_argument("--only", nargs="*", default=[], help="families or attacks")
    arguments = parser.parse_args()
    compared = comparable(arguments.only)
    works = CONTROLS | {attack.id: attack.file.read_text(encoding="utf-8") for attack in compared if attack.file}
    scratch = Path(tempfile.mkdtemp(prefix="descent-compare-"))
    try:
        for name in ("pytest", "nbgrader", "ours"):
            (scratch / name).mkdir()
        by_code, by_report = in_pytest(works, scratch / "pytest")
        ours = in_ours(works, scratch / "ours")
        notebooks = in_nbgrader(works, scratch / "nbgrader", arguments.nbgrader) if arguments.nbgrader else {}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for system in (ours, by_code, by_report, *([notebooks] if notebooks else [])):
        assert system["control/honest"], "an honest work must have full marks everywhere"
        assert not system["control/wrong"], "and a wrong one nowhere"
    table: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for attack in compared:
        row = [1, by_code[attack.id], by_report[attack.id], notebooks.get(attack.id, False), ours[attack.id]]
        for family in (attack.family, "all"):
            table[family] = [a + int(b) for a, b in zip(table[family], row, strict=True)]
    total = table.pop("all", [0] * 5)
    print("\n| family | attempts | plain pytest (report) | nbgrader | ours |\n| --- | ---: | ---: | ---: | ---: |")
    for family, (count, code, report, notebook, own) in [*table.items(), ("all", total)]:
        print(f"| {family} | {count} | {code} ({report}) | {notebook if notebooks else '–'} | {own} |")
    winners = [each.id for each in compared if by_code[each.id] or notebooks.get(each.id)]
    print("\nfull marks elsewhere:", ", ".join(winners))
    return 1 if total[4] else 0


if __name__ == "__main__":
    sys.exit(main())
