"""Day 17: the order of the rows is the student's own, so trainings are compared where the order cannot matter.

That is: with all rows a step, with rows that are all the same, and with steps so small that an epoch's steps add up.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.axes import Plot, check_legend, check_named_axes, read_plot
from grader.checks.close import check_close, check_equal, check_keys, check_length, check_number, describe
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

FLOATS = [torch.float32, torch.float64]
RESULT = ("w", "b", "losses", "updates")


def check_pieces(seen: Any, n: int, batch_size: int) -> Tensor:
    """Pieces of the right sizes that hold each number once; returns the numbers in their order."""
    for number, piece in enumerate(seen, 1):
        whole = isinstance(piece, Tensor) and piece.dtype in (torch.int64, torch.int32) and piece.dim() == 1
        if not whole:
            raise CheckFailed(
                f"piece {number} is not a tensor of row numbers", expected="int64, shape (k,)", seen=describe(piece)
            )
    sizes = [len(piece) for piece in seen]
    order = torch.cat(list(seen)).long() if seen else torch.zeros(0, dtype=torch.int64)
    if not torch.equal(order.sort().values, torch.arange(n)):
        lost = n - len(set(order.tolist()) & set(range(n)))
        raise CheckFailed(
            "an epoch should hold each row once", expected=f"0 to {n - 1}, each once",
            seen=f"{len(order)} numbers, {lost} of the {n} rows missing",
        )  # fmt: skip
    expected = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
    if sizes != expected:
        raise CheckFailed("the pieces have the wrong sizes", expected=_few(expected), seen=_few(sizes))
    return order


def _few(sizes: list[int]) -> str:
    return ", ".join(map(str, sizes[:12])) + (" …" if len(sizes) > 12 else "")


@pytest.mark.task("minibatches")
@pytest.mark.parametrize("n, batch_size", [(10, 4), (12, 4), (9, 4), (33, 1), (7, 7), (5, 8), (1, 1)])
def test_minibatches(student: Student, draw: Draw, n: int, batch_size: int) -> None:
    check_pieces(student.probe(probes.pieces, n, batch_size, draw.seed()), n, batch_size)


@pytest.mark.task("minibatches")
def test_minibatches_are_random(student: Student, draw: Draw) -> None:
    """Among 200 numbers in random order one distance between neighbours comes up 25 times with a chance below 1e-20."""
    seed = draw.seed()
    first, again, other, zero, zero_again = (
        check_pieces(student.probe(probes.pieces, 200, 8, number), 200, 8) for number in [seed, seed, seed + 1, 0, 0]
    )
    for name, one, two in [("the same seed", first, again), ("seed 0", zero, zero_again)]:
        if not torch.equal(one, two):
            raise CheckFailed(f"{name} gives another order the next time", expected="the same order for one seed")
    if torch.equal(first, other):
        raise CheckFailed("two seeds give the same order", expected="another order for another seed")
    if Counter(first.diff().tolist()).most_common(1)[0][1] >= 25:
        raise CheckFailed("the order is not random", expected="all rows shuffled", seen=_few(first.tolist()))


class Oracle:
    """Linear regression by descent from zeros, in float64, with the losses that an epoch may be noted by."""

    def __init__(self, X: Tensor, y: Tensor, lr: float) -> None:
        self.X, self.y, self.lr = X.double(), y.double(), lr
        self.w, self.b = torch.zeros(X.shape[1], dtype=torch.float64), torch.zeros((), dtype=torch.float64)
        self.losses = [self.loss()]

    def loss(self) -> float:
        return float(((self.X @ self.w + self.b - self.y) ** 2).mean())

    def run(self, epochs: int, steps: int) -> Oracle:
        """So many epochs of so many steps, each on all rows; notes the loss after each epoch."""
        for _ in range(epochs):
            for _ in range(steps):
                residuals = self.X @ self.w + self.b - self.y
                self.w = self.w - self.lr * 2 * self.X.T @ residuals / len(self.X)
                self.b = self.b - self.lr * 2 * residuals.mean()
            self.losses.append(self.loss())
        return self


def check_record(seen: Any, epochs: int, updates: int, name: str) -> dict[Any, Any]:
    """What `train` returns, with so many losses and updates; further entries are the student's own business."""
    record = {key: seen[key] for key in RESULT if key in seen} if isinstance(seen, dict) else seen
    check_keys(record, set(RESULT), name=name)
    check_length(record["losses"], list, epochs, name=f"losses of {name}")
    for number, loss in enumerate(record["losses"], 1):
        check_number(loss, name=f"{name}: the loss of epoch {number}")
    check_number(record["updates"], kind=int, name=f"updates of {name}")
    check_equal(record["updates"], updates, name=f"updates of {name}")
    return record


def check_weights(record: dict[Any, Any], oracle: Oracle, dtype: torch.dtype, name: str) -> None:
    """w and b are where the oracle's are. A descent that converges forgets rounding."""
    b = record["b"]
    b = b.reshape(()) if isinstance(b, Tensor) and b.shape == (1,) else b  # as good as a scalar
    size = max(float(oracle.w.abs().max()), float(oracle.b.abs()))
    check_close(record["w"], oracle.w, dtype=dtype, terms=400, scale=size, name=f"w of {name}")
    check_close(b, oracle.b, dtype=dtype, terms=400, scale=size, name=f"b of {name}")


def check_losses(record: dict[Any, Any], oracle: Oracle, name: str) -> None:
    """Each epoch's loss lies between the oracle's before and after it: a mean during the epoch does, and one after it.

    Only for a loss that falls with each step.
    """
    slack = 1e-4 * oracle.losses[0]
    for number, loss in enumerate(record["losses"]):
        high, low = oracle.losses[number], oracle.losses[number + 1]
        if not low - slack <= loss <= high + slack:
            raise CheckFailed(
                f"{name}: the loss of epoch {number + 1} is not the mean loss during the epoch or after it",
                expected=f"{low:.6g} to {high:.6g}", seen=f"{loss:.6g}",
            )  # fmt: skip


def check_noted_losses(record: dict[Any, Any], oracle: Oracle, name: str) -> None:
    """With one step an epoch the loss is measured before all steps or after all."""
    slack = 1e-4 * oracle.losses[0]
    seen, before, after = record["losses"], oracle.losses[:-1], oracle.losses[1:]
    ways = [[abs(a - b) <= slack for a, b in zip(seen, noted, strict=True)] for noted in (before, after)]
    first = max([*fits, False].index(False) for fits in ways)  # the first epoch at which neither way fits any more
    if first < len(seen):
        raise CheckFailed(
            f"the losses of {name} are wrong", seen=f"{seen[first]:.6g}",
            expected=f"{before[first]:.6g} or {after[first]:.6g} for epoch {first + 1}",
        )  # fmt: skip


def problem(draw: Draw, n: int, d: int, dtype: torch.dtype = torch.float32, noise: float = 0.5) -> Any:
    """X, not contiguous in memory, y, and the w and b behind it."""
    X = draw.normal(d, n, dtype=torch.float64).T
    w, b = draw.normal(d, std=2, dtype=torch.float64) + 0.5, draw.number(1, 4)
    y = X @ w + b + draw.normal(n, std=noise, dtype=torch.float64)
    return X.to(dtype), y.to(dtype), w, b


def same_rows(draw: Draw, n: int, dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor, float]:
    """n times one row and its y, and its squared length, bias included."""
    row, target = draw.uniform(0.5, 2, 3, dtype=dtype), draw.uniform(3, 6, dtype=dtype)
    return row.repeat(n, 1), target.repeat(n), float((row.double() ** 2).sum()) + 1


@pytest.mark.task("train")
@pytest.mark.parametrize(
    "n, d, extra, dtype", [(20, 3, 0, torch.float32), (9, 2, 4, torch.float64), (1, 2, 0, torch.float32)]
)
def test_train_on_all_rows(student: Student, draw: Draw, n: int, d: int, extra: int, dtype: torch.dtype) -> None:
    X, y, _, _ = problem(draw, n, d, dtype)
    record = check_record(student.call("train", X, y, n + extra, 0.05, 4, draw.seed()), 4, 4, "train")
    oracle = Oracle(X, y, 0.05).run(4, 1)
    check_weights(record, oracle, dtype, "train")
    check_noted_losses(record, oracle, "train")


@pytest.mark.task("train")
@pytest.mark.parametrize(
    "n, batch_size, dtype", [(10, 4, torch.float32), (7, 1, torch.float64), (12, 3, torch.float32)]
)
def test_train_in_batches(student: Student, draw: Draw, n: int, batch_size: int, dtype: torch.dtype) -> None:
    """All rows are the same: every batch has the same gradient, whatever its rows and size."""
    X, y, length = same_rows(draw, n, dtype)
    steps, lr = -(-n // batch_size), 0.05 / length
    record = check_record(student.call("train", X, y, batch_size, lr, 3, draw.seed()), 3, 3 * steps, "train")
    oracle = Oracle(X, y, lr).run(3, steps)
    check_weights(record, oracle, dtype, "train")
    check_losses(record, oracle, "train")


@pytest.mark.task("train")
def test_train_uses_every_row_once(student: Student, draw: Draw) -> None:
    """Steps too small to matter to each other add up: w / lr is minus the sum of the batches' gradients at zero.

    For the same reason each epoch's loss is that of all rows at zero, whenever in the epoch it is measured.
    """
    X, y, _, _ = problem(draw, 24, 3, torch.float64)
    record = check_record(student.call("train", X, y, 4, 1e-8, 2, draw.seed()), 2, 12, "train")
    for number, loss in enumerate(record["losses"], 1):
        whole = float((y.double() ** 2).mean())
        check_close(loss, whole, terms=24, name=f"the mean loss over all rows in epoch {number}, with tiny steps,")
    moved = torch.cat([torch.as_tensor(record[key], dtype=torch.float64).reshape(-1) for key in ("w", "b")])
    rows = torch.cat([X, torch.ones(24, 1, dtype=torch.float64)], dim=1) * y[:, None]
    expected, size = 2 * 2 / 4 * rows.sum(dim=0), float(rows.abs().sum(dim=0).max())
    check_close((moved / 1e-8).float(), expected, terms=100, scale=size, name="the sum of two epochs' small steps")


@pytest.mark.task("train")
def test_train_takes_every_epoch(student: Student, draw: Draw) -> None:
    """Steps too large by a tenth: each multiplies the loss by 1.44, and the epochs go on all the same."""
    X, y, length = same_rows(draw, 6, torch.float64)
    lr = 1.1 / length
    record = check_record(student.call("train", X, y, 6, lr, 5, draw.seed()), 5, 5, "train")
    oracle = Oracle(X, y, lr).run(5, 1)
    check_weights(record, oracle, torch.float64, "train")
    check_noted_losses(record, oracle, "train")


@pytest.mark.task("train")
@pytest.mark.parametrize("batch_size, lr, epochs", [(8, 0.1, 15), (1, 0.02, 8)])
def test_train_finds_the_weights(student: Student, draw: Draw, batch_size: int, lr: float, epochs: int) -> None:
    """Without noise the steps end at the weights, to within 0.001 in 300 of 300 seeds; 0.05 is asked."""
    X, y, w, b = problem(draw, 64, 3, noise=0.0)
    seen = student.call("train", X, y, batch_size, lr, epochs, draw.seed())
    record = check_record(seen, epochs, epochs * 64 // batch_size, "train")
    check_falls(record["losses"], "train")
    found = torch.cat([torch.as_tensor(record[key]).double().reshape(-1) for key in ("w", "b")])
    worst = float((found - torch.cat([w, torch.tensor([b], dtype=torch.float64)])).abs().max())
    if not worst < 0.05:
        raise CheckFailed("the known weights do not come back", expected="all within 0.05", seen=f"off by {worst:.3g}")


def check_falls(losses: list[float], name: str) -> None:
    """The last loss is below a hundredth of the first."""
    if not losses[-1] < 0.01 * losses[0]:
        raise CheckFailed(
            f"the losses of {name} do not fall",
            expected=f"below {0.01 * losses[0]:.3g} at the end",
            seen=f"{losses[-1]:.3g}",
        )


@pytest.mark.task("train")
def test_train_seed(student: Student, draw: Draw) -> None:
    X, y, _, _ = problem(draw, 30, 2, noise=2.0)
    seed = draw.seed()
    first, again, other = (
        check_record(student.call("train", X, y, 4, 0.05, 2, number), 2, 16, "train")
        for number in [seed, seed, seed + 1]
    )
    check_repeats(first, again, other, "train")


def check_repeats(first: dict[Any, Any], again: dict[Any, Any], other: dict[Any, Any], name: str) -> None:
    """One seed gives one result, another seed another."""
    if not torch.equal(first["w"], again["w"]) or first["losses"] != again["losses"]:
        raise CheckFailed(f"{name}: the same seed gives another result the next time", expected="the same for one seed")
    if torch.allclose(first["w"], other["w"], rtol=1e-5, atol=1e-6):
        raise CheckFailed(f"{name}: two seeds give the same result", expected="other batches for another seed")


def check_variants(seen: Any, n: int, epochs: int) -> dict[str, dict[Any, Any]]:
    """The three records, each with its number of updates."""
    updates = {"batch": epochs, "mini_batch": epochs * -(-n // 32), "sgd": epochs * n}
    check_keys(seen, set(updates))
    return {name: check_record(seen[name], epochs, updates[name], name) for name in updates}


@pytest.mark.task("compare_variants")
@pytest.mark.parametrize("n, dtype", [(161, torch.float32), (20, torch.float64)])
def test_variants_on_same_rows(student: Student, draw: Draw, n: int, dtype: torch.dtype) -> None:
    """All rows are the same, so each variant's path is settled by its number of steps: 161 rows are 6 pieces of 32."""
    X, y, length = same_rows(draw, n, dtype)
    lr = 0.01 / length
    records = check_variants(student.call("compare_variants", X, y, lr, 2, draw.seed()), n, 2)
    for name, record in records.items():
        oracle = Oracle(X, y, lr).run(2, record["updates"] // 2)
        check_weights(record, oracle, dtype, name)
        check_losses(record, oracle, name)


@pytest.mark.task("compare_variants")
def test_variants(student: Student, draw: Draw) -> None:
    X, y, _, _ = problem(draw, 64, 2)
    seed = draw.seed()
    first, again, other = (
        check_variants(student.call("compare_variants", X, y, 0.03, 3, number), 64, 3)
        for number in [seed, seed, seed + 1]
    )
    oracle = Oracle(X, y, 0.03).run(3, 1)
    check_weights(first["batch"], oracle, torch.float32, "batch")
    check_noted_losses(first["batch"], oracle, "batch")
    for name in ("mini_batch", "sgd"):
        check_repeats(first[name], again[name], other[name], name)


def rough_problem(draw: Draw, n: int, d: int, width: float, dtype: torch.dtype = torch.float64) -> tuple[Tensor, ...]:
    """X, y, w and b away from the minimum: no batch's gradient is 0, and none is far from all others."""
    X, w, b = draw.uniform(-width, width, n, d), draw.uniform(0.5, 1.5, d), draw.uniform(0.5, 1.5)
    y = X @ (w + 0.5) + b - 1 + draw.uniform(-2, 2, n)
    return X.to(dtype), y.to(dtype), w.to(dtype), b.to(dtype)


@pytest.mark.task("gradient_variance")
@pytest.mark.parametrize("dtype", FLOATS)
def test_variance_falls_with_the_batch(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    """16 times the batch, a sixteenth of the variance, within a factor of 1.5 either way.

    The logarithm of the ratio of two estimates from 500 batches has a standard error of 0.06 here; the bound is 0.41.
    Any mean or sum of the components' variances passes, with b or without. The rows stand in the order of their errors,
    so that neighbours are alike: a batch of neighbours scatters as much as a single row.
    """
    X, y, w, b = rough_problem(draw, 3000, 2, 1.5, dtype)
    order = (X @ w + b - y).argsort()
    inputs = X[order], y[order], w, b
    few, many = (
        check_number(student.call("gradient_variance", *inputs, size, 500, draw.seed()), name="the variance")
        for size in [4, 64]
    )
    if not (few > 0 and many > 0 and 16 / 1.5 < few / many < 16 * 1.5):
        ratio = f"{few / many:.3g} times" if many else f"{few:.3g} and {many:.3g}"
        raise CheckFailed("with 16 times the batch the variance falls wrongly", expected="16 times", seen=ratio)


@pytest.mark.task("gradient_variance")
def test_variance_itself(student: Student, draw: Draw) -> None:
    """Within a quarter of the exact value, however it is summed up: over w and b, over w alone, or as their mean.

    At the minimum, where the mean gradient is 0, so that the variance of the gradients' lengths is another number. An
    estimate from 1,000 batches has a standard error of 4 %.
    """
    X, y, _, _ = rough_problem(draw, 3000, 1, 2.6)
    whole = torch.cat([X, torch.ones_like(X)], dim=1)
    w, b = torch.linalg.lstsq(whole, y[:, None]).solution
    b = b.reshape(())
    residuals = 2 * (X @ w + b - y)
    of_w, of_b = float((residuals[:, None] * X).var(dim=0, correction=0)), float(residuals.var(correction=0))
    seen = check_number(student.call("gradient_variance", X, y, w, b, 5, 1000, draw.seed()), name="the variance") * 5
    if not 0.75 * min(of_w, (of_w + of_b) / 2) < seen < 1.25 * (of_w + of_b):
        raise CheckFailed("the variance is off", expected=f"about {(of_w + of_b) / 5:.3g}", seen=f"{seen / 5:.3g}")


@pytest.mark.task("gradient_variance")
def test_variance_is_quadratic(student: Student, draw: Draw) -> None:
    """With y, w and b three times as large, so are the gradients of the same batches: nine times their variance."""
    X, y, w, b = rough_problem(draw, 400, 2, 1.5)
    seed = draw.seed()
    once = check_number(student.call("gradient_variance", X, y, w, b, 8, 50, seed), name="the variance")
    thrice = student.call("gradient_variance", X, 3 * y, 3 * w, 3 * b, 8, 50, seed)
    # to float32's precision: the same batches may be summed in any order
    check_close(thrice, 9 * once, terms=400, name="the variance with y, w and b three times as large")


@pytest.mark.task("gradient_variance")
@pytest.mark.parametrize("kind", ["same rows", "perfect fit"])
def test_variance_of_equal_gradients(student: Student, draw: Draw, kind: str) -> None:
    """Where every row has the same gradient, every batch has it, and the variance is 0."""
    X, y, w, b = rough_problem(draw, 60, 2, 1.5)
    if kind == "same rows":
        X, y = X[:1].repeat(60, 1), y[:1].repeat(60)
    else:
        y = X @ w + b
    seen = check_number(student.call("gradient_variance", X, y, w, b, 4, 30, draw.seed()), name="the variance")
    if not abs(seen) < 1e-9:
        raise CheckFailed(f"the variance is not 0 ({kind})", expected="0: all gradients are equal", seen=f"{seen:.3g}")


@pytest.mark.task("gradient_variance")
def test_variance_seed(student: Student, draw: Draw) -> None:
    inputs, seed = rough_problem(draw, 200, 3, 1.5, torch.float32), draw.seed()
    first, again, other = (
        check_number(student.call("gradient_variance", *inputs, 6, 10, number), name="the variance")
        for number in [seed, seed, seed + 1]
    )
    if first != again:
        raise CheckFailed(
            "the same seed gives another variance the next time", expected=f"{first:.6g}", seen=f"{again:.6g}"
        )
    if first == other:
        raise CheckFailed("two seeds give the same variance", expected="other batches for another seed")
    if first == check_number(student.call("gradient_variance", *inputs, 6, 20, seed), name="the variance"):
        raise CheckFailed("10 and 20 trials give the same variance", expected="as many batches as `trials` says")


def check_line(plot: Plot, name: str, wanted: Tensor) -> None:
    """A line with these losses, one an epoch, that is called `name` in the legend; - and _ are as good as a space."""
    lines = [curve for curve in plot.curves if curve.joined and curve.y.shape == wanted.shape]
    found = [curve for curve in lines if torch.allclose(curve.y, wanted, rtol=1e-6)]
    if not found:
        raise CheckFailed(
            f"no line shows the losses of {name}", expected="one line a variant", seen=f"{len(plot.curves)} lines"
        )
    epochs = torch.arange(len(wanted), dtype=torch.float64)
    if not any(torch.allclose(curve.x, epochs + start) for curve in found for start in (0, 1)):
        raise CheckFailed(f"the line of {name} is not drawn over the epochs", expected="x = 1, 2, 3 …")
    if not any(_plain(name) in _plain(curve.name) and curve.name in plot.legend for curve in found):
        raise CheckFailed(f"the line of {name} is not called so in the legend", expected=name, seen=repr(found[0].name))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())


@pytest.mark.task("plot_convergence")
@pytest.mark.parametrize("epochs", [6, 9])
def test_plot(student: Student, draw: Draw, epochs: int) -> None:
    """What `compare_variants` returns: these three names, and as many losses for each, which rise and fall."""
    names = ("batch", "mini_batch", "sgd")
    losses = {name: draw.uniform(0.5, 9, epochs) for name in names}
    rest = {"w": draw.normal(3), "b": draw.normal(1)[0], "updates": 40}
    results = {name: {**rest, "losses": values.tolist()} for name, values in losses.items()}
    plot = read_plot(student.probe(probes.convergence, results))
    check_legend(plot)
    for name, values in losses.items():
        check_line(plot, name, values.double())
    check_named_axes(plot)
