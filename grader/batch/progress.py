"""How far a batch is: a live line on a terminal, a plain one now and then elsewhere."""

from __future__ import annotations

import time
from collections import Counter

from rich import progress
from rich.console import Console

PLAIN_SECONDS = 15.0


class Progress:
    """Counts steps. A context manager."""

    def __init__(self, console: Console, total: int) -> None:
        self.console, self.total, self.counts = console, total, Counter[str]()
        self.started = self.told = time.monotonic()
        self.live = progress.Progress(
            progress.TextColumn("  {task.completed}/{task.total}"), progress.BarColumn(30),
            progress.TextColumn("{task.fields[rate]}"), progress.TimeRemainingColumn(elapsed_when_finished=True),
            progress.TextColumn("{task.fields[counts]}"), console=console, transient=True,
            disable=not console.is_terminal,
        )  # fmt: skip
        self.task = self.live.add_task("", total=total, rate="", counts="")

    def __enter__(self) -> Progress:
        self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.live.stop()

    def step(self, words: str) -> None:
        """One more submission, of which this became."""
        self.counts[words] += 1
        now = time.monotonic()
        done = self.counts.total()
        graded = done - self.counts["unchanged"]
        rate = graded / max(now - self.started, 1e-9)
        told = ", ".join(f"{count} {word}" for word, count in self.counts.items())
        self.live.update(self.task, advance=1, rate=f"{rate:.1f}/s", counts=told)
        if not self.console.is_terminal and now - self.told > PLAIN_SECONDS:
            self.told = now
            left = f", {rate:.1f}/s, about {(self.total - done) / rate:.0f} s left" if graded else ""
            self.console.print(f"  {done}/{self.total}{left}: {told}")
