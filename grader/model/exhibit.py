"""What a check can show a student besides a verdict: a few kinds of picture, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Curves:
    """Lines over epochs or steps, by name."""

    name: str
    title: str
    lines: Mapping[str, Sequence[float]]
    x_label: str = "epoch"
    y_label: str = "loss"


@dataclass(frozen=True)
class Confusion:
    """Predicted against true classes, each a sequence of class numbers."""

    name: str
    title: str
    predictions: Sequence[int]
    labels: Sequence[int]


@dataclass(frozen=True)
class Misread:
    """Images that were given the wrong class: rows of grey levels 0 to 255, with the class read and the right one."""

    name: str
    title: str
    images: Sequence[Sequence[Sequence[int]]]
    read: Sequence[int]
    right: Sequence[int]


Exhibit = Curves | Confusion | Misread
