"""Day 18: optimizers against torch's algorithms written out in float64, step for step."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.close import check_close, check_equal, check_keys, check_length, check_number, check_tensor, describe
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

NAMES = ("SGD", "Momentum", "RMSProp", "Adam", "AdamW")
DTYPES = [torch.float32, torch.float64]
Gradients = list[list[Tensor | None]]


def each(*names: str) -> list[Any]:
    """A case for each of the classes, marked for its task."""
    return [pytest.param(name, marks=pytest.mark.task(name), id=name) for name in names]


class Rule:
    """One optimizer's arithmetic in float64, as torch.optim's pages write it; a state for each parameter."""

    def __init__(self, name: str, lr: float, options: dict[str, Any]) -> None:
        self.name, self.lr, self.state = name, lr, dict[str, Tensor]()
        self.step = 0
        self.momentum: float = options.get("momentum", 0.0)
        self.dampening: float = options.get("dampening", 0.0)
        self.alpha: float = options.get("alpha", 0.99)
        self.betas: tuple[float, float] = options.get("betas", (0.9, 0.999))
        self.eps: float = options.get("eps", 1e-8)
        self.decay: float = options.get("weight_decay", 0.01 if name == "AdamW" else 0.0)

    def after(self, p: Tensor, g: Tensor) -> Tensor:
        """The parameter after one step."""
        if self.name == "AdamW":
            return self.adam(p * (1 - self.lr * self.decay), g)
        g = g + self.decay * p
        change = {"SGD": self.sgd, "Momentum": self.heavy, "RMSProp": self.rms, "Adam": self.adam}[self.name]
        return change(p, g)

    def sgd(self, p: Tensor, g: Tensor) -> Tensor:
        return p - self.lr * g

    def heavy(self, p: Tensor, g: Tensor) -> Tensor:
        v = self.state.get("v")
        self.state["v"] = g if v is None else self.momentum * v + (1 - self.dampening) * g
        return p - self.lr * self.state["v"]

    def rms(self, p: Tensor, g: Tensor) -> Tensor:
        s = self.averaged("s", self.alpha, g * g)
        return p - self.lr * g / (s.sqrt() + self.eps)

    def adam(self, p: Tensor, g: Tensor) -> Tensor:
        self.step += 1
        first, second = self.betas
        m = self.averaged("m", first, g) / (1 - first**self.step)
        s = self.averaged("s", second, g * g) / (1 - second**self.step)
        return p - self.lr * m / (s.sqrt() + self.eps)

    def averaged(self, name: str, keep: float, new: Tensor) -> Tensor:
        """The moving average of `new`, which starts at 0."""
        self.state[name] = keep * self.state.get(name, torch.zeros_like(new)) + (1 - keep) * new
        return self.state[name]


def oracle(
    name: str,
    start: list[Tensor],
    gradient: Callable[[int, int, Tensor], Tensor | None],
    steps: int,
    lr: float,
    options: dict[str, Any],
) -> list[Tensor]:
    """Each parameter after each step, (steps, *shape); `gradient(step, number, parameter)` is None for none."""
    paths = []
    for number, first in enumerate(start):
        p, rule, path = first.double(), Rule(name, lr, options), []
        for step in range(steps):
            g = gradient(step, number, p)
            p = p if g is None else rule.after(p, g.double())
            path.append(p)
        paths.append(torch.stack(path))
    return paths


def drawn_options(name: str, draw: Draw) -> dict[str, Any]:
    """Every argument of the class, far from its default, so that each of them shows."""
    options: dict[str, Any] = {}
    if name == "Momentum":
        options = {"momentum": draw.number(0.3, 0.8), "dampening": draw.number(0.2, 0.6)}
    elif name == "RMSProp":
        options = {"alpha": draw.number(0.5, 0.9), "eps": draw.number(0.05, 0.3)}
    elif name in ("Adam", "AdamW"):
        options = {"betas": (draw.number(0.4, 0.7), draw.number(0.8, 0.95)), "eps": draw.number(0.05, 0.3)}
    if name == "AdamW":
        options["weight_decay"] = draw.number(0.1, 0.5)
    return options


def drawn_start(draw: Draw, dtype: torch.dtype) -> list[Tensor]:
    """A matrix that is not contiguous, a vector, a scalar, and a second matrix of the first one's shape."""
    return [draw.normal(4, 3, dtype=dtype).T, *(draw.normal(*shape, dtype=dtype) for shape in ((5,), (), (3, 4)))]


def away_from_zero(draw: Draw, like: Tensor) -> Tensor:
    """Numbers of both signs, 0.2 to 2 in size, in the memory order of `like`."""
    sign = draw.integers(0, 2, *like.shape) * 2 - 1
    return torch.empty_like(like).copy_(draw.uniform(0.2, 2, *like.shape) * sign)


def drawn_gradients(name: str, draw: Draw, start: list[Tensor], steps: int) -> Gradients:
    """The second parameter never has a gradient; the third has none in some steps; the fourth's begin with zeros.

    With Adam those are the last ones: torch counts steps for each parameter, and counting them for all together, as the
    README's formula does, differs from that only once a gradient comes back.
    """
    gradients: Gradients = [[away_from_zero(draw, p) for p in start] for _ in range(steps)]
    gradients[0][3] = torch.zeros_like(start[3])
    for step, given in enumerate(gradients):
        given[1] = None
        if step == 1 if name in ("Momentum", "RMSProp") else step >= steps - 2:
            given[2] = None
    return gradients


def check_paths(seen: Any, expected: list[Tensor], dtype: torch.dtype, model: str = "") -> None:
    check_length(seen, list, len(expected))
    for number, (path, right) in enumerate(zip(seen, expected, strict=True)):
        name = f"parameter [{number}]{model}, a row for each step,"
        check_close(path, right, dtype=dtype, terms=len(right), scale=max(1.0, float(right.abs().max())), name=name)


def check_own_path(seen: Any, expected: list[Tensor], dtype: torch.dtype) -> None:
    """`probes.follow` saw the right path, and no code of torch.optim on it."""
    check_keys(seen, {"path", "borrowed"})
    if seen["borrowed"] is not False:
        raise CheckFailed("torch.optim does the work", expected="an optimizer of your own", seen="code of torch.optim")
    check_paths(seen["path"], expected, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", each(*NAMES))
def test_steps(student: Student, draw: Draw, name: str, dtype: torch.dtype) -> None:
    """Every argument given; parameters without a gradient are left alone; `params` is a generator."""
    start, lr, options = drawn_start(draw, dtype), draw.number(0.05, 0.2), drawn_options(name, draw)
    gradients = drawn_gradients(name, draw, start, 5)
    expected = oracle(name, start, lambda step, number, p: gradients[step][number], 5, lr, options)
    check_own_path(student.probe(probes.follow, name, start, gradients, lr, options), expected, dtype)


@pytest.mark.parametrize("name", each(*NAMES[1:]))
def test_defaults(student: Student, draw: Draw, name: str) -> None:
    """What is not given has torch's default; gradients of about 1e-8 show the default of eps too."""
    start, lr = drawn_start(draw, torch.float64), draw.number(0.05, 0.2)
    options = {"momentum": draw.number(0.3, 0.8)} if name == "Momentum" else {}
    sizes = [1.0 if name == "Momentum" else 10 ** draw.number(-8.5, -7) for _ in range(4)]
    gradients: Gradients = [[away_from_zero(draw, p) * size for p in start] for size in sizes]
    expected = oracle(name, start, lambda step, number, p: gradients[step][number], 4, lr, options)
    check_own_path(student.probe(probes.follow, name, start, gradients, lr, options), expected, torch.float64)


@pytest.mark.parametrize("name", each(*NAMES[:-1]))
def test_weight_decay_where_it_is_offered(student: Student, draw: Draw, name: str) -> None:
    """Only AdamW has to take `weight_decay`. Where another class takes it, it means what it does in torch."""
    start, lr, options = drawn_start(draw, torch.float64), draw.number(0.05, 0.2), drawn_options(name, draw)
    gradients, decay = drawn_gradients(name, draw, start, 4), draw.number(0.1, 0.5)
    answer = student.probe(probes.follow_with_decay, name, start, gradients, lr, options, decay)
    seen = check_keys(answer, {"decayed", "path", "borrowed"})
    options = {**options, "weight_decay": decay} if seen["decayed"] is True else options
    expected = oracle(name, start, lambda step, number, p: gradients[step][number], 4, lr, options)
    check_paths(seen["path"], expected, torch.float64)


@pytest.mark.parametrize("name", each(*NAMES))
def test_steps_on_gradients_that_stay(student: Student, draw: Draw, name: str) -> None:
    """A step reads the gradients and leaves them: with no `backward` in between, the next goes by the same ones."""
    start, lr, options = drawn_start(draw, torch.float64), draw.number(0.05, 0.2), drawn_options(name, draw)
    first, second = drawn_gradients("SGD", draw, start, 2)
    given = [first, first, second]
    expected = oracle(name, start, lambda step, number, p: given[step][number], 3, lr, options)
    check_own_path(student.probe(probes.follow, name, start, [first, [], second], lr, options), expected, torch.float64)


@pytest.mark.parametrize("name", each(*NAMES))
def test_training(student: Student, draw: Draw, name: str) -> None:
    """`zero_grad`, `backward`, `step`, for two models in turn; one parameter takes no part in the loss."""
    groups, steps, lr, options = (
        [drawn_group(draw), drawn_group(draw)],
        6,
        draw.number(0.05, 0.2),
        drawn_options(name, draw),
    )
    seen = student.probe(probes.train, name, groups, steps, lr, options)
    check_length(seen, list, len(groups))
    for number, (group, paths) in enumerate(zip(groups, seen, strict=True)):
        target, weight = group["target"], group["weight"]

        def slope(step: int, i: int, p: Tensor, target: Any = target, weight: Any = weight) -> Tensor | None:
            return weight[i].double() * (p - target[i].double()) if i < len(target) else None

        expected = oracle(name, group["start"], slope, steps, lr, options)
        check_paths(paths, expected, torch.float32, f" of model [{number}]")


def drawn_group(draw: Draw) -> dict[str, list[Tensor]]:
    """A model of two parameters, its targets, and a third parameter that the loss does not see."""
    target = [draw.normal(3, 2), draw.normal(4)]
    start = [t + away_from_zero(draw, t) for t in target]
    return {
        "start": [*start, draw.normal(2)],
        "target": target,
        "weight": [draw.uniform(0.5, 2, *t.shape) for t in target],
    }


def clip_case(draw: Draw, dtype: torch.dtype, size: float) -> tuple[list[Tensor | None], float]:
    """Gradients of four parameters (one has none, one is not contiguous), and their common norm."""
    shapes = ((2,), (4, 3), (), (5,))
    drawn = [away_from_zero(draw, torch.empty(shape, dtype=dtype)) * size for shape in shapes]
    norm = math.sqrt(sum(float(g.double().square().sum()) for g in drawn))
    return [drawn[0], None, drawn[1].T, *drawn[2:]], norm


def check_clipped(seen: Any, gradients: list[Tensor | None], norm: float, factor: float) -> None:
    """The norm before is returned, and each gradient is `factor` times what it was.

    Values are compared as float32: adding 1e-6 to the norm before dividing, as torch does, is right too.
    """
    check_keys(seen, {"norm", "gradients"})
    check_length(seen["gradients"], list, len(gradients))
    check_close(seen["norm"], norm, terms=16, scale=max(norm, 1.0), name="the norm returned")
    for number, (got, given) in enumerate(zip(seen["gradients"], gradients, strict=True)):
        name = f"gradient [{number}]"
        if given is None:
            check_equal(got, None, name=name)
            continue
        check_tensor(got, shape=tuple(given.shape), dtype=given.dtype, name=name)
        if factor == 1:
            check_equal(got, given, name=f"{name}, below the limit,")
        check_close(got.float(), given.double() * factor, terms=16, scale=max(norm * factor, 1e-6), name=name)


@pytest.mark.task("clip_gradients")
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("size", [1.0, 1000.0])
def test_clip_gradients_above_the_limit(student: Student, draw: Draw, dtype: torch.dtype, size: float) -> None:
    gradients, norm = clip_case(draw, dtype, size)
    max_norm = draw.number(0.1, 0.7) * norm
    check_clipped(student.probe(probes.clip, gradients, max_norm), gradients, norm, max_norm / norm)


@pytest.mark.task("clip_gradients")
@pytest.mark.parametrize("dtype", DTYPES)
def test_clip_gradients_below_the_limit(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    gradients, norm = clip_case(draw, dtype, 1.0)
    check_clipped(student.probe(probes.clip, gradients, draw.number(1.1, 1.5) * norm), gradients, norm, 1.0)


@pytest.mark.task("clip_gradients")
def test_clip_gradients_that_are_zero(student: Student) -> None:
    gradients: list[Tensor | None] = [torch.zeros(3), torch.zeros(2, 2)]
    check_clipped(student.probe(probes.clip, gradients, 1.0), gradients, 0.0, 1.0)


def check_schedule(name: str, seen: Any, cases: list[tuple[Any, ...]], conventions: list[Callable[..., float]]) -> None:
    """One of the conventions gives every value; else the first wrong one by the README's convention is told."""
    check_length(seen, list, len(cases))
    for case, value in zip(cases, seen, strict=True):
        check_number(value, name=f"the rate of epoch {case[1]}")
    if any(all(near(v, rate(*case), case[0]) for case, v in zip(cases, seen, strict=True)) for rate in conventions):
        return
    for case, value in zip(cases, seen, strict=True):
        right, (lr, epoch, *rest) = conventions[0](*case), case
        if not near(value, right, lr):
            where = ", ".join(f"{x:.6g}" for x in (lr, epoch, *rest))
            raise CheckFailed(f"{name}({where}) is wrong", expected=f"{right:.6g}", seen=describe(value))


def near(value: float, right: float, lr: float) -> bool:
    """Equal up to rounding, in float32 as well: rates fall by orders of magnitude, so relative to themselves."""
    return abs(value - right) <= 1e-5 * right + 1e-6 * lr


@pytest.mark.task("step_decay")
def test_step_decay(student: Student, draw: Draw) -> None:
    """Every epoch of some schedules; counting epochs from 0, as torch's StepLR, is right too, but not a mixture."""
    cases = [
        (lr, epoch, drop, every)
        for every in (1, draw.integer(2, 5), draw.integer(5, 12))
        for lr, drop in [(draw.number(0.01, 1.0), draw.number(0.15, 0.85))]
        for epoch in range(1, 3 * every + 2)
    ]
    seen = student.probe(probes.values, "step_decay", cases)
    conventions = [lambda lr, e, d, n: lr * d ** ((e - 1) // n), lambda lr, e, d, n: lr * d ** (e // n)]
    check_schedule("step_decay", seen, cases, conventions)


@pytest.mark.task("cosine_decay")
def test_cosine_decay(student: Student, draw: Draw) -> None:
    """Every epoch of some schedules. The wave may begin or end half a step later, as long as it is one wave."""
    cases = [
        (lr, epoch, epochs)
        for epochs in (2, draw.integer(5, 12), draw.integer(20, 60))
        for lr in [draw.number(0.01, 1.0)]
        for epoch in range(1, epochs + 1)
    ]

    def wave(done: Callable[[int, int], float]) -> Callable[..., float]:
        return lambda lr, epoch, epochs: lr / 2 * (1 + math.cos(math.pi * done(epoch, epochs)))

    seen = student.probe(probes.values, "cosine_decay", cases)
    conventions = [lambda e, n: (e - 1) / n, lambda e, n: e / n, lambda e, n: (e - 1) / (n - 1)]
    check_schedule("cosine_decay", seen, cases, [wave(done) for done in conventions])


def check_curves(seen: Any, falling: bool = True) -> dict[str, list[float]]:
    """The five curves by class name: numbers, equally long, of one first value, and falling by a twentieth or more."""
    if not isinstance(seen, dict) or not all(isinstance(key, str) for key in seen):
        raise CheckFailed("the result should be a dict by name", expected=", ".join(NAMES), seen=describe(seen))
    plain = {"".join(filter(str.isalnum, key)).lower(): curve for key, curve in seen.items()}
    missing = [name for name in NAMES if name.lower() not in plain]
    if missing:
        raise CheckFailed(f"{', '.join(missing)} is missing", expected=", ".join(NAMES), seen=describe(seen))
    curves = {name: plain[name.lower()] for name in NAMES}
    for name, curve in curves.items():
        check_length(
            curve, list, len(curves["SGD"]) if isinstance(curves["SGD"], list) else 5, name=f"the curve of {name}"
        )
        if len(curve) < 5:
            raise CheckFailed(f"the curve of {name} is too short", expected="5 losses or more", seen=describe(curve))
        for loss in curve:
            check_number(loss, name=f"a loss of {name}")
        if not near(curve[0], curves["SGD"][0], abs(curves["SGD"][0])):
            both = f"{curves['SGD'][0]:.6g} (SGD)"
            raise CheckFailed(f"{name} starts at another loss", expected=both, seen=f"{curve[0]:.6g}")
        if falling and curve[-1] > 0.95 * curve[0]:
            seen_loss = f"{curve[0]:.6g} at first, {curve[-1]:.6g} at last"
            raise CheckFailed(f"{name} hardly gets better", expected="a loss that falls", seen=seen_loss)
    return curves


@pytest.mark.task("compare_optimizers")
def test_compare_optimizers(student: Student, draw: Draw) -> None:
    """The curves fall from one point, differ from each other, repeat themselves, and come of the five classes."""
    seed = draw.seed()
    curves = check_curves(student.call("compare_optimizers", seed))
    for one, other in itertools.combinations(NAMES, 2):
        # Adam and AdamW are the same where there is next to nothing to decay
        if curves[one] == curves[other] and (one, other) != ("Adam", "AdamW"):
            raise CheckFailed(
                f"{one} and {other} have the same curve", expected="a run of its own for each", seen="equal"
            )
    again = check_curves(student.call("compare_optimizers", seed))
    for name in NAMES:
        if again[name] != curves[name]:
            raise CheckFailed(f"the same seed gives another curve of {name} the next time", expected="the same curve")
    # in two parts, with next of kin apart: a curve that another class made does not notice that its own rests
    for resting in (["SGD", "RMSProp", "AdamW"], ["Momentum", "Adam"]):
        check_own_curves(student, curves, resting, seed)


def check_own_curves(student: Student, curves: dict[str, list[float]], resting: list[str], seed: int) -> None:
    """Each of these curves is another where its class takes no step, or cannot be had: some check that it falls."""
    answer = student.probe(probes.curves_at_rest, resting, seed)
    if answer is None:
        for name in resting if len(resting) > 1 else ():
            check_own_curves(student, curves, [name], seed)
        return
    still = check_curves(answer, falling=False)
    for name in resting:
        if still[name] == curves[name]:
            raise CheckFailed(
                f"the curve of {name} is the same when {name}'s step does nothing",
                expected=f"losses of a run with your class {name}",
            )
