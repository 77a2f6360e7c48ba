"""Inputs drawn from the grading's seed: each (seed, day, task, check) has a generator of its own."""

from __future__ import annotations

import hashlib
import hmac

import torch
from torch import Tensor

WORDS = 624  # of 32 bits: the state of the Mersenne Twister, each in 64 bits of the state that torch shows
HEAD = 3  # numbers of 64 bits before them


def derive(seed: str, *purpose: str) -> int:
    """A 63-bit number of its own for each purpose: HMAC-SHA256 of the purpose under the seed."""
    return int.from_bytes(_key(seed, *purpose)[:8]) >> 1


def _key(seed: str, *purpose: str) -> bytes:
    return hmac.digest(seed.encode(), "\x1f".join(purpose).encode(), hashlib.sha256)


def _generator(key: bytes) -> torch.Generator:
    """A generator whose whole state comes of `key`.

    `manual_seed` keeps 32 bits of a seed: few enough that a submission could try them all against the images that it
    trains on, and draw the labels that it is tested on.
    """
    generator = torch.Generator().manual_seed(0)
    state = generator.get_state()
    words = torch.frombuffer(bytearray(hashlib.shake_256(key).digest(4 * WORDS)), dtype=torch.int32)
    state.view(torch.int64)[HEAD : HEAD + WORDS] = words.to(torch.int64) & 0xFFFFFFFF
    generator.set_state(state)
    return generator


class Draw:
    """Draws of one check, on the CPU, always the same for one seed and check."""

    def __init__(self, seed: str, *purpose: str) -> None:
        self.generator = _generator(_key(seed, *purpose))

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
        """int64 labels, (count,). Each class comes up; with too few for that none twice and, from two on, the last."""
        if count >= classes:
            return (torch.arange(count) % classes)[self.permutation(count)]
        labels = self.permutation(classes)[:count]
        last = classes - 1  # a function made for fewer classes is wrong there, whatever the seed
        if count > 1 and last not in labels:
            labels[self.integer(0, count)] = last
        return labels

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
