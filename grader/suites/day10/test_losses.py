"""Day 10: losses and their gradients against torch's own, in float64."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from grader.checks.close import check_close, check_finite, check_keys, check_tensor
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

SHAPES = [(1,), (7,), (4, 3), (2, 3, 5)]
DTYPES = [torch.float32, torch.float64]


def oracle(loss: Any, first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """The loss and its gradient with respect to `first`, in float64."""
    leaf = first.double().requires_grad_()
    value = loss(leaf, second.double() if second.is_floating_point() else second)
    (gradient,) = torch.autograd.grad(value, leaf)
    return value.detach(), gradient


def check_loss(student: Student, name: str, loss: Any, first: Tensor, second: Tensor, scale: float = 0.0) -> None:
    """The student's loss and gradient equal the oracle's. `scale` is the size of what may cancel inside the loss."""
    value, gradient = oracle(loss, first, second)
    got = student.call(name, first, second)
    check_close(got, value, dtype=first.dtype, terms=first.numel(), scale=max(scale, float(value.abs())))
    seen = student.probe(probes.value_and_gradient, name, first, second)["gradient"]
    check_gradient(seen, gradient, first.dtype, scale=1 / len(first))


def check_gradient(seen: Any, expected: Tensor, dtype: torch.dtype, scale: float = 0.0) -> None:
    """The gradient that came back equals the oracle's; None stands for one that does not flow."""
    if seen is None:
        raise CheckFailed("no gradient flows back through the result", expected="a gradient", seen="none")
    size = max(float(expected.abs().max()), scale)
    check_close(seen, expected, dtype=dtype, terms=8, scale=size, name="the gradient")


def transposed(x: Tensor) -> Tensor:
    """The same values, not contiguous in memory."""
    return x.transpose(0, -1).contiguous().transpose(0, -1)


@pytest.mark.task("mse")
@pytest.mark.parametrize("shape", SHAPES)
def test_mse(student: Student, draw: Draw, shape: tuple[int, ...]) -> None:
    check_loss(student, "mse", F.mse_loss, draw.normal(*shape, std=2), draw.normal(*shape), scale=1.0)


@pytest.mark.task("mse")
def test_mse_of_float64_not_contiguous(student: Student, draw: Draw) -> None:
    pred, target = draw.normal(5, 4, dtype=torch.float64), draw.normal(5, 4, dtype=torch.float64)
    check_loss(student, "mse", F.mse_loss, transposed(pred), target, scale=1.0)


@pytest.mark.task("mae")
@pytest.mark.parametrize("shape", SHAPES)
def test_mae(student: Student, draw: Draw, shape: tuple[int, ...]) -> None:
    check_loss(student, "mae", F.l1_loss, draw.normal(*shape, std=2), draw.normal(*shape))


@pytest.mark.task("mae")
def test_mae_of_predictions_mostly_too_low(student: Student, draw: Draw) -> None:
    target = draw.normal(3, 6)
    check_loss(student, "mae", F.l1_loss, target + draw.uniform(-3, 1, 3, 6), target, scale=1.0)


@pytest.mark.task("mae")
def test_mae_of_float64_not_contiguous(student: Student, draw: Draw) -> None:
    pred, target = draw.normal(5, 4, dtype=torch.float64), draw.normal(5, 4, dtype=torch.float64)
    check_loss(student, "mae", F.l1_loss, transposed(pred), target)


@pytest.mark.task("binary_cross_entropy")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_bce(student: Student, draw: Draw, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    prob = draw.uniform(0.02, 0.98, *shape, dtype=dtype)
    target = draw.integers(0, 2, *shape).to(dtype)
    check_loss(student, "binary_cross_entropy", F.binary_cross_entropy, transposed(prob), target)


@pytest.mark.task("binary_cross_entropy")
def test_bce_with_soft_targets(student: Student, draw: Draw) -> None:
    prob, target = draw.uniform(0.05, 0.95, 6, 2), draw.uniform(0, 1, 6, 2)
    check_loss(student, "binary_cross_entropy", F.binary_cross_entropy, prob, target)


@pytest.mark.task("binary_cross_entropy")
def test_bce_is_finite_at_0_and_1(student: Student, draw: Draw) -> None:
    prob = torch.cat([torch.tensor([0.0, 1.0, 0.0, 1.0, 0.0, 1.0]), draw.uniform(0.1, 0.9, 4)])
    soft = draw.uniform(0.2, 0.8, 2)  # one half is 0 there: only its own logarithm is clamped, not the sum
    target = torch.cat([torch.tensor([0.0, 1.0, 1.0, 0.0]), soft, draw.integers(0, 2, 4).float()])
    got = student.call("binary_cross_entropy", prob, target)
    check_finite(check_tensor(got, shape=()), name="the loss where prob is 0 or 1")
    check_close(
        got, F.binary_cross_entropy(prob.double(), target.double()), terms=8, name="the loss where prob is 0 or 1"
    )


@pytest.mark.task("binary_cross_entropy_with_logits")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_bce_with_logits(student: Student, draw: Draw, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    logits, target = draw.normal(*shape, std=3, dtype=dtype), draw.integers(0, 2, *shape).to(dtype)
    loss = F.binary_cross_entropy_with_logits
    check_loss(student, "binary_cross_entropy_with_logits", loss, transposed(logits), target, scale=1.0)


@pytest.mark.task("binary_cross_entropy_with_logits")
def test_bce_with_logits_and_soft_targets(student: Student, draw: Draw) -> None:
    logits, target = draw.normal(6, 2, std=2), draw.uniform(0, 1, 6, 2)
    loss = F.binary_cross_entropy_with_logits
    check_loss(student, "binary_cross_entropy_with_logits", loss, logits, target, scale=1.0)


@pytest.mark.task("binary_cross_entropy_with_logits")
@pytest.mark.parametrize("sign", [1, -1])
def test_bce_with_logits_at_1000(student: Student, draw: Draw, sign: int) -> None:
    logits = torch.cat([torch.tensor([1000.0, 1000.0]), draw.uniform(800, 1000, 6)]) * sign
    target = torch.cat([torch.tensor([0.0, 1.0]), draw.integers(0, 2, 6).float()])
    loss = F.binary_cross_entropy_with_logits
    check_loss(student, "binary_cross_entropy_with_logits", loss, logits, target)


@pytest.mark.task("log_softmax")
@pytest.mark.parametrize("rows, classes", [(1, 2), (6, 12), (5, 3), (4, 1)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_log_softmax(student: Student, draw: Draw, rows: int, classes: int, dtype: torch.dtype) -> None:
    logits = transposed(draw.normal(rows, classes, std=3, dtype=dtype))
    got = student.call("log_softmax", logits)
    scale = float(logits.abs().max())
    check_close(got, F.log_softmax(logits.double(), dim=1), dtype=dtype, terms=classes, scale=scale)


@pytest.mark.task("log_softmax")
def test_log_softmax_at_1000(student: Student, draw: Draw) -> None:
    logits = torch.cat([extreme_logits(draw), draw.normal(3, 4)])
    check_close(student.call("log_softmax", logits), F.log_softmax(logits.double(), dim=1), terms=4)


@pytest.mark.task("log_softmax")
@pytest.mark.parametrize("far", [False, True])
def test_log_softmax_gradient(student: Student, draw: Draw, far: bool) -> None:
    logits = extreme_logits(draw) if far else draw.normal(4, 5, std=2)
    weight = draw.normal(*logits.shape)
    _, gradient = oracle(lambda z, w: (F.log_softmax(z, dim=1) * w).sum(), logits, weight)
    seen = student.probe(probes.weighted_gradient, "log_softmax", logits, weight)
    # a row's weights are summed, and at 1000 the sum's share is rounded
    check_gradient(seen, gradient, torch.float32, scale=float(weight.abs().sum(dim=1).max()) if far else 0.0)


def extreme_logits(draw: Draw) -> Tensor:
    """Rows in which one class is 1000 above, below, or all are far from 0 together."""
    far = torch.tensor([[1000.0, 0.0, 0.0, -1000.0], [-1000.0, -1000.0, -1000.0, -1001.0], [1000.0] * 4])
    return far[:, draw.permutation(4)]


def extreme_labels(logits: Tensor, draw: Draw) -> Tensor:
    """A label each row; the first is never the class that is 1000 above, where the loss would be 0 whatever is done."""
    labels = draw.integers(0, 4, len(logits))
    labels[0] = (logits[0].argmax() + draw.integer(1, 4)) % 4
    return labels


@pytest.mark.task("cross_entropy")
@pytest.mark.parametrize("rows, classes", [(1, 3), (8, 12), (31, 2)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy(student: Student, draw: Draw, rows: int, classes: int, dtype: torch.dtype) -> None:
    logits, labels = draw.normal(rows, classes, std=3, dtype=dtype), draw.labels(rows, classes)
    check_loss(student, "cross_entropy", F.cross_entropy, transposed(logits), labels, scale=1.0)


@pytest.mark.task("cross_entropy")
def test_cross_entropy_at_1000(student: Student, draw: Draw) -> None:
    logits = extreme_logits(draw)
    check_loss(student, "cross_entropy", F.cross_entropy, logits, extreme_labels(logits, draw), scale=1.0)


@pytest.mark.task("cross_entropy")
def test_cross_entropy_of_right_answers_at_1000(student: Student, draw: Draw) -> None:
    labels = draw.labels(6, 3)
    logits = torch.where(F.one_hot(labels, 3).bool(), 1000.0, -1000.0)
    check_loss(student, "cross_entropy", F.cross_entropy, logits, labels, scale=1.0)


@pytest.mark.task("compare_losses")
@pytest.mark.parametrize("classes", [2, 5, 13])
@pytest.mark.parametrize("dtype", DTYPES)
def test_compare_losses(student: Student, draw: Draw, classes: int, dtype: torch.dtype) -> None:
    logits, label = draw.normal(classes, std=2, dtype=dtype), draw.integer(0, classes)
    seen = check_keys(student.call("compare_losses", logits, label), {"mse_grad", "ce_grad"})
    one_hot = F.one_hot(torch.tensor(label), classes).double()
    _, mse_grad = oracle(lambda z, t: F.mse_loss(z.softmax(dim=0), t), logits, one_hot)
    _, ce_grad = oracle(lambda z, t: -(z.log_softmax(dim=0) * t).sum(), logits, one_hot)
    check_close(seen["mse_grad"], mse_grad, dtype=dtype, terms=classes, scale=1 / classes, name="mse_grad")
    check_close(seen["ce_grad"], ce_grad, dtype=dtype, terms=classes, scale=1.0, name="ce_grad")
