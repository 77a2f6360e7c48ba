"""One worker behind walls, as the judge sees it: a pidfd, a status channel, two pipes and perhaps a cgroup."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any, Literal

from . import watch
from .cgroups import Cgroup
from .process import Ended, LaunchError, Limits

KILL_SECONDS = 20.0


class ZygoteGone(Exception):
    """The zygote died while it was asked."""


class Walled:
    """Fulfils `WorkerProcess`, and `Watched` for the watchdog. Owns every descriptor it is given."""

    def __init__(
        self, connection: socket.socket, output: int, status: socket.socket, cgroup: Cgroup | None,
        limits: Limits, scratch: str | None, dog: watch.Watchdog | None, apart: bool = False,
    ) -> None:  # fmt: skip
        self.socket, self.output = connection, output
        self.memory_bytes, self.processes = limits.memory_bytes, limits.processes
        self.pid = self.inherited = self.peak = 0
        self._status, self._pidfd, self._cgroup = status, -1, cgroup
        self._limits, self._scratch, self._dog = limits, scratch, dog
        self._ended: Ended | None = None
        self._cpu, self._overrun, self.freed = 0.0, "", False
        self._apart, self._ours = apart, False  # the first process of its pid namespace; killed by us
        self._lock = threading.Lock()

    def wait_for_walls(self, seconds: float) -> dict[str, Any]:
        """The worker's own report. Raises `LaunchError` or `ZygoteGone`."""
        deadline = time.monotonic() + seconds
        report: dict[str, Any] | None = None
        while report is None or self._pidfd < 0:  # the zygote and the worker write in any order
            message = self._receive(deadline - time.monotonic())
            if message is None:
                raise LaunchError(f"a worker's walls were not up after {seconds:g} seconds")
            if "failed" in message or "ended" in message:
                raise LaunchError(f"a worker did not start: {message.get('failed', message)}")
            report = message.get("report", report)
        self._start_watching()
        return report

    def _start_watching(self) -> None:
        if self._dog is not None:
            self.inherited = watch.memory(self.pid)
            self._dog.add(self)

    def _receive(self, seconds: float) -> dict[str, Any] | None:
        """The next message on the status channel, or None when there is none in time."""
        if not _ready(self._status.fileno(), seconds):
            return None
        data, fds, _, _ = socket.recv_fds(self._status, 1 << 16, 1, socket.MSG_CMSG_CLOEXEC)
        if not data:
            raise ZygoteGone
        for fd in fds:
            self._pidfd, self.pid = fd, _pid_of(fd)
        message: dict[str, Any] = json.loads(data)
        return message

    def cpu_seconds(self) -> float:
        if not self.freed and self._ended is None:
            counted = self._cgroup.cpu_seconds() if self._cgroup else None
            self._cpu = max(self._cpu, watch.cpu_seconds(self.pid) if counted is None else counted)
        return self._cpu

    def peak_memory(self) -> int | None:
        if self._cgroup and not self.freed:
            self.peak = max(self.peak, self._cgroup.peak() or 0)
        return self.peak or None

    def ended(self, seconds: float = 0.0) -> Ended | None:
        return self._look(seconds)

    def _look(self, seconds: float) -> Ended | None:
        deadline = time.monotonic() + seconds
        while self._ended is None:
            try:
                message = self._receive(deadline - time.monotonic())
            except (OSError, ZygoteGone):
                self._ended = Ended("lost", 0)
                break
            if message is None:
                return None
            if "ended" in message:
                self._ended = self._weigh(message["ended"], message["cpu"])
        return self._ended

    def _weigh(self, status: int, cpu_seconds: float) -> Ended:
        self._cpu = max(self.cpu_seconds(), cpu_seconds)
        ended = Ended.of(status, self._cpu, self._limits)
        starved = self._overrun == "out_of_memory" or (self._cgroup and self._cgroup.out_of_memory())
        if starved and os.WIFSIGNALED(status):
            return Ended("out_of_memory", ended.code)
        # no process can send a SIGKILL to the first one of its own pid namespace
        foreign = ended == Ended("signal", signal.SIGKILL) and self._apart and not self._ours
        return Ended("killed", ended.code) if foreign else ended

    def overrun(self, kind: Literal["out_of_memory", "processes"]) -> None:
        """Called by the watchdog, for a worker that it still holds."""
        self._overrun = self._overrun or kind
        self._signal()

    def _signal(self) -> None:
        if self._pidfd >= 0:
            self._ours = self._ours or not _ready(self._pidfd, 0.0)  # readable: it had ended by itself
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def kill(self) -> Ended:
        with self._lock:
            if not self.freed:
                if self._look(0.0) is None:
                    self._signal()
                    if self._look(KILL_SECONDS) is None:
                        self._ended = Ended("lost", 0)
                self._free()
            assert self._ended is not None
            return self._ended

    def _free(self) -> None:
        if self._dog is not None:
            self._dog.remove(self)
        if self._ended is not None and self._ended.kind == "lost":
            self._signal()  # nobody reports its end any more; the pidfd still tells it
            if self._pidfd >= 0:
                _ready(self._pidfd, KILL_SECONDS)
        self.peak_memory()
        self.freed = True
        if self._cgroup is not None:
            self._cgroup.remove()
        self.socket.close()
        self._status.close()
        output, self.output, pidfd, self._pidfd = self.output, -1, self._pidfd, -1
        for fd in (output, pidfd):
            if fd >= 0:
                os.close(fd)
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)


def _ready(fd: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(max(0.0, seconds) * 1000))


def _pid_of(pidfd: int) -> int:
    """The pid in our own pid namespace, which is not the one that the zygote knows."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return -1
