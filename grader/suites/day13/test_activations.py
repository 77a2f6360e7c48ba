"""Day 13: activations and their slopes against torch's own in float64; networks and the plot by what they show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from grader.checks.axes import Curve, Plot, check_curve, check_legend, check_named_axes, find_curves, read_plot
from grader.checks.close import check_close, check_equal, check_keys, check_length, check_number
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

SHAPES = [(4, 3), (11,), (1,), (), (2, 3, 5)]
DTYPES = [torch.float32, torch.float64]
FAR = [1000.0, -1000.0, 100.0, -100.0, 30.0, -30.0, 0.0]
NEAR = [1e-4, -1e-4, 0.5, -2.0]
DEEP, NARROW = 16, 16
Function = Callable[[Tensor], Tensor]


def transposed(x: Tensor) -> Tensor:
    """The same values, not contiguous in memory."""
    return x.transpose(0, -1).contiguous().transpose(0, -1) if x.dim() > 1 else x


def slope_of(function: Function) -> Function:
    def slope(x: Tensor) -> Tensor:
        leaf = x.detach().to(torch.float64, copy=True).requires_grad_()
        (gradient,) = torch.autograd.grad(function(leaf).sum(), leaf)
        return gradient

    return slope


ORACLES: dict[str, Function] = {
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "leaky_relu": F.leaky_relu,
    "relu_grad": slope_of(torch.relu),
    "sigmoid_grad": slope_of(torch.sigmoid),
    "tanh_grad": slope_of(torch.tanh),
}
# leaky ReLU in float64 may have its slope from a float32 tensor, as torch.where(x > 0, 1.0, slope) makes one
SLACK = {("leaky_relu", torch.float64): 2.0**17}
EACH = [pytest.param(name, marks=pytest.mark.task(name)) for name in ORACLES]


def check_values(seen: Any, name: str, expected: Tensor, dtype: torch.dtype, told: str = "the result") -> None:
    size = max(1.0, float(expected.abs().max())) * SLACK.get((name, dtype), 1.0)
    check_close(seen, expected, dtype=dtype, scale=size, name=told)


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_values(student: Student, draw: Draw, name: str, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    x = transposed(draw.normal(*shape, std=2, dtype=dtype))
    check_values(student.call(name, x), name, ORACLES[name](x.double()), dtype)


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("dtype", DTYPES)
def test_values_at_0_and_1000(student: Student, draw: Draw, name: str, dtype: torch.dtype) -> None:
    """±1000, 0 and numbers between, each compared with its own size: what one needs, the others need not."""
    numbers = torch.tensor(FAR + NEAR, dtype=dtype)
    x = numbers[draw.permutation(len(numbers))]
    got, expected = student.call(name, x), ORACLES[name](x.double())
    check_values(got, name, expected, dtype)
    for number, value in enumerate(expected):
        check_values(got[number], name, value, dtype, f"the result at {float(x[number]):g}")


@pytest.mark.task("leaky_relu")
@pytest.mark.parametrize("dtype", DTYPES)
def test_leaky_relu_with_a_slope(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    x, slope = draw.normal(5, 4, std=2, dtype=dtype), draw.number(0.1, 0.9)
    check_values(student.call("leaky_relu", x, slope), "leaky_relu", F.leaky_relu(x.double(), slope), dtype)
    check_values(student.call("leaky_relu", x, slope=0.0), "leaky_relu", x.double().clamp(min=0), dtype)


def norms(student: Student, name: str, depth: int, width: int, seed: int) -> list[float]:
    """The student's norms: `depth` finite Python numbers, none negative, the last above 0 unless `zero` is between."""
    seen = check_keys(student.probe(probes.norms, name, depth, width, seed), {"norms", "width"})
    found: list[float] = check_length(seen["norms"], list, depth)
    for number, norm in enumerate(found):
        if check_number(norm, name=f"entry {number}") < 0:
            raise CheckFailed(f"entry {number} is negative", expected="a norm, 0 or more", seen=f"{norm:.3g}")
    if seen["width"] is None:
        raise CheckFailed("the activation that is handed over is never called", expected="it between the layers")
    check_equal(seen["width"], width, name="the width of the layers around the activation")
    if name != "zero" and found[-1] == 0:
        raise CheckFailed("the last layer's gradient is 0", expected="a gradient that arrives", seen="0")
    small = [norm for norm in found if 0 < norm < 1]
    if small and all(norm == round(norm, 6) for norm in small):
        raise CheckFailed("the norms are rounded", expected="all their digits", seen=", ".join(map(str, found))[:200])
    return found


@pytest.mark.task("gradient_norms")
@pytest.mark.parametrize("depth, width", [(5, 8), (2, 7), (9, 3)])
def test_norms(student: Student, draw: Draw, depth: int, width: int) -> None:
    norms(student, "tanh", depth, width, draw.seed())


@pytest.mark.task("gradient_norms")
def test_norms_of_every_layer(student: Student, draw: Draw) -> None:
    """Four layers of random weights and tanh leave something of the gradient for each."""
    found = norms(student, "tanh", 4, 6, draw.seed())
    if 0 in found:
        raise CheckFailed(
            "in 4 layers with tanh the gradient does not get back to all of them", expected="each norm above 0",
            seen=", ".join(f"{norm:.3g}" for norm in found),
        )  # fmt: skip


@pytest.mark.task("gradient_norms")
def test_norms_repeat_with_their_seed(student: Student, draw: Draw) -> None:
    seed = draw.seed()
    first, again = norms(student, "tanh", 4, 6, seed), norms(student, "tanh", 4, 6, seed)
    if first != again:
        raise CheckFailed("the same seed gives other norms the second time", expected="the same norms twice")
    if norms(student, "tanh", 4, 6, seed + 1) == first:
        raise CheckFailed("another seed gives the very same norms", expected="another network for another seed")


def first_over_last(student: Student, name: str, seed: int) -> float:
    found = norms(student, name, DEEP, NARROW, seed)
    return found[0] / found[-1]


@pytest.mark.task("gradient_norms")
def test_norms_vanish_with_sigmoid(student: Student, draw: Draw) -> None:
    """16 layers: a sigmoid's slope is at most 1/4, so the first norm is far below a hundredth of the last.

    The logarithm (base 10) of first / last was at most −12.6 for the reference over 1,000 seeds, −6.2 for any of
    nn.init's initialisations over seven losses and four kinds of input, and −2.8 for normal weights without a scale;
    the bound is −2.
    """
    ratio = first_over_last(student, "sigmoid", draw.seed())
    if ratio > 1e-2:
        raise CheckFailed(
            "with sigmoid in 16 layers the gradient does not vanish towards the input",
            expected="a first norm below a hundredth of the last", seen=f"first / last = {ratio:.3g}",
        )  # fmt: skip


@pytest.mark.task("gradient_norms")
def test_norms_vanish_less_with_relu(student: Student, draw: Draw) -> None:
    """First / last is a hundred times larger at least.

    It was 10^5.6 times larger at least for the reference over 1,000 seeds and for any of nn.init's initialisations, and
    10^2.9 for normal weights without a scale. One activation behind the last layer makes 15 at most over 300 seeds.
    """
    seed = draw.seed()
    sigmoid, relu = first_over_last(student, "sigmoid", seed), first_over_last(student, "relu", seed)
    if relu < 100 * sigmoid:
        raise CheckFailed(
            "the activation hardly matters to the norms", expected="first / last clearly larger with ReLU than sigmoid",
            seen=f"{relu:.3g} with ReLU, {sigmoid:.3g} with sigmoid",
        )  # fmt: skip


@pytest.mark.task("gradient_norms")
def test_norms_are_0_where_the_activation_lets_nothing_through(student: Student, draw: Draw) -> None:
    """Then no weight before an activation moves the loss, and the weights behind the last one are multiplied by 0."""
    found = norms(student, "zero", 4, 6, draw.seed())
    if any(found):
        raise CheckFailed(
            "with an activation that is 0 everywhere some weights still have a gradient",
            expected="0 for every layer's weights", seen=f"{max(found):.3g}",
        )  # fmt: skip


def plot_of(student: Student) -> Plot:
    return read_plot(student.probe(probes.drawing))


def curve_of(plot: Plot, name: str) -> Curve:
    """The line of this name; where leaky ReLU or slopes are drawn as well, the one with the shortest label."""
    found = [curve for curve in find_curves(plot, name) if curve.joined]
    return min(found, key=lambda curve: len(curve.name)) if len(found) > 1 else check_curve(plot, name)


def interpolated(curve: Curve, at: Tensor) -> Tensor:
    """The height of the drawn line over each of `at`, which the curve's own x must enclose."""
    order = curve.x.argsort()
    x, y = curve.x[order], curve.y[order]
    right = torch.searchsorted(x, at).clamp(1, len(x) - 1)
    share = ((at - x[right - 1]) / (x[right] - x[right - 1])).nan_to_num().clamp(0, 1)
    return y[right - 1] + share * (y[right] - y[right - 1])


@pytest.mark.task("plot_activations")
@pytest.mark.parametrize("name", ["ReLU", "Sigmoid", "Tanh"])
def test_plot_draws(student: Student, name: str) -> None:
    """One line from −5 to 5 whose points, and what is drawn between them, lie on the function."""
    curve = curve_of(plot_of(student), name)
    if not curve.joined:
        raise CheckFailed(f"{name} is drawn as dots that no line joins", expected="a line", seen="dots")
    low, high = (float(curve.x.min()), float(curve.x.max())) if len(curve.x) > 1 else (0.0, 0.0)
    if not (abs(low + 5) < 0.15 and abs(high - 5) < 0.15):  # written so that NaN fails
        raise CheckFailed(f"{name} is not drawn over [-5, 5]", expected="-5 to 5", seen=f"{low:.4g} to {high:.4g}")
    steps = curve.x.diff()
    if not ((steps >= 0).all() or (steps <= 0).all()):
        raise CheckFailed(f"the line of {name} runs to and fro", expected="x in order", seen="x out of order")
    function = ORACLES[name.lower()]
    # the student's points may have been computed in float32
    check_close(curve.y.float(), function(curve.x), scale=5.0, name=f"the line of {name}")
    at = torch.linspace(-4.8, 4.8, 97, dtype=torch.float64)
    gap = float((interpolated(curve, at) - function(at)).abs().max())
    if gap > 0.15:
        raise CheckFailed(f"the line of {name} has too few points", expected="a smooth line", seen=f"off by {gap:.2g}")


@pytest.mark.task("plot_activations")
def test_plot_has_a_legend(student: Student) -> None:
    plot = plot_of(student)
    check_legend(plot)
    read = "\n".join(plot.legend).lower()
    for name in ("ReLU", "Sigmoid", "Tanh"):
        if name.lower() not in read:
            raise CheckFailed(f"{name} is not in the legend", expected=name, seen=", ".join(plot.legend)[:200])


@pytest.mark.task("plot_activations")
def test_plot_names_its_axes(student: Student) -> None:
    check_named_axes(plot_of(student))
