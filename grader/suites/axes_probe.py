"""Probe source that days share: what a student's plot holds, as plain data, never as pixels.

A day's probes.py takes it in with `from ..axes_probe import plot_data`; the engine writes such an import out in full in
the text that goes to the worker, so this file follows the rules of a probes.py (standard library, torch, numpy and
matplotlib only) and the day preloads matplotlib. The judge reads the data with `grader.checks.axes.read_plot`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import torch

ROUND_MARKERS = ("o", ".")
BARE = ("None", "none", " ", "")


def plot_data(draw: Callable[..., Any], *args: Any) -> dict[str, Any]:
    """Calls `draw(*args, ax)` with fresh Axes and returns what then stands on them.

    The Axes are not pyplot's current ones: what is drawn without `ax` does not count.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    open_before = _open_figures()
    try:
        draw(*args, ax)
        return axes_data(ax)
    finally:
        for number in _open_figures() - open_before:
            sys.modules["matplotlib.pyplot"].close(number)


def axes_data(ax: Any) -> dict[str, Any]:
    """What stands on `ax`: lines, segments of LineCollections, circles, texts. Positions are in data coordinates."""
    from matplotlib.collections import LineCollection

    legend = _legend(ax)
    entries = [text.get_text() for text in legend.get_texts()] if legend else []
    lines = [line for line in ax.lines if line.get_visible()]
    collections = [each for each in ax.collections if each.get_visible() and isinstance(each, LineCollection)]
    return {
        "lines": [_line(ax, line, legend) for line in lines],
        "segments": [
            _to_data(ax, segment, each.get_transform()) for each in collections for segment in each.get_segments()
        ],
        "circles": [_positions(place) for place in _circles(ax)],
        "title": " ".join(filter(None, (ax.get_title(loc) for loc in ("left", "center", "right")))),
        "xlabel": ax.get_xlabel() if ax.axison else "",
        "ylabel": ax.get_ylabel() if ax.axison else "",
        "xscale": ax.get_xscale(),
        "yscale": ax.get_yscale(),
        "texts": list(_texts(ax)),
        "legend": entries,
    }


def _open_figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


def _positions(values: Any) -> torch.Tensor:
    import numpy

    plain: Any = numpy.ma.filled(numpy.ma.asarray(values, dtype=float), numpy.nan)
    return torch.tensor(plain, dtype=torch.float64)


def _to_data(ax: Any, values: Any, transform: Any) -> torch.Tensor:
    """Points given under `transform`, in the data coordinates of `ax`; untouched where they are in them already."""
    points = _positions(values).reshape(-1, 2)
    if transform == ax.transData or not len(points):
        return points
    return _positions(ax.transData.inverted().transform(transform.transform(points.numpy()))).reshape(-1, 2)


def _legend(ax: Any) -> Any:
    """The legend that is seen: that of `ax`, or its figure's."""
    legends = [ax.get_legend(), *ax.figure.legends]
    return next((legend for legend in legends if legend is not None and legend.get_visible()), None)


def _line(ax: Any, line: Any, legend: Any) -> dict[str, Any]:
    points = _to_data(ax, line.get_xydata(), line.get_transform())
    joined = line.get_linestyle() not in BARE
    return {"x": points[:, 0].clone(), "y": points[:, 1].clone(), "name": _name(line, legend), "joined": joined}


def _name(line: Any, legend: Any) -> str:
    """The line's own label; where `ax.legend(["a", "b"])` set the names, the text beside its colour and style."""
    label = str(line.get_label())
    own = "" if label.startswith("_") else label
    handles = getattr(legend, "legend_handles", None) or getattr(legend, "legendHandles", [])
    texts = [text.get_text() for text in legend.get_texts()] if legend else []
    beside = [str(text) for handle, text in zip(handles, texts, strict=False) if _look(handle) == _look(line)]
    return own if own in beside or len(beside) != 1 else beside[0]


def _look(line: Any) -> Any:
    from matplotlib.colors import to_hex

    if not hasattr(line, "get_marker"):
        return None  # a patch in the legend: no line looks like it
    return to_hex(line.get_color()), line.get_linestyle(), line.get_marker()


def _circles(ax: Any) -> Iterator[Any]:
    """The centre of each circle, be it a patch, a marker of a scatter or a round marker without a line."""
    from matplotlib.patches import CirclePolygon, Ellipse

    for patch in ax.patches:
        if patch.get_visible() and isinstance(patch, (Ellipse, CirclePolygon)):
            yield _centre(ax, patch.get_path(), patch.get_transform())
    for collection in ax.collections:
        if collection.get_visible():
            yield from _circles_of(ax, collection)
    for line in ax.lines:
        if line.get_visible() and line.get_linestyle() in BARE and line.get_marker() in ROUND_MARKERS:
            yield from _to_data(ax, line.get_xydata(), line.get_transform())


def _circles_of(ax: Any, collection: Any) -> Iterator[Any]:
    from matplotlib.collections import LineCollection, PatchCollection

    paths = [path for path in collection.get_paths() if _round(path)]
    if isinstance(collection, PatchCollection):
        yield from (_centre(ax, path, collection.get_transform()) for path in paths)
    elif paths and not isinstance(collection, LineCollection):
        yield from _to_data(ax, collection.get_offsets(), collection.get_offset_transform())


def _round(path: Any) -> bool:
    """Whether a path is a circle's: Bezier curves all the way round."""
    codes = path.codes
    return codes is not None and sum(code == path.CURVE4 for code in codes) >= len(codes) - 2


def _centre(ax: Any, path: Any, transform: Any) -> Any:
    box = path.transformed(transform).get_extents()
    centre = [[(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]]
    return _positions(ax.transData.inverted().transform(centre))[0]


def _texts(ax: Any) -> Iterator[str]:
    """Every text that can be read on `ax`: titles, names of the axes, ticks, annotations and the legend."""
    legend = _legend(ax)
    found = [*ax.texts, *ax.figure.texts]
    if ax.axison:
        found += [ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()]
    if legend is not None:
        found += [*legend.get_texts(), legend.get_title()]
    yield from (ax.get_title(loc) for loc in ("left", "center", "right") if ax.get_title(loc))
    yield from (text.get_text() for text in found if text.get_visible() and text.get_text())
