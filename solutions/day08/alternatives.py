"""Day 8: unusual solutions that are right."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("forward")
def relu_by_a_mask(x: Tensor, params: dict[str, Tensor]) -> Tensor:
    W1, b1, W2, b2 = params.values()
    z = torch.addmm(b1, x, W1)
    return torch.einsum("nh,hc->nc", z * (z > 0), W2) + b2


@ALTERNATIVES.add("forward")
def sample_by_sample(x: Tensor, params: dict[str, Tensor]) -> Tensor:
    rows = []
    for row in x:
        hidden = torch.maximum((row[:, None] * params["W1"]).sum(0) + params["b1"], torch.zeros_like(params["b1"]))
        rows.append((hidden[:, None] * params["W2"]).sum(0) + params["b2"])
    return torch.stack(rows)


@ALTERNATIVES.add("layer_shapes")
def shapes_of_real_layers(sizes: list[int]) -> list[Any]:
    layers = [nn.Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]
    return [layer.weight.T.shape for layer in layers]


@ALTERNATIVES.add("layer_shapes")
def shapes_recursively(sizes: list[int]) -> list[tuple[int, int]]:
    return [] if len(sizes) < 2 else [(sizes[0], sizes[1]), *shapes_recursively(sizes[1:])]


@ALTERNATIVES.add("count_parameters")
def count_of_real_layers(sizes: list[int]) -> int:
    model = nn.Sequential(*[nn.Linear(a, b) for a, b in pairwise(sizes)])
    return sum(p.numel() for p in model.parameters())


@ALTERNATIVES.add("count_parameters")
def count_by_a_dot_product(sizes: list[int]) -> int:
    return int(np.dot(np.array(sizes[:-1]) + 1, np.array(sizes[1:])))


@ALTERNATIVES.add("label_layers")
def label_from_the_weights(model: nn.Sequential) -> list[dict[str, Any]]:
    shapes = [p.shape for name, p in model.named_parameters() if name.endswith("weight") and p.dim() == 2]
    units = [shapes[0][1]] + [shape[0] for shape in shapes]
    roles = {0: "input", len(units) - 1: "output"}
    return [{"units": count, "role": roles.get(i, "hidden")} for i, count in enumerate(units)]


@ALTERNATIVES.add("label_layers")
def label_by_walking(model: nn.Sequential) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []

    def walk(part: nn.Module) -> None:
        for child in part.children():
            if type(child) is nn.Linear:
                if not layers:
                    layers.append({"role": "input", "units": child.in_features})
                layers.append({"role": "hidden", "units": child.weight.shape[0]})
            walk(child)

    walk(model)
    layers[-1]["role"] = "output"
    return layers


@ALTERNATIVES.add("draw_network")
def scatter_and_a_collection(sizes: list[int], ax: Any) -> None:
    from matplotlib.collections import LineCollection

    places = [np.stack([np.linspace(0, 1, n + 2)[1:-1], np.full(n, -float(i))], 1) for i, n in enumerate(sizes)]
    segments = [(a, b) for i in range(len(sizes) - 1) for a in places[i] for b in places[i + 1]]
    ax.add_collection(LineCollection(segments, colors="k", linewidths=0.5))
    points = np.concatenate(places)
    ax.scatter(points[:, 0], points[:, 1], s=200, zorder=3)
    labels = ["Input layer"] + [f"Hidden layer {i}" for i in range(1, len(sizes) - 1)] + ["Output layer"]
    ax.set_yticks([-float(i) for i in range(len(sizes))], labels=labels)
    ax.set_xlim(0, 1)


@ALTERNATIVES.add("draw_network")
def lines_from_edge_to_edge(sizes: list[int], ax: Any) -> None:
    import matplotlib.pyplot as plt

    for i, n in enumerate(sizes):
        for j in range(n):
            y = (max(sizes) - n) / 2 + j
            ax.add_artist(plt.Circle((3 * i, y), 0.3, fill=False))
            for k in range(sizes[i + 1] if i + 1 < len(sizes) else 0):
                ax.plot([3 * i + 0.3, 3 * i + 2.7], [y, (max(sizes) - sizes[i + 1]) / 2 + k], "b-")
    ax.set_title("INPUT → " + "HIDDEN → " * (len(sizes) > 2) + "OUTPUT")


@ALTERNATIVES.add("draw_network")
def one_line_with_gaps(sizes: list[int], ax: Any) -> None:
    xs: list[float] = []
    ys: list[float] = []
    for i in range(len(sizes) - 1):
        for j in range(sizes[i]):
            for k in range(sizes[i + 1]):
                xs += [i, i + 1, float("nan")]
                ys += [j / sizes[i], k / sizes[i + 1], float("nan")]
    ax.plot(xs, ys, "k-", label="weights")
    units = [(i, j / n) for i, n in enumerate(sizes) for j in range(n)]
    ax.plot(*zip(*units, strict=True), "ro", label="units")
    ax.legend()
    names = ["input"] + ["hidden"] * (len(sizes) - 2) + ["output"]
    for i, name in enumerate(names):
        ax.annotate(name, (i, -0.2))
