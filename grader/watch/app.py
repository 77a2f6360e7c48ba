"""The screen of `grader watch`."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from grader.judge.opening import AnyLauncher
from grader.model.course import Course, Day

from .board import Board, Row
from .events import Broken, Event
from .files import Work

if TYPE_CHECKING:
    from .checker import Checker

EXIT_BROKEN = 70
WARMING = "warming up: the first check takes some seconds, the next ones none"


class WatchApp(App[int]):
    """The task at hand above, all tasks below. Ends with 0, or with 70 where the grader broke."""

    CSS = """
    #head { height: 1; background: $primary; color: $text; padding: 0 1; }
    #told { height: 1fr; padding: 1 2; }
    #list { height: auto; max-height: 50%; padding: 0 1; border-top: solid $primary; }
    #news { height: 1; padding: 0 1; color: $text-muted; }
    """
    BINDINGS = [
        Binding("h", "hint", "hint"),
        Binding("n,down", "step(1)", "next"),
        Binding("p,up", "step(-1)", "previous"),
        Binding("r", "again", "again"),
        Binding("q,ctrl+c", "quit", "quit"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, course: Course, day: Day, work: Work, launcher: Future[AnyLauncher], device: str) -> None:
        super().__init__()
        self.course, self.work, self.launcher, self.device = course, work, launcher, device
        self.board = Board(day, [task for task in day.graded if task.visibility == "visible"])
        self.checker: Checker | None = None
        self._opening = threading.Thread(target=self._open, daemon=True)

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with VerticalScroll(id="told"):
            yield Static(id="text", markup=False)
        yield Static(id="news", markup=False)
        yield Static(id="list", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self._draw()
        self._opening.start()

    def _open(self) -> None:
        """In a thread: importing torch takes seconds, and the screen is there meanwhile."""
        from .checker import Checker

        self.checker = Checker(
            self.course, self.board.day, self.board.tasks, self.work, self.launcher, self._hear, self.device
        )
        self.checker.first = self.board.current
        self.checker.start()

    def close(self) -> None:
        """Ends every process that was started."""
        self._opening.join()
        if self.checker is not None:
            self.checker.close()

    async def action_quit(self) -> None:
        self.exit(EXIT_BROKEN if self.board.trouble.startswith("the grader cannot") else 0)

    def action_hint(self) -> None:
        self.board.hinted = not self.board.hinted
        self._draw()

    def action_step(self, by: int) -> None:
        self.board.step(by)
        self._draw()

    def action_again(self) -> None:
        if self.checker is not None:
            self.checker.again()

    def _hear(self, event: Event) -> None:
        """Called in a thread of the checker's."""
        if self.is_running:
            self.call_from_thread(self._take, event)

    def _take(self, event: Event) -> None:
        self.board.take(event)
        self._draw()
        if isinstance(event, Broken):
            self.bell()

    def _draw(self) -> None:
        board = self.board
        if self.checker is not None:
            self.checker.first = board.current
        day = board.day
        self.query_one("#head", Static).update(Text(f"{day.id}: {day.title} · {board.file or self.work.path.name}"))
        self.query_one("#text", Static).update(_text(board.told()))
        self.query_one("#list", Static).update(_text(board.list()))
        self.query_one("#news", Static).update(
            Text(board.news or "warming up: the first check takes some seconds, the next ones none")
        )


def _text(rows: Iterable[Row]) -> Text:
    """Rows as they are: nothing in them is markup."""
    return Text("\n").join(Text(row, style=style) for row, style in rows)


def watch(course: Course, day: Day, work: Work, launcher: Future[AnyLauncher], device: str = "cpu") -> int:
    """Runs the screen until it is quit; ends every process that it started."""
    app = WatchApp(course, day, work, launcher, device)
    try:
        return app.run() or 0
    finally:
        app.close()
