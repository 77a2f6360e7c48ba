"""Inputs drawn from the grading's seed: each (seed, day, task, check) has a generator of its own."""

from __future__ import annotations

import hashlib
import hmac

import torch
from torch import Tensor


def derive(seed: str, *purpose: str) -> int:
    """A 63-bit number of its own for each purpose: HMAC-SHA256 of the purpose under the seed."""
    label = "\x1f".join(purpose).encode()
    return int.from_bytes(hmac.digest(seed.encode(), label, hashlib.sha256)[:8]) >> 1


class Draw:
    """Draws of one check, on the CPU, always the same for one seed and check."""

    def __init__(self, seed: str, *purpose: str) -> None:
        self.generator = torch.Generator().manual_seed(derive(seed, *purpose))

    def normal(self, *shape: int, std: float = 1.0, dtype: torch.dtype = torch.float32) -> Tensor:
        """Normal numbers of mean 0."""
        return (torch.randn(shape, generator=self.generator, dtype=torch.float64) * std).to(dtype)

    def uniform(self, low: float, high: float, *shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
        """Uniform numbers in [low, high)."""
        unit = torch.rand(shape, generator=self.generator, dtype=torch.float64)
        return (low + (high - low) * unit).to(dtype)

    def integers(self, low: int, high: int, *shape: int) -> Tensor:
        """int64 numbers in [low, high)."""
        return torch.randint(low, high, shape, generator=self.generator)

    def labels(self, count: int, classes: int) -> Tensor:
        """int64 labels, (count,); with enough of them, each class comes up."""
        every = torch.arange(count) % classes
        return every[self.permutation(count)] if count >= classes else self.integers(0, classes, count)

    def permutation(self, count: int) -> Tensor:
        """0 to count − 1 in a random order, int64."""
        return torch.randperm(count, generator=self.generator)

    def integer(self, low: int, high: int) -> int:
        """A Python int in [low, high)."""
        return int(self.integers(low, high, 1))

    def number(self, low: float, high: float) -> float:
        """A Python float in [low, high)."""
        return float(self.uniform(low, high, 1, dtype=torch.float64))

    def seed(self) -> int:
        """A seed to hand to a student's function."""
        return self.integer(0, 2**31)
