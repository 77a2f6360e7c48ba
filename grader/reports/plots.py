"""Pictures as PNG files."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

from grader.model.picture import Gallery, Matrix, Picture, Plot


def draw(picture: Picture, folder: Path) -> Path:
    """Writes `<name>.png` into `folder` and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{picture.name}.png"
    path.write_bytes(png(picture))
    return path


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    match picture:
        case Plot():
            _plot(picture, figure.add_subplot())
        case Matrix():
            _matrix(picture, figure.add_subplot())
        case Gallery():
            _gallery(picture, figure)
    figure.suptitle(picture.title)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=120)
    return file.getvalue()


def _plot(picture: Plot, ax: Any) -> None:
    for name, values in picture.lines.items():
        places = [picture.first + picture.every * place for place in range(len(values))]
        ax.plot(places, [math.nan if value is None else value for value in values], marker="o", label=name)
    ax.set_xlabel(picture.x_label)
    ax.set_ylabel(picture.y_label)
    ax.legend()


def _matrix(picture: Matrix, ax: Any) -> None:
    classes = range(len(picture.counts))
    ax.imshow(picture.counts, cmap="Blues")
    most = max(map(max, picture.counts))
    for row, line in enumerate(picture.counts):
        for column, count in enumerate(line):
            if count:
                colour = "white" if count > most / 2 else "black"
                ax.text(column, row, count, ha="center", va="center", fontsize=7, color=colour)
    ax.set_xticks(classes)
    ax.set_yticks(classes)
    ax.set_xlabel("predicted")
    ax.set_ylabel("true")


def _gallery(picture: Gallery, figure: Any) -> None:
    import numpy as np

    columns = 8
    for place, image in enumerate(picture.images, 1):
        ax = figure.add_subplot(max(1, math.ceil(len(picture.images) / columns)), columns, place)
        levels = np.frombuffer(image.levels, np.uint8).reshape(picture.height, picture.width)
        ax.imshow(levels, cmap="gray_r", vmin=0, vmax=255)
        ax.set_title(f"{image.right} read as {image.read}", fontsize=7)
        ax.axis("off")
