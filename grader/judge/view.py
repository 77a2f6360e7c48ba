"""The mount view: the only files that a zygote and its workers can see.

Theory of operation. In a mount namespace of its own, a process builds a small tree in memory: folders and links that
lead to what is shown, each shown file or folder bound there, all of it read-only; five harmless devices; its own
`/proc`; and places for a scratch folder. Then that tree becomes the root and everything else is let go. Paths stay what
they were, so that `sys.path` and the modules loaded from it mean the same inside. It is built once for a zygote; each
worker adds a fresh `/proc` and a fresh scratch of its own (`furnish`). What is shown of a place that scratch covers (an
interpreter below `/tmp`) is lifted out before and put down on it again.

What is not named is not there: no course, no suite, no other package, no home, no /etc, no program to run.
"""

from __future__ import annotations

import os
from pathlib import Path

from . import kernel

DEVICES = ("null", "zero", "full", "random", "urandom")
SCRATCH, SHARED = "/tmp", "/dev/shm"  # noqa: S108 - inside the view these are the worker's own
SAFE = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC


def enter(shown: list[str], hidden: list[str]) -> str:
    """Leaves this process with nothing but `shown`, less what is `hidden` inside it. Returns a note, or "".

    The caller is the first process of its pid namespace, in a mount namespace where it may mount.
    """
    entries, links = _plan(shown, hidden)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("view", SCRATCH, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=4m,mode=755")
    os.chdir(SCRATCH)
    Path("old").mkdir()
    Path("new").mkdir()
    kernel.pivot_root(".", "old")
    os.chdir("/")
    kernel.bind("/new", "/new")  # a mount of its own: it gets attributes, and becomes the root
    for link, target in links:
        _inside(link).parent.mkdir(parents=True, exist_ok=True)
        _inside(link).symlink_to(target)
    for path, show in entries:
        if show:
            _show(path)
        else:
            kernel.mount("nothing", str(_inside(path)), "tmpfs", SAFE, "size=1m,mode=755")
    for place in ("/proc", SCRATCH, SHARED):
        _inside(place).mkdir(parents=True, exist_ok=True)
    for device in DEVICES:
        _inside(f"/dev/{device}").touch()
    kernel.protect_mounts("/new", kernel.MOUNT_ATTR_RDONLY | kernel.MOUNT_ATTR_NOSUID | kernel.MOUNT_ATTR_NODEV)
    for device in DEVICES:
        kernel.bind(f"/old/dev/{device}", f"/new/dev/{device}")
    note = _mount_proc("/new/proc")  # while the old one can be seen: the kernel demands that
    os.chdir("/new")
    kernel.pivot_root(".", ".")
    kernel.unmount(".")  # here the old root lies on top of the new one
    os.chdir("/")
    return note


def covered() -> list[str]:
    """What the view shows directly below the places that a scratch folder will cover."""
    return [str(path) for place in (SCRATCH, SHARED) for path in Path(place).iterdir()]


def furnish(scratch_bytes: int, proc: bool, covered: list[str]) -> None:
    """In a namespace copied from the view's: a `/proc` of this pid namespace, and a scratch folder of limited size."""
    if proc and _mount_proc("/proc", "subset=pid"):  # processes alone, nothing of the machine
        kernel.mount("proc", "/proc", "proc", SAFE)
    kept = [(path, Path(path).is_dir(), kernel.lift(path)) for path in covered]
    kernel.mount("scratch", SCRATCH, "tmpfs", SAFE, f"size={scratch_bytes},nr_inodes={scratch_bytes >> 12},mode=755")
    for name, place in (("shm", SHARED), ("tmp", SCRATCH)):  # both in one file system; the second hides its root
        folder = Path(SCRATCH, name)
        folder.mkdir()
        folder.chmod(0o1777)
        kernel.bind(str(folder), place)
    for path, is_folder, tree in kept:
        if is_folder:
            Path(path).mkdir()
        else:
            Path(path).touch()
        kernel.put_down(tree, path)


def _mount_proc(target: str, options: str | None = None) -> str:
    try:
        kernel.mount("proc", target, "proc", SAFE, options)
    except OSError as problem:
        return f"without /proc, of which parts are masked here ({os.strerror(problem.errno or 0)})"
    return ""


def _plan(shown: list[str], hidden: list[str]) -> tuple[list[tuple[str, bool]], list[tuple[str, str]]]:
    """What to bind (True) or to cover (False), parents first, each by its real path; and the links that lead there."""
    links: dict[str, str] = {}
    real = {_resolve(path, links): True for path in shown if Path(path).exists()}
    covered = {os.path.realpath(path): False for path in hidden if Path(path).is_dir()}
    entries: dict[str, bool] = {}
    for path, show in sorted((covered | real).items()):
        above = [entries[str(parent)] for parent in Path(path).parents if str(parent) in entries]
        if show != bool(above and above[0]):  # bound only where not visible already, covered only where visible
            entries[path] = show
    outer = {
        link: target for link, target in links.items()
        if not any(entries.get(str(parent)) for parent in Path(link).parents)
    }  # fmt: skip
    return list(entries.items()), list(outer.items())


def _resolve(path: str, links: dict[str, str]) -> str:
    """The real path; each link met on the way is put into `links`."""
    real = Path("/")
    for part in Path(path).parts[1:]:
        step = real / part
        if step.is_symlink():
            links[str(step)] = target = str(step.readlink())
            real = Path(_resolve(os.path.normpath(real / target), links))
        else:
            real = step
    return str(real)


def _show(path: str) -> None:
    target, source = _inside(path), Path("/old" + path)
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    kernel.bind(str(source), str(target))


def _inside(path: str) -> Path:
    return Path("/new" + path)
