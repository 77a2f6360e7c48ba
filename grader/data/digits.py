"""MNIST as tensors, and as the folder that torchvision reads."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from grader.data.bundle import (
    IMAGE_HEADER,
    LABEL_HEADER,
    MNIST_FILES,
    TEST_IMAGES,
    TEST_LABELS,
    TRAIN_IMAGES,
    TRAIN_LABELS,
    Bundled,
    DataError,
    unpack,
)
from grader.data.cache import VARIABLE, cache_root, cached

if TYPE_CHECKING:
    from torch import Tensor

_SPLITS = {"train": (TRAIN_IMAGES, TRAIN_LABELS), "test": (TEST_IMAGES, TEST_LABELS)}


def mnist(split: Literal["train", "test"]) -> tuple["Tensor", "Tensor"]:
    """The images and labels of one half of MNIST: 60,000 to train on, 10,000 to test on.

    The images map a file of the user's cache, made on the first call, where the cache can be written, and lie in
    memory elsewhere. Either way they are the caller's own: changing them changes nothing for anybody else.

    Returns:
        images: (N, 28, 28) uint8, 0 for the background, 255 for full ink.
        labels: (N,) int64, 0 to 9.

    Raises:
        DataError: a bundled file is missing or damaged.
        ValueError: there is no such split.
    """
    if split not in _SPLITS:
        raise ValueError(f"MNIST has no split {split!r}; ask for 'train' or 'test'")
    images, labels = _SPLITS[split]
    pixels = _content(images)[IMAGE_HEADER:].view(-1, 28, 28)
    return pixels, _content(labels)[LABEL_HEADER:].long()


def torchvision_root() -> Path:
    """A root from which `torchvision.datasets.MNIST(root, download=True)` reads without a network.

    torchvision asks for unpacked files (55 MB), so they are made in the user's cache on the first call.

    Raises:
        DataError: a bundled file is missing or damaged, or the cache cannot be written.
    """
    try:
        roots = {cached(file).parents[2] for file in MNIST_FILES}
    except OSError as error:
        raise DataError(
            f"MNIST cannot be unpacked for torchvision into {cache_root() or 'a cache'} ({error}). "
            f"Set {VARIABLE} to a folder that can be written and has 60 MB free."
        ) from error
    return roots.pop()


def _content(file: Bundled) -> "Tensor":
    """All bytes of an unpacked file as a (size,) uint8 tensor, private to the caller."""
    import torch

    try:
        path = cached(file)
        # Not shared: a page that the caller writes to is copied, the file stays as it is.
        return torch.from_file(str(path), shared=False, size=file.size, dtype=torch.uint8)
    except (OSError, RuntimeError):  # RuntimeError is how torch says that a file cannot be mapped
        return torch.frombuffer(bytearray(_in_memory(file)), dtype=torch.uint8)


@lru_cache(maxsize=len(MNIST_FILES))
def _in_memory(file: Bundled) -> bytes:
    return unpack(file)
