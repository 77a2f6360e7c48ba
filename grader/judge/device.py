"""Where checks run."""

from __future__ import annotations

import torch

from grader.model.errors import DescentError
from grader.model.text import clean

from . import sim
from .worker import device_of


class DeviceError(DescentError):
    """The device that was asked for is not to be had."""


def pick_device(name: str, *, here: bool = False) -> torch.device:
    """The torch.device for `--device`; `auto` is the machine's own accelerator, or else the CPU.

    `here` says that student code will run in this process. Raises `DeviceError` for one that cannot be used.
    """
    if name == "auto":
        return accelerator() or torch.device("cpu")
    try:
        device = device_of(name)
        torch.empty(0, device=device)
        if here and name == sim.NAME:
            sim.try_out()
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = clean(str(error).partition("\n")[0])
        raise DeviceError(f"--device {name}: this machine cannot use it: {reason}") from None
    return device


def in_judge(device: torch.device) -> torch.device:
    """Where the judge itself runs what a submission ran on `device`: for sim the CPU, whose values are the same."""
    return torch.device("cpu") if device.type == sim.NAME else device


def accelerator() -> torch.device | None:
    """The machine's own accelerator, if it has one: never the pretended one."""
    found = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
    return None if found is not None and found.type == sim.NAME else found


def devices_here() -> list[str]:
    """The names that `--device` takes on this machine."""
    own = accelerator()
    names = ["cpu", *([own.type] if own is not None else [])]
    try:
        pick_device(sim.NAME)
    except DeviceError as problem:
        return [*names, f"no sim ({problem})"]
    return [*names, sim.NAME]
