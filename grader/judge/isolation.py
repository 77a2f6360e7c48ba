"""What stands between the judge and the code it judges, on this machine, and what does not.

The layers are not guessed: a zygote is started, and a trial worker takes every step; what it reports is what is in
force. `grader doctor` prints it, each record keeps it, and `--isolation full` refuses to start with less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from grader.model.errors import DescentError

Level = Literal["full", "partial", "none"]

# in the order in which doctor lists them; those marked are needed for "full"
LAYERS: dict[str, tuple[bool, str]] = {
    "account": (True, "an account that owns nothing, where the judge is root"),
    "users": (True, "a user namespace, with no power over anything outside"),
    "processes": (True, "a pid namespace: sees no other process, and ends with all that it started"),
    "network": (True, "a network namespace without interfaces"),
    "ipc": (True, "System V objects and queues of its own"),
    "hostname": (True, "a host name of its own"),
    "cgroups": (True, "a cgroup root of its own"),
    "files": (True, "a mount view with Python and torch in it, read-only, and nothing else"),
    "scratch": (True, "a private folder of limited size in memory"),
    "landlock": (False, "file, port, socket and signal rules by Landlock"),
    "resources": (True, "rlimits on processor time, address space, files and processes"),
    "privileges": (True, "no capability and no_new_privs"),
    "calls": (True, "a seccomp filter"),
    "memory": (True, "a limit on the memory of the whole tree"),
}
HINTS = {
    "users": "unprivileged user namespaces are switched off here (user.max_user_namespaces, "
    "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns, or a container's seccomp profile)",
    "account": "the interpreter's files must be readable by all users: chmod -R a+rX",
    "files": "needs a user namespace or root that may mount, Linux 5.12, and interpreter files that all users can read",
    "landlock": "needs Linux 5.13 with Landlock among its security modules, and landlockpy",
    "calls": "install libseccomp2 and pyseccomp",
}


class IsolationError(DescentError):
    """The walls that were asked for cannot be had here."""


@dataclass(frozen=True)
class Layer:
    """One wall: whether it stands, and a word on how, or why not."""

    name: str
    on: bool
    why: str = ""


@dataclass(frozen=True)
class Isolation:
    """All walls, and what they amount to."""

    level: Level
    layers: tuple[Layer, ...]

    @property
    def missing(self) -> tuple[Layer, ...]:
        """The layers without which this is not full."""
        return tuple(layer for layer in self.layers if not layer.on and LAYERS[layer.name][0])

    def require_full(self) -> None:
        """Raises `IsolationError` unless every wall stands."""
        if self.level != "full":
            reasons = "; ".join(f"{layer.name}: {advice(layer)}" for layer in self.missing)
            raise IsolationError(f"full isolation was asked for, and this machine does not give it: {reasons}")


def advice(layer: Layer) -> str:
    """Why a layer is off, and how to get it."""
    return ". ".join(part for part in (layer.why, HINTS.get(layer.name, "")) if part)


def weigh(report: Mapping[str, tuple[bool, str]]) -> Isolation:
    """The isolation that a trial worker's report amounts to. A layer that is not in it is off."""
    layers = tuple(Layer(name, *report.get(name, (False, "not available"))) for name in LAYERS)
    on = {layer.name for layer in layers if layer.on}
    if on >= {name for name, (needed, _) in LAYERS.items() if needed}:
        return Isolation("full", layers)
    # those three keep a machine usable; they hide nothing and stop nobody
    return Isolation("partial" if on - {"account", "resources", "memory"} else "none", layers)


def no_walls(why: str) -> Isolation:
    """No wall at all, and the reason."""
    return weigh(dict.fromkeys(LAYERS, (False, why)))


def probe() -> Isolation:
    """What this machine gives: starts a zygote as a grading does, and one trial worker. Takes some seconds."""
    from .launch import Launcher, supported

    if reason := supported():
        return no_walls(reason)
    with Launcher() as launcher:
        return launcher.isolation
