"""How long after a save `grader watch` has an answer for the task at hand, and how long `pytest` takes for the same.

`python benchmarks/watch.py [DAY ...]`: for each day twenty saves of a right solution, each with one more line, written
by rename as editors do. Timed is from the file's modification time to the result, with the file's polling in it.
"""

from __future__ import annotations

import argparse
import queue
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.judge.opening import open_early
from grader.model.course import Course, Day
from grader.model.manifest import find_course, load_course
from grader.watch.checker import Checker
from grader.watch.events import Event, Told
from grader.watch.files import Work

LIGHT = ("day07", "day08", "day10", "day11", "day13")
GOAL = 0.3


def saves(course: Course, day: Day, count: int) -> list[float]:
    """Seconds from save to answer."""
    source = (course.root / course.solutions / day.id / day.module).read_text(encoding="utf-8")
    heard: queue.Queue[Event] = queue.Queue()
    tasks = [task for task in day.graded if task.visibility == "visible"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, day.module)
        file.write_text(source, encoding="utf-8")
        checker = Checker(course, day, tasks, Work(file, day), open_early("best", frozenset(day.preload)), heard.put)
        checker.first = tasks[0].id
        checker.start()
        try:
            answer(heard, tasks[0].id)  # warm
            return [save(file, f"{source}\n# {number}\n", heard, tasks[0].id) for number in range(count)]
        finally:
            checker.close()


def save(file: Path, text: str, heard: queue.Queue[Event], task: str) -> float:
    time.sleep(0.5)
    while not heard.empty():
        heard.get()
    partial = file.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)
    return answer(heard, task).seconds


def answer(heard: queue.Queue[Event], task: str) -> Told:
    while True:
        event = heard.get(timeout=120)
        if isinstance(event, Told) and event.result.id == task:
            return event


def pytest_run(course: Course, day: Day) -> float:
    """Seconds that `pytest -k` takes for the same task on the same file."""
    file = course.root / course.solutions / day.id / day.module
    task = day.graded[0].id
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-k", task, "-p", "no:cacheprovider", str(file)],
                   check=False, stdout=subprocess.DEVNULL)  # fmt: skip
    return time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("days", nargs="*", default=LIGHT)
    parser.add_argument("--saves", type=int, default=20)
    arguments = parser.parse_args()
    course = load_course(find_course())
    for day in map(course.day, arguments.days):
        seconds = saves(course, day, arguments.saves)
        median, most = statistics.median(seconds), max(seconds)
        again = pytest_run(course, day)
        told = "met" if most < GOAL else "not met"
        print(f"{day.id} {day.graded[0].id:<28} median {median:.3f} s, most {most:.3f} s ({GOAL} s {told}); "
              f"pytest {again:.1f} s, {again / median:.0f} times as long", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
