"""Day 11: gradients by hand against autograd's, in float64."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from grader.checks.close import check_close, check_equal, check_keys, check_length, check_tensor
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

SHAPES = [(4, 3), (7,), (1,), (), (2, 3, 5)]
DTYPES = [torch.float32, torch.float64]


def transposed(x: Tensor) -> Tensor:
    """The same values, not contiguous in memory."""
    return x.transpose(0, -1).contiguous().transpose(0, -1) if x.dim() > 1 else x


def gradients(loss: Any, *inputs: Tensor) -> tuple[Tensor, ...]:
    """Autograd's gradients of the scalar `loss(*inputs)`, in float64."""
    leaves = [x.to(torch.float64, copy=True).requires_grad_() for x in inputs]
    return torch.autograd.grad(loss(*leaves), leaves)


def largest(*tensors: Tensor) -> float:
    """The largest size of any product of one value of each."""
    size = 1.0
    for x in tensors:
        size *= float(x.abs().max())
    return size


@pytest.mark.task("grad_three_x_squared")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_three_x_squared(student: Student, draw: Draw, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    x = transposed(draw.normal(*shape, std=3, dtype=dtype))
    check_close(student.call("grad_three_x_squared", x), 6 * x.double(), dtype=dtype)


@pytest.mark.task("grad_three_x_squared")
def test_three_x_squared_at_2(student: Student) -> None:
    check_close(student.call("grad_three_x_squared", torch.tensor(2.0)), torch.tensor(12.0))


@pytest.mark.task("grad_product_sum")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_product_sum(student: Student, draw: Draw, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    a, b = draw.normal(*shape, std=2, dtype=dtype), transposed(draw.normal(*shape, std=2, dtype=dtype))
    da, db = check_length(student.call("grad_product_sum", a, b), tuple, 2)
    check_close(da, b.double() + 1, dtype=dtype, scale=1 + largest(b), name="da")
    check_close(db, a.double(), dtype=dtype, name="db")


@pytest.mark.task("linear_backward")
@pytest.mark.parametrize("rows, features, units", [(3, 3, 3), (4, 3, 5), (1, 2, 3), (5, 4, 1)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_linear(student: Student, draw: Draw, rows: int, features: int, units: int, dtype: torch.dtype) -> None:
    x, W = draw.normal(rows, features, std=2, dtype=dtype), draw.normal(features, units, dtype=dtype)
    grad_out = draw.normal(rows, units, dtype=dtype)
    dx, dW, db = check_length(
        student.call("linear_backward", transposed(x), transposed(W), transposed(grad_out)), tuple, 3
    )
    g = grad_out.double()
    check_close(dx, g @ W.double().T, dtype=dtype, terms=units, scale=largest(g, W), name="dx")
    check_close(dW, x.double().T @ g, dtype=dtype, terms=rows, scale=largest(x, g), name="dW")
    check_close(db, g.sum(dim=0), dtype=dtype, terms=rows, scale=largest(g), name="db")


@pytest.mark.task("relu_backward")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_relu(student: Student, draw: Draw, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    z, grad_out = draw.normal(*shape, std=2, dtype=dtype), draw.normal(*shape, dtype=dtype)
    got = student.call("relu_backward", transposed(z), grad_out)
    check_close(got, (z > 0) * grad_out.double(), dtype=dtype, scale=largest(grad_out))


@pytest.mark.task("relu_backward")
@pytest.mark.parametrize("dtype", DTYPES)
def test_relu_at_0_and_1000(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    z = torch.tensor([[0.0, -0.0, 1000.0], [-1000.0, 1e-6, -1e-6]], dtype=dtype)
    grad_out = draw.uniform(1, 2, 2, 3, dtype=dtype)
    check_close(student.call("relu_backward", z, grad_out), (z > 0) * grad_out.double(), dtype=dtype)


def softmax_gradient(logits: Tensor, labels: Tensor) -> Tensor:
    (gradient,) = gradients(lambda z: F.cross_entropy(z, labels), logits)
    return gradient


def check_softmax(student: Student, logits: Tensor, labels: Tensor) -> None:
    got = student.call("softmax_cross_entropy_backward", logits, labels)
    rows, classes = logits.shape
    check_close(got, softmax_gradient(logits, labels), dtype=logits.dtype, terms=classes, scale=1 / rows)


@pytest.mark.task("softmax_cross_entropy_backward")
@pytest.mark.parametrize("rows, classes", [(6, 4), (3, 3), (1, 5), (30, 2), (5, 12)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax(student: Student, draw: Draw, rows: int, classes: int, dtype: torch.dtype) -> None:
    logits = transposed(draw.normal(rows, classes, std=2, dtype=dtype))
    check_softmax(student, logits, draw.labels(rows, classes))


@pytest.mark.task("softmax_cross_entropy_backward")
@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_at_1000(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    """Each of these rows with each of the labels."""
    far = torch.tensor([[1000, 0, 0, -1000], [-1000, -1000, -1000, -1001], [1000] * 4, [-1000, 0, 1, 2]], dtype=dtype)
    order = draw.permutation(16)
    check_softmax(student, far[:, draw.permutation(4)].repeat(4, 1)[order], (torch.arange(16) // 4)[order])


@pytest.mark.task("softmax_cross_entropy_backward")
def test_softmax_where_no_label_is_the_last_class(student: Student, draw: Draw) -> None:
    check_softmax(student, draw.normal(6, 5, std=2), draw.labels(6, 4))


def network(draw: Draw, sizes: tuple[int, int, int, int], dtype: torch.dtype, size: float = 1.0) -> tuple[Any, ...]:
    """`(x, labels, params)`; no unit's input is so close to ReLU's kink that rounding could choose the side.

    With a `size` of 1000 some logit is so large that its exponential overflows.
    """
    rows, features, hidden, classes = sizes
    params = {
        "W1": draw.normal(features, hidden, dtype=dtype),
        "b1": draw.normal(hidden, std=0.5, dtype=dtype),
        "W2": draw.normal(hidden, classes, dtype=dtype),
        "b2": draw.normal(classes, std=0.5, dtype=dtype),
    }
    near = True
    while near:
        x = draw.normal(rows, features, std=size, dtype=dtype)
        z = x @ params["W1"] + params["b1"]
        logits = z.clamp(min=0) @ params["W2"] + params["b2"]
        near = bool((z.abs() < 1e-3 * size).any()) or (size == 1000 and float(logits.max()) < size)
    return x, draw.labels(rows, classes), params


def mlp_gradients(x: Tensor, labels: Tensor, params: dict[str, Tensor]) -> dict[str, Tensor]:
    def loss(W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Tensor:
        return F.cross_entropy((x.double() @ W1 + b1).relu() @ W2 + b2, labels)

    names = ["W1", "b1", "W2", "b2"]
    return dict(zip(names, gradients(loss, *(params[name] for name in names)), strict=True))


def check_mlp(student: Student, x: Tensor, labels: Tensor, params: dict[str, Tensor]) -> None:
    expected = mlp_gradients(x, labels, params)
    seen = check_keys(student.call("mlp_backward", x, labels, params), set(expected))
    for name, gradient in expected.items():
        size = max(1.0, float(gradient.abs().max()))
        check_close(seen[name], gradient, dtype=x.dtype, terms=len(x), scale=size, name=f"the gradient of {name}")


@pytest.mark.task("mlp_backward")
@pytest.mark.parametrize("sizes", [(5, 4, 4, 4), (6, 4, 5, 3), (1, 3, 2, 4), (8, 1, 6, 2)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_mlp(student: Student, draw: Draw, sizes: tuple[int, int, int, int], dtype: torch.dtype) -> None:
    x, labels, params = network(draw, sizes, dtype)
    check_mlp(student, transposed(x), labels, {name: transposed(value) for name, value in params.items()})


@pytest.mark.task("mlp_backward")
def test_mlp_with_parameters_in_another_order(student: Student, draw: Draw) -> None:
    x, labels, params = network(draw, (6, 4, 4, 4), torch.float32)
    check_mlp(student, x, labels, dict(reversed(params.items())))


@pytest.mark.task("mlp_backward")
def test_mlp_of_logits_in_the_thousands(student: Student, draw: Draw) -> None:
    check_mlp(student, *network(draw, (6, 4, 5, 3), torch.float64, size=1000.0))


def central_differences(name: str, x: Tensor, eps: float) -> Tensor:
    f = probes.FUNCTIONS[name]
    units = eps * torch.eye(x.numel(), dtype=x.dtype).reshape(x.numel(), *x.shape)
    slopes = [(f(x + unit) - f(x - unit)) / (2 * eps) for unit in units]
    return torch.stack(slopes).reshape(x.shape)


def check_numerical(student: Student, name: str, x: Tensor, eps: float | None = None) -> None:
    """The gradient is the central difference of this eps up to rounding, and x came back bit for bit."""
    seen = student.probe(probes.numerical, name, x, *([] if eps is None else [eps]))
    check_keys(seen, {"gradient", "x", "called_with"})
    step = 1e-5 if eps is None else eps
    expected = central_differences(name, x, step)
    # what rounding of f, and of x moved by a step, makes of the difference
    rounding = max(1.0, float(probes.FUNCTIONS[name](x).abs()), largest(x, expected)) / step
    check_equal(seen["called_with"], tuple(x.shape), name="the shape of what f is called with")
    check_close(seen["gradient"], expected, dtype=torch.float64, scale=rounding)
    after = check_tensor(seen["x"], shape=tuple(x.shape), dtype=x.dtype, name="x afterwards")
    if not torch.equal(after.contiguous().view(torch.int64), x.contiguous().view(torch.int64)):
        moved = float((after - x).abs().max())
        raise CheckFailed(f"x is not what it was: it moved by up to {moved:.3g}", expected="x, bit for bit")


@pytest.mark.task("numerical_gradient")
@pytest.mark.parametrize("shape", [(4, 3), (7,), (1, 1), (2, 3, 2), ()])
def test_numerical(student: Student, draw: Draw, shape: tuple[int, ...]) -> None:
    check_numerical(student, "bowl", draw.normal(*shape, dtype=torch.float64))


@pytest.mark.task("numerical_gradient")
def test_numerical_of_what_is_not_contiguous(student: Student, draw: Draw) -> None:
    check_numerical(student, "bowl", transposed(draw.normal(4, 3, dtype=torch.float64)))


@pytest.mark.task("numerical_gradient")
@pytest.mark.parametrize("eps", [0.25, 0.01])
def test_numerical_with_a_long_step(student: Student, draw: Draw, eps: float) -> None:
    check_numerical(student, "cubes", draw.normal(3, 2, dtype=torch.float64), eps)


@pytest.mark.task("numerical_gradient")
def test_numerical_with_the_default_step(student: Student, draw: Draw) -> None:
    check_numerical(student, "waves", draw.normal(5, dtype=torch.float64))


@pytest.mark.task("numerical_gradient")
def test_numerical_leaves_x_bit_for_bit(student: Student, draw: Draw) -> None:
    """Numbers far smaller than the step do not survive adding and taking away."""
    x = torch.cat([draw.normal(10, std=1e-7, dtype=torch.float64), draw.normal(10, dtype=torch.float64)])
    check_numerical(student, "bowl", x[draw.permutation(20)].reshape(4, 5))


def check_steps(
    student: Student, params: dict[str, Tensor], grads: dict[str, Tensor], lr: float, trained: bool
) -> None:
    """After two steps the very tensors that were handed over hold the oracle's values; torch recorded nothing."""
    seen = student.probe(probes.step, params, grads, lr, trained)
    check_keys(seen, {"params", "dict", "grads", "leaves", "requires", "records"})
    check_keys(seen["params"], set(params), name="params")
    check_keys(seen["grads"], set(grads), name="grads")
    for name, before in params.items():
        g, start = grads[name].double(), before.double()
        size = largest(start) + 2 * lr * largest(g)
        check_close(seen["params"][name], start - 2 * lr * g, dtype=before.dtype, scale=size, name=f"params[{name!r}]")
    for name, gradient in grads.items():
        check_close(seen["grads"][name], gradient, dtype=gradient.dtype, name=f"grads[{name!r}]")
    if seen["leaves"] != dict.fromkeys(params, True):
        raise CheckFailed("torch recorded the step in a graph", expected="no graph", seen="parameters with a history")
    if seen["records"] is not True:
        raise CheckFailed("afterwards torch records nothing any more", expected="gradients switched on as before")
    if seen["requires"] != dict.fromkeys(params, trained):
        raise CheckFailed("whether a parameter requires gradients has changed", expected=f"it stays {trained}")


@pytest.mark.task("gradient_descent_step")
@pytest.mark.parametrize("trained", [True, False])
@pytest.mark.parametrize("dtype", DTYPES)
def test_step(student: Student, draw: Draw, trained: bool, dtype: torch.dtype) -> None:
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,), "scale": ()}
    params = {name: transposed(draw.normal(*shape, dtype=dtype)) for name, shape in shapes.items()}
    grads = {name: transposed(draw.normal(*shape, dtype=dtype)) for name, shape in shapes.items()}
    check_steps(student, params, grads, draw.number(0.05, 0.4), trained)


@pytest.mark.task("gradient_descent_step")
def test_step_with_large_gradients_in_another_order(student: Student, draw: Draw) -> None:
    params = {name: draw.normal(2, 2) for name in ("first", "second", "third")}
    grads = {name: draw.normal(2, 2, std=1000) for name in ("third", "first", "second")}
    check_steps(student, params, grads, draw.number(0.05, 0.4), trained=True)


def line_after(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    w = b = 0.0
    x, y = x.double(), y.double()
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - 2 * lr * float((error * x).mean()), b - 2 * lr * float(error.mean())
    return w, b


def check_line(student: Student, x: Tensor, y: Tensor, lr: float, steps: int, expected: tuple[float, float]) -> None:
    """The line, as two Python numbers; float32 is precise enough for either dtype of the points."""
    w, b = check_length(student.call("fit_line", x, y, lr, steps), tuple, 2)
    size = max(1.0, *map(abs, expected))
    check_close(w, expected[0], terms=len(x), scale=size, name="w")
    check_close(b, expected[1], terms=len(x), scale=size, name="b")


@pytest.mark.task("fit_line")
@pytest.mark.parametrize("points, steps", [(12, 5), (20, 1), (1, 3), (15, 40)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_line(student: Student, draw: Draw, points: int, steps: int, dtype: torch.dtype) -> None:
    x, lr = draw.uniform(0.5, 2, points, dtype=dtype), draw.number(0.05, 0.15)
    y = draw.number(1, 3) * x + draw.number(-3, -1) + draw.normal(points, std=0.5, dtype=dtype)
    check_line(student, x, y, lr, steps, line_after(x, y, lr, steps))


@pytest.mark.task("fit_line")
def test_line_before_the_first_step(student: Student, draw: Draw) -> None:
    check_line(student, draw.normal(5), draw.normal(5), 0.1, 0, (0.0, 0.0))


@pytest.mark.task("fit_line")
def test_line_approaches_2_and_1(student: Student, draw: Draw) -> None:
    """Spread like this, the points shrink the error by a fifth or more a step: after 100 it is rounding."""
    x = torch.linspace(-2, 2, 12) + draw.uniform(-0.1, 0.1, 12)
    check_line(student, x, 2 * x + 1, 0.1, 100, (2.0, 1.0))
