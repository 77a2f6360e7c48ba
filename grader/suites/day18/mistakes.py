"""Day 18: what goes wrong in optimizers, and one sentence for each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()

Change = Callable[[Any, Any, dict[str, Any], int], Any]  # (p, g, a state of its own, t) -> what p loses


class Made:
    """An optimizer made of one rule, otherwise sound."""

    def __init__(self, params: Iterable[Any], change: Change) -> None:
        self.params = list(params)
        self.change, self.t = change, 0
        self.states: list[dict[str, Any]] = [{} for _ in self.params]

    @torch.no_grad()
    def step(self) -> None:
        self.t += 1
        for p, state in zip(self.params, self.states, strict=True):
            if p.grad is not None:
                p -= self.change(p, p.grad, state, self.t)

    def zero_grad(self) -> None:
        for p in self.params:
            p.grad = None


def average(state: dict[str, Any], name: str, keep: float, new: Any) -> Any:
    """The moving average of `new`, from 0, kept in the state."""
    state[name] = keep * state.get(name, 0.0) + (1 - keep) * new
    return state[name]


# The right rules, for slips that have nothing to do with the arithmetic.


def sgd_rule(lr: float) -> Change:
    return lambda p, g, state, t: lr * g


def momentum_rule(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    def change(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        state["v"] = momentum * state["v"] + (1 - dampening) * g if "v" in state else 1.0 * g
        return lr * state["v"]

    return change


def rmsprop_rule(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return lambda p, g, state, t: lr * g / (average(state, "s", alpha, g * g).sqrt() + eps)


def adam_rule(lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> Change:
    def change(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g), average(state, "s", betas[1], g * g)
        return lr * m / (1 - betas[0] ** t) / ((s / (1 - betas[1] ** t)).sqrt() + eps)

    return change


def adamw_rule(
    lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8, weight_decay: float = 0.01
) -> Change:
    adam = adam_rule(lr, betas, eps)
    return lambda p, g, state, t: lr * weight_decay * p + adam(p, g, state, t)


RULES: dict[str, Callable[..., Change]] = {
    "SGD": sgd_rule, "Momentum": momentum_rule, "RMSProp": rmsprop_rule, "Adam": adam_rule, "AdamW": adamw_rule,
}  # fmt: skip


# Slips that each of the five classes can have.


class InFloat32(Made):
    def __init__(self, params: Iterable[Any], change: Change) -> None:
        super().__init__(params, lambda p, g, state, t: change(p.float(), g.float(), state, t))

    @torch.no_grad()
    def step(self) -> None:
        super().step()
        for p in self.params:
            if p.grad is not None:
                p.copy_(p.float())


class Ascends(Made):
    def step(self) -> None:
        right = self.change
        self.change = lambda p, g, state, t: -right(p, g, state, t)
        super().step()
        self.change = right


class Rebinds(Made):
    def step(self) -> None:
        for p in self.params:
            if p.grad is not None:
                p = p - self.change(p, p.grad, {}, 1)


class WalksOnce(Made):
    def __init__(self, params: Iterable[Any], change: Change) -> None:
        super().__init__([], change)
        self.params = params  # type: ignore[assignment]

    @torch.no_grad()
    def step(self) -> None:
        self.t += 1
        for p in self.params:
            if p.grad is not None:
                p -= self.change(p, p.grad, {}, self.t)


class KeepsGradients(Made):
    def zero_grad(self) -> None:
        pass


class EmptiesGradients(Made):
    def step(self) -> None:
        super().step()
        self.zero_grad()


class TracksItself(Made):
    def step(self) -> None:
        for p in self.params:
            if p.grad is not None:
                p -= self.change(p.detach(), p.grad, {}, 1)


class StopsAtNone(Made):
    @torch.no_grad()
    def step(self) -> None:
        self.t += 1
        for p, state in zip(self.params, self.states, strict=True):
            if p.grad is None:
                return
            p -= self.change(p, p.grad, state, self.t)


class TripsOverNone(Made):
    @torch.no_grad()
    def step(self) -> None:
        self.t += 1
        for p, state in zip(self.params, self.states, strict=True):
            p -= self.change(p, p.grad, state, self.t)


class ZeroesNone(Made):
    def zero_grad(self) -> None:
        for p in self.params:
            p.grad.zero_()


class Forgets(Made):
    def step(self) -> None:
        self.states = [{} for _ in self.params]
        super().step()


class NoneIsZero(Made):
    def step(self) -> None:
        for p in self.params:
            p.grad = torch.zeros_like(p) if p.grad is None else p.grad
        super().step()


class SharesState(Made):
    def __init__(self, params: Iterable[Any], change: Change) -> None:
        super().__init__(params, change)
        self.states = [{}] * len(self.params)


class SharesByShape(Made):
    def __init__(self, params: Iterable[Any], change: Change) -> None:
        super().__init__(params, change)
        states: dict[Any, dict[str, Any]] = {}
        self.states = [states.setdefault(p.shape, {}) for p in self.params]


EVERYWHERE: list[tuple[str, type[Made], str]] = [
    # the first of them: near misses belong to it, and not to a slip that a check of float64 does not bring out
    ("in_float32", InFloat32, "Right to about 7 digits: something in it is float32 where the parameters are float64."),
    ("ascends", Ascends, "It walks up the gradient; check the sign of the step."),
    ("rebinds", Rebinds, "The parameters never move: a new tensor under the same name is not the parameter itself."),
    (
        "walks_once",
        WalksOnce,
        "After one pass over `params` nothing moves any more: a generator can be read only once.",
    ),
    ("keeps_gradients", KeepsGradients, "Gradients pile up from one backward to the next; look at `zero_grad`."),
    ("empties_gradients", EmptiesGradients, "The step clears the gradients; that is left to `zero_grad`."),
    ("tracks_itself", TracksItself, "Autograd watches the step itself; tell it not to while the parameters change."),
    ("stops_at_none", StopsAtNone, "At a parameter without a gradient it ends the step; those after it wait in vain."),
    ("trips_over_none", TripsOverNone, "`p.grad` is None for a parameter that took no part; leave that one alone."),
    ("zeroes_none", ZeroesNone, "Before the first backward `p.grad` is None; `zero_grad` has to bear that."),
]
WITH_STATE: list[tuple[str, type[Made], str]] = [
    ("forgets", Forgets, "Each step starts with an empty memory; what is averaged has to outlive the step."),
    ("none_is_zero", NoneIsZero, "No gradient is not a gradient of 0: such a parameter is left alone, memory and all."),
    ("shares_state", SharesState, "All parameters write into one memory; each needs its own."),
    ("shares_by_shape", SharesByShape, "Parameters of one shape write into one memory; each needs its own."),
]


def _register(task: str, slip: str, kind: type[Made], advice: str) -> None:
    def make(params: Iterable[Any], lr: float, **options: Any) -> Made:
        return kind(params, RULES[task](lr, **options))

    make.__name__ = f"{task.lower()}_{slip}"
    MISTAKES.add(task, advice)(make)


for _task in RULES:
    for _slip, _kind, _advice in EVERYWHERE + (WITH_STATE if _task != "SGD" else []):
        _register(_task, _slip, _kind, _advice)


def slip(task: str, advice: str) -> Callable[[Callable[..., Change]], Callable[..., Change]]:
    """A decorator: the rule that the function below makes is the class's arithmetic done wrong in one way."""

    def register(rule_of: Callable[..., Change]) -> Callable[..., Change]:
        def make(params: Iterable[Any], lr: float, **options: Any) -> Made:
            return Made(params, rule_of(lr, **options))

        make.__name__ = rule_of.__name__
        MISTAKES.add(task, advice)(make)
        return rule_of

    return register


# SGD


@slip("SGD", "It takes only the direction of the gradient; how long it is counts as well.")
def sgd_takes_the_sign(lr: float) -> Change:
    return lambda p, g, state, t: lr * g.sign()


@MISTAKES.add("SGD", "Each parameter takes a full step; how many parameters there are plays no part.")
def sgd_divides_by_the_count(params: Iterable[Any], lr: float) -> Made:
    known = list(params)
    return Made(known, lambda p, g, state, t: lr * g / len(known))


@slip("SGD", "The step shrinks from one to the next; plain SGD keeps its learning rate.")
def sgd_slows_down(lr: float) -> Change:
    return lambda p, g, state, t: lr / t * g


# Momentum


def velocity(
    start: Callable[[Any], Any], later: Callable[[Any, Any], Any], change: Callable[[Any, Any], Any]
) -> Change:
    """A rule from how v starts at g, how it goes on from v and g, and what p loses for v and g."""

    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        state["v"] = later(state["v"], g) if "v" in state else start(g)
        return change(state["v"], g)

    return rule


@slip("Momentum", "`dampening` is not used: it keeps a share of each new gradient out of the velocity.")
def momentum_without_dampening(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    return momentum_rule(lr, momentum)


@slip("Momentum", "The very first step is special: there the velocity is the gradient, not dampened.")
def momentum_dampens_the_first_step(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    rest = 1 - dampening
    return velocity(lambda g: rest * g, lambda v, g: momentum * v + rest * g, lambda v, g: lr * v)


@slip("Momentum", "A velocity that is 0 is taken for none yet; only the very first step is special.")
def momentum_begins_anew_at_zero(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    rest = 1 - dampening
    return velocity(lambda g: g, lambda v, g: momentum * v + rest * g if v.any() else g, lambda v, g: lr * v)


@slip("Momentum", "It averages the gradient into the velocity; torch's momentum adds it, less the dampening.")
def momentum_averages(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    rest = 1 - momentum
    return velocity(lambda g: rest * g, lambda v, g: momentum * v + rest * g, lambda v, g: lr * v)


@slip("Momentum", "It looks one step ahead (Nesterov); plain momentum moves by the velocity alone.")
def momentum_of_nesterov(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    rest = 1 - dampening
    later = lambda v, g: momentum * v + rest * g  # noqa: E731 - one rule a line reads better here
    return velocity(lambda g: g, later, lambda v, g: lr * (g + momentum * v))


@slip("Momentum", "The velocity of the step before goes in with the wrong sign.")
def momentum_brakes(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    return momentum_rule(lr, -momentum, dampening)


@slip("Momentum", "The momentum is always 0.9; it should be the argument.")
def momentum_is_fixed(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    return momentum_rule(lr, 0.9, dampening)


@slip("Momentum", "The step uses the velocity of the step before; update the velocity first.")
def momentum_moves_late(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    rest = 1 - dampening

    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        old = state.get("v", torch.zeros_like(g))
        state["v"] = momentum * state["v"] + rest * g if "v" in state else g
        return lr * old

    return rule


@slip("Momentum", "The learning rate is in the velocity twice: once where it is built, once in the step.")
def momentum_scales_twice(lr: float, momentum: float = 0.0, dampening: float = 0.0) -> Change:
    rest = 1 - dampening
    return velocity(lambda g: lr * g, lambda v, g: momentum * v + rest * lr * g, lambda v, g: lr * v)


@MISTAKES.add("Momentum", "The velocity is the gradient's own tensor, and `zero_grad` empties it; keep a copy.")
class momentum_borrows_the_gradient(Made):  # noqa: N801 - a mistake's id
    def __init__(self, params: Iterable[Any], lr: float, momentum: float = 0.0, dampening: float = 0.0) -> None:
        def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
            if "v" in state:
                state["v"].mul_(momentum).add_((1 - dampening) * g)
            else:
                state["v"] = g
            return lr * state["v"]

        super().__init__(params, rule)

    def zero_grad(self) -> None:
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# RMSProp


@slip("RMSProp", "`alpha` and 1 − `alpha` have changed places: `alpha` is what the average keeps.")
def rmsprop_swaps_alpha(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return rmsprop_rule(lr, 1 - alpha, eps)


@slip("RMSProp", "`eps` is inside the root; torch adds it outside.")
def rmsprop_eps_inside(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return lambda p, g, state, t: lr * g / (average(state, "s", alpha, g * g) + eps).sqrt()


@slip("RMSProp", "It divides by the averaged squares; the square root is missing.")
def rmsprop_without_root(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return lambda p, g, state, t: lr * g / (average(state, "s", alpha, g * g) + eps)


@slip("RMSProp", "It averages the gradients; their squares are what is averaged.")
def rmsprop_averages_sizes(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return lambda p, g, state, t: lr * g / (average(state, "s", alpha, g.abs()).sqrt() + eps)


@slip("RMSProp", "It sums all squares up (that is Adagrad); RMSProp forgets old ones.")
def rmsprop_sums_up(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        state["s"] = state.get("s", 0.0) + g * g
        return lr * g / (state["s"].sqrt() + eps)

    return rule


@slip("RMSProp", "The new square goes in whole; only its share, 1 − `alpha`, belongs there.")
def rmsprop_whole_square(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        state["s"] = alpha * state.get("s", 0.0) + g * g
        return lr * g / (state["s"].sqrt() + eps)

    return rule


@slip("RMSProp", "It keeps one number for the whole tensor; each entry has a step size of its own.")
def rmsprop_one_number(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return lambda p, g, state, t: lr * g / (average(state, "s", alpha, (g * g).mean()).sqrt() + eps)


@slip("RMSProp", "The average starts at the first square; torch's starts at 0.")
def rmsprop_starts_at_the_square(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        state.setdefault("s", g * g)
        return lr * g / (average(state, "s", alpha, g * g).sqrt() + eps)

    return rule


@slip("RMSProp", "It corrects the average for its start; Adam does that, RMSProp does not.")
def rmsprop_corrects(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    return lambda p, g, state, t: lr * g / ((average(state, "s", alpha, g * g) / (1 - alpha**t)).sqrt() + eps)


@slip("RMSProp", "The step divides by the average of the step before; update the average first.")
def rmsprop_divides_early(lr: float, alpha: float = 0.99, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        old = state.get("s", torch.zeros_like(g))
        average(state, "s", alpha, g * g)
        return lr * g / (old.sqrt() + eps)

    return rule


@slip("RMSProp", "The default of `alpha` is not torch's.")
def rmsprop_default_alpha(lr: float, alpha: float = 0.9, eps: float = 1e-8) -> Change:
    return rmsprop_rule(lr, alpha, eps)


@slip("RMSProp", "The default of `eps` is not torch's.")
def rmsprop_default_eps(lr: float, alpha: float = 0.99, eps: float = 1e-7) -> Change:
    return rmsprop_rule(lr, alpha, eps)


# Adam

Betas = tuple[float, float]
BETAS = (0.9, 0.999)


def adam_like(
    lr: float,
    betas: Betas,
    eps: float,
    *,
    mean: Callable[[Any, int], Any] = lambda m, t: m,
    square: Callable[[Any, int], Any] = lambda s, t: s,
) -> Change:
    """Adam with the two corrections given."""

    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g), average(state, "s", betas[1], g * g)
        return lr * mean(m, t) / (square(s, t).sqrt() + eps)

    return rule


@slip("Adam", "`p.grad` itself is squared; it is the caller's, so square a copy.")
def adam_squares_in_place(lr: float, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> Change:
    def change(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g.clone()), average(state, "s", betas[1], g.square_())
        return lr * m / (1 - betas[0] ** t) / ((s / (1 - betas[1] ** t)).sqrt() + eps)

    return change


@slip("Adam", "The averages start at 0 and are too small at first; the correction for that is missing.")
def adam_without_correction(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return adam_like(lr, betas, eps)


@slip("Adam", "The average of the squares is not corrected for its start; both averages have to be.")
def adam_corrects_only_the_mean(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return adam_like(lr, betas, eps, mean=lambda m, t: m / (1 - betas[0] ** t))


@slip("Adam", "The average of the gradients is not corrected for its start; both averages have to be.")
def adam_corrects_only_the_square(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return adam_like(lr, betas, eps, square=lambda s, t: s / (1 - betas[1] ** t))


@slip("Adam", "The correction divides by 1 − β; the power of `t` is missing.")
def adam_correction_without_power(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return adam_like(lr, betas, eps, mean=lambda m, t: m / (1 - betas[0]), square=lambda s, t: s / (1 - betas[1]))


def _adam_counting(lr: float, betas: Betas, eps: float, count: Callable[[int], int]) -> Change:
    return adam_like(
        lr,
        betas,
        eps,
        mean=lambda m, t: m / (1 - betas[0] ** count(t)),
        square=lambda s, t: s / (1 - betas[1] ** count(t)),
    )


@slip("Adam", "At the first step `t` is 0 and the correction divides by 0; count from 1.")
def adam_counts_from_0(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return _adam_counting(lr, betas, eps, lambda t: t - 1)


@slip("Adam", "At the first step `t` is 2 already; count from 1.")
def adam_counts_from_2(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return _adam_counting(lr, betas, eps, lambda t: t + 1)


@slip("Adam", "`t` goes up with every parameter; it counts steps.")
def adam_counts_parameters(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    counted: list[int] = []

    def count(t: int) -> int:
        counted.append(t)
        return (len(counted) + 1) // 2  # both corrections of a parameter ask

    return _adam_counting(lr, betas, eps, count)


@slip("Adam", "The betas have changed places: the first belongs to the gradients, the second to the squares.")
def adam_swaps_betas(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    return adam_rule(lr, (betas[1], betas[0]), eps)


@slip("Adam", "`eps` is inside the root; torch adds it outside.")
def adam_eps_inside(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g), average(state, "s", betas[1], g * g)
        return lr * m / (1 - betas[0] ** t) / (s / (1 - betas[1] ** t) + eps).sqrt()

    return rule


@slip("Adam", "`eps` is added before the squares are corrected; torch corrects first, then adds it.")
def adam_eps_too_early(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g), average(state, "s", betas[1], g * g)
        return lr * math.sqrt(1 - betas[1] ** t) / (1 - betas[0] ** t) * m / (s.sqrt() + eps)

    return rule


@slip("Adam", "It divides by the averaged squares; the square root is missing.")
def adam_without_root(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g), average(state, "s", betas[1], g * g)
        return lr * m / (1 - betas[0] ** t) / (s / (1 - betas[1] ** t) + eps)

    return rule


@slip("Adam", "It steps along the new gradient; the averaged one belongs above the line.")
def adam_without_mean(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        return lr * g / ((average(state, "s", betas[1], g * g) / (1 - betas[1] ** t)).sqrt() + eps)

    return rule


@slip("Adam", "The second average is of the squared mean; it should be of the squared gradients.")
def adam_squares_the_mean(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m = average(state, "m", betas[0], g)
        s = average(state, "s", betas[1], m * m)
        return lr * m / (1 - betas[0] ** t) / ((s / (1 - betas[1] ** t)).sqrt() + eps)

    return rule


@slip("Adam", "The corrected averages are kept for the next step; keep the raw ones, correct what you use.")
def adam_keeps_the_corrected(lr: float, betas: Betas = BETAS, eps: float = 1e-8) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        state["m"] = average(state, "m", betas[0], g) / (1 - betas[0] ** t)
        state["s"] = average(state, "s", betas[1], g * g) / (1 - betas[1] ** t)
        return lr * state["m"] / (state["s"].sqrt() + eps)

    return rule


@slip("Adam", "The defaults of `betas` are not torch's.")
def adam_default_betas(lr: float, betas: Betas = (0.9, 0.99), eps: float = 1e-8) -> Change:
    return adam_rule(lr, betas, eps)


@slip("Adam", "The default of `eps` is not torch's.")
def adam_default_eps(lr: float, betas: Betas = BETAS, eps: float = 1e-7) -> Change:
    return adam_rule(lr, betas, eps)


# AdamW


def decayed(lr: float, betas: Betas, eps: float, decay: Callable[[Any], Any]) -> Change:
    """Adam's step, and `decay(p)` on top of it."""
    adam = adam_rule(lr, betas, eps)
    return lambda p, g, state, t: decay(p) + adam(p, g, state, t)


# Where only the defaults are asked for, it is the same as never decaying: it comes before that.
@slip("AdamW", "The default of `weight_decay` is not torch's.")
def adamw_default_decay(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.0) -> Change:
    return adamw_rule(lr, betas, eps, weight_decay)


@slip("AdamW", "The decay goes through the gradient and so through Adam's averages; AdamW keeps it apart.")
def adamw_couples(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    adam = adam_rule(lr, betas, eps)
    return lambda p, g, state, t: adam(p, g + weight_decay * p, state, t)


@slip("AdamW", "The decay is not scaled by the learning rate.")
def adamw_decays_without_lr(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    return decayed(lr, betas, eps, lambda p: weight_decay * p)


@slip("AdamW", "The decay comes after Adam's step; it comes first, from the parameter as it was.")
def adamw_decays_afterwards(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    adam = adam_rule(lr, betas, eps)

    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        change = adam(p, g, state, t)
        return change + lr * weight_decay * (p - change)

    return rule


@slip("AdamW", "`weight_decay` is not used.")
def adamw_never_decays(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    return adam_rule(lr, betas, eps)


@slip("AdamW", "The weights grow where they should decay; check the sign.")
def adamw_grows(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    return decayed(lr, betas, eps, lambda p: -lr * weight_decay * p)


@slip("AdamW", "The decay takes the same from every weight; it takes a share of each weight's own size.")
def adamw_decays_by_sign(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    return decayed(lr, betas, eps, lambda p: lr * weight_decay * p.sign())


@slip("AdamW", "The decay joins the averaged gradient and is divided by the root as well; it stands apart.")
def adamw_divides_the_decay(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    def rule(p: Any, g: Any, state: dict[str, Any], t: int) -> Any:
        m, s = average(state, "m", betas[0], g), average(state, "s", betas[1], g * g)
        return lr * (m / (1 - betas[0] ** t) + weight_decay * p) / ((s / (1 - betas[1] ** t)).sqrt() + eps)

    return rule


@slip("AdamW", "The decay's learning rate is squared: `lr` comes in twice.")
def adamw_scales_twice(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    return decayed(lr, betas, eps, lambda p: lr * lr * weight_decay * p)


@slip("AdamW", "Adam's part lacks the correction of the averages for their start at 0.")
def adamw_without_correction(lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01) -> Change:
    adam = adam_like(lr, betas, eps)
    return lambda p, g, state, t: lr * weight_decay * p + adam(p, g, state, t)


@MISTAKES.add("AdamW", "Parameters without a gradient decay too; they are to be left alone.")
class adamw_decays_all(Made):  # noqa: N801 - a mistake's id
    def __init__(
        self, params: Iterable[Any], lr: float, betas: Betas = BETAS, eps: float = 1e-8, weight_decay: float = 0.01
    ) -> None:
        super().__init__(params, adam_rule(lr, betas, eps))
        self.keep = 1 - lr * weight_decay

    def step(self) -> None:
        with torch.no_grad():
            for p in self.params:
                p *= self.keep
        super().step()


@slip("AdamW", "The default of `eps` is not torch's.")
def adamw_default_eps(lr: float, betas: Betas = BETAS, eps: float = 1e-6, weight_decay: float = 0.01) -> Change:
    return adamw_rule(lr, betas, eps, weight_decay)


# clip_gradients


def gradients_of(params: Iterable[Any]) -> list[Tensor]:
    return [p.grad for p in params if p.grad is not None]


def norm_of(gradients: Iterable[Tensor]) -> float:
    return math.sqrt(sum(float((g**2).sum()) for g in gradients))


def scale(gradients: Iterable[Tensor], factor: float) -> None:
    for g in gradients:
        g *= factor


@MISTAKES.add(
    "clip_gradients", "Each gradient is clipped for itself, which turns the direction; the norm is of all together."
)
def clip_each(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = norm_of(gradients)
    for g in gradients:
        scale([g], min(1.0, max_norm / max(norm_of([g]), 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "The norm returned is the one after clipping; it should be the one before.")
def clip_returns_the_new_norm(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    scale(gradients, min(1.0, max_norm / max(norm_of(gradients), 1e-12)))
    return norm_of(gradients)


@MISTAKES.add("clip_gradients", "The norm comes back as a tensor; return a Python number.")
def clip_returns_a_tensor(params: Iterable[Any], max_norm: float) -> Tensor:
    gradients = gradients_of(params)
    norm = torch.tensor(norm_of(gradients))
    scale(gradients, min(1.0, max_norm / max(float(norm), 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "Each number is cut off at the limit; it is the length of the whole that is limited.")
def clip_values(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = norm_of(gradients)
    for g in gradients:
        g.clamp_(-max_norm, max_norm)
    return norm


@MISTAKES.add("clip_gradients", "It scales gradients that are below the limit, too; those stay as they are.")
def clip_always(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = norm_of(gradients)
    scale(gradients, max_norm / max(norm, 1e-12))
    return norm


@MISTAKES.add("clip_gradients", "The norms are added up; the squares are what adds up, and the root comes last.")
def clip_adds_norms(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = sum(norm_of([g]) for g in gradients)
    scale(gradients, min(1.0, max_norm / max(norm, 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "That is the square of the norm; the root is missing.")
def clip_without_root(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = norm_of(gradients) ** 2
    scale(gradients, min(1.0, max_norm / max(norm, 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "That is the sum of the absolute values; the norm is the root of the sum of squares.")
def clip_by_sizes(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = sum(float(g.abs().sum()) for g in gradients)
    scale(gradients, min(1.0, max_norm / max(norm, 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "That is the largest gradient's size; the norm takes all of them together.")
def clip_by_the_largest(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = max(norm_of([g]) for g in gradients)
    scale(gradients, min(1.0, max_norm / max(norm, 1e-12)))
    return norm


@MISTAKES.add(
    "clip_gradients", "Nothing is clipped: scale `p.grad` itself, and remember that a generator can be read only once."
)
def clip_walks_twice(params: Iterable[Any], max_norm: float) -> float:
    norm = norm_of(gradients_of(params))
    scale(gradients_of(params), min(1.0, max_norm / max(norm, 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "After clipping the norm is 1, not `max_norm`.")
def clip_to_1(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = norm_of(gradients)
    if norm > max_norm:
        scale(gradients, 1 / norm)
    return norm


@MISTAKES.add("clip_gradients", "The factor is upside down: gradients above the limit grow.")
def clip_upside_down(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = norm_of(gradients)
    if norm > max_norm:
        scale(gradients, norm / max_norm)
    return norm


@MISTAKES.add("clip_gradients", "`p.grad` is None for a parameter that took no part; leave that one out.")
def clip_trips_over_none(params: Iterable[Any], max_norm: float) -> float:
    known = list(params)
    norm = math.sqrt(sum(float((p.grad**2).sum()) for p in known))
    scale(gradients_of(known), min(1.0, max_norm / max(norm, 1e-12)))
    return norm


@MISTAKES.add("clip_gradients", "Gradients that are all 0 become NaN: 0 divided by 0.")
def clip_divides_by_0(params: Iterable[Any], max_norm: float) -> float:
    gradients = gradients_of(params)
    norm = torch.stack([g.double().norm() for g in gradients]).norm()
    factor = max_norm / norm
    for g in gradients:
        g.copy_(g * factor.to(g.dtype) if not factor >= 1 or norm == 0 else g)
    return float(norm)


# step_decay


@MISTAKES.add("step_decay", "Between two drops the rate should stay; count whole periods only.")
def step_decay_smooth(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * float(drop ** ((epoch - 1) / every))


@MISTAKES.add("step_decay", "It drops at every epoch; `every` plays no part.")
def step_decay_each_epoch(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * drop ** (epoch - 1)


@MISTAKES.add("step_decay", "It drops once and never again; each further period drops again.")
def step_decay_once(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * drop if epoch > every else lr


@MISTAKES.add("step_decay", "It multiplies by how many drops there were; each drop multiplies the rate again.")
def step_decay_times_count(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * drop * ((epoch - 1) // every)


@MISTAKES.add("step_decay", "Each drop takes a fixed amount off; it should multiply.")
def step_decay_subtracts(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr - drop * ((epoch - 1) // every)


@MISTAKES.add("step_decay", "The rate rises; `drop` is a factor below 1 to multiply by.")
def step_decay_rises(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr / drop ** ((epoch - 1) // every)


@MISTAKES.add("step_decay", "`drop` is what remains of the rate, not what is taken away.")
def step_decay_takes_the_share(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * (1 - drop) ** ((epoch - 1) // every)


@MISTAKES.add("step_decay", "It drops only in the epochs that `every` divides, and comes back in between.")
def step_decay_only_then(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * drop if epoch % every == 0 else lr


@MISTAKES.add("step_decay", "The first epoch has dropped already, whatever `every` is.")
def step_decay_starts_low(lr: float, epoch: int, drop: float, every: int) -> float:
    return lr * float(drop ** ((epoch - 1) // every + 1))


@MISTAKES.add("step_decay", "The rate comes back as a tensor; return a Python number.")
def step_decay_tensor(lr: float, epoch: int, drop: float, every: int) -> Tensor:
    return torch.tensor(lr * drop ** ((epoch - 1) // every))


# cosine_decay


def done(epoch: int, epochs: int) -> float:
    return (epoch - 1) / epochs


@MISTAKES.add("cosine_decay", "It starts at twice the rate.")
def cosine_doubled(lr: float, epoch: int, epochs: int) -> float:
    return lr * (1 + math.cos(math.pi * done(epoch, epochs)))


@MISTAKES.add("cosine_decay", "The rate gets negative; the wave has to be lifted to lie between 0 and 1.")
def cosine_not_lifted(lr: float, epoch: int, epochs: int) -> float:
    return lr * math.cos(math.pi * done(epoch, epochs))


@MISTAKES.add("cosine_decay", "It falls along a quarter of the wave; half a wave starts flat and ends flat.")
def cosine_quarter(lr: float, epoch: int, epochs: int) -> float:
    return lr * math.cos(math.pi / 2 * done(epoch, epochs))


@MISTAKES.add("cosine_decay", "It comes back up: that is a whole wave, and half of one is asked for.")
def cosine_whole_wave(lr: float, epoch: int, epochs: int) -> float:
    return lr / 2 * (1 + math.cos(2 * math.pi * done(epoch, epochs)))


@MISTAKES.add("cosine_decay", "The rate rises; check the sign before the cosine.")
def cosine_rises(lr: float, epoch: int, epochs: int) -> float:
    return lr / 2 * (1 - math.cos(math.pi * done(epoch, epochs)))


@MISTAKES.add("cosine_decay", "It hardly falls: π is missing.")
def cosine_without_pi(lr: float, epoch: int, epochs: int) -> float:
    return lr / 2 * (1 + math.cos(done(epoch, epochs)))


@MISTAKES.add("cosine_decay", "The cosine of Python takes radians, not degrees.")
def cosine_in_degrees(lr: float, epoch: int, epochs: int) -> float:
    return lr / 2 * (1 + math.cos(180 * done(epoch, epochs)))


@MISTAKES.add("cosine_decay", "It falls along a straight line.")
def cosine_straight(lr: float, epoch: int, epochs: int) -> float:
    return lr * (1 - done(epoch, epochs))


@MISTAKES.add("cosine_decay", "It never falls: `//` rounds the share of the epochs down to 0.")
def cosine_whole_division(lr: float, epoch: int, epochs: int) -> float:
    return lr / 2 * (1 + math.cos(math.pi * ((epoch - 1) // epochs)))


@MISTAKES.add("cosine_decay", "The rate comes back as a tensor; return a Python number.")
def cosine_tensor(lr: float, epoch: int, epochs: int) -> Tensor:
    return torch.tensor(lr / 2 * (1 + math.cos(math.pi * done(epoch, epochs))))


# compare_optimizers

RATES: dict[str, dict[str, float]] = {
    "SGD": {"lr": 0.1}, "Momentum": {"lr": 0.05, "momentum": 0.8}, "RMSProp": {"lr": 0.05}, "Adam": {"lr": 0.1},
    "AdamW": {"lr": 0.1},
}  # fmt: skip


def problem(generator: torch.Generator) -> tuple[Tensor, Tensor]:
    x = torch.randn(64, 4, generator=generator) * torch.tensor([1.0, 0.7, 0.4, 0.2])
    return x, x @ torch.tensor([2.0, -1.0, 3.0, 2.0]) + 1


def curve(
    x: Tensor,
    y: Tensor,
    w: Tensor,
    name: str,
    *,
    steps: int = 30,
    late: bool = False,
    speed: float = 1,
    kind: type[Made] = Made,
) -> list[float]:
    """The losses of one run, `late` for those after each step."""
    rate = {**RATES[name], "lr": RATES[name]["lr"] * speed}
    optimizer = kind([w], RULES[name](**rate))
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = ((x @ w - y) ** 2).mean()
        torch.autograd.backward(loss)
        if late:
            optimizer.step()
        losses.append(float(((x @ w.detach() - y) ** 2).mean()))
        if not late:
            optimizer.step()
    return losses


def start() -> Tensor:
    return torch.zeros(4, requires_grad=True)


@MISTAKES.add(
    "compare_optimizers",
    "The curves do not come of runs with your five optimizers.",
    SGD=Made, Momentum=Made, RMSProp=Made, Adam=Made, AdamW=Made,
)  # fmt: skip
def compare_makes_curves_up(seed: int) -> dict[str, list[float]]:
    factors = {"SGD": 0.97, "Momentum": 0.93, "RMSProp": 0.95, "Adam": 0.9, "AdamW": 0.91}
    return {name: [4.0 * factor**step for step in range(30)] for name, factor in factors.items()}


CLASSES: dict[str, type[Made]] = {name: type(name, (Made,), {}) for name in RULES}


@MISTAKES.add(
    "compare_optimizers",
    "A curve is made with another class: Momentum's run with SGD.",
    SGD=CLASSES["SGD"], Momentum=CLASSES["Momentum"], RMSProp=CLASSES["RMSProp"], Adam=CLASSES["Adam"],
    AdamW=CLASSES["AdamW"],
)  # fmt: skip
def compare_takes_another_class(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    curves = {name: curve(x, y, start(), name, kind=CLASSES[name]) for name in RATES}
    return {**curves, "Momentum": curve(x, y, start(), "SGD", speed=0.7, kind=CLASSES["SGD"])}


@MISTAKES.add("compare_optimizers", "Each optimizer gets data of its own; draw the problem once, for all.")
def compare_on_other_data(seed: int) -> dict[str, list[float]]:
    generator = torch.Generator().manual_seed(seed)
    return {name: curve(*problem(generator), start(), name) for name in RATES}


@MISTAKES.add(
    "compare_optimizers", "Each optimizer goes on where the one before stopped; start all from the same point."
)
def compare_goes_on(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    w = start()
    return {name: curve(x, y, w, name) for name in RATES}


@MISTAKES.add("compare_optimizers", "Each optimizer has a random starting point of its own; draw one, and copy it.")
def compare_from_other_starts(seed: int) -> dict[str, list[float]]:
    generator = torch.Generator().manual_seed(seed)
    x, y = problem(generator)
    return {name: curve(x, y, torch.randn(4, generator=generator).requires_grad_(), name) for name in RATES}


@MISTAKES.add("compare_optimizers", "The same seed gives other curves each time: the seed is not used.")
def compare_without_seed(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.default_generator)
    return {name: curve(x, y, start(), name) for name in RATES}


@MISTAKES.add(
    "compare_optimizers", "Two optimizers have the same curve throughout: is each run made with its own class?"
)
def compare_one_with_itself(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), "Adam") for name in RATES}


@MISTAKES.add("compare_optimizers", "A curve holds tensors; take the Python number out of each loss.")
def compare_keeps_tensors(seed: int) -> dict[str, list[Tensor]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: [torch.tensor(loss) for loss in curve(x, y, start(), name)] for name in RATES}


@MISTAKES.add("compare_optimizers", "Only the last loss is there; a curve has the loss of every step.")
def compare_last_only(seed: int) -> dict[str, float]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), name)[-1] for name in RATES}


@MISTAKES.add(
    "compare_optimizers",
    "The curves begin after the first step, where the optimizers differ; begin with the loss before it.",
)
def compare_looks_late(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), name, late=True) for name in RATES}


@MISTAKES.add(
    "compare_optimizers", "An optimizer hardly moves; give each a learning rate that suits it, and enough steps."
)
def compare_too_slow(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), name, speed=0.001) for name in RATES}


@MISTAKES.add("compare_optimizers", "An optimizer blows up; give it a smaller learning rate.")
def compare_too_fast(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), name, speed=30) for name in RATES}


@MISTAKES.add("compare_optimizers", "One of the five optimizers is missing.")
def compare_four(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), name) for name in RATES if name != "AdamW"}


@MISTAKES.add("compare_optimizers", "The curves are not equally long; give every optimizer the same number of steps.")
def compare_unequal(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    return {name: curve(x, y, start(), name, steps=30 + 5 * i) for i, name in enumerate(RATES)}


@MISTAKES.add("compare_optimizers", "The losses add up over the run; keep each step's own.")
def compare_adds_up(seed: int) -> dict[str, list[float]]:
    x, y = problem(torch.Generator().manual_seed(seed))
    curves = {name: curve(x, y, start(), name) for name in RATES}
    return {name: torch.tensor(losses).cumsum(0).tolist() for name, losses in curves.items()}
