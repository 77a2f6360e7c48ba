"""The few Linux calls that Python does not offer, each a function that raises `OSError`.

Used by the zygote and its walls, which run in a process of their own without the rest of the package: standard library
only. Functions are looked up in the C library that Python itself is linked with, so neither a compiler nor a table of
system call numbers for each machine is needed (those that older C libraries do not know have the same number on all).
"""

from __future__ import annotations

import ctypes
import os
from typing import Any

NEW_NAMESPACE = {
    "users": 0x10000000,
    "processes": 0x20000000,
    "mounts": 0x00020000,
    "network": 0x40000000,
    "ipc": 0x08000000,
    "hostname": 0x04000000,
    "cgroups": 0x02000000,
}

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 1 << 18
MNT_DETACH = 2
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4
SYS_OPEN_TREE, SYS_MOVE_MOUNT, SYS_MOUNT_SETATTR = 428, 429, 442
AT_FDCWD, AT_RECURSIVE, OPEN_TREE_CLONE, MOVE_MOUNT_EMPTY_PATH = -100, 0x8000, 1, 4

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL, SECCOMP_MODE_FILTER = 4, 2
CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
# prctl and syscall take variable arguments; a bare Python int would be passed as 32 bits
_long = ctypes.c_ulong


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns_fd")]


def _check(result: int, what: str) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else os.fsencode(text)


def unshare(flags: int) -> None:
    if flags:  # containers refuse the call, even one that asks for nothing
        _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def setns(fd: int, kind: int) -> None:
    _check(_libc.setns(fd, ctypes.c_int(kind)), "setns")


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    done = _libc.mount(_bytes(source), _bytes(target), _bytes(kind), _long(flags), _bytes(data))
    _check(done, f"mount {kind or source} on {target}")


def bind(source: str, target: str) -> None:
    """`source` appears at `target`, submounts included (a less privileged namespace may not leave them out)."""
    mount(source, target, None, MS_BIND | MS_REC)


def lift(path: str) -> int:
    """A copy of what is mounted at `path` and below, attached nowhere: a descriptor for `put_down` (Linux 5.2)."""
    flags = ctypes.c_uint(OPEN_TREE_CLONE | AT_RECURSIVE | os.O_CLOEXEC)
    call = _libc.syscall(_long(SYS_OPEN_TREE), ctypes.c_int(AT_FDCWD), _bytes(path), flags)
    return _check(call, f"open_tree {path}")


def put_down(tree: int, target: str) -> None:
    """Mounts what `lift` returned at `target`, and closes the descriptor."""
    call = (_long(SYS_MOVE_MOUNT), ctypes.c_int(tree), b"", ctypes.c_int(AT_FDCWD), _bytes(target))
    try:
        _check(_libc.syscall(*call, ctypes.c_uint(MOVE_MOUNT_EMPTY_PATH)), f"move_mount to {target}")
    finally:
        os.close(tree)


def unmount(target: str) -> None:
    _check(_libc.umount2(_bytes(target), MNT_DETACH), f"unmount {target}")


def pivot_root(new: str, old: str) -> None:
    _check(_libc.pivot_root(_bytes(new), _bytes(old)), "pivot_root")


def protect_mounts(path: str, attributes: int) -> None:
    """Sets `attributes` on the mount at `path` and all below it (Linux 5.12)."""
    asked = _MountAttributes(attributes, 0, 0, 0)
    call = (_long(SYS_MOUNT_SETATTR), ctypes.c_int(AT_FDCWD), _bytes(path), ctypes.c_uint(AT_RECURSIVE))
    _check(_libc.syscall(*call, ctypes.byref(asked), _long(ctypes.sizeof(asked))), "mount_setattr")


def prctl(option: int, *arguments: Any) -> int:
    padded = [_long(a) if isinstance(a, int) else a for a in (*arguments, 0, 0, 0, 0)[:4]]
    return _check(_libc.prctl(ctypes.c_int(option), *padded), f"prctl {option}")


def drop_capabilities() -> None:
    """No capability is left, and none can be gained by anything this process may run."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # past the last one that this kernel has, or not allowed: no_new_privs covers that
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(ctypes.byref(header), ctypes.byref(none)), "capset")


def load_filter(program: bytes) -> None:
    """Puts a seccomp filter (classic BPF, 8 bytes an instruction) on this thread and its descendants for good."""
    loaded = _Filter(len(program) // 8, program)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(loaded))


def read_at(folder: int, path: str) -> str:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        return os.read(fd, 1 << 16).decode()
    finally:
        os.close(fd)


def write_at(folder: int, path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def list_at(folder: int, path: str) -> list[str]:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
    try:
        return os.listdir(fd)  # noqa: PTH208 - a descriptor has no Path
    finally:
        os.close(fd)


def map_users(proc: int, process: str, users: str, groups: str, *, keep_groups: bool = False) -> None:
    """Writes a user namespace's maps. An ordinary user must first renounce `setgroups` in it."""
    if not keep_groups:
        write_at(proc, f"{process}/setgroups", "deny")
    write_at(proc, f"{process}/uid_map", users)
    write_at(proc, f"{process}/gid_map", groups)
