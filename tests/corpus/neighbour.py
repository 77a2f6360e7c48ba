"""Grades an honest submission again and again, with a judge and a zygote of its own, until its standard input ends.

Prints `ready`, then a line a grading: points, possible points, seconds.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path

from grader.judge.run import Job, Judge
from grader.model.manifest import load_course

PAUSE = 2.0


def main() -> None:
    course = load_course(Path(sys.argv[1]))
    day = course.day("day10")
    with Judge(course, day) as judge:
        honest = judge.intake(course.root / course.solutions / day.id / day.module, "ada")
        judge.one(Job(honest, "warm up"))
        print("ready", flush=True)
        for number in range(1_000):
            record = judge.one(Job(honest, f"seed {number}"))
            print(record.points, record.max_points, record.usage.seconds, flush=True)
            if select.select([sys.stdin], [], [], PAUSE)[0]:
                return


if __name__ == "__main__":
    main()
