"""The same assignment for nbgrader, otter-grader and a fresh pytest process a submission: the same ten checks."""

from __future__ import annotations

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import nbformat
from classes import submission
from measure import SCRIPTS, Measured, run
from nbformat.v4 import new_code_cell, new_notebook

CHECKS = {
    "mse": """
        import torch
        import torch.nn.functional as F
        for shape in [(1,), (7,), (4, 3)]:
            pred, target = 2 * torch.randn(shape), torch.randn(shape)
            assert torch.allclose(mse(pred, target), F.mse_loss(pred, target), rtol=1e-4)
        """,
    "cross_entropy": """
        import torch
        import torch.nn.functional as F
        for rows, classes in [(1, 3), (8, 10), (30, 2)]:
            logits, labels = 3 * torch.randn(rows, classes), torch.randint(classes, (rows,))
            assert torch.allclose(cross_entropy(logits, labels), F.cross_entropy(logits, labels), rtol=1e-3, atol=1e-5)
        """,
    "linear_backward": """
        import torch
        for rows, inputs, outputs in [(1, 1, 1), (5, 3, 4)]:
            x, weight, grad = torch.randn(rows, inputs), torch.randn(inputs, outputs), torch.randn(rows, outputs)
            got = linear_backward(x, weight, grad)
            assert torch.allclose(got["x"], grad @ weight.T, atol=1e-4)
            assert torch.allclose(got["weight"], x.T @ grad, atol=1e-4)
            assert torch.allclose(got["bias"], grad.sum(0), atol=1e-4)
        """,
    "sgd": """
        import torch
        for steps in (1, 50):
            x, y, weight = torch.randn(20, 3), torch.randn(20), torch.zeros(3)
            for _ in range(steps):
                weight = weight - 0.05 * 2 / 20 * (x.T @ (x @ weight - y))
            assert torch.allclose(sgd(x, y, 0.05, steps), weight, atol=1e-4)
        """,
}


def check(name: str) -> str:
    return dedent(CHECKS[name]).strip() + "\n"


class FreshPytest:
    """`python -m pytest` for each submission."""

    name, alone = "fresh pytest", False

    def __init__(self, place: Path, count: int) -> None:
        self.folders = [place / f"s{number}" for number in range(count)]
        for number, folder in enumerate(self.folders):
            folder.mkdir(parents=True)
            (folder / "four.py").write_text(submission(number))
            tests = (f"def test_{name}():\n" + _indented(check(name)) for name in CHECKS)
            (folder / "test_four.py").write_text("from four import *\n\n\n" + "\n\n".join(tests))

    def grade(self, number: int) -> Measured:
        plain = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:xdist", "-p", "no:grader")
        return run([sys.executable, "-m", "pytest", "-q", *plain, self.folders[number]], cwd=self.folders[number])


class Otter:
    """`otter run` for each submission."""

    name, alone = "otter run", False

    def __init__(self, place: Path, count: int) -> None:
        self.place = place
        tests = place / "tests"
        tests.mkdir(parents=True)
        for name in CHECKS:
            (tests / f"{name}.py").write_text(_otter_test(name))
        made = run(
            [SCRIPTS / "otter", "generate", "-t", tests, "-o", place / "autograder.zip", "--no-environment"], cwd=place
        )
        assert made.code == 0, made.lines
        for number in range(count):
            nbformat.write(_notebook(number), place / f"s{number}.ipynb")

    def grade(self, number: int) -> Measured:
        out = self.place / f"out{number}"
        out.mkdir(exist_ok=True)
        notebook = self.place / f"s{number}.ipynb"
        command = [SCRIPTS / "otter", "run", "--no-logo", "-a", self.place / "autograder.zip", "-o", out, notebook]
        found = run(command, cwd=out)
        # a submission with one slip has three points of four: a tool that fails to run is not timed as fast
        assert json.loads((out / "results.json").read_text())["tests"][1]["max_score"] == 1, found.lines
        return found


class OtterApi:
    """`otter.api.grade_submission` in one process, one submission after the other."""

    name, alone = "otter API", True

    def __init__(self, place: Path, count: int) -> None:
        self.otter = Otter(place, count)
        self.count = count

    def grade_all(self) -> Measured:
        code = (
            "import sys, otter.api\n"
            "for path in sys.argv[2:]:\n    otter.api.grade_submission(path, sys.argv[1], quiet=True)\n"
        )
        notebooks = [self.otter.place / f"s{number}.ipynb" for number in range(self.count)]
        found = run([sys.executable, "-c", code, self.otter.place / "autograder.zip", *notebooks], cwd=self.otter.place)
        assert found.code == 0, found.lines
        return found


class Nbgrader:
    """`nbgrader autograde` for the whole class: it grades one after the other."""

    name, alone = "nbgrader autograde", True

    def __init__(self, place: Path, count: int) -> None:
        self.place = place
        source = place / "source" / "day01"
        source.mkdir(parents=True)
        (place / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
        nbformat.write(_nbgrader_notebook(submission(4)), source / "four.ipynb")
        made = run([SCRIPTS / "nbgrader", "generate_assignment", "day01"], cwd=place)
        assert made.code == 0, made.lines
        released = place / "release" / "day01" / "four.ipynb"
        for number in range(count):
            folder = place / "submitted" / f"s{number}" / "day01"
            folder.mkdir(parents=True)
            notebook = nbformat.read(released, 4)
            notebook.cells[0].source = submission(number)
            nbformat.write(notebook, folder / "four.ipynb")

    def grade_all(self) -> Measured:
        found = run([SCRIPTS / "nbgrader", "autograde", "day01"], cwd=self.place)
        assert found.code == 0, found.lines[-20:]
        return found


def two_at_a_time(tool: FreshPytest | Otter, count: int) -> float:
    """Seconds for all of them with two processes at a time."""
    import time

    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tool.grade, range(count)))
    return time.monotonic() - started


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def _notebook(number: int) -> nbformat.NotebookNode:
    return new_notebook(cells=[new_code_cell(submission(number))], metadata=_METADATA)


def _nbgrader_notebook(source: str) -> nbformat.NotebookNode:
    def about(name: str, **kind: object) -> dict[str, object]:
        return {"nbgrader": {"schema_version": 3, "grade_id": name, "task": False, **kind}}

    cells = [new_code_cell(source, metadata=about("answer", solution=True, grade=False, locked=False))]
    for name in CHECKS:
        metadata = about(f"check_{name}", solution=False, grade=True, locked=True, points=1)
        cells.append(new_code_cell(check(name), metadata=metadata))
    return new_notebook(cells=cells, metadata=_METADATA)


_METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def _otter_test(name: str) -> str:
    lines = check(name).splitlines()
    code = "\n".join(f"{'... ' if line.startswith(' ') else '>>> '}{line}" for line in lines)
    suite = {
        "cases": [{"code": code, "hidden": False, "locked": False}],
        "scored": True,
        "setup": "",
        "teardown": "",
        "type": "doctest",
    }
    return f"OK_FORMAT = True\n\ntest = {{'name': {name!r}, 'points': 1, 'suites': [{suite!r}]}}\n"


def clean(place: Path) -> None:
    """Removes what a tool left, so that disks and caches are equal for the next."""
    shutil.rmtree(place, ignore_errors=True)


__all__ = ["FreshPytest", "Nbgrader", "Otter", "OtterApi", "clean", "two_at_a_time"]
