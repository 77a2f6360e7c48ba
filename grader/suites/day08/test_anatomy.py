"""Day 8: a forward pass, shapes, counts and labels against our own; a drawing judged by what stands on its Axes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.axes import check_words, read_plot
from grader.checks.close import check_close, check_equal, check_keys, check_length, check_number
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

DTYPES = [torch.float32, torch.float64]


def network(draw: Draw, n: int, d: int, h: int, c: int, dtype: torch.dtype) -> tuple[Tensor, dict[str, Tensor]]:
    """Inputs and parameters, the matrices not contiguous in memory; biases large enough that none can be left out."""
    params = {
        "W1": draw.normal(h, d, dtype=dtype).T,
        "b1": draw.normal(h, std=2, dtype=dtype),
        "W2": draw.normal(c, h, dtype=dtype).T,
        "b2": draw.normal(c, std=2, dtype=dtype),
    }
    return draw.normal(d, n, std=2, dtype=dtype).T, params


@pytest.mark.task("forward")
@pytest.mark.parametrize("n, d, h, c", [(4, 4, 4, 4), (5, 3, 7, 2), (1, 6, 5, 3), (3, 2, 9, 1), (6, 30, 40, 10)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_forward(student: Student, draw: Draw, n: int, d: int, h: int, c: int, dtype: torch.dtype) -> None:
    x, params = network(draw, n, d, h, c, dtype)
    W1, b1, W2, b2 = (params[name].double() for name in ("W1", "b1", "W2", "b2"))
    hidden = (x.double() @ W1 + b1).clamp(min=0)
    scale = float(((x.double().abs() @ W1.abs() + b1.abs()) @ W2.abs() + b2.abs()).max())
    got = student.call("forward", x, params)
    check_close(got, hidden @ W2 + b2, dtype=dtype, terms=d + h, scale=scale)


def nets(draw: Draw) -> list[list[int]]:
    """Sizes of networks: the text's, the shortest, sizes that return, a deep one, and one that float32 cannot count."""
    deep = [draw.integer(1, 40) for _ in range(draw.integer(4, 8))]
    size = draw.integer(2, 9)
    same = [size, size, size, draw.integer(9, 12), size]
    return [[3, 4, 2], [784, 128, 64, 10], [draw.integer(2, 9), 1], same, deep, [4096, 4099]]


@pytest.mark.task("layer_shapes")
def test_layer_shapes(student: Student, draw: Draw) -> None:
    asked = nets(draw)
    answers = [student.call("layer_shapes", sizes) for sizes in asked]
    for sizes, seen in zip(asked, answers, strict=True):
        check_equal(seen, list(pairwise(sizes)), name=f"the result for {sizes}")


@pytest.mark.task("count_parameters")
def test_count_parameters(student: Student, draw: Draw) -> None:
    asked = nets(draw)
    answers = [student.call("count_parameters", sizes) for sizes in asked]
    for sizes, seen in zip(asked, answers, strict=True):
        expected = sum(n_in * n_out + n_out for n_in, n_out in pairwise(sizes))
        check_number(seen, kind=int, name=f"the result for {sizes}")
        check_equal(seen, expected, name=f"the result for {sizes}")


def check_left_alone(student: Student, name: str, sizes: list[int]) -> None:
    check_untouched(name, student.probe(probes.of_sizes, name, sizes).get("sizes"), sizes)


def check_untouched(name: str, seen: Any, sizes: list[int]) -> None:
    if seen != sizes:
        raise CheckFailed(f"{name} changes the list that it is given", expected="sizes left as it was")


@pytest.mark.task("layer_shapes")
def test_layer_shapes_leaves_its_input(student: Student, draw: Draw) -> None:
    check_left_alone(student, "layer_shapes", nets(draw)[-2])


@pytest.mark.task("count_parameters")
def test_count_parameters_leaves_its_input(student: Student, draw: Draw) -> None:
    check_left_alone(student, "count_parameters", nets(draw)[-2])


def linear(n_in: int, n_out: int, bias: bool = True) -> tuple[int, int, bool]:
    return n_in, n_out, bias


def plans(draw: Draw) -> dict[str, list[Any]]:
    """Models to label; d, h, k and c are four different numbers of units."""
    d, h, k, c = (1 + draw.permutation(12))[:4].tolist()
    return {
        "one hidden layer": [linear(d, h), "ReLU", linear(h, c)],
        "a single Linear": [linear(d, c)],
        "layers of one size": [linear(d, d), "Tanh", linear(d, d), "Tanh", linear(d, d)],
        "other layers around": ["Flatten", linear(d, h), ("BatchNorm1d", h), "Dropout", linear(h, c, False), "Sigmoid"],
        "Sequentials inside": [[linear(d, h), "ReLU"], [[linear(h, k)], "ReLU"], linear(k, c)],
        "everything inside": [[[linear(d, h), "ReLU", linear(h, c)]]],
    }


@pytest.mark.task("label_layers")
@pytest.mark.parametrize("kind", list(plans(Draw("kinds"))))
def test_label_layers(student: Student, draw: Draw, kind: str) -> None:
    plan = plans(draw)[kind]
    pairs = linears(plan)
    units = [pairs[0][0], *(n_out for _, n_out in pairs)]
    roles = ["input", *["hidden"] * (len(pairs) - 1), "output"]
    seen = check_length(student.probe(probes.labels_of, plan), list, len(units), name=f"the list for {kind}")
    for number, (entry, role, count) in enumerate(zip(seen, roles, units, strict=True), 1):
        check_keys(entry, {"role", "units"}, name=f"entry {number} for {kind}")
        check_equal(entry["role"], role, name=f"the role of entry {number} for {kind}")
        check_equal(entry["units"], count, name=f"the units of entry {number} for {kind}")


def linears(plan: list[Any]) -> list[tuple[int, int]]:
    """The (in, out) of each Linear in a plan, in order."""
    found: list[tuple[int, int]] = []
    for part in plan:
        if isinstance(part, list):
            found += linears(part)
        elif isinstance(part, tuple) and isinstance(part[0], int):
            found.append((part[0], part[1]))
    return found


def drawn_sizes(draw: Draw, layers: int) -> list[int]:
    """Layers of 1 to 4 units, one of them wide."""
    sizes = [draw.integer(1, 5) for _ in range(layers)]
    sizes[draw.integer(0, layers)] = draw.integer(12, 25)
    return sizes


@pytest.mark.task("draw_network")
@pytest.mark.parametrize("layers", [3, 2, 4])
def test_draw_network(student: Student, draw: Draw, layers: int) -> None:
    sizes = [3, 4, 2] if layers == 3 else drawn_sizes(draw, layers)
    check_tally(student.probe(probes.tally, sizes), sizes)
    plot = read_plot(student.probe(probes.drawing, sizes))
    wanted = ["input", "output"] + ["hidden"] * (layers > 2)
    check_words(plot, wanted, {"input", "hidden", "output"} - set(wanted))
    check_drawing(plot.circles, plot.strokes(), sizes)


def check_tally(seen: Any, sizes: list[int]) -> None:
    """The numbers alone: they tell a student most, and a slip shows in them whatever the layout. Then the input."""
    check_keys(seen, {"circles", "lines", "words", "sizes"})
    for name, expected in (("circles", sum(sizes)), ("lines", sum(a * b for a, b in pairwise(sizes)))):
        if seen[name] != expected:
            raise CheckFailed(
                f"the drawing of {sizes} has the wrong number of {name}", expected=str(expected), seen=str(seen[name])
            )
    check_untouched("draw_network", seen["sizes"], sizes)


def check_drawing(circles: Tensor, strokes: Tensor, sizes: list[int]) -> None:
    """Circles stand apart, and the lines join them as the weights join the units."""
    if len(circles) != sum(sizes) or not bool(circles.isfinite().all()):
        raise CheckFailed(
            "the drawing has the wrong number of circles", expected=str(sum(sizes)), seen=str(len(circles))
        )
    apart = torch.cdist(circles, circles) + torch.eye(len(circles), dtype=circles.dtype) * 1e9
    if float(apart.min()) <= 1e-6 * float(circles.abs().max().clamp(min=1e-9)):
        raise CheckFailed("two circles stand in one place", expected="each unit in its own place")
    # a line may end at a circle's centre or at its edge: the nearest circle is the one that is meant
    ends = torch.cdist(strokes.reshape(-1, 2), circles).argmin(dim=1).reshape(-1, 2).tolist()
    joined = {frozenset(pair) for pair in ends if pair[0] != pair[1]}
    lines = [sum(unit in pair for pair in joined) for unit in range(len(circles))]
    around = [0, *sizes, 0]
    expected = [around[i] + around[i + 2] for i, units in enumerate(sizes) for _ in range(units)]
    if len(joined) != len(strokes) or sorted(lines) != sorted(expected):
        raise CheckFailed(
            "the lines do not join each unit with every unit of the next layer",
            expected=f"{len(strokes)} different pairs of neighbours", seen=f"{len(joined)} different pairs",
        )  # fmt: skip
