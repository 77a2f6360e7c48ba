"""Day 1: checks."""

import pytest
import torch

from grader.checks.accuracy import check_accuracy
from grader.checks.close import check_close

from . import probes


@pytest.mark.task("double")
def test_double(student, draw):
    x = draw.normal(3, 2)
    check_close(student.call("double", x), 2 * x.double())


@pytest.mark.task("double")
def test_double_gradient(student, draw):
    check_close(student.probe(probes.gradient_of, "double", draw.normal(4)), torch.full((4,), 2.0))


@pytest.mark.task("mean")
@pytest.mark.parametrize("count", [1, 5])
def test_mean(student, draw, count):
    x = draw.normal(count)
    check_close(student.call("mean", x), x.double().mean(), terms=count)


@pytest.mark.task("guess")
def test_guess(student, draw, task):
    x = draw.normal(100)
    check_accuracy(student.call("guess", x), (x > 0).long(), task)


@pytest.mark.task("secret")
def test_secret(student, draw):
    check_close(student.call("secret", draw.normal(2)), torch.zeros(2, dtype=torch.float64))
