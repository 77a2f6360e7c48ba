"""Starts each worker as a fresh process without walls: where there are none to be had, or none were asked for."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from . import watch
from .isolation import Isolation, no_walls
from .process import SERVE, Ended, LaunchError, Limits, spawn

START_SECONDS = 120.0


class PlainWorker:
    """A process group of its own, not a sandbox."""

    def __init__(
        self, process: subprocess.Popen[bytes], connection: socket.socket, output: int, scratch: str, limits: Limits
    ) -> None:
        self.process, self.socket, self.output = process, connection, output
        self._scratch, self._limits = scratch, limits
        self._ended: Ended | None = None
        self._cpu, self._peak = 0.0, 0

    def cpu_seconds(self) -> float:
        """Processor time of the tree; where there is no /proc, only once it has ended."""
        return self._cpu if self._ended else max(self._cpu, watch.cpu_seconds(self.process.pid))

    def peak_memory(self) -> int | None:
        return self._peak or None

    def ended(self, seconds: float = 0.0) -> Ended | None:
        deadline = time.monotonic() + seconds
        while self._wait(os.WNOHANG) is None and time.monotonic() < deadline:
            time.sleep(0.01)
        return self._ended

    def kill(self) -> Ended:
        for pid in [] if self._ended else reversed(watch.tree(self.process.pid)):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)  # what left the tree but not the group
        ended = self._wait(0)
        assert ended is not None
        self.socket.close()
        if self.output >= 0:
            os.close(self.output)
            self.output = -1
            shutil.rmtree(self._scratch, ignore_errors=True)
        return ended

    def _wait(self, options: int) -> Ended | None:
        if self._ended is None:
            pid, status, usage = os.wait4(self.process.pid, options)
            if pid:
                self.process.returncode = os.waitstatus_to_exitcode(status)
                self._cpu, self._peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10
                self._ended = Ended.of(status, self._cpu, self._limits)
        return self._ended


class PlainLauncher:
    """The same face as `Launcher`. Each start costs an import of torch: seconds."""

    def __init__(
        self, *, serve: Mapping[str, Path] = SERVE, why: str = "no isolation was asked for", gpu: bool = False
    ) -> None:
        if not hasattr(os, "wait4"):
            raise LaunchError("workers need a POSIX system; on Windows, grade inside WSL")
        self.isolation: Isolation = no_walls(why)
        self._serve, self._gpu = serve, gpu
        self._workers: list[PlainWorker] = []

    def __enter__(self) -> PlainLauncher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, limits: Limits) -> PlainWorker:
        """A worker whose torch is imported. Raises `LaunchError`."""
        ours, theirs = socket.socketpair()
        read, write = os.pipe()
        os.set_blocking(read, False)
        scratch = tempfile.mkdtemp(prefix="descent-")
        config = {
            "zygote": False,
            "connection": theirs.fileno(),
            "scratch": scratch,
            "limits": _rlimits(limits),
            "gpu": self._gpu,
        }
        with theirs:
            process, control = spawn(
                config, self._serve, socket.SOCK_STREAM, [theirs.fileno()], stdout=write, stderr=write
            )
        os.close(write)
        worker = PlainWorker(process, ours, read, scratch, limits)
        with control:
            control.settimeout(START_SECONDS)
            if _told(control) != b"up":
                said = _rest(read)
                worker.kill()
                raise LaunchError(f"a worker did not start: {said}")
        self._workers = [other for other in self._workers if other.output >= 0] + [worker]
        return worker

    def close(self) -> None:
        """Ends every worker that is left."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()


def _told(control: socket.socket) -> bytes:
    try:
        return control.recv(2)
    except OSError:
        return b""


def _rest(output: int) -> str:
    with contextlib.suppress(OSError):
        return os.read(output, 1 << 14).decode("utf-8", "replace").strip()[-2000:]
    return "no message"


def _rlimits(limits: Limits) -> dict[str, int]:
    """By name, since each system has some of them. No limit on address space: torch reserves far more than it uses."""
    return {
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_DATA": limits.memory_bytes + (1 << 30),
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_CORE": 0,
    }
