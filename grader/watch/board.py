"""What the screen of `grader watch` knows: a result a task, which one is at hand, and what it all says in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.model.course import Day, Task
from grader.model.record import TaskResult
from grader.model.text import bounded
from grader.model.verdict import Finding, Verdict
from grader.reports.terminal import block, harmless

from .events import Broken, Event, Started, Told, Trouble

Row = tuple[str, str]  # text and style
MARKS = {Verdict.PASSED: ("✓", "green"), Verdict.NOT_IMPLEMENTED: ("·", "yellow"), Verdict.BLOCKED: ("·", "yellow")}
OUTPUT = 2_000


@dataclass
class Board:
    """Events go in, rows come out."""

    day: Day
    tasks: list[Task]
    results: dict[str, TaskResult] = field(default_factory=dict)
    current: str = ""
    hinted: bool = False
    running: str = ""
    trouble: str = ""
    news: str = ""
    file: str = ""

    def __post_init__(self) -> None:
        self.current = self.current or self.tasks[0].id

    def take(self, event: Event) -> None:
        """What a checker said. When the task at hand passes, the next one that does not is at hand."""
        match event:
            case Started(task):
                self.running, self.trouble = task, ""
            case Told(result, file, seconds):
                self._told(result, file, seconds)
            case Trouble(sentence):
                self.running, self.trouble = "", sentence
            case Broken(sentence):
                self.running, self.trouble = "", f"the grader cannot go on: {sentence}"

    def _told(self, result: TaskResult, file: str, seconds: float) -> None:
        before = self.results.get(result.id)
        self.results[result.id], self.file = result, file
        if self.running == result.id:
            self.running = ""
        if result.id != self.current:
            return
        self.news = f"checked in {seconds:.2f} s"
        if result.verdict is Verdict.PASSED and (following := self._next()):
            done = f"✓ {result.id} passed" if before is not None and before.verdict is not Verdict.PASSED else ""
            self.choose(following)
            self.news = " · ".join(filter(None, (done, self.news)))

    def _next(self) -> str:
        """The first task that is not known to pass, "" where all do."""
        return next((task.id for task in self.tasks if not self.passed(task.id)), "")

    def passed(self, task: str) -> bool:
        return task in self.results and self.results[task].verdict is Verdict.PASSED

    def choose(self, task: str) -> None:
        """Another task is at hand."""
        self.current, self.hinted = task, False

    def step(self, by: int) -> None:
        """The task before or after this one, as the manifest has them."""
        names = [task.id for task in self.tasks]
        self.choose(names[(names.index(self.current) + by) % len(names)])

    def done(self) -> bool:
        return all(self.passed(task.id) for task in self.tasks)

    def told(self) -> Iterator[Row]:
        """The task at hand: its verdict, what was expected and seen, what it printed, its hint if asked for."""
        task, result = self.day.task(self.current), self.results.get(self.current)
        if self.trouble:
            yield harmless(self.trouble), "yellow"
            yield "", ""
        if self.done():
            yield "Every task that can be checked here passes.", "bold green"
        yield f"{task.title or task.id} ({task.id})", "bold"
        if result is None:
            yield ("checking …" if self.running else "not checked yet"), "dim"
        elif result.verdict is Verdict.PASSED:
            yield "passed", "green"
        else:
            yield from self._wrong(result)
        if self.hinted:
            yield "", ""
            yield f"hint: {task.hint or 'none for this one'}", "cyan"

    def _wrong(self, result: TaskResult) -> Iterator[Row]:
        finding = Finding(result.verdict, result.message, result.expected, result.seen, advice=result.advice)
        style = MARKS.get(result.verdict, ("✗", "red"))[1]
        yield result.verdict.words, style
        for row in block(result.id, finding, result.trace, self.file, "").split("\n"):
            yield row, ""
        if result.output.strip():
            yield "", ""
            yield "what it printed:", "dim"
            for row in bounded(result.output, OUTPUT).rstrip("\n").split("\n"):
                yield f"    {row}", "dim"

    def list(self) -> Iterator[Row]:
        """A row a task."""
        width = max(len(task.id) for task in self.day.tasks)
        for task in self.day.tasks:
            known = self.results.get(task.id)
            points, words, (mark, style) = "–", "", (" ", "dim")
            if task.manual:
                words = "read by your instructor"
            elif task.visibility == "withheld":
                words = "after you hand in"
            elif known is not None:
                mark, style = MARKS.get(known.verdict, ("✗", "red"))
                points, words = f"{known.points:g}", known.verdict.words
            at = ">" if task.id == self.current else " "
            busy = " …" if task.id == self.running else ""
            yield f"{at} {mark} {task.id:<{width}} {points:>4}/{task.points:<4g} {words}{busy}", style
