"""Day 16: linear regression's gradients, its descent step by step, and the bound on the learning rate, in float64."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.close import check_close, check_length, check_number
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

SHAPES = [(1, 3), (9, 1), (8, 4), (30, 2)]
FLOATS = [torch.float32, torch.float64]


def inputs(draw: Draw, n: int, d: int, dtype: torch.dtype = torch.float32) -> tuple[Tensor, ...]:
    """X, not contiguous in memory, y, w and b."""
    X = draw.normal(d, n, std=2, dtype=dtype).T
    return X, draw.normal(n, std=3, dtype=dtype), draw.normal(d, dtype=dtype), draw.uniform(0.5, 3, dtype=dtype)


def doubles(*tensors: Tensor) -> list[Tensor]:
    return [tensor.double() for tensor in tensors]


@pytest.mark.task("predict")
@pytest.mark.parametrize("n, d", SHAPES)
@pytest.mark.parametrize("dtype", FLOATS)
def test_predict(student: Student, draw: Draw, n: int, d: int, dtype: torch.dtype) -> None:
    X, _, w, b = inputs(draw, n, d, dtype)
    A, v, c = doubles(X, w, b)
    size = float((A.abs() @ v.abs() + c).max())
    check_close(student.call("predict", X, w, b), A @ v + c, dtype=dtype, terms=d + 1, scale=size)


def gradients(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """The oracle's gradients; float64 in, float64 out."""
    residuals = X @ w + b - y
    return 2 * X.T @ residuals / len(X), 2 * residuals.mean()


def check_gradients(student: Student, X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> None:
    """The student's gradients equal the oracle's, to the precision of the numbers that they sum."""
    expected_w, expected_b = gradients(*doubles(X, y, w, b))
    grad_w, grad_b = check_length(student.call("mse_gradients", X, y, w, b), tuple, 2)
    size = 2 * float((X.double().abs() @ w.double().abs() + b.double().abs() + y.double().abs()).max())
    dtype, terms, widest = X.dtype, X.shape[0] * (X.shape[1] + 1), float(X.abs().max())
    check_close(grad_w, expected_w, dtype=dtype, terms=terms, scale=size * widest, name="the gradient of w")
    check_close(grad_b, expected_b, dtype=dtype, terms=terms, scale=size, name="the gradient of b")


@pytest.mark.task("mse_gradients")
@pytest.mark.parametrize("n, d", SHAPES)
@pytest.mark.parametrize("dtype", FLOATS)
def test_gradients(student: Student, draw: Draw, n: int, d: int, dtype: torch.dtype) -> None:
    check_gradients(student, *inputs(draw, n, d, dtype))


@pytest.mark.task("mse_gradients")
def test_gradients_vanish_at_the_minimum(student: Student, draw: Draw) -> None:
    X, _, w, b = inputs(draw, 12, 3)
    check_gradients(student, X, X @ w + b, w, b)


@pytest.mark.task("mse_gradients")
def test_gradients_do_not_pile_up(student: Student, draw: Draw) -> None:
    """Two calls with other numbers of the same shape have nothing to do with each other."""
    for _ in range(2):
        check_gradients(student, *inputs(draw, 6, 2))


Descent = tuple[Tensor, Tensor, list[float]]


def descent(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    """The oracle's w, b and losses, in float64."""
    X, y = X.double(), y.double()
    w, b = torch.zeros(X.shape[1], dtype=torch.float64), torch.zeros((), dtype=torch.float64)
    losses = []
    for _ in range(steps):
        losses.append(float(((X @ w + b - y) ** 2).mean()))
        grad_w, grad_b = gradients(X, y, w, b)
        w, b = w - lr * grad_w, b - lr * grad_b
    return w, b, losses


def scalar(value: Any) -> Any:
    """A bias of shape (1,), as nn.Linear keeps it, is as good as a scalar."""
    return value.reshape(()) if isinstance(value, Tensor) and value.shape == (1,) else value


def check_descent(seen: Any, expected: Descent, dtype: torch.dtype) -> None:
    """Equal losses, w and b. A descent that converges forgets rounding, so that a step's tolerance does for all.

    The losses come first: they say before which step it left the path.
    """
    w, b, losses = check_length(seen, tuple, 3)
    check_length(losses, list, len(expected[2]), name="the list of losses")
    for number, (got, wanted) in enumerate(zip(losses, expected[2], strict=True)):
        name = f"the loss before step {number + 1}"
        check_number(got, name=name)
        # in float64 as well a Python number may have come by way of float32, as the entries of torch.zeros(steps) are
        terms = 400 if dtype == torch.float32 else 1
        check_close(got, wanted, terms=terms, scale=max(expected[2]), name=name)
    small = [loss for loss in losses if 0 < loss < 1]
    if len(small) > 2 and all(loss == round(loss, 6) for loss in small):
        raise CheckFailed("the losses are rounded", expected="all their digits", seen=", ".join(map(str, small))[:200])
    size = max(1.0, float(expected[0].abs().max()), float(expected[1].abs()))
    check_close(w, expected[0], dtype=dtype, terms=400, scale=size, name="w")
    check_close(scalar(b), expected[1], dtype=dtype, terms=400, scale=size, name="b")


def problem(draw: Draw, n: int, d: int, dtype: torch.dtype = torch.float32, noise: float = 0.5) -> Any:
    """X, y and the weights and bias behind y, with all features on the scale of 1 and not centred."""
    X = (draw.normal(d, n, dtype=torch.float64) + 0.5).T
    w, b = draw.normal(d, std=2, dtype=torch.float64), draw.number(1, 4)
    y = X @ w + b + draw.normal(n, std=noise, dtype=torch.float64)
    return X.to(dtype), y.to(dtype), w, b


def stable_lr(X: Tensor) -> float:
    """2 over the largest eigenvalue of the Hessian, in float64."""
    whole = torch.cat([X.double(), torch.ones(len(X), 1, dtype=torch.float64)], dim=1)
    return 2 / float(torch.linalg.eigvalsh(2 * whole.T @ whole / len(X)).max())


STEPS = [(20, 3, 6), (1, 2, 3), (7, 1, 1), (12, 4, 0)]


def check_steps(student: Student, draw: Draw, name: str, n: int, d: int, steps: int, dtype: torch.dtype) -> None:
    """The trajectory after a few steps, at a third of the largest stable learning rate."""
    X, y, _, _ = problem(draw, n, d, dtype)
    lr = stable_lr(X) / 3
    check_descent(student.call(name, X, y, lr, steps), descent(X, y, lr, steps), dtype)


def check_recovery(student: Student, draw: Draw, name: str) -> None:
    """250 steps find the weights behind noiseless data: the slowest direction has shrunk below 1e-5 by then.

    The Hessian of 200 such rows has a condition number below 9 in 1,000 of 1,000 seeds, and even with 15
    (1 - 0.8 / 15)^250 < 2e-6.
    """
    X, y, w, b = problem(draw, 200, 3, noise=0.0)
    lr = 0.4 * stable_lr(X)
    seen = student.call(name, X, y, lr, 250)
    check_descent(seen, (w, torch.tensor(b, dtype=torch.float64), descent(X, y, lr, 250)[2]), torch.float32)


def check_beyond(student: Student, draw: Draw, name: str) -> None:
    """At half as much again as the bound the losses rise, step after step; and nothing is left of an earlier call."""
    for _ in range(2):
        X, y, _, _ = problem(draw, 15, 2)
        lr = 1.5 * stable_lr(X)
        check_descent(student.call(name, X, y, lr, 8), descent(X, y, lr, 8), torch.float32)


@pytest.mark.task("gradient_descent")
@pytest.mark.parametrize("n, d, steps", STEPS)
@pytest.mark.parametrize("dtype", FLOATS)
def test_descent(student: Student, draw: Draw, n: int, d: int, steps: int, dtype: torch.dtype) -> None:
    check_steps(student, draw, "gradient_descent", n, d, steps, dtype)


@pytest.mark.task("gradient_descent")
def test_descent_finds_the_weights(student: Student, draw: Draw) -> None:
    check_recovery(student, draw, "gradient_descent")


@pytest.mark.task("gradient_descent")
def test_descent_beyond_the_bound(student: Student, draw: Draw) -> None:
    check_beyond(student, draw, "gradient_descent")


@pytest.mark.task("gradient_descent_autograd")
@pytest.mark.parametrize("n, d, steps", STEPS)
@pytest.mark.parametrize("dtype", FLOATS)
def test_autograd(student: Student, draw: Draw, n: int, d: int, steps: int, dtype: torch.dtype) -> None:
    check_steps(student, draw, "gradient_descent_autograd", n, d, steps, dtype)


@pytest.mark.task("gradient_descent_autograd")
def test_autograd_finds_the_weights(student: Student, draw: Draw) -> None:
    check_recovery(student, draw, "gradient_descent_autograd")


@pytest.mark.task("gradient_descent_autograd")
def test_autograd_beyond_the_bound(student: Student, draw: Draw) -> None:
    check_beyond(student, draw, "gradient_descent_autograd")


@pytest.mark.task("gradient_descent_autograd")
def test_autograd_is_asked(student: Student, draw: Draw) -> None:
    """What the worker reports here may cost points and never gives any."""
    X, y, _, _ = problem(draw, 10, 2)
    if student.probe(probes.descent_with_autograd, X, y, 0.01, 2)["asked"] is not True:
        raise CheckFailed("the gradients do not come from autograd", expected="backward() or torch.autograd.grad()")


@pytest.mark.task("largest_stable_lr")
@pytest.mark.parametrize("n, d", [(40, 3), (15, 1), (4, 6), (1, 2)])
@pytest.mark.parametrize("dtype", FLOATS)
def test_largest_stable_lr(student: Student, draw: Draw, n: int, d: int, dtype: torch.dtype) -> None:
    X = (draw.normal(d, n, dtype=torch.float64) * draw.number(0.5, 3) + 1.0).to(dtype).T
    # to float32's precision in float64 too: an iteration that has converged to six digits is right
    check_close(student.call("largest_stable_lr", X), stable_lr(X), terms=n, name="the bound")


@pytest.mark.task("largest_stable_lr")
@pytest.mark.parametrize("scale", [1000.0, 0.001])
def test_largest_stable_lr_of_other_scales(student: Student, draw: Draw, scale: float) -> None:
    X = draw.normal(25, 3) * scale
    check_close(student.call("largest_stable_lr", X), stable_lr(X), terms=25, name="the bound")
