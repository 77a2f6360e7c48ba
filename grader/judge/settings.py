"""torch's settings that hold for a whole process: where student code shares ours, each side has its own."""

from __future__ import annotations

from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Settings:
    """A default dtype, a default device, and whether gradients are on."""

    dtype: torch.dtype
    device: torch.device
    gradients: bool

    @classmethod
    def now(cls) -> Settings:
        """Those that hold at the moment."""
        return cls(torch.get_default_dtype(), torch.get_default_device(), torch.is_grad_enabled())

    def apply(self) -> None:
        """Makes these hold from now on."""
        torch.set_default_dtype(self.dtype)
        torch.set_grad_enabled(self.gradients)
        if torch.get_default_device() != self.device:  # a default that is set costs each call, also where it is the CPU
            torch.set_default_device(None if self.device.type == "cpu" else self.device)


OURS = Settings(torch.float32, torch.device("cpu"), True)
