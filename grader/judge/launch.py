"""The judge's side of the zygote: starts one, asks it for workers, replaces it when it died.

Theory of operation. A launcher owns one zygote process and talks to it over a control socket: requests only. For each
worker it makes the worker's socket, its output pipe, a status channel and, where possible, a cgroup, and hands over the
other ends. It waits until the worker says that its walls are up. What stands was found out by a trial worker first, and
every later one must do as much or not start. From then on the worker is known by a pidfd, so that a signal can hit no
other process, and its end is told on the status channel.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from . import cgroups, visible, watch
from .isolation import LAYERS, Isolation, IsolationError, no_walls, weigh
from .plain_launch import PlainLauncher
from .process import SERVE, Ended, LaunchError, Limits, WorkerProcess, spawn
from .walled import Walled, ZygoteGone

__all__ = [
    "Ended", "IsolationError", "LaunchError", "Launcher", "Limits", "PlainLauncher", "WorkerProcess", "open_launcher",
    "supported",
]  # fmt: skip

ZYGOTE_SECONDS = 180.0
START_SECONDS = 60.0
STARTS = 3
FIRST_USER, NOBODY = 1_900_000_000, 65534  # the first is far from what systems and containers hand out
Report = dict[str, tuple[bool, str]]

WITHOUT_A_GPU = ("cpu", "sim")
# The driver opens device nodes, makes calls and maps address space that these walls close.
OPEN_TO_A_GPU = ("files", "landlock", "resources", "calls")
GPU = "a GPU was asked for, and its driver needs what this wall closes"


def supported() -> str:
    """Why no zygote can run here, or "" where one can."""
    if sys.platform != "linux":
        return f"{sys.platform} has none of the walls; Linux has, also inside WSL or a container"
    return "" if hasattr(signal, "pidfd_send_signal") else "this Python has no pidfd"


def open_launcher(
    isolation: Literal["best", "full", "none"] = "best", preload: frozenset[str] = frozenset(), device: str = "cpu"
) -> Launcher | PlainLauncher:
    """A zygote, or where there is none a fresh process for each worker. Raises `IsolationError` for `full` then.

    Workers that may use a GPU (`device` is neither cpu nor sim) have fewer walls.
    """
    reason, gpu = supported(), device not in WITHOUT_A_GPU
    if reason and isolation == "full":
        raise IsolationError(reason)
    if reason:
        return PlainLauncher(why=reason, gpu=gpu)
    without = dict.fromkeys(OPEN_TO_A_GPU, GPU) if gpu else {}
    return Launcher(isolation=isolation, preload=preload, without=without, gpu=gpu)


class NoZygote(LaunchError):
    """A zygote could not start, and said why."""


class _Zygote:
    """The zygote's process and control socket."""

    def __init__(
        self, serve: Mapping[str, Path], preload: frozenset[str], off: Mapping[str, str], user: int | None, gpu: bool
    ) -> None:
        config = {
            "zygote": True, "preload": sorted(preload), "off": dict(off), "shown": visible.shown(),
            "hidden": visible.hidden(), "user": user, "gpu": gpu,
        }  # fmt: skip
        with tempfile.TemporaryFile() as log:
            self.process, self.control = spawn(config, serve, socket.SOCK_SEQPACKET, stdout=log, stderr=log)
            self.control.settimeout(ZYGOTE_SECONDS)
            try:
                told = self.control.recv(1 << 16)
            except OSError:
                told = b""
            if not told:
                self.end(kill=True)
                log.seek(0)
                why = log.read()[-2000:].decode("utf-8", "replace").strip()
                raise NoZygote(f"the zygote did not start: {why}") if why else ZygoteGone
        self.control.settimeout(None)
        self.layers: dict[str, Any] = json.loads(told)["up"]

    def ask(self, order: Mapping[str, Any], trial: bool, fds: list[int]) -> None:
        """Sends one request. A packet is whole or not sent, so threads may share the socket."""
        off = [name for name, (on, _) in self.layers.items() if not on]
        try:
            socket.send_fds(self.control, [json.dumps({"order": order, "trial": trial, "off": off}).encode()], fds)
        except OSError:
            raise ZygoteGone from None

    def end(self, kill: bool = False) -> None:
        """The zygote ends when its control socket does, and all workers with it."""
        self.control.close()
        if kill:
            self.process.kill()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Launcher:
    """Starts walled workers. A context manager; threads may share one.

    `best` takes every wall that this machine gives and says which; `full` raises `IsolationError` where one is missing;
    `none` forks workers without walls. `serve` names the files that are loaded into the zygote, the last of which has
    the `serve` function. `without` switches layers off, each with a reason: for tests of what other machines lack.
    """

    def __init__(
        self,
        *,
        isolation: Literal["best", "full", "none"] = "best",
        preload: frozenset[str] = frozenset(),
        serve: Mapping[str, Path] = SERVE,
        without: Mapping[str, str] | None = None,
        gpu: bool = False,
    ) -> None:
        if reason := supported():
            raise IsolationError(reason)
        self._off = dict(without or {})
        if isolation == "none":
            self._off |= {name: "no isolation was asked for" for name in LAYERS if name != "resources"}
        self._serve, self._preload, self._wish, self._gpu = serve, preload, isolation, gpu
        self._lock = threading.Lock()
        self._zygote: _Zygote | None = None
        self._workers: set[Walled] = set()
        self._place: cgroups.Place | None = None
        self._dog: watch.Watchdog | None = None
        self._users = _unused_users()
        self.isolation: Isolation = no_walls("not started")
        try:
            self._zygote = self._hatch()
            self.isolation = self._try_out(self._zygote)
            if isolation == "full":
                self.isolation.require_full()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Launcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, limits: Limits, *, cpu: int | None = None) -> WorkerProcess:
        """A worker whose walls are up, on processor `cpu` alone if given. Raises `LaunchError`: the grader's fault."""
        for _ in range(2):
            zygote = self._living_zygote()
            try:
                worker, _ = self._start(zygote, limits, cpu=cpu)
            except ZygoteGone:
                self._discard(zygote)
                continue
            with self._lock:
                self._workers = {other for other in self._workers if not other.freed} | {worker}
            return worker
        raise LaunchError("the zygote died twice while it was asked for a worker")

    def close(self) -> None:
        """Ends every worker, the zygote and the watchdog."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        if self._zygote is not None:
            self._zygote.end()
            self._zygote = None
        if self._dog is not None:
            self._dog.close()
            self._dog = None

    def _hatch(self) -> _Zygote:
        try:
            return self._new_zygote()
        except NoZygote as problem:
            if self._wish == "full" or "files" in self._off:
                raise
            # an interpreter laid out as none that we know: without the view its files are there, and Landlock remains
            self._off["files"] = f"torch cannot be imported inside the view: {str(problem).splitlines()[-1]}"
            return self._new_zygote()

    def _new_zygote(self) -> _Zygote:
        for _ in range(STARTS):
            with contextlib.suppress(ZygoteGone):  # killed, for one by a system without memory: no wall's fault
                return _Zygote(self._serve, self._preload, self._off, next(self._users, None), self._gpu)
        raise LaunchError(f"the zygote ended {STARTS} times while it started, without a word; is there memory left?")

    def _living_zygote(self) -> _Zygote:
        with self._lock:
            if self._zygote is None:
                self._zygote = self._hatch()
                if self._try_out(self._zygote).level != self.isolation.level:
                    raise LaunchError("a new zygote has other walls than the first one")
            return self._zygote

    def _discard(self, zygote: _Zygote) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
                zygote.end(kill=True)

    def _try_out(self, zygote: _Zygote) -> Isolation:
        """What a worker of this zygote really gets; decides between a cgroup and the watchdog."""
        place = "switched off" if "memory" in self._off else cgroups.find()
        self._place = None if isinstance(place, str) else place
        report = self._trial(zygote)
        if self._place is not None and not report["memory"][0]:
            place, self._place = report["memory"][1], None
            report = self._trial(zygote)
        if self._place is not None:
            self._place.sweep()
            report["memory"] = (True, f"cgroup v{self._place.version}")
        else:
            self._dog = self._dog or watch.Watchdog()
            report["memory"] = (True, f"a watchdog, since: {place}")
        if report["files"][0] and not report["scratch"][0]:
            raise LaunchError(f"the view stands, but no scratch folder in it: {report['scratch'][1]}")
        zygote.layers.update(report)
        return weigh(report)

    def _trial(self, zygote: _Zygote) -> Report:
        try:
            worker, report = self._start(zygote, Limits(), trial=True)
        except ZygoteGone:
            raise LaunchError("the zygote died at its first worker") from None
        worker.kill()
        return report

    def _start(
        self, zygote: _Zygote, limits: Limits, *, cpu: int | None = None, trial: bool = False
    ) -> tuple[Walled, Report]:
        user = next(self._users, None) if zygote.layers["account"][0] else None
        order = {**dataclasses.asdict(limits), "user": user, "cpu": cpu}
        scratch = None
        if not zygote.layers.get("scratch", (True, ""))[0]:
            order["scratch"] = scratch = _scratch(user)
        cgroup = self._place.make(limits.memory_bytes, limits.processes) if self._place else None
        mine, theirs = socket.socketpair()
        status, status_there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        output, output_there = os.pipe()
        os.set_blocking(output, False)
        joins = cgroup.open() if cgroup else []
        dog = None if cgroup or trial else self._dog
        worker = Walled(mine, output, status, cgroup, limits, scratch, dog, bool(zygote.layers["processes"][0]))
        try:
            try:
                zygote.ask(order, trial, [theirs.fileno(), output_there, status_there.fileno(), *joins])
            finally:
                theirs.close()
                status_there.close()
                for fd in (output_there, *joins):
                    os.close(fd)
            return worker, worker.wait_for_walls(START_SECONDS)
        except BaseException:
            worker.kill()
            raise


def _unused_users() -> Iterator[int]:
    """For root: numbers of users that own nothing, so that workers are strangers to this machine and to each other."""
    if os.geteuid() != 0:
        return iter(())
    lowest = FIRST_USER + os.getpid() % 4096 * 256
    for table in ("uid_map", "gid_map"):
        extents = [tuple(map(int, line.split())) for line in Path("/proc/self", table).read_text().splitlines()]
        if not any(start <= lowest and lowest + 256 <= start + count for start, _, count in extents):
            # a container with few users: nobody, if there is one; else the only user there is
            known = any(start <= NOBODY < start + count for start, _, count in extents)
            return itertools.repeat(NOBODY) if known else iter(())
    return itertools.cycle(range(lowest, lowest + 256))


def _scratch(user: int | None) -> str:
    """A folder for a worker that cannot have one in memory. Its size has no limit but that of single files."""
    folder = tempfile.mkdtemp(prefix="descent-")
    if user is not None:
        os.chown(folder, user, user)
    return folder
