"""The pictures that a record holds: exhibits made small and plain, since their values come from hostile workers.

Whatever a worker returned, `picture_of` neither raises nor grows: long curves are thinned, what is not finite becomes a
gap, what is not a class is counted as none.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from .entry import Entry
from .exhibit import Confusion, Curves, Exhibit, Misread
from .text import clean

POINTS, LINES, CLASSES, IMAGES, SIDE = 256, 8, 20, 24, 64
LARGEST = 1e300  # differences of such values are still finite
NO_CLASS = -1

Words = Annotated[str, Field(max_length=81)]
Value = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Class = Annotated[int, Field(ge=NO_CLASS, lt=CLASSES)]


class Plot(Entry):
    """Lines over epochs or steps. Their points stand at `first`, `first + every`, …; None is a value not finite."""

    kind: Literal["plot"] = "plot"
    name: Words
    title: Words
    x_label: Words
    y_label: Words
    first: int = Field(default=1, ge=1)
    every: int = Field(default=1, ge=1)
    lines: Annotated[
        dict[Words, Annotated[tuple[Value | None, ...], Field(max_length=POINTS)]], Field(max_length=LINES)
    ]


class Matrix(Entry):
    """A confusion matrix: `counts[true][predicted]`, and how many predictions were no class at all."""

    kind: Literal["matrix"] = "matrix"
    name: Words
    title: Words
    counts: Annotated[
        tuple[Annotated[tuple[Count, ...], Field(max_length=CLASSES)], ...], Field(min_length=1, max_length=CLASSES)
    ]
    no_class: Count = 0

    @model_validator(mode="after")
    def _square(self) -> Self:
        if any(len(row) != len(self.counts) for row in self.counts):
            raise ValueError("a confusion matrix is square")
        return self


class GreyImage(Entry):
    """Grey levels, row by row, a byte each, in base64; the class read (-1: none of them) and the right one."""

    pixels: Annotated[str, Field(max_length=4 * (SIDE * SIDE // 3 + 1))]
    read: Class
    right: Class

    @property
    def levels(self) -> bytes:
        return base64.b64decode(self.pixels, validate=True)


class Gallery(Entry):
    """Images that were given the wrong class, all of one size."""

    kind: Literal["gallery"] = "gallery"
    name: Words
    title: Words
    width: int = Field(ge=0, le=SIDE)
    height: int = Field(ge=0, le=SIDE)
    images: Annotated[tuple[GreyImage, ...], Field(max_length=IMAGES)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if any(len(image.levels) != self.width * self.height for image in self.images):
            raise ValueError("an image has one byte a pixel")
        return self


Picture = Annotated[Plot | Matrix | Gallery, Field(discriminator="kind")]


def picture_of(exhibit: Exhibit) -> Plot | Matrix | Gallery:
    """The exhibit as a record holds it."""
    match exhibit:
        case Curves():
            return _plot(exhibit)
        case Confusion():
            return _matrix(exhibit)
        case Misread():
            return _gallery(exhibit)


def _plot(exhibit: Curves) -> Plot:
    lines = dict(islice(exhibit.lines.items(), LINES))
    longest = max(map(len, lines.values()), default=0)
    every = max(1, math.ceil(longest / POINTS))
    start = max(0, longest - 1) % every  # so that the last value of the longest line is kept
    return Plot(
        name=clean(exhibit.name, 80),
        title=clean(exhibit.title, 80),
        x_label=clean(exhibit.x_label, 80),
        y_label=clean(exhibit.y_label, 80),
        first=start + 1,
        every=every,
        lines={clean(name, 80): tuple(map(_value, values[start::every])) for name, values in lines.items()},
    )


def _value(value: Any) -> float | None:
    """Six digits are more than a picture shows."""
    if isinstance(value, (int, float)) and abs(value) <= LARGEST:  # nothing compares with a NaN
        return float(f"{value:.6g}")
    return None


def _matrix(exhibit: Confusion) -> Matrix:
    pairs = list(zip(exhibit.labels, exhibit.predictions, strict=False))
    classes = max(1, min(CLASSES, max([right for right, _ in pairs], default=0) + 1))
    counts = [[0] * classes for _ in range(classes)]
    outside = 0
    for right, read in pairs:
        if 0 <= right < classes and 0 <= read < classes:
            counts[right][read] += 1
        else:
            outside += 1
    return Matrix(
        name=clean(exhibit.name, 80), title=clean(exhibit.title, 80), counts=tuple(map(tuple, counts)), no_class=outside
    )


def _gallery(exhibit: Misread) -> Gallery:
    found = list(zip(exhibit.images, exhibit.read, exhibit.right, strict=False))[:IMAGES]
    height, width = _size(found[0][0]) if found else (0, 0)
    images = [
        GreyImage(pixels=_grey(image), read=_class(read), right=_class(right))
        for image, read, right in found
        if _size(image) == (height, width) != (0, 0)
    ]
    return Gallery(
        name=clean(exhibit.name, 80), title=clean(exhibit.title, 80), width=width, height=height, images=tuple(images)
    )


def _size(image: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Rows and columns; zeros where the rows differ or are too many or too long."""
    widths = set(map(len, image))
    fits = len(widths) == 1 and 0 < len(image) <= SIDE and 0 < min(widths) <= SIDE
    return (len(image), widths.pop()) if fits else (0, 0)


def _grey(image: Sequence[Sequence[int]]) -> str:
    return base64.b64encode(bytes(max(0, min(255, level)) for row in image for level in row)).decode()


def _class(number: int) -> int:
    return number if 0 <= number < CLASSES else NO_CLASS
