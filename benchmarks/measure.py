"""Runs a command: how long it took, when each line came, and the most memory that all its processes had."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PERIOD = 0.5
SCRIPTS = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}


@dataclass
class Measured:
    """`lines` are `(seconds after the start, text)`. `peak` is in bytes, each shared page counted in shares.

    `processor` is seconds of processor time of the whole tree: what other work on the machine disturbs least.
    """

    seconds: float = 0.0
    processor: float = 0.0
    peak: int = 0
    code: int = 0
    lines: list[tuple[float, str]] = field(default_factory=list)


def run(command: Sequence[str | Path], cwd: Path | None = None, **environment: str) -> Measured:
    """Runs it to its end."""
    found, started = Measured(), time.monotonic()
    process = subprocess.Popen(
        list(map(str, command)), cwd=cwd, env={**ENVIRONMENT, **environment}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(psutil.Process(process.pid), found, done))
    watcher.start()
    assert process.stdout is not None
    for line in process.stdout:
        found.lines.append((time.monotonic() - started, line.rstrip()))
    _, status, usage = os.wait4(process.pid, 0)  # with all descendants that were waited for
    found.code = process.returncode = os.waitstatus_to_exitcode(status)
    found.processor = usage.ru_utime + usage.ru_stime
    found.seconds = time.monotonic() - started
    done.set()
    watcher.join()
    return found


def _watch(process: psutil.Process, found: Measured, done: threading.Event) -> None:
    while not done.wait(PERIOD):
        total = 0
        with contextlib.suppress(psutil.Error):
            for each in (process, *process.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    total += each.memory_full_info().pss
        found.peak = max(found.peak, total)
