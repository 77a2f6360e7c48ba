"""What a tree of processes uses, read from outside, and a watchdog that ends one that uses too much memory.

Descendants of a worker stay below it: it is the first process of its pid namespace, to which orphans go. Counted is
anonymous and shared memory, less what the worker inherited from its zygote. The quick sum counts a page that parent and
child share twice; only where it is over the limit are shares computed, which takes the kernel milliseconds a process.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import Literal, Protocol

PROC = Path("/proc")
PERIOD = 0.03
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Watched(Protocol):
    pid: int
    inherited: int
    memory_bytes: int
    processes: int
    peak: int

    def overrun(self, kind: Literal["out_of_memory", "processes"]) -> None: ...


def tree(pid: int) -> list[int]:
    """`pid` and its descendants."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for task in (PROC / str(parent) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def memory(pid: int) -> int:
    """Anonymous and shared resident memory of one process, in bytes; 0 when it is gone."""
    with contextlib.suppress(OSError, ValueError):
        lines = (PROC / str(pid) / "status").read_text().splitlines()
        return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("RssAnon", "RssShmem")))
    return 0


def exact_memory(pid: int) -> int:
    """The same, each shared page counted in shares. Where this may not be read, the quick sum."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return memory(pid)
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("Pss_Anon", "Pss_Shmem")))


def cpu_seconds(pid: int) -> float:
    """Processor time of a tree, children that were waited for included."""
    total = 0
    for process in tree(pid):
        with contextlib.suppress(OSError, ValueError):
            fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / TICKS


class Watchdog:
    """One thread that looks at every watched worker, some thirty times a second, while there are any."""

    def __init__(self) -> None:
        self._watched: set[Watched] = set()
        self._change = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="grader-watchdog", daemon=True)
        self._thread.start()

    def add(self, worker: Watched) -> None:
        with self._change:
            self._watched.add(worker)
            self._change.notify()

    def remove(self, worker: Watched) -> None:
        with self._change:
            self._watched.discard(worker)

    def close(self) -> None:
        with self._change:
            self._closed = True
            self._change.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._watched or self._closed)
                if self._closed:
                    return
                # looked at under the lock: a worker that `remove` let go is not touched any more
                for worker in self._watched:
                    _look(worker)
                self._change.wait(PERIOD)


def _look(worker: Watched) -> None:
    processes = tree(worker.pid)
    used = sum(map(memory, processes)) - worker.inherited
    if used > worker.memory_bytes:
        # at least two processes share what was inherited: the zygote and the worker
        used = sum(map(exact_memory, processes)) - worker.inherited // 2
    worker.peak = max(worker.peak, used)
    if used > worker.memory_bytes:
        worker.overrun("out_of_memory")
    elif len(processes) > worker.processes:
        worker.overrun("processes")
