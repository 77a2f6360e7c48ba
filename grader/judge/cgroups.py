"""A cgroup for each worker, where this machine lets us make one: v1 (a folder in each hierarchy) or v2 (one folder).

Made by the judge, below or beside its own cgroup, so that limits set on the judge hold for its workers too. The worker
joins by writing to descriptors that the judge opened, since it sees no /sys. Counted are the pages that the worker
itself causes: what it shares with the zygote stays the zygote's. Where nothing can be made there is a reason, and a
watchdog instead (`watch.py`).
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

NAME = "descent"
V1 = ("memory", "pids", "cpuacct")


@dataclass(frozen=True)
class Place:
    """Where worker cgroups can be made: a folder for each controller, the same one three times in v2."""

    version: int
    folders: dict[str, Path]

    def make(self, memory_bytes: int, processes: int) -> Cgroup:
        """A new cgroup with these limits. Raises `OSError`."""
        name = f"{NAME}-{os.getpid()}-{secrets.token_hex(4)}"
        group = Cgroup(self.version, {controller: folder / name for controller, folder in self.folders.items()})
        try:
            for folder in group.unique():
                folder.mkdir()
            group.limit(memory_bytes, processes)
        except OSError:
            group.remove()
            raise
        return group

    def sweep(self) -> None:
        """Removes what judges that are gone left behind."""
        for folder in set(self.folders.values()):
            for left in folder.glob(f"{NAME}-*-*"):
                if not Path("/proc", left.name.split("-")[1]).exists():
                    with contextlib.suppress(OSError):
                        left.rmdir()


@dataclass(frozen=True)
class Cgroup:
    """One worker's cgroup."""

    version: int
    folders: dict[str, Path]

    def unique(self) -> list[Path]:
        return list(dict.fromkeys(self.folders.values()))

    def limit(self, memory_bytes: int, processes: int) -> None:
        memory = self.folders["memory"]
        if self.version == 1:
            _write(memory / "memory.limit_in_bytes", memory_bytes)
            _write(memory / "memory.memsw.limit_in_bytes", memory_bytes, optional=True)
        else:
            _write(memory / "memory.max", memory_bytes)
            _write(memory / "memory.swap.max", 0, optional=True)
            _write(memory / "memory.oom.group", 1, optional=True)
        if "pids" in self.folders:
            _write(self.folders["pids"] / "pids.max", processes)

    def open(self) -> list[int]:
        """Descriptors that a process of one thread joins by writing "0" to them.

        In v1 by its one thread: moving a whole process takes a lock that waits for every processor, 15 ms here.
        """
        file = "tasks" if self.version == 1 else "cgroup.procs"
        return [os.open(folder / file, os.O_WRONLY | os.O_CLOEXEC) for folder in self.unique()]

    def out_of_memory(self) -> bool:
        """Whether the kernel ended a process in it for want of memory."""
        file = "memory.oom_control" if self.version == 1 else "memory.events"
        return _field(self.folders["memory"] / file, "oom_kill") > 0

    def peak(self) -> int | None:
        file = "memory.max_usage_in_bytes" if self.version == 1 else "memory.peak"
        try:
            return int((self.folders["memory"] / file).read_text())
        except (OSError, ValueError):
            return None

    def cpu_seconds(self) -> float | None:
        try:
            if self.version == 1:
                return int((self.folders["cpuacct"] / "cpuacct.usage").read_text()) / 1e9
            return _field(self.folders["memory"] / "cpu.stat", "usage_usec") / 1e6
        except (OSError, ValueError, KeyError):
            return None

    def remove(self) -> None:
        for folder in self.unique():
            with contextlib.suppress(OSError):
                folder.rmdir()


def find(proc: Path = Path("/proc/self")) -> Place | str:
    """Where cgroups can be made with a memory limit; else the reason why not."""
    try:
        own = [line.split(":", 2) for line in (proc / "cgroup").read_text().splitlines()]
        mounts = [line.split() for line in (proc / "mountinfo").read_text().splitlines()]
    except OSError as problem:
        return f"cgroups: {problem.strerror}"
    folders: dict[str, Path] = {}
    for _, controllers, path in own:
        for mount in mounts:
            kind, options = mount[mount.index("-") + 1], mount[-1].split(",")
            place = _below(Path(mount[4]), mount[3], path)
            if kind == "cgroup2" and not controllers and (found := _version_2(place, Path(mount[4]))):
                return Place(2, dict.fromkeys(("memory", "pids", "cpuacct"), found))
            if kind == "cgroup":
                names = set(controllers.split(",")) & set(options) & set(V1)
                folders.update({name: place for name in names if os.access(place, os.W_OK)})
    if "memory" in folders:
        return Place(1, folders)
    return "no cgroup with a memory controller in which this user may make another"


def _below(mount_point: Path, root: str, path: str) -> Path:
    """The folder of cgroup `path` where the mount shows the tree from `root` on."""
    relative = os.path.relpath(path, root)
    return mount_point if relative.startswith("..") else mount_point / relative


def _version_2(own: Path, top: Path) -> Path | None:
    """Our own cgroup cannot have children with limits while we are in it; the one above may, if it is ours to use."""
    for folder in (own, own.parent):
        try:
            has_memory = "memory" in (folder / "cgroup.subtree_control").read_text().split()
            ours = os.access(folder, os.W_OK) and os.access(folder / "cgroup.procs", os.W_OK)
            if has_memory and ours and folder.is_relative_to(top):
                return folder
        except OSError:
            continue
    return None


def _write(file: Path, value: int, *, optional: bool = False) -> None:
    if not optional or file.exists():
        file.write_text(str(value))


def _field(file: Path, name: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        for line in file.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == name:
                return int(value)
    return 0
