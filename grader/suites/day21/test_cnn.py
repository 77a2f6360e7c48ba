"""Day 21: the two operations against torch's own in float64, then networks by what they answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from grader.checks.close import NOTHING, check_close, check_equal, check_keys, check_length
from grader.checks.draw import Draw
from grader.model.course import Task
from grader.model.errors import CheckFailed
from grader.model.exhibit import Exhibit
from grader.model.student import Student

from ..classifier_probe import relative
from ..classifiers import check_count, check_fresh, check_result, check_trainable, check_training, check_untouched
from . import probes

DTYPES = [torch.float32, torch.float64]
# N, C, H, W; O, K, L; stride, padding
CONVOLUTIONS = {
    "stride and padding": ((2, 3, 9, 6), (4, 4, 3), (2, 1)),
    "two channels": ((3, 2, 5, 7), (3, 3, 2), (1, 0)),
    "wide padding": ((1, 2, 4, 6), (2, 3, 3), (1, 2)),
    "rows left over": ((2, 1, 8, 11), (2, 3, 2), (3, 0)),
    "one pixel": ((2, 3, 4, 5), (2, 1, 1), (1, 0)),
    "whole image": ((1, 2, 4, 3), (5, 4, 3), (1, 0)),
}
PARAMETERS = 100_000


def moved_in_memory(x: Tensor) -> Tensor:
    """The same values with the last two dimensions the other way round in memory."""
    return x.transpose(-1, -2).contiguous().transpose(-1, -2)


def operands(draw: Draw, case: str, dtype: torch.dtype) -> tuple[list[Tensor], list[int]]:
    """x, weight and bias; stride and padding."""
    image, (out, *kernel), numbers = CONVOLUTIONS[case]
    weight = draw.normal(out, image[1], *kernel, dtype=dtype)
    x = moved_in_memory(draw.normal(*image, dtype=dtype))
    return [x, moved_in_memory(weight), draw.normal(out, std=3, dtype=dtype)], list(numbers)


def oracle(function: Callable[..., Tensor], tensors: list[Tensor], numbers: list[int]) -> tuple[list[Tensor], Tensor]:
    """Leaves in float64 and the function's value."""
    leaves = [tensor.double().requires_grad_() for tensor in tensors]
    return leaves, function(*leaves, *numbers)


def check_gradients(
    student: Student, draw: Draw, name: str, function: Callable[..., Tensor], tensors: list[Tensor], numbers: list[int]
) -> None:
    """Gradients flow to every tensor and equal the oracle's."""
    leaves, value = oracle(function, tensors, numbers)
    weight = draw.normal(*value.shape, dtype=tensors[0].dtype)
    expected = torch.autograd.grad((value * weight.double()).sum(), leaves)
    seen = check_length(student.probe(probes.gradients, name, tensors, numbers, weight), list, len(tensors))
    for got, wanted, place in zip(seen, expected, ("x", "weight", "bias"), strict=False):
        if got is None:
            raise CheckFailed(f"no gradient flows from the result to {place}", expected="a result with its graph")
        check_close(got, wanted, dtype=tensors[0].dtype, terms=256, name=f"the gradient of {place}")


@pytest.mark.task("conv2d")
@pytest.mark.parametrize("case", CONVOLUTIONS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_conv2d(student: Student, draw: Draw, case: str, dtype: torch.dtype) -> None:
    tensors, numbers = operands(draw, case, dtype)
    _, value = oracle(F.conv2d, tensors, numbers)
    check_close(student.call("conv2d", *tensors, *numbers), value, dtype=dtype, terms=64)


@pytest.mark.task("conv2d")
def test_conv2d_as_it_is_called_without_stride_and_padding(student: Student, draw: Draw) -> None:
    tensors, _ = operands(draw, "two channels", torch.float32)
    _, value = oracle(F.conv2d, tensors, [])
    check_close(student.call("conv2d", *tensors), value, terms=64)


@pytest.mark.task("conv2d")
@pytest.mark.parametrize("case", ["stride and padding", "two channels"])
def test_conv2d_gradients(student: Student, draw: Draw, case: str) -> None:
    tensors, numbers = operands(draw, case, torch.float32)
    check_gradients(student, draw, "conv2d", F.conv2d, tensors, numbers)


POOLS = {
    "wide": ((2, 3, 4, 10), 2),
    "nine": ((3, 2, 9, 6), 3),
    "whole image": ((1, 2, 4, 4), 4),
    "one pixel": ((2, 1, 3, 4), 1),
}


@pytest.mark.task("max_pool2d")
@pytest.mark.parametrize("case", POOLS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_max_pool2d(student: Student, draw: Draw, case: str, dtype: torch.dtype) -> None:
    shape, size = POOLS[case]
    x = moved_in_memory(draw.normal(*shape, std=2, dtype=dtype))
    check_close(student.call("max_pool2d", x, size), F.max_pool2d(x.double(), size), dtype=dtype)


@pytest.mark.task("max_pool2d")
@pytest.mark.parametrize("level", [-1000.0, 1000.0, -1e6])
def test_max_pool2d_far_from_zero_and_with_ties(student: Student, draw: Draw, level: float) -> None:
    x = level + draw.integers(0, 3, 2, 2, 6, 8).float()
    check_close(student.call("max_pool2d", x, 2), F.max_pool2d(x.double(), 2))


@pytest.mark.task("max_pool2d")
def test_max_pool2d_gradient(student: Student, draw: Draw) -> None:
    check_gradients(student, draw, "max_pool2d", F.max_pool2d, [draw.normal(2, 3, 6, 4)], [2])


def sizes(draw: Draw) -> list[tuple[int, int, int, int]]:
    """size, kernel, stride, padding: those of real networks, and drawn ones."""
    known = [(28, 5, 1, 0), (28, 3, 1, 1), (28, 2, 2, 0), (224, 7, 2, 3), (7, 7, 1, 0), (5, 3, 4, 0), (1, 1, 1, 0)]
    for _ in range(12):
        padding, kernel = draw.integer(0, 4), draw.integer(1, 8)
        known.append((draw.integer(kernel, 64), kernel, draw.integer(1, 5), padding))
    return known


@pytest.mark.task("output_size")
def test_output_size(student: Student, draw: Draw) -> None:
    cases = sizes(draw)
    seen = [student.call("output_size", *case) for case in cases]
    for got, (size, kernel, stride, padding) in zip(seen, cases, strict=True):
        expected = len(range(0, size + 2 * padding - kernel + 1, stride))
        call = f"output_size({size}, {kernel}, {stride}, {padding})"
        check_equal(got, expected, name=call)


def new_cnn(student: Student, counts: list[int]) -> dict[str, Any]:
    """What the probe says of a new network. Raises `CheckFailed` where `build_cnn` gave no network."""
    seen = student.probe(probes.new_cnn, counts)
    if isinstance(seen, str):
        told = {"NoneType": NOTHING, "type": "the class itself, not a network of it"}.get(seen, f"a {seen}")
        raise CheckFailed("build_cnn should return a network", expected="an nn.Module", seen=told)
    return check_keys(seen, {"shapes", "dtype", "finite", "parameters"})


@pytest.mark.task("build_cnn")
def test_build_cnn(student: Student) -> None:
    counts = [1, 7]
    seen = new_cnn(student, counts)
    for shape, count in zip(seen["shapes"], counts, strict=True):
        check_equal(shape, [count, 10], name=f"the shape of the outputs for {count} images")
    check_equal(seen["dtype"], "torch.float32", name="the dtype of the outputs")
    check_equal(seen["finite"], True, name="whether a new network's outputs are finite")


@pytest.mark.task("build_cnn")
def test_build_cnn_is_small_enough(student: Student) -> None:
    shapes = new_cnn(student, [2])["parameters"]
    check_count(sum(torch.Size(shape).numel() for shape in shapes), PARAMETERS)


@pytest.mark.task("build_cnn")
def test_build_cnn_makes_a_network_of_its_own(student: Student, draw: Draw) -> None:
    check_fresh(student, draw, "build_cnn", PARAMETERS)


@pytest.mark.task("train")
def test_train(student: Student, draw: Draw) -> None:
    check_training(student, draw)


def batch_norm(x: Tensor, statistics: tuple[Tensor, Tensor], training: bool) -> Tensor:
    mean, var = (x.mean(dim=0), x.var(dim=0, correction=0)) if training else statistics
    return (x - mean) / (var + 1e-5).sqrt()


def moody(parts: Any, modes: list[bool], images: Tensor) -> Tensor:
    """The answers of the probes' `Moody` in float64; `modes` of the whole, its first and its last part."""
    weight, first, last = parts
    hidden = batch_norm(relative(images.double().flatten(1)), first, modes[1])
    logits = batch_norm(hidden @ weight.double().T, last, modes[2])
    return F.normalize(logits, dim=1) if modes[0] else logits


def moody_parts(draw: Draw, classes: int) -> Any:
    first = draw.normal(784, std=0.5), draw.uniform(0.3, 3, 784)
    return draw.normal(classes, 784), first, (draw.normal(classes, std=10), draw.uniform(100, 1000, classes))


def clear_images(draw: Draw, parts: Any, count: int) -> Tensor:
    """Images whose class rounding cannot change."""
    images = draw.uniform(0, 1, 2 * count, 1, 28, 28)
    best = moody(parts, [False] * 3, images).topk(2, dim=1).values
    return images[(best[:, 0] - best[:, 1]).argsort(descending=True)[:count]]


@pytest.mark.task("predict")
@pytest.mark.parametrize("count, classes", [(40, 10), (1, 4), (33, 3), (1037, 10)])
@pytest.mark.parametrize("modes", [(True, True, False), (False, True, False), (True, False, True), (False,) * 3])
def test_predict(student: Student, draw: Draw, count: int, classes: int, modes: tuple[bool, ...]) -> None:
    parts = moody_parts(draw, classes)
    images, later = clear_images(draw, parts, count), draw.uniform(0, 1, 6, 1, 28, 28)
    seen = student.probe(probes.predicted, parts, list(modes), images, later)
    expected = moody(parts, [False] * 3, images).argmax(dim=1)
    check_equal(seen["classes"], expected, name="the tensor of classes")
    check_equal(seen["place"], "cpu", name="the device of the predictions")
    after = moody(parts, list(modes), later)
    check_close(seen["later"], after, terms=784, name="the model's answer in the modes that it was left in")
    check_untouched(seen["images"], images, "predict changes the images")
    check_trainable(seen["trainable"])


@pytest.mark.task("result")
def test_result(student: Student, draw: Draw, task: Task, show: Callable[[Exhibit], None]) -> None:
    """The reference reaches 0.990 with a standard deviation of 0.0005 from seed to seed."""
    check_result(student, draw, task, "build_cnn", PARAMETERS, show)
