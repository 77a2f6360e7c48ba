"""What a student's plot shows, read from the data that `grader/suites/axes_probe.py` takes off the Axes.

In a day's probes.py:                       from ..axes_probe import plot_data

                                            def drawing(code, sizes):
                                                return plot_data(code.draw_network, sizes)  # draw_network(sizes, ax)

In its test:                                plot = read_plot(student.probe(probes.drawing, sizes))
                                            curve = check_curve(plot, "sigmoid")   # by label or legend, in any case
                                            check_named_axes(plot); check_words(plot, ["input"])

The data come from a worker, so `read_plot` takes nothing for granted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

import torch
from torch import Tensor

from grader.model.errors import CheckFailed


@dataclass(frozen=True)
class Curve:
    """One Line2D: its points in data coordinates, float64, and its label (or its text in the legend)."""

    x: Tensor
    y: Tensor
    name: str
    joined: bool


@dataclass(frozen=True)
class Plot:
    """What stands on the Axes. `circles` is (n, 2): centres; `segments` are LineCollections' polylines, (k, 2)."""

    curves: tuple[Curve, ...]
    segments: tuple[Tensor, ...]
    circles: Tensor
    texts: tuple[str, ...]
    legend: tuple[str, ...]
    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str

    def strokes(self) -> Tensor:
        """Every straight stroke between two neighbouring points, (n, 2, 2): of lines and LineCollections alike.

        A gap (NaN) in a line ends a stroke.
        """
        lines = [torch.stack([curve.x, curve.y], dim=1) for curve in self.curves if curve.joined]
        pairs = [torch.stack([line[:-1], line[1:]], dim=1) for line in (*lines, *self.segments) if len(line) > 1]
        found = torch.cat(pairs) if pairs else torch.zeros(0, 2, 2, dtype=torch.float64)
        return found[found.isfinite().all(dim=2).all(dim=1)]


def read_plot(seen: Any) -> Plot:
    """The plot that a probe reported. Raises `CheckFailed` where the report is not one of ours."""
    report = seen if isinstance(seen, dict) else {}
    circles = [_points(part, 1) for part in _listed(report, "circles")]
    return Plot(
        curves=tuple(_curve(part) for part in _listed(report, "lines")),
        segments=tuple(_points(part, 2) for part in _listed(report, "segments")),
        circles=torch.stack(circles) if circles else torch.zeros(0, 2, dtype=torch.float64),
        texts=tuple(_text(part) for part in _listed(report, "texts")),
        legend=tuple(_text(part) for part in _listed(report, "legend")),
        **{name: _text(report.get(name)) for name in ("title", "xlabel", "ylabel", "xscale", "yscale")},
    )


def _listed(report: dict[Any, Any], name: str) -> list[Any]:
    part = report.get(name)
    return part if isinstance(part, list) else _unreadable()


def _text(part: Any) -> str:
    return part if isinstance(part, str) else _unreadable()


def _curve(line: Any) -> Curve:
    match line:
        case {"x": Tensor() as x, "y": Tensor() as y, "name": str(name), "joined": bool(joined)}:
            if x.dim() == 1 and x.shape == y.shape and x.dtype == y.dtype == torch.float64:
                return Curve(x, y, name, joined)
    return _unreadable()


def _points(part: Any, dims: int) -> Tensor:
    if isinstance(part, Tensor) and part.dim() == dims and part.shape[-1] == 2 and part.dtype == torch.float64:
        return part
    return _unreadable()


def _unreadable() -> NoReturn:
    raise CheckFailed("the plot could not be read", expected="lines, circles and texts on the Axes")


def find_curves(plot: Plot, word: str) -> list[Curve]:
    """The curves whose name holds `word`, in any case."""
    return [curve for curve in plot.curves if word.lower() in curve.name.lower()]


def check_curve(plot: Plot, word: str) -> Curve:
    """The one curve that is called `word`: by its label, or by its entry in the legend."""
    found = find_curves(plot, word)
    if len(found) != 1:
        names = ", ".join(repr(curve.name) for curve in plot.curves if curve.name) or "no labelled line"
        raise CheckFailed(f"one line should be labelled {word}", expected=f"one line labelled {word}", seen=names[:200])
    return found[0]


def check_named_axes(plot: Plot) -> None:
    """Both axes have a name."""
    for name, text in (("x", plot.xlabel), ("y", plot.ylabel)):
        if not text.strip():
            raise CheckFailed(f"the {name} axis has no name", expected=f"a name on the {name} axis", seen="none")


def check_legend(plot: Plot) -> None:
    """There is a legend, and something stands in it."""
    if not any(text.strip() for text in plot.legend):
        raise CheckFailed("the plot has no legend", expected="a legend", seen="none")


def check_words(plot: Plot, wanted: Iterable[str], unwanted: Iterable[str] = ()) -> None:
    """Each wanted word can be read somewhere on the plot, in any case, and no unwanted one."""
    read = "\n".join(plot.texts).lower()
    for word in wanted:
        if word.lower() not in read:
            words = ", ".join(text for text in read.split("\n") if any(map(str.isalpha, text)))  # no ticks' numbers
            raise CheckFailed(f"the word {word} is missing", expected=word, seen=words[:200] or "no words")
    for word in unwanted:
        if word.lower() in read:
            raise CheckFailed(f"the word {word} does not belong here", expected=f"no {word}", seen=word)
