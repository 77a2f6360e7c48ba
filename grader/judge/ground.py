"""What a machine gives: the namespaces and the mount view that a zygote enters, each tried before it is relied on.

An ordinary user gets them by way of a user namespace. So does root, with all users mapped onto themselves: it can still
read what root can, and holds no power over the machine any more. Steps that cannot be taken back are rehearsed in a
child first.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from . import kernel, view

Report = dict[str, tuple[bool, str]]
ZYGOTE_SCRATCH = 16 << 20
NO_SCRATCH = (False, "no mounts, so no folder of limited size")


@dataclass
class Ground:
    """What was found, and the open folder through which the outer `/proc` can still be reached."""

    proc: int
    layers: Report = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    own_proc: bool = False
    covered: list[str] = field(default_factory=list)
    program: bytes = b""

    def on(self, name: str) -> bool:
        return self.layers.get(name, (False, ""))[0]


def enter_namespaces(ground: Ground) -> None:
    for name, flag in kernel.NEW_NAMESPACE.items():
        layer = "files" if name == "mounts" else name
        if layer in ground.layers:
            continue
        try:
            if name == "users":
                rehearse(lambda: _enter_users(ground.proc, and_then=kernel.NEW_NAMESPACE["mounts"]))
                _enter_users(ground.proc)
            else:
                kernel.unshare(flag)
        except OSError as problem:
            ground.layers[layer] = (False, str(problem))
        else:
            ground.layers[layer] = (True, "")
    if not ground.on("files"):
        ground.layers.setdefault("scratch", NO_SCRATCH)


def rehearse(action: Callable[[], object]) -> None:
    """Does it in a child first: halfway through these steps there is no way back. Raises what the child met.

    A child that something outside killed says nothing about this machine's walls: the zygote ends, for a new one.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            action()
        except BaseException as problem:
            os.write(write, str(problem).encode()[:4000])
        os._exit(0)
    os.close(write)
    told = os.read(read, 4096)
    os.close(read)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        raise SystemExit(1)
    if told or status:
        raise OSError(told.decode() or f"the rehearsal ended with status {status}")


def _enter_users(proc: int, and_then: int = 0) -> None:
    """A user namespace for this process. Its maps are written from outside, by a child that stayed there.

    `and_then` is a namespace to enter with the capabilities this gave: some systems give none.
    """
    me, root = str(os.getpid()), os.geteuid() == 0
    users, groups = f"0 {os.geteuid()} 1", f"0 {os.getegid()} 1"
    if root:
        users, groups = (_same(kernel.read_at(proc, f"self/{kind}_map")) for kind in ("uid", "gid"))
    read, write = os.pipe()
    helper = os.fork()
    if not helper:
        try:
            os.close(write)
            if os.read(read, 1):
                kernel.map_users(proc, me, users, groups, keep_groups=root)
        except OSError as problem:
            os._exit(problem.errno or 1)
        os._exit(0)
    os.close(read)
    try:
        kernel.unshare(kernel.NEW_NAMESPACE["users"])
        os.write(write, b"x")
    finally:
        os.close(write)
        code = os.waitstatus_to_exitcode(os.waitpid(helper, 0)[1])
    if code:
        raise OSError(code, f"uid_map: {os.strerror(code)}")
    kernel.unshare(and_then)


def _same(table: str) -> str:
    """A map onto itself of all that `table` has: root inside is root outside, able to read what root can."""
    extents = [line.split() for line in table.splitlines()]
    return "".join(f"{inside} {inside} {count}\n" for inside, _, count in extents)


def enter_view(ground: Ground, hidden: list[str]) -> None:
    if not ground.on("files"):
        return

    def rehearsal() -> None:
        kernel.unshare(kernel.NEW_NAMESPACE["mounts"])
        view.enter(ground.shown, hidden)

    try:
        if not ground.on("processes"):
            raise OSError("no pid namespace, so no /proc of our own")
        rehearse(rehearsal)
    except OSError as problem:
        ground.layers["files"] = (False, str(problem))
        ground.layers["scratch"] = NO_SCRATCH
        return
    note = view.enter(ground.shown, hidden)
    ground.covered = view.covered()
    view.furnish(ZYGOTE_SCRATCH, False, ground.covered)  # what is imported may look for a folder to write to
    ground.own_proc = not note
    ground.layers.update(files=(True, note), scratch=(True, ""))
