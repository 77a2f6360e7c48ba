"""The zygote: a clean process with torch imported and no secret in it, which forks one worker a request.

Theory of operation. Two processes. The first is small and only waits: it enters a user namespace (as root, one with
the same users, so that root stays able to read) and the other namespaces, and forks. The second is the first process of
a pid namespace; it makes the mount view its root and imports torch *inside* it, so that what a worker can see is proven
to be enough. It then reads requests from the judge's control socket. Each comes with the ends of the worker's socket,
output pipe and status channel; it is answered on that status channel alone:

    {"forked": pid} and a pidfd     from the zygote
    {"report": layers}              from the worker, its walls being up; the worker's end of the channel closes here
    {"failed": sentence}            from either: no student code was reached
    {"ended": wait status, "cpu": seconds}    from the zygote, which waited for it

A worker is forked straight into a pid namespace of its own, as its first process, so that with it everything that it
started ends: the zygote unshares, forks, and takes its own namespace back, and there is no process between. When the
judge goes, the control socket ends and so does the zygote; when the zygote goes, so does its pid namespace with all
workers in it.

It must have one thread when it forks: a second one could hold a lock that no child would ever get. So numeric libraries
run with one thread here, and each fork checks.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from . import kernel, walls
from .ground import Ground, enter_namespaces, enter_view, rehearse

Modules = Callable[[], list[ModuleType]]
CONNECTION, ASIDE = 3, 64  # a worker's descriptors are 0, 1, 2 and its socket; nothing else is left open
FDS = 16


def main(control: socket.socket, config: dict[str, Any], modules: Modules) -> None:
    off: dict[str, str] = config["off"]
    gc.disable()  # while torch is imported: a third of the time would go into looking at objects that stay
    os.umask(0o022)
    os.chdir("/")
    program, layers = walls.prepare(frozenset(off))
    layers.update({name: (False, why) for name, why in off.items()})
    proc = os.open("/proc", os.O_PATH | os.O_CLOEXEC)
    shown = [path for path in config["shown"] if Path(path).exists()]
    ground = Ground(proc, layers, shown, program=program)
    enter_namespaces(ground)
    if ground.on("processes"):
        _fork_and_wait(control)
    enter_view(ground, config["hidden"])
    if "account" not in ground.layers:
        try:
            rehearse(lambda: walls.become(config["user"], ground.shown))
            ground.layers["account"] = (True, "")
        except OSError as problem:
            ground.layers["account"] = (False, str(problem))
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    served = modules()
    if "torch" in sys.modules:
        warm_up(config["preload"], config["gpu"])
    gc.collect()
    gc.enable()
    gc.freeze()  # a collection in a child would otherwise write to, so copy, every page that holds an object
    _send(control, {"up": layers})
    Zygote(control, ground, served[-1] if served else None).run()


def _fork_and_wait(control: socket.socket) -> None:
    """Returns in a child, the first process of the new pid namespace; this one only waits for it."""
    child = os.fork()
    if child:
        control.close()
        os._exit(0 if os.waitpid(child, 0)[1] == 0 else 1)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def warm_up(preload: list[str], gpu: bool) -> None:
    """Pays once for what each worker would pay: first calls that import or set up. Leaves one thread.

    No backward pass: autograd counts the devices at its first one, and a worker may still get `sim`. With a GPU, no
    step either: it asks CUDA something, and CUDA that was begun before a fork does not work after it.
    """
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    for name in preload:
        importlib.import_module(name)
    if "matplotlib" in preload:
        importlib.import_module("matplotlib").use("Agg")
        importlib.import_module("matplotlib.pyplot")
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # imports torch._dynamo: about a second
    model(torch.zeros(2, 2))
    if not gpu:
        optimizer.step()


@dataclass
class Living:
    pid: int
    status: socket.socket


class Zygote:
    """Serves the judge's requests until the control socket ends."""

    def __init__(self, control: socket.socket, ground: Ground, worker: ModuleType | None) -> None:
        self.control, self.ground, self.worker = control, ground, worker
        self.living: dict[int, Living] = {}
        self.home = os.open("self/ns/pid", os.O_RDONLY | os.O_CLOEXEC, dir_fd=ground.proc)
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)

    def run(self) -> NoReturn:
        while True:
            for fd, _ in self.poll.poll():
                if fd in self.living:
                    self.reap(fd)
                elif not self.request():
                    self.end()

    def request(self) -> bool:
        """Takes one request; False when the judge is gone."""
        data, fds, _, _ = socket.recv_fds(self.control, 1 << 16, FDS, socket.MSG_CMSG_CLOEXEC)
        if not data:
            return False
        message = json.loads(data)
        connection, output, status, *joins = fds
        channel = socket.socket(fileno=status)
        try:
            self.start(message, connection, output, channel, joins)
        except OSError as problem:
            _send(channel, {"failed": str(problem)})
            channel.close()
        finally:
            for fd in (connection, output, *joins):
                os.close(fd)
        return True

    def start(
        self, message: dict[str, Any], connection: int, output: int, channel: socket.socket, joins: list[int]
    ) -> None:
        threads = len(kernel.list_at(self.ground.proc, "self/task"))
        if threads != 1:
            raise OSError(f"the zygote has {threads} threads, and a fork would not take them along")
        apart = kernel.NEW_NAMESPACE["processes"] if self.ground.on("processes") else 0
        kernel.unshare(apart)
        try:
            pid = os.fork()
            if not pid:
                self.become_worker(message, connection, output, channel.detach(), joins)
        finally:
            if apart:
                kernel.setns(self.home, apart)
        pidfd = os.pidfd_open(pid)
        self.living[pidfd] = Living(pid, channel)
        self.poll.register(pidfd, select.POLLIN)
        _send(channel, {"forked": pid}, pidfd)

    def reap(self, pidfd: int) -> None:
        living = self.living.pop(pidfd)
        _, status, usage = os.wait4(living.pid, 0)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        if not self.ground.on("processes"):
            self.end_strays()
        _send(living.status, {"ended": status, "cpu": usage.ru_utime + usage.ru_stime})
        living.status.close()

    def end_strays(self) -> None:
        """Without a pid namespace, what a worker left behind becomes this process's child, and ends here."""
        known = {living.pid for living in self.living.values()}
        while strays := {int(pid) for pid in self.children()} - known:
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

    def children(self) -> list[str]:
        return kernel.read_at(self.ground.proc, f"self/task/{os.getpid()}/children").split()

    def end(self) -> NoReturn:
        for living in self.living.values():
            os.kill(living.pid, signal.SIGKILL)
            os.waitpid(living.pid, 0)
        self.living.clear()
        if not self.ground.on("processes"):
            self.end_strays()
        os._exit(0)

    def become_worker(
        self, message: dict[str, Any], connection: int, output: int, status: int, joins: list[int]
    ) -> NoReturn:
        """In the child: the walls, then the worker's own loop."""
        try:
            os.setsid()  # a process group of its own, so that it cannot signal the zygote's
            order = walls.Order(**message["order"])
            status, self.ground.proc, *joins = _settle(connection, output, status, self.ground.proc, joins)
            highest = max(int(fd) for fd in kernel.list_at(self.ground.proc, "self/fd"))
            self.ground.layers.update({name: (False, "") for name in message["off"] if self.ground.on(name)})
            report = walls.raise_walls(self.ground, order, joins, message["trial"])
            os.chdir(order.scratch)
            os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), order.scratch))
        except BaseException as problem:
            os.write(status, json.dumps({"failed": f"{type(problem).__name__}: {problem}"}).encode())
            os._exit(70)
        code = 1
        # held here, so that it ends no sooner than the process does: who sees its end can ask how that ended
        stream = socket.socket(fileno=CONNECTION)
        try:
            os.write(status, json.dumps({"report": report}).encode())
            os.closerange(CONNECTION + 1, highest + 1)
            code = 0 if message["trial"] or self.worker is None else _serve(self.worker, stream, order.scratch)
        finally:
            os._exit(code)  # never back into the zygote's own code


def _settle(connection: int, output: int, status: int, proc: int, joins: list[int]) -> list[int]:
    """Puts the worker's descriptors where they belong; the others, out of their way, until the walls are up."""
    connection, output, *rest = (
        fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, ASIDE) for fd in (connection, output, status, proc, *joins)
    )
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)  # its own: flags and locks belong to an open file, not to a descriptor
    os.dup2(connection, CONNECTION)
    os.dup2(output, 1)
    os.dup2(output, 2)
    return rest


def _serve(worker: ModuleType, connection: socket.socket, scratch: str) -> int:
    # new ones: the old think that they write to a regular file
    sys.stdout, sys.stderr = _stream(1), _stream(2)
    try:
        worker.serve(connection, scratch=scratch)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _stream(fd: int) -> io.TextIOWrapper:
    return open(fd, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _send(channel: socket.socket, message: dict[str, Any], *fds: int) -> None:
    with contextlib.suppress(OSError):  # the judge may be gone, which the control socket tells
        socket.send_fds(channel, [json.dumps(message).encode()], fds, socket.MSG_NOSIGNAL | socket.MSG_DONTWAIT)
