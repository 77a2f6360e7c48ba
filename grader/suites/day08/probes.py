"""Runs beside student code: builds models, hands out Axes and reads them. Imports torch (and, to draw, matplotlib)."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from ..axes_probe import plot_data


def of_sizes(code: Any, name: str, sizes: list[int]) -> dict[str, Any]:
    """The result of a function of `sizes`, and the list as it is afterwards."""
    return {"result": getattr(code, name)(sizes), "sizes": sizes}


def build(plan: list[Any]) -> nn.Sequential:
    """A Sequential from a plan: a pair is a Linear layer, a list a Sequential of its own, a word a layer of nn."""
    made: list[nn.Module] = []
    for part in plan:
        match part:
            case (int(n_in), int(n_out), bool(bias)):
                made.append(nn.Linear(n_in, n_out, bias=bias))
            case list():
                made.append(build(part))
            case (str(name), int(units)):
                made.append(getattr(nn, name)(units))
            case _:
                made.append(getattr(nn, part)())
    return nn.Sequential(*made)


def labels_of(code: Any, plan: list[Any]) -> Any:
    """`label_layers` of the model that `plan` describes."""
    return code.label_layers(build(plan).to(code.device))


def drawing(code: Any, sizes: list[int]) -> dict[str, Any]:
    """What `draw_network` leaves on fresh Axes."""
    return plot_data(code.draw_network, sizes)


def tally(code: Any, sizes: list[int]) -> dict[str, Any]:
    """How much is on the drawing, wherever it stands: circles, straight strokes, and which of the three words.

    With it `sizes` as they are afterwards.
    """
    plot = plot_data(code.draw_network, sizes)
    lines = [torch.stack([line["x"], line["y"]], dim=1) for line in plot["lines"] if line["joined"]]
    drawn = [line.isfinite().all(dim=1) for line in (*lines, *plot["segments"])]
    strokes = sum(int((points[1:] & points[:-1]).sum()) for points in drawn)
    text = "\n".join(plot["texts"]).lower()
    words = [word for word in ("input", "hidden", "output") if word in text]
    return {"circles": len(plot["circles"]), "lines": strokes, "words": words, "sizes": sizes}
