"""A checker at work in a process of its own: it runs pytest in a thread, which another pytest around it would not bear."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path
from typing import Any

from grader.judge.opening import open_early
from grader.model.manifest import load_course
from grader.model.verdict import Verdict
from grader.watch.checker import Checker
from grader.watch.events import Event, Told
from grader.watch.files import Work
from tests.conftest import MINI

SECONDS = 90


def work(file: Path, orders: Any, heard: Any) -> None:
    """The process: checks until it is told to close; then says how many of its threads are left."""
    course = load_course(MINI / "course.yaml")
    day = course.day("day01")
    tasks = [task for task in day.graded if task.visibility == "visible"]
    checker = Checker(course, day, tasks, Work(file.parent, day), open_early("best", frozenset()), heard.put)
    checker.first = "double"
    checker.start()
    while order := orders.get():
        checker.first = order
    checker.close()
    heard.put([thread.name for thread in threading.enumerate() if thread.name.startswith("grader")])


class Desk:
    """The student's file, and what a checker says of it."""

    def __init__(self, file: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.file = file
        self.orders, self.heard = context.Queue(), context.Queue()
        self.process = context.Process(target=work, args=(file, self.orders, self.heard), daemon=True)
        self.process.start()

    def hear(self) -> Event:
        event: Event = self.heard.get(timeout=SECONDS)
        return event

    def until(self, verdict: Verdict, task: str = "double") -> Told:
        """The next result of this kind."""
        while True:
            event = self.hear()
            if isinstance(event, Told) and (event.result.id, event.result.verdict) == (task, verdict):
                return event

    def save(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")

    def rename(self, text: str) -> None:
        partial = self.file.with_name("partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(self.file)

    def close(self) -> list[str]:
        """The threads that are left once it is closed."""
        self.orders.put("")
        while not isinstance(event := self.heard.get(timeout=SECONDS), list):
            pass
        self.process.join(SECONDS)
        assert self.process.exitcode == 0
        return event
