"""What a task rules out is seen while the code runs, in whatever way the text spells it."""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from grader.judge.barring import ForbiddenCall, forbid
from grader.judge.student import watched
from grader.model.manifest import load_course

COURSE = load_course(Path(__file__).parent.parent.parent / "course.yaml")
LABELS = torch.tensor([0, 1, 2, 0])


def by_hand_and_step(x: Tensor) -> None:
    x.grad = torch.ones_like(x)
    with torch.no_grad():
        x.requires_grad_(False)
        x -= x.grad
        x.requires_grad_(True)


def step_of_an_optimizer(x: Tensor) -> None:
    x.grad = torch.ones_like(x)
    vars(torch)["op" + "tim"].SGD([x], lr=0.1).step()


def engine_itself(x: Tensor) -> None:
    start = getattr(torch.autograd.Variable._execution_engine, "run_back" + "ward")
    y = (x * x).sum()
    start((y,), (torch.ones_like(y),), False, False, (x,), True, False)


def operator_of_ones_own(x: Tensor) -> None:
    with torch.library._scoped_library("descent_tests", "DEF") as library:
        library.define("f(Tensor x) -> Tensor")
        library.impl("f", torch.tanh, "CompositeExplicitAutograd")
        torch.ops.descent_tests.f(x)


TAKEN: dict[str, tuple[str, str, Callable[[Tensor], Any]]] = {
    "a name put together": ("day10", "mse", lambda x: getattr(F, "mse" + "_loss")(x, x)),
    "below torch": ("day10", "mse", lambda x: torch.ops.aten.mse_loss(x, x)),
    "below functional": ("day10", "mae", lambda x: torch._C._nn.l1_loss(x, x)),
    "a loss's class": ("day10", "mae", lambda x: nn.L1Loss()(x, x)),
    "text": ("day10", "cross_entropy", lambda x: eval("F.cross_entropy(x, LABELS)", globals(), {"x": x})),
    "a method": ("day10", "log_softmax", lambda x: x.softmax(1).log()),
    "special": ("day10", "log_softmax", lambda x: torch.special.log_softmax(x, 1)),
    "a distribution": (
        "day10", "binary_cross_entropy_with_logits",
        lambda x: torch.distributions.Bernoulli(logits=x).log_prob((x > 0.5).float()),
    ),
    "in place": ("day13", "relu", lambda x: x.detach().relu_()),
    "a relative": ("day13", "leaky_relu", lambda x: F.prelu(x, torch.tensor([0.1]))),
    "another name of it": ("day13", "sigmoid", lambda x: torch.special.expit(x)),
    "a backward kernel": ("day11", "relu_backward", lambda x: torch.ops.aten.threshold_backward(x.detach(), x, 0)),
    "backward": ("day11", "fit_line", lambda x: x.sum().backward()),
    "a gradient by a name put together": (
        "day16", "mse_gradients", lambda x: getattr(torch.autograd, "gr" + "ad")(x.sum(), x),
    ),
    "a transform by a name put together": (
        "day16", "mse_gradients", lambda x: getattr(torch.func, "gr" + "ad")(torch.sum)(x),
    ),
    "an optimizer by a name put together": ("day16", "gradient_descent", step_of_an_optimizer),
    "a module put together": ("day08", "forward", lambda x: getattr(torch, "n" * 2).functional.relu(x)),
    "a class of it": ("day08", "forward", lambda x: getattr(torch, "n" * 2).Tanhshrink()(x)),
    "the engine itself": ("day11", "fit_line", engine_itself),
    "an operator of one's own": ("day13", "tanh", operator_of_ones_own),
    "forward mode": ("day11", "fit_line", lambda x: torch.func.jvp(torch.square, (x,), (x,))),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")  # forward mode imports torch's own use of it
@pytest.mark.parametrize("day, task, call", TAKEN.values(), ids=TAKEN.keys())
def test_a_forbidden_call_is_seen(day: str, task: str, call: Callable[[Tensor], Any]) -> None:
    x = torch.rand(4, 3, requires_grad=True)
    with pytest.raises(ForbiddenCall), forbid(watched(COURSE.day(day).task(task))):
        call(x)


LEFT: dict[str, tuple[str, str, Callable[[Tensor], Any]]] = {
    "logsumexp and its gradient": ("day10", "cross_entropy", lambda x: torch.logsumexp(x, 1).sum().backward()),
    "logaddexp and its gradient": ("day10", "mse", lambda x: torch.logaddexp(x, x).sum().backward()),
    "sigmoid among the losses": ("day10", "binary_cross_entropy", lambda x: torch.sigmoid(x).sum().backward()),
    "clamp and its gradient": ("day13", "relu", lambda x: x.clamp(min=0).sum().backward()),
    "where": ("day13", "leaky_relu", lambda x: torch.where(x > 0, x, 0.1 * x).sum().backward()),
    "a gradient put by hand": ("day11", "gradient_descent_step", by_hand_and_step),
    "functions beside a module": ("day08", "forward", lambda x: torch.einsum("nd,nd->n", x.relu(), torch.relu(x))),
    "a loader": ("day16", "gradient_descent", lambda x: list(DataLoader(TensorDataset(x), 2, shuffle=True))),
    "the engine where it is no shortcut": ("day10", "mse", engine_itself),
    "vmap": ("day11", "numerical_gradient", lambda x: torch.vmap(torch.sum)(x)),
}


@pytest.mark.parametrize("day, task, call", LEFT.values(), ids=LEFT.keys())
def test_what_is_allowed_goes_through(day: str, task: str, call: Callable[[Tensor], Any]) -> None:
    with forbid(watched(COURSE.day(day).task(task))):
        call(torch.rand(4, 3, requires_grad=True))


def by_recursion(x: Tensor) -> Tensor:
    return x if not len(x) else torch.cat([x[:1] / x[0].sum(), by_recursion(x[1:])])


def in_a_text(x: Tensor) -> Tensor:
    rows: list[Tensor] = []
    exec("fo" + "r row in x: rows.append(row / row.sum())", {"x": x, "rows": rows})
    return torch.stack(rows)


def by_rows(x: Tensor) -> Tensor:
    return torch.stack([row / row.sum() for row in x])


def quiet(x: Tensor) -> None:
    with contextlib.suppress(Exception):
        by_rows(x)


LOOPS: dict[str, Callable[[Tensor], Any]] = {
    "under another name": lambda x: globals()["by_" + "rows"](x),
    "recursion": by_recursion,
    "a text put together": in_a_text,
    "a function of each element": lambda x: x.clone().apply_(lambda value: value / 2),
    "sorting": lambda x: sorted(x, key=lambda row: float(row.sum())),
    "a filter": lambda x: list(filter(lambda row: float(row.sum()) > 1, x)),
    "sums on the way": lambda x: list(itertools.accumulate(x, lambda a, b: a + b)),
    "caught": quiet,
}


@pytest.mark.parametrize("call", LOOPS.values(), ids=LOOPS.keys())
def test_a_loop_is_seen_while_it_runs(call: Callable[[Tensor], Any]) -> None:
    with pytest.raises(ForbiddenCall, match="a loop"), forbid(["loops"], file=__file__):
        call(torch.rand(40, 3))


def test_what_goes_over_the_rows_at_once_is_no_loop() -> None:
    x = torch.rand(40, 3)
    with forbid(["loops"], file=__file__):
        torch.stack(
            [
                x / x.sum(1, keepdim=True),
                torch.vmap(lambda row: row / row.sum())(x),
                (x.T / x.sum(1)).T,
            ]
        )
    assert sys.gettrace() is None
    by_rows(x)


def test_a_debugger_keeps_its_place() -> None:
    def tracer(*_: Any) -> None:
        return None

    sys.settrace(tracer)
    try:
        with forbid(["loops"], file=__file__):
            assert sys.gettrace() is tracer
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(None)
