"""Grades in a row, honest and hostile by turns, and watches what must not grow: `python tools/soak.py [COUNT]`.

Counted after each grading, from a tenth of them on: descriptors of the judge and of its zygote, processes, mounts,
cgroups, temporary files. Memory may settle, not climb: the judge's and the zygote's own are compared between the middle
and the end. Exits with 1 where anything grew.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from grader.judge import cgroups, watch
from grader.judge.launch import Launcher
from grader.judge.run import Job, Judge
from grader.model.manifest import load_course
from grader.model.record import Record

ROOT = Path(__file__).parents[1]
HOSTILE = ROOT / "tests" / "corpus" / "hostile"
TURNS = (
    ROOT / "solutions" / "day10" / "losses.py",
    HOSTILE / "early_exit" / "exit_in_task.py",
    ROOT / "solutions" / "day10" / "losses.py",
    HOSTILE / "forging" / "hundred_replies.py",
    HOSTILE / "leftovers" / "daemon.py",
)
SETTLE_SECONDS = 5.0
GROWTH_BYTES = 16 << 10  # a grading; what a Python process's memory wavers by, over hundreds of them


class Soak:
    """A judge, and what it holds after each grading."""

    def __init__(self, judge: Judge, count: int) -> None:
        assert isinstance(judge.launcher, Launcher)
        assert judge.launcher._zygote is not None
        self.judge, self.count = judge, count
        self.zygote = watch.tree(judge.launcher._zygote.process.pid)[-1]
        place = cgroups.find()
        self.cgroups = set() if isinstance(place, str) else set(place.folders.values())
        self.held: dict[str, int] = {}
        self.memory: list[int] = []
        self.grown: list[str] = []
        self.done = 0

    def state(self) -> dict[str, int]:
        return {
            "descriptors": _entries("/proc/self/fd"),
            "the zygote's descriptors": _entries(f"/proc/{self.zygote}/fd"),
            "processes": len(watch.tree(os.getpid())),
            "mounts": Path("/proc/self/mountinfo").read_text().count("\n"),
            "cgroups": sum(len(list(folder.glob(f"descent-{os.getpid()}-*"))) for folder in self.cgroups),
            "temporary files": _entries(tempfile.gettempdir()),
        }

    def jobs(self) -> Iterator[Job]:
        taken = [self.judge.intake(path) for path in TURNS]
        for number in range(self.count):
            yield Job(taken[number % len(taken)], f"seed {number}")

    def look(self, record: Record) -> None:
        """Takes stock after one grading. What the kernel does a moment later gets that moment."""
        self.done += 1
        if record.faulty:
            self.grown.append(f"grading {self.done} had no score: {record.tasks[0].message}")
        self.memory.append(watch.memory(os.getpid()) + watch.memory(self.zygote))
        if self.done < max(2, self.count // 10):
            return
        self.held = self.held or self.state()
        deadline = time.monotonic() + SETTLE_SECONDS
        while (now := self.state()) != self.held and time.monotonic() < deadline:
            time.sleep(0.02)
        grown = [f"{name}: {self.held[name]} -> {now[name]}" for name in now if now[name] > self.held[name]]
        self.grown += [f"grading {self.done}: {each}" for each in grown]
        self.held = now

    def climb(self) -> float:
        """Bytes of memory a grading, between the middle and the end."""
        half = len(self.memory) // 2
        return (self.memory[-1] - self.memory[half]) / max(1, len(self.memory) - half - 1)


def _entries(folder: str) -> int:
    with contextlib.suppress(OSError):  # the zygote's, where we are not root
        return len(list(Path(folder).iterdir()))
    return 0


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    course = load_course(ROOT / "course.yaml")
    with tempfile.TemporaryDirectory(prefix="descent-soak-") as folder:
        tempfile.tempdir = folder
        started = time.monotonic()
        with Judge(course, course.day("day10")) as judge:
            soak = Soak(judge, count)
            judge.grade(soak.jobs(), soak.look)
        seconds = time.monotonic() - started
    print(f"{soak.done} gradings in {seconds:.0f} s; held all along: {soak.held}")
    print(f"memory of judge and zygote: {soak.climb() / 1024:+.1f} KiB a grading, now {soak.memory[-1] >> 20} MiB")
    if count >= 200 and soak.climb() > GROWTH_BYTES:
        soak.grown.append("memory climbs")
    for each in soak.grown[:20]:
        print(f"GREW: {each}")
    return 1 if soak.grown or soak.done != count else 0


if __name__ == "__main__":
    sys.exit(main())
