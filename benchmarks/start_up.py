"""Speed as ratios, measured side by side in one run.

    python benchmarks/start_up.py

1. `pytest assignments/day10` and `grader check day10` on a right submission, against `python -c "import torch"`.
2. From request to first answer of a fresh walled worker, against a fresh process that imports torch.
3. Grading day 10 again and again with full walls: milliseconds a submission.
"""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.judge.launch import Launcher
from grader.judge.run import Job, Judge
from grader.judge.session import Load, Session
from grader.judge.student import JudgedStudent
from grader.model.course import Budget
from grader.model.manifest import load_course

ROOT = Path(__file__).parent.parent
ROUNDS = 5
ENVIRONMENT = {**os.environ, "GRADER_COURSE": str(ROOT), "OMP_NUM_THREADS": "1"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # else each round would compile all of ours again


def process(*command: str) -> Callable[[], None]:
    """A command as a whole process."""

    def run() -> None:
        subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True, cwd=ROOT)

    return run


def seconds(run: Callable[[], None]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def side_by_side(runs: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Median seconds of each, taken in turn, after one round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, run in runs.items():
            duration = seconds(run)
            if number:
                taken[name].append(duration)
    return {name: statistics.median(values) for name, values in taken.items()}


def walled_worker(launcher: Launcher) -> Callable[[], None]:
    """A fresh worker's first answer."""
    course = load_course(ROOT / "course.yaml")
    task = course.day("day10").task("mse")
    load = Load(("def mse(pred, target):\n    return pred\n",), "losses.py", False, "", "cpu")

    def run() -> None:
        import torch

        with Session(launcher, load, Budget()) as session:
            student = JudgedStudent(session, torch.device("cpu"), "seed")
            student.begin(task, "benchmark")
            student.call("mse", torch.zeros(3), torch.zeros(3))

    return run


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "day10"
        folder.mkdir()
        shutil.copy(ROOT / "solutions" / "day10" / "losses.py", folder)
        python, pytest, file = sys.executable, [sys.executable, "-m", "pytest", "-q"], str(folder)
        plain = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:xdist", "-p", "no:anyio"]
        medians = side_by_side(
            {
                "import torch": process(python, "-c", "import torch"),
                "pytest day10": process(*pytest, *plain, file),
                "grader check day10": process(python, "-m", "grader", "check", file),
            }
        )
        report("start-up", medians, "import torch")

    with Launcher() as launcher:
        fresh = side_by_side(
            {
                "walled worker, first answer": walled_worker(launcher),
                "import torch": process(python, "-c", "import torch"),
            }
        )
    report(f"workers (isolation {launcher.isolation.level})", fresh, "walled worker, first answer")

    course = load_course(ROOT / "course.yaml")
    with Judge(course, course.day("day10")) as judge:
        submission = judge.intake(ROOT / "solutions" / "day10" / "losses.py")
        marks = [time.perf_counter()]
        judge.grade((Job(submission, f"{n}") for n in range(50)), lambda record: marks.append(time.perf_counter()))
    each = sorted(after - before for before, after in itertools.pairwise(marks))
    print(f"\nday 10 with full walls: {statistics.median(each) * 1000:.0f} ms a submission (median of {len(each)})")


def report(title: str, medians: dict[str, float], unit: str) -> None:
    print(f"\n{title}")
    for name, value in medians.items():
        told = f"{value * 1000:8.0f} ms   ×{value / medians[unit]:.2f}"
        print(f"  {name:<30} {told}   {value - medians[unit]:+.2f} s against {unit}")


if __name__ == "__main__":
    main()
