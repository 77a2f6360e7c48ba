"""The walls around one worker: applied by the worker to itself, in order, before it reads its first byte.

Theory of operation. The zygote found out once what this machine gives (`Ground`). A forked child of it then gives
things up one after another, each step needing what the steps after it take away:

    cgroups       joined first, so that every page from here on is counted
    namespaces    a network without interfaces, System V objects, a host name and a cgroup root of its own
    scratch       its own /proc, and a scratch folder in memory of limited size; all else it sees is the read-only view
    user          root becomes a user that owns nothing; then a user namespace of its own, with no way back
    resources     what one process may use of processor, address space, files and processes
    landlock      files, TCP and UDP, abstract sockets and signals once more, by a second mechanism
    privileges    no capability, and none to be had by running something
    calls         the seccomp filter: last, because the steps before need calls that it refuses

A step that the trial worker could do must succeed in every worker, else that worker does not start. Nothing here reads
from outside: the limits come from the judge, through the zygote. Standard library, `landlockpy` and `pyseccomp` only.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import kernel, syscalls, view
from .ground import Ground, Report

try:
    import landlockpy
except ImportError:
    landlockpy = None  # type: ignore[assignment]

WORKER_ID = 1000
SHARED_NAMESPACES = ("network", "ipc", "hostname", "cgroups")


@dataclass(frozen=True)
class Order:
    """What the judge asks of one worker."""

    memory_bytes: int
    cpu_seconds: int
    processes: int
    open_files: int
    scratch_bytes: int
    file_bytes: int
    scratch: str = view.SCRATCH
    user: int | None = None
    cpu: int | None = None


def prepare(off: frozenset[str]) -> tuple[bytes, Report]:
    """What must be loaded while the whole file system is there: the seccomp program, and Landlock's version."""
    program, report = b"", Report()
    if "calls" not in off:
        try:
            program = syscalls.compile_filter()
        except (OSError, RuntimeError) as problem:
            report["calls"] = (False, f"no libseccomp: {problem}")
    if "landlock" not in off:
        try:
            report["landlock"] = (True, f"ABI {_landlock_version()}")
        except (OSError, RuntimeError) as problem:
            report["landlock"] = (False, str(problem))
    return program, report


def raise_walls(ground: Ground, order: Order, joins: list[int], trial: bool) -> Report:
    """Applies every step that is not known to be off. In a trial a step may fail, and is reported; else `OSError`."""
    report = dict(ground.layers)
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("memory", lambda: _join(joins)),
        ("namespaces", lambda: _unshare(ground)),
        ("scratch", lambda: view.furnish(order.scratch_bytes, ground.own_proc, ground.covered)),
        ("account", lambda: become(order.user)),
        ("users", lambda: _own_users(ground.proc)),
        ("resources", lambda: _limit(ground, order)),
        ("landlock", lambda: _landlock(ground, order)),
        ("privileges", lambda: _drop(readable=ground.on("processes") and not joins)),
        ("calls", lambda: kernel.load_filter(ground.program)),
    )
    for name, step in steps:
        if not report.get(name, (True, ""))[0]:
            continue
        try:
            step()
        except (OSError, ValueError) as problem:
            if not trial:
                raise OSError(f"{name}: {problem}") from problem
            report[name] = (False, str(problem))
        else:
            report.setdefault(name, (True, ""))
    return report


def _join(joins: list[int]) -> None:
    for fd in joins:
        os.write(fd, b"0")


def _unshare(ground: Ground) -> None:
    names = [name for name in SHARED_NAMESPACES if ground.on(name)]
    if ground.on("files"):
        names.append("mounts")
    kernel.unshare(sum(kernel.NEW_NAMESPACE[name] for name in names))
    if ground.on("hostname"):
        socket.sethostname("worker")


def become(user: int | None, readable: Sequence[str] = ()) -> None:
    """Root becomes a user that no file, process or key on this machine belongs to, but can read what is shown."""
    if user is None:
        return
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # taken away by the change; the next step writes to our /proc/self
    for path in readable:
        if not os.access(path, os.R_OK):
            raise PermissionError(f"{path} is not readable by other users")


def _own_users(proc: int) -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.NEW_NAMESPACE["users"])
    kernel.map_users(proc, "self", f"{WORKER_ID} {uid} 1", f"{WORKER_ID} {gid} 1")


def _landlock_version() -> int:
    if landlockpy is None:
        raise RuntimeError("landlockpy is not installed")
    return landlockpy.abi_version()


def _landlock(ground: Ground, order: Order) -> None:
    """Everything that the kernel's version knows is handled, so denied but for these; no port is allowed."""
    access = landlockpy.AccessFS
    read = access.READ_FILE | access.READ_DIR
    device = access.READ_FILE | access.WRITE_FILE | access.TRUNCATE
    own = ~(access.EXECUTE | access.MAKE_CHAR | access.MAKE_BLOCK | access.IOCTL_DEV)
    scope = landlockpy.Scope.ABSTRACT_UNIX_SOCKET | landlockpy.Scope.SIGNAL
    folders = [order.scratch, *([view.SHARED] if ground.on("scratch") else [])]
    with landlockpy.Ruleset(scoped=scope) as rules:
        for path in [*ground.shown, *(["/proc"] if ground.own_proc else [])]:
            rules.allow_path(path, read if Path(path).is_dir() else access.READ_FILE)
        for name in view.DEVICES:
            rules.allow_path(f"/dev/{name}", device)
        for path in folders:
            rules.allow_path(path, landlockpy.fs_for_abi(rules.abi_version) & own)
        rules.restrict()


def _limit(ground: Ground, order: Order) -> None:
    pages = int(kernel.read_at(ground.proc, "self/statm").split()[0])
    # room for the whole budget twice: the tree's limit is the judge's to keep, this one turns the absurd request
    # for a terabyte into an ordinary Python error, and bounds what shared memory could hide from a watchdog
    address = pages * resource.getpagesize() + 2 * order.memory_bytes + (1 << 30)
    limits = {
        resource.RLIMIT_AS: address,
        resource.RLIMIT_CPU: order.cpu_seconds,
        resource.RLIMIT_NOFILE: order.open_files,
        resource.RLIMIT_FSIZE: order.file_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 256,
        resource.RLIMIT_RTPRIO: 0,
    }
    if ground.on("users"):  # without a user namespace the count would be that of everything this user runs
        limits[resource.RLIMIT_NPROC] = order.processes
    for kind, value in limits.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))
    if order.cpu is not None:
        os.sched_setaffinity(0, {order.cpu})
    kernel.write_at(ground.proc, "self/oom_score_adj", "1000")  # when the machine itself runs out, a worker goes first


def _drop(readable: bool) -> None:
    """`readable`: the judge, without a cgroup, measures memory through /proc, and no other process can see us there."""
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, int(readable))
