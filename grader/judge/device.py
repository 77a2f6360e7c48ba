"""Where checks run."""

from __future__ import annotations

import torch

from grader.model.errors import DescentError
from grader.model.text import clean


class DeviceError(DescentError):
    """The device that was asked for is not to be had."""


def pick_device(name: str) -> torch.device:
    """The torch.device for `--device`; `auto` is the machine's accelerator, or else the CPU.

    Raises `DeviceError` for one that this machine cannot use.
    """
    if name == "auto":
        accelerator = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
        return accelerator or torch.device("cpu")
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:
        reason = clean(str(error).partition("\n")[0])
        raise DeviceError(f"--device {name}: this machine cannot use it ({reason})") from None
    return device
