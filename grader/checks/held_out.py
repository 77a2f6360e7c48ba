"""The two data sets that a training is judged on, drawn from the grading's seed. The labels to test on stay here.

Digits with renamed classes, and glyphs: weights prepared at home and tables of known images may survive the renaming;
the glyphs they cannot survive.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from grader.data import mnist
from grader.data.glyphs import CLASSES, glyphs

from .draw import Draw


@dataclass(frozen=True)
class DataSet:
    """Images to train on with their labels, and others to test on: (N, 28, 28) uint8 and (N,) int64, 0 to 9."""

    name: str
    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def digits(draw: Draw, n_train: int, n_test: int, *, renamed: bool = False) -> DataSet:
    """That many images out of each half of MNIST, in a random order; `renamed`: the ten classes secretly permuted."""
    name = draw.permutation(CLASSES) if renamed else None
    parts: list[Tensor] = []
    for images, labels, count in ((*mnist("train"), n_train), (*mnist("test"), n_test)):
        chosen = draw.permutation(len(images))[:count]
        parts += [images[chosen], labels[chosen] if name is None else name[labels[chosen]]]
    return DataSet("digits", *parts)


def strokes(draw: Draw, n_train: int, n_test: int) -> DataSet:
    """That many stroke glyphs of ten classes which no one has seen before."""
    return DataSet("glyphs", *glyphs(n_train, n_test, draw.generator))
