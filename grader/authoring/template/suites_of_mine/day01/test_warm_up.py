"""Day 1: the checks. They run on the judge's side; `student` is the only way to the submission."""

import pytest
import torch

from grader.checks.close import check_close

from . import probes


@pytest.mark.task("centre")
@pytest.mark.parametrize("rows, columns", [(1, 3), (5, 2), (20, 4)])
def test_centre(student, draw, rows, columns):
    x = draw.normal(rows, columns)
    expected = x.double() - x.double().mean(dim=0)
    check_close(student.call("centre", x), expected, terms=rows, scale=float(x.abs().max()))


@pytest.mark.task("centre")
def test_centre_lets_gradients_through(student, draw):
    x, weight = draw.normal(6, 3), draw.normal(6, 3)
    expected = weight.double() - weight.double().mean(dim=0)
    check_close(student.probe(probes.weighted_gradient, x, weight), expected, terms=6, name="the gradient")


@pytest.mark.task("slope")
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_slope(student, draw, dtype):
    a, x = draw.number(0.5, 3.0), draw.normal(7, dtype=dtype)
    check_close(student.call("slope", a, x), 2 * a * x.double(), dtype=dtype)
