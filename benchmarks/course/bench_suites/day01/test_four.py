"""Ten checks, the same as others.py gives to the other graders, on inputs of the grading's own."""

import pytest
import torch
import torch.nn.functional as F

from grader.checks.close import check_close, check_keys


@pytest.mark.task("mse")
@pytest.mark.parametrize("shape", [(1,), (7,), (4, 3)])
def test_mse(student, draw, shape):
    pred, target = draw.normal(*shape, std=2), draw.normal(*shape)
    check_close(student.call("mse", pred, target), F.mse_loss(pred.double(), target.double()), terms=pred.numel())


@pytest.mark.task("cross_entropy")
@pytest.mark.parametrize("rows, classes", [(1, 3), (8, 10), (30, 2)])
def test_cross_entropy(student, draw, rows, classes):
    logits, labels = draw.normal(rows, classes, std=3), draw.labels(rows, classes)
    expected = F.cross_entropy(logits.double(), labels)
    check_close(student.call("cross_entropy", logits, labels), expected, terms=rows * classes, scale=1.0)


@pytest.mark.task("linear_backward")
@pytest.mark.parametrize("rows, inputs, outputs", [(1, 1, 1), (5, 3, 4)])
def test_linear_backward(student, draw, rows, inputs, outputs):
    x, weight, grad = draw.normal(rows, inputs), draw.normal(inputs, outputs), draw.normal(rows, outputs)
    got = check_keys(student.call("linear_backward", x, weight, grad), {"x", "weight", "bias"})
    wide = {
        "x": grad.double() @ weight.double().T,
        "weight": x.double().T @ grad.double(),
        "bias": grad.double().sum(0),
    }
    for name, expected in wide.items():
        check_close(got[name], expected, terms=rows * inputs * outputs, scale=10.0, name=name)


@pytest.mark.task("sgd")
@pytest.mark.parametrize("steps", [1, 50])
def test_sgd(student, draw, steps):
    x, y = draw.normal(20, 3), draw.normal(20)
    weight = torch.zeros(3, dtype=torch.float64)
    for _ in range(steps):
        weight -= 0.05 * 2 / 20 * (x.double().T @ (x.double() @ weight - y.double()))
    check_close(student.call("sgd", x, y, 0.05, steps), weight, terms=steps * 60, scale=1.0)
