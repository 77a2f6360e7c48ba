"""Grades every day's own solution and stub as `grader score` does, behind walls.

    python benchmarks/references.py [DAY ...]

Prints the seconds that each reference took. Exits with 1 where a solution lost a point, or a stub earned one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from grader.authoring.stub import make_stub
from grader.judge.launch import Launcher
from grader.judge.run import Job, Judge
from grader.model.course import Course, Day
from grader.model.manifest import load_course
from grader.model.record import Record

ROOT = Path(__file__).parent.parent
EVERYTHING = frozenset(("matplotlib", "torchvision"))


def grade(course: Course, day: Day, launcher: Launcher, folder: Path) -> tuple[Record, Record]:
    """The records of the day's solution and of its stub, which is written below `folder`."""
    solution = course.root / course.solutions / day.id / day.module
    stub = folder / day.id / day.module
    stub.parent.mkdir()
    stub.write_text(make_stub(solution.read_text(encoding="utf-8"), Path(day.module)), encoding="utf-8")
    judge = Judge(course, day, launcher=launcher)
    first, second = (judge.one(Job(judge.intake(path), f"reference {day.id}")) for path in (solution, stub))
    return first, second


def main() -> int:
    course = load_course(ROOT / "course.yaml")
    days = [course.day(name) for name in sys.argv[1:]] or list(course.days)
    lost, total = [], 0.0
    with Launcher(preload=EVERYTHING) as launcher, tempfile.TemporaryDirectory() as folder:
        print(f"isolation {launcher.isolation.level}")
        for day in days:
            started = time.monotonic()
            solved, stub = grade(course, day, launcher, Path(folder))
            total += solved.usage.seconds
            lost += [f"{day.id} {t.id}: {t.verdict.words}: {t.message}" for t in solved.tasks if t.verdict != "passed"]
            lost += [f"{day.id} {t.id}: its stub has {t.points:g} points" for t in stub.tasks if t.points]
            used, both = solved.usage, time.monotonic() - started
            told = f"{used.seconds:6.2f} s, processor {used.cpu_seconds:6.2f} s; with its stub {both:6.2f} s"
            print(f"{day.id}  {told}; {solved.points} of {solved.max_points}", flush=True)
    print(f"all    {total:6.2f} s", *lost, sep="\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
