"""Day 9: models with parameters of our choice, modes told by what comes out, and XOR learnt from many seeds."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.close import NOTHING, check_close, check_equal, check_finite, check_keys, check_length, check_tensor
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

DTYPES = [torch.float32, torch.float64]
LABELS = [0, 1, 1, 0]


def two_layers(draw: Draw, d: int, h: int, c: int, dtype: torch.dtype) -> list[Tensor]:
    """Weights as nn.Linear keeps them, and biases: W1 (h, d), b1, W2 (c, h), b2."""
    shapes = [(h, d), (h,), (c, h), (c,)]
    return [draw.normal(*shape, dtype=dtype) for shape in shapes]


def check_network(
    student: Student, name: str, sizes: Any, values: list[Tensor], x: Tensor, weight: Tensor, squash: bool
) -> None:
    """With `values` for parameters, the student's model gives the oracle's output and gradients."""
    leaves = [value.to(torch.float64, copy=True).requires_grad_() for value in (*values, x)]
    W1, b1, W2, b2, inputs = leaves
    expected = (inputs @ W1.T + b1).clamp(min=0) @ W2.T + b2
    expected = expected.sigmoid() if squash else expected
    wanted = torch.autograd.grad((expected * weight.double()).sum(), leaves)

    seen = computed(student, name, sizes, values, x, weight)
    *gradients, at_input = check_length(seen["gradients"], list, len(leaves), name="the list of gradients")
    terms = len(W1[0]) + len(W2[0])
    # what is summed has size 1 or more, also where it cancels or a sigmoid is near 0
    scale = 4 * max(1.0, largest(expected))
    check_close(seen["output"], expected, dtype=x.dtype, terms=terms, scale=scale, name="the output")
    if any(got is None for got in gradients):
        raise CheckFailed(
            "no gradient reaches some of the parameters",
            expected="a gradient for each", seen=f"none for {gradients.count(None)} of {len(gradients)}",
        )  # fmt: skip
    if at_input is None:
        raise CheckFailed("no gradient reaches x: layers before this one could not be trained", expected="a gradient")
    size = 4 * max(1.0, *map(largest, wanted))
    for place, (got, gradient) in enumerate(zip([*gradients, at_input], wanted, strict=True)):
        what = "a parameter" if place < len(values) else "x"
        check_close(got, gradient, dtype=x.dtype, terms=terms * len(x), scale=size, name=f"the gradient of {what}")


def computed(
    student: Student, name: str, sizes: Any, values: list[Tensor], x: Tensor, weight: Tensor
) -> dict[str, Any]:
    """What the student's model with `values` for parameters gives, as the probe tells it."""
    seen = student.probe(probes.with_parameters, name, sizes, values, x, weight)
    if not isinstance(seen, dict) or set(seen) != {"shapes", "output", "gradients"}:
        raise CheckFailed(f"{name} should make an nn.Module", expected="an nn.Module", seen=str(seen)[:80])
    check_parameters(seen["shapes"], values, name)
    return seen


def largest(x: Tensor) -> float:
    return float(x.detach().abs().max())


def check_parameters(shapes: Any, values: list[Tensor], name: str) -> None:
    """A weight and a bias for each layer, whichever way round the weights are kept; the biases may be rows, (1, h)."""
    expected = sorted(sorted(value.shape) for value in values)
    found = [list(map(int, shape)) for shape in shapes if isinstance(shape, list)] if isinstance(shapes, list) else []
    vectors = [shape[1:] if len(shape) == 2 and shape[0] == 1 else shape for shape in found]
    if expected not in (sorted(map(sorted, found)), sorted(map(sorted, vectors))):
        raise CheckFailed(
            f"{name} should have a weight and a bias for each of its two layers, found by parameters()",
            expected=f"parameters of shapes {[tuple(value.shape) for value in values]}",
            seen=f"{[tuple(shape) for shape in found][:8]}"[:200],
        )


@pytest.mark.task("OneHiddenLayer")
@pytest.mark.parametrize("n, d, h, c", [(5, 3, 4, 2), (1, 2, 7, 3), (4, 6, 2, 1)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_one_hidden_layer(student: Student, draw: Draw, n: int, d: int, h: int, c: int, dtype: torch.dtype) -> None:
    values, x = two_layers(draw, d, h, c, dtype), draw.normal(d, n, std=2, dtype=dtype).T
    check_network(student, "OneHiddenLayer", [d, h, c], values, x, draw.normal(n, c, dtype=dtype), False)


@pytest.mark.task("OneHiddenLayer")
def test_one_hidden_layer_by_keywords(student: Student, draw: Draw) -> None:
    values, x = two_layers(draw, 5, 3, 4, torch.float32), draw.normal(6, 5)
    sizes = {"out_features": 4, "hidden": 3, "in_features": 5}
    check_network(student, "OneHiddenLayer", sizes, values, x, draw.normal(6, 4), False)


@pytest.mark.task("SimpleNN")
@pytest.mark.parametrize("n", [5, 1, 32])
@pytest.mark.parametrize("dtype", DTYPES)
def test_simple_nn(student: Student, draw: Draw, n: int, dtype: torch.dtype) -> None:
    values, x = two_layers(draw, 2, 4, 1, dtype), draw.normal(n, 2, std=2, dtype=dtype)
    check_network(student, "SimpleNN", [], values, x, draw.normal(n, 1, dtype=dtype), True)


@pytest.mark.task("SimpleNN")
@pytest.mark.parametrize("sign", [1, -1])
def test_simple_nn_far_from_0(student: Student, draw: Draw, sign: int) -> None:
    values, x = two_layers(draw, 2, 4, 1, torch.float32), draw.normal(16, 2, std=1e4)
    values[2] = sign * values[2].abs()  # all that goes into the sigmoid is large and of this sign
    seen = computed(student, "SimpleNN", [], values, x, draw.normal(16, 1))
    name = "the output where x is large"
    output = check_tensor(seen["output"], shape=(16, 1), name=name)
    check_finite(output, name=name)
    if not bool(((output >= 0) & (output <= 1)).all()):
        raise CheckFailed(
            f"{name} is no probability", expected="between 0 and 1", seen=f"{float(output.abs().max()):g}"
        )


@pytest.mark.task("named_shapes")
@pytest.mark.parametrize("kind", ["plain", "nested", "own", "empty"])
def test_named_shapes(student: Student, draw: Draw, kind: str) -> None:
    sizes = (2 + draw.permutation(8))[:3].tolist()
    model = probes.zoo(kind, *sizes)
    expected = {name: tuple(parameter.shape) for name, parameter in model.named_parameters()}
    seen = check_keys(student.probe(probes.shapes_of, kind, sizes), set(expected))
    for name, shape in expected.items():
        check_equal(seen[name], shape, name=f"the shape of {name}")


MODES = {
    "all in train mode": {"": True},
    "all in eval mode": {"": False},
    "one part in eval mode": {"": True, "norm": False},
    "one part in train mode": {"": False, "body": True},
    "whole in train mode, parts in eval mode": {"": True, "body": False, "norm": False},
    "a part of a part in eval mode": {"": True, "body.1": False},
    "dropout alone in train mode": {"": False, "drop": True},
}


@pytest.mark.task("predict")
@pytest.mark.parametrize("modes", list(MODES))
@pytest.mark.parametrize("dtype", DTYPES)
def test_predict(student: Student, draw: Draw, modes: str, dtype: torch.dtype) -> None:
    width, count = draw.integer(3, 6), draw.integer(4, 9)
    compare_predicted(student, draw, (count, width), 2, MODES[modes], dtype)


@pytest.mark.task("predict")
def test_predict_of_one_output(student: Student, draw: Draw) -> None:
    width, count = draw.integer(3, 6), draw.integer(4, 9)
    compare_predicted(student, draw, (count, width), 1, MODES["all in train mode"], torch.float32)


@pytest.mark.task("predict")
def test_predict_of_three_dimensions(student: Student, draw: Draw) -> None:
    width, count = draw.integer(3, 6), draw.integer(4, 9)
    compare_predicted(student, draw, (count, width, width), 2, MODES["all in train mode"], torch.float32)


def compare_predicted(
    student: Student, draw: Draw, shape: tuple[int, ...], outputs: int, modes: dict[str, bool], dtype: torch.dtype
) -> None:
    width = shape[-1]
    size = [width, outputs]
    shapes = [parameter.shape for parameter in probes.Moody(*size).parameters()]
    values, x = [draw.normal(*shape, dtype=dtype) + 0.5 for shape in shapes], draw.normal(*shape, dtype=dtype)
    seen = student.probe(probes.predicted, size, values, modes, x)
    expected = probes.predicted(Oracle(), size, [value.double() for value in values], modes, x.double())
    check_predicted(seen, expected, dtype)


class Oracle:
    """Predicts as it should be done, for the same probe."""

    device = torch.device("cpu")

    @staticmethod
    def predict(model: probes.Moody, x: Tensor) -> Tensor:
        modes = [(module, module.training) for module in model.modules()]
        model.eval()
        with torch.no_grad():
            output: Tensor = model(x)
        for module, training in modes:
            module.training = training
        return output


def check_predicted(seen: Any, expected: dict[str, Any], dtype: torch.dtype) -> None:
    """The output is that of eval mode, has no history, and the model goes on as if nothing had happened."""
    check_keys(seen, set(expected), name="what the probe saw")
    close_to(seen["output"], expected["output"], dtype, "the output in eval mode")
    close_to(seen["inputs"], expected["inputs"], dtype, "x, which is left as it was,")
    if seen["history"] is not False:
        raise CheckFailed("the output still has a graph behind it", expected="no history", seen="requires_grad is True")
    close_to(
        seen["after"], expected["after"], dtype, "the model's own output afterwards (are all parts in their modes?)"
    )
    if seen["trainable"] != expected["trainable"]:
        raise CheckFailed(
            "other parameters are frozen afterwards than before",
            expected=f"requires_grad {expected['trainable']}", seen=f"{seen['trainable']}"[:120],
        )  # fmt: skip
    for name in ("statistics", "gradients"):
        found = check_length(seen[name], list, len(expected[name]), name=name)
        # the gradient of a bias before batch normalisation is 0 but for the rounding of the others' size
        size = max(map(largest, expected[name]))
        for got, wanted in zip(found, expected[name], strict=True):
            close_to(got, wanted, dtype, f"what a training step afterwards finds ({name})", size)


def close_to(seen: Any, expected: Tensor, dtype: torch.dtype, name: str, size: float = 1.0) -> None:
    # batch normalisation divides by the deviation of a few numbers: a factor of 100 for what is lost there
    check_close(seen, expected, dtype=dtype, terms=16, scale=100 * max(1.0, size, largest(expected)), name=name)


@pytest.mark.task("train_xor")
def test_xor_repeats_itself(student: Student, draw: Draw) -> None:
    seed = draw.seed()
    first, second = (check_outputs(student.probe(probes.xor_outputs, seed)) for _ in range(2))
    if not torch.equal(first, second):
        raise CheckFailed("two models of one seed differ", expected="the same model again", seen="another model")


def check_outputs(seen: Any) -> Tensor:
    """One number for each of the four points."""
    if isinstance(seen, str):
        what = NOTHING if seen == "NoneType" else seen[:80]
        raise CheckFailed("train_xor should return the model", expected="an nn.Module", seen=what)
    name = "the model's output for the four points"
    flat = isinstance(seen, Tensor) and seen.shape == (4,)
    outputs = check_tensor(seen, shape=(4,) if flat else (4, 1), name=name)
    check_finite(outputs, name=name)
    return outputs


@pytest.mark.task("train_xor")
def test_xor_is_right_for_every_seed(student: Student, draw: Draw) -> None:
    """Eight models. A program that solves XOR for half its seeds passes one grading in 256; the reference all."""
    count = 8
    answers = check_length(student.probe(probes.xor_answers, [draw.seed() for _ in range(count)]), list, count)
    wrong = [answer for answer in answers if answer != LABELS]
    if wrong:
        raise CheckFailed(
            f"XOR is not right for {len(wrong)} of {count} seeds",
            expected=f"{LABELS} for (0, 0), (0, 1), (1, 0), (1, 1)", seen=f"{wrong[0]} for one of them"[:80],
        )  # fmt: skip
