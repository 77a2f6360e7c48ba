"""Exhibits as PNG files."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from grader.model.exhibit import Confusion, Curves, Exhibit, Misread


def draw(exhibit: Exhibit, folder: Path) -> Path:
    """Writes `<name>.png` into `folder` and returns it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    match exhibit:
        case Curves():
            _curves(exhibit, figure.add_subplot())
        case Confusion():
            _confusion(exhibit, figure.add_subplot())
        case Misread():
            _misread(exhibit, figure)
    figure.suptitle(exhibit.title)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{exhibit.name}.png"
    figure.savefig(path, dpi=120)
    return path


def _curves(exhibit: Curves, ax: Any) -> None:
    for name, values in exhibit.lines.items():
        finite = [value if math.isfinite(value) else math.nan for value in values]
        ax.plot(range(1, len(finite) + 1), finite, marker="o", label=name)
    ax.set_xlabel(exhibit.x_label)
    ax.set_ylabel(exhibit.y_label)
    ax.legend()


def _confusion(exhibit: Confusion, ax: Any) -> None:
    classes = max([*exhibit.labels, *exhibit.predictions], default=0) + 1
    counts = [[0] * classes for _ in range(classes)]
    for read, right in zip(exhibit.predictions, exhibit.labels, strict=True):
        if 0 <= read < classes:
            counts[right][read] += 1
    ax.imshow(counts, cmap="Blues")
    most = max(map(max, counts), default=0)
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            if count:
                colour = "white" if count > most / 2 else "black"
                ax.text(column, row, count, ha="center", va="center", fontsize=7, color=colour)
    ax.set_xticks(range(classes))
    ax.set_yticks(range(classes))
    ax.set_xlabel("predicted")
    ax.set_ylabel("true")


def _misread(exhibit: Misread, figure: Any) -> None:
    shown = list(zip(exhibit.images, exhibit.read, exhibit.right, strict=True))[:24]
    columns = 8
    for place, (image, read, right) in enumerate(shown, 1):
        ax = figure.add_subplot(max(1, math.ceil(len(shown) / columns)), columns, place)
        ax.imshow(image, cmap="gray_r")
        ax.set_title(f"{right} read as {read}", fontsize=7)
        ax.axis("off")
