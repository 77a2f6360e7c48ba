"""Day 15: rows are told apart by the number in their first column, so that none can be lost, doubled or mixed up."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.close import NOTHING, check_close, check_equal, check_finite, check_length, check_tensor, describe
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

FLOATS = [torch.float32, torch.float64]
PARTS = ("training", "validation", "test")


def check_data(seen: Any, n: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """`seen` as (X, y) of the right shapes and dtype, finite."""
    X, y = check_length(seen, tuple, 2)
    check_finite(check_tensor(X, shape=(n, 3), dtype=dtype, name="X"), name="X")
    check_finite(check_tensor(y, shape=(n,), dtype=dtype, name="y"), name="y")
    return X.double(), y.double()


@pytest.mark.task("generate_bonus_data")
@pytest.mark.parametrize("n, dtype, sign", [(40, torch.float32, 1), (25, torch.float64, -1), (1, torch.float32, 1)])
def test_bonus_without_noise(student: Student, draw: Draw, n: int, dtype: torch.dtype, sign: int) -> None:
    """Of negative weights too, and a negative bias: a bonus is no special number, 0 is not its end."""
    weights, bias = draw.normal(3, std=3, dtype=dtype), sign * draw.number(5, 50)
    if sign < 0:
        weights = -weights.abs()
    X, y = check_data(student.call("generate_bonus_data", n, weights, bias, 0.0, draw.seed()), n, dtype)
    size = float((X.abs() @ weights.double().abs()).max()) + abs(bias)
    # to float32's precision in float64 too: data drawn in float32 are as good
    check_close(y.float(), X @ weights.double() + bias, terms=4, scale=size, name="y without noise")


@pytest.mark.task("generate_bonus_data")
def test_bonus_features(student: Student, draw: Draw) -> None:
    """Each feature varies, and none follows from the others: only then can the weights be found again."""
    X, _ = check_data(
        student.call("generate_bonus_data", 300, draw.normal(3), 1.0, 1.0, draw.seed()), 300, torch.float32
    )
    for column, name in enumerate(("years of experience", "performance rating", "projects finished")):
        if float(X[:, column].std()) == 0:
            raise CheckFailed(
                f"everyone has the same {name}", expected="values that vary", seen=str(float(X[0, column]))
            )
    if float(torch.linalg.eigvalsh(torch.corrcoef(X.T)).min()) < 1e-4:
        raise CheckFailed("one feature follows from the others", expected="three features that vary by themselves")


@pytest.mark.task("generate_bonus_data")
def test_bonus_noise(student: Student, draw: Draw) -> None:
    """20,000 rows. Mean, variance and correlations must lie within 6 standard errors (false alarm below 1e-8 each),
    the distribution within 0.025 of the normal one (Kolmogorov's distance: below 1e-10)."""
    n, weights, bias, std = 20_000, draw.normal(3, dtype=torch.float64), draw.number(2, 9), draw.number(1.5, 4)
    X, y = check_data(student.call("generate_bonus_data", n, weights, bias, std, draw.seed()), n, torch.float64)
    noise = y - X @ weights - bias
    error = 6 / math.sqrt(n)
    check_near(float(noise.mean()), 0, std * error, "the mean of the noise")
    check_near(float(noise.std()), std, std * error, "the standard deviation of the noise")
    for values, name in ((noise, "the noise"), (noise.abs(), "the size of the noise")):
        correlations = torch.corrcoef(torch.cat([X, values[:, None]], dim=1).T)[3, :3]
        check_near(float(correlations.abs().max()), 0, error, f"the correlation of {name} with a feature")
    ideal = torch.special.ndtr(noise.sort().values / std)
    distance = float((ideal - (torch.arange(n) + 0.5) / n).abs().max())
    if distance > 0.025:
        raise CheckFailed(
            "the noise is not normally distributed",
            expected="a normal distribution", seen=f"shares that are off by up to {distance:.1%}",
        )  # fmt: skip


def check_near(seen: float, expected: float, allowed: float, name: str) -> None:
    """`seen` lies within `allowed` of `expected`."""
    if not abs(seen - expected) <= allowed:
        raise CheckFailed(f"{name} is off", expected=f"{expected:.4g} ± {allowed:.2g}", seen=f"{seen:.4g}")


@pytest.mark.task("generate_bonus_data")
def test_bonus_seed(student: Student, draw: Draw) -> None:
    weights, seed = draw.normal(3), draw.seed()
    first, again, other = (
        check_data(student.call("generate_bonus_data", 30, weights, 2.0, 1.5, number), 30, torch.float32)
        for number in [seed, seed, seed + 1]
    )
    check_same(first, again)
    check_different(first[0], other[0], "X")
    noise, another = (y - X @ weights.double() for X, y in (first, other))
    check_different(noise, another, "the noise")


def check_same(first: Any, again: Any) -> None:
    """Two calls with one seed gave the same, bit for bit."""
    if not all(torch.equal(a, b) for a, b in zip(first, again, strict=True)):
        raise CheckFailed("the same seed gives something else the next time", expected="the same for one seed")


def check_different(first: Tensor, other: Tensor, name: str) -> None:
    """Two seeds gave different values."""
    if first.shape == other.shape and torch.allclose(first, other, rtol=1e-4, atol=1e-4):
        raise CheckFailed(f"{name} is the same for two seeds", expected="other values for another seed")


def numbered(draw: Draw, n: int, columns: int, dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor]:
    """Rows numbered in their first column, not contiguous in memory, and a y that goes with the number."""
    X = draw.normal(columns, n, dtype=dtype).T
    X[:, 0] = torch.arange(n)
    return X, 3 * X[:, 0] - 7


def check_rows(pair: Any, rows: tuple[Tensor, Tensor], name: str) -> Tensor:
    """The pair (X, y) holds whole rows of `rows`, each with its own y; returns the rows' numbers."""
    (X, y), (whole, targets) = pair, rows
    count = len(X) if isinstance(X, Tensor) and X.dim() else 0
    check_tensor(X, shape=(count, whole.shape[1]), dtype=whole.dtype, name=f"X of the {name} set")
    check_tensor(y, shape=(count,), dtype=targets.dtype, name=f"y of the {name} set")
    known: Tensor = X[:, 0].double().nan_to_num(-1).round().clamp(0, len(whole) - 1).long()
    if not torch.equal(whole[known], X):
        raise CheckFailed(f"the {name} set holds rows that were not given", expected="rows of X as they are")
    if not torch.equal(targets[known], y):
        raise CheckFailed(f"in the {name} set a row has another row's y", expected="each row with its own y")
    return known


def check_partition(numbers: list[Tensor], n: int, fractions: tuple[float, ...]) -> None:
    """The parts hold every row once, and their sizes are within 1 of the fractions."""
    counts = torch.bincount(torch.cat(numbers), minlength=n)
    if bool((counts != 1).any()):
        lost, often = int((counts == 0).sum()), int((counts > 1).sum())
        raise CheckFailed(
            "the parts do not hold every row once", expected=f"each of {n} rows in one part",
            seen=f"{lost} in no part, {often} more than once",
        )  # fmt: skip
    for name, part, fraction in zip(PARTS, numbers, fractions, strict=True):
        if abs(len(part) - n * fraction) > 1 + 1e-9:
            raise CheckFailed(
                f"the {name} set has the wrong size", expected=f"{fraction:g} of {n} rows", seen=f"{len(part)} rows"
            )


def check_split(seen: Any, rows: tuple[Tensor, Tensor], fractions: tuple[float, float, float]) -> list[Tensor]:
    """`seen` is a right split of `rows`; returns the numbers of each part's rows."""
    numbers = []
    for name, part in zip(PARTS, check_length(seen, tuple, 3), strict=True):
        numbers.append(check_rows(check_length(part, tuple, 2, name=f"the {name} set"), rows, name))
    check_partition(numbers, len(rows[0]), fractions)
    return numbers


@pytest.mark.task("split")
@pytest.mark.parametrize(
    "n, fractions, dtype",
    [
        (101, (0.5, 0.3, 0.2), torch.float32),
        (60, (0.6, 0.1, 0.3), torch.float64),
        (7, (0.7, 0.15, 0.15), torch.float32),
        (1, (0.8, 0.1, 0.1), torch.float32),
    ],
)
def test_split(student: Student, draw: Draw, n: int, fractions: tuple[float, float, float], dtype: torch.dtype) -> None:
    rows = numbered(draw, n, 4, dtype)
    check_split(student.call("split", *rows, fractions, draw.seed()), rows, fractions)


@pytest.mark.task("split")
def test_split_is_random(student: Student, draw: Draw) -> None:
    """Of 80 rows drawn from 400, about 16 are followed by their neighbour: 50 and more happen below 1e-9.

    The mean of their numbers lies within 6 standard errors of the middle: a false alarm is below 1e-8 as well.
    """
    rows, fractions, seed = numbered(draw, 400, 2), (0.6, 0.2, 0.2), draw.seed()
    first, again, other = (
        check_split(student.call("split", *rows, fractions, number), rows, fractions)
        for number in [seed, seed, seed + 1]
    )
    check_same(first, again)
    for name, part, another in zip(PARTS[1:], first[1:], other[1:], strict=True):
        ordered = part.sort().values
        check_different(ordered.double(), another.sort().values.double(), f"the {name} set")
        if int((ordered.diff() == 1).sum()) >= 50:
            raise CheckFailed(f"the {name} set is one block of neighbours", expected="rows from everywhere")
        if abs(float(ordered.double().mean()) - 199.5) > 6 * math.sqrt(400**2 / 12 / 80 * 0.8):
            raise CheckFailed(f"the {name} set comes from one end of the data", expected="rows from everywhere")


def check_standardized(seen: Any, sets: list[Tensor], columns: list[int]) -> None:
    """Each set, standardized; `columns` are those whose values are settled, the others must be finite.

    The values are compared to float32's precision in float64 too: a small epsilon beside the deviation is allowed.
    """
    mean, std = sets[0].double().mean(dim=0), sets[0].double().std(dim=0, correction=0)
    for number, (part, given) in enumerate(zip(check_length(seen, tuple, len(sets)), sets, strict=True)):
        name = f"set {number + 1}" if number else "the training set"
        check_finite(check_tensor(part, shape=tuple(given.shape), dtype=given.dtype, name=name), name=name)
        expected = ((given.double() - mean) / std)[:, columns]
        check_close(part[:, columns].float(), expected, terms=len(sets[0]), name=name)


def table(draw: Draw, n: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Three columns of very different place and scale, not contiguous in memory."""
    scale, place = torch.tensor([[0.5], [10.0], [200.0]]), torch.tensor([[3.0], [-50.0], [1000.0]])
    return (draw.normal(3, n, dtype=torch.float64) * scale + place).to(dtype).T


@pytest.mark.task("standardize")
@pytest.mark.parametrize("dtype", FLOATS)
def test_standardize(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    sets = [table(draw, 40, dtype), 1.2 * table(draw, 11, dtype), table(draw, 1, dtype), table(draw, 0, dtype)]
    check_standardized(student.call("standardize", *sets), sets, [0, 1, 2])


@pytest.mark.task("standardize")
def test_standardize_in_float64(student: Student, draw: Draw) -> None:
    """Values that lie close together and far from 0: float32 has no digits left for what tells them apart."""
    sets = [100_000 + draw.normal(count, 2, dtype=torch.float64) for count in (30, 8)]
    check_standardized(student.call("standardize", *sets), sets, [0, 1])


@pytest.mark.task("standardize")
def test_standardize_training_set_alone(student: Student, draw: Draw) -> None:
    sets = [draw.normal(25, 5, std=3) + 1]
    check_standardized(student.call("standardize", *sets), sets, [0, 1, 2, 3, 4])


@pytest.mark.task("standardize")
@pytest.mark.parametrize("value", [2.0, 3.7, 0.0])
def test_standardize_constant_column(student: Student, draw: Draw, value: float) -> None:
    sets = [table(draw, 32), table(draw, 9)]
    sets[0][:, 1] = value
    check_standardized(student.call("standardize", *sets), sets, [0, 2])


@pytest.mark.task("standardize")
def test_standardize_one_row(student: Student, draw: Draw) -> None:
    sets = [table(draw, 1), table(draw, 4)]
    check_standardized(student.call("standardize", *sets), sets, [])


@pytest.mark.task("BonusDataset")
@pytest.mark.parametrize("n, columns, dtype", [(12, 3, torch.float32), (5, 4, torch.float64), (1, 3, torch.float32)])
def test_dataset(student: Student, draw: Draw, n: int, columns: int, dtype: torch.dtype) -> None:
    X, y = numbered(draw, n, columns, dtype)
    places = draw.permutation(n).tolist()
    seen = student.probe(probes.read_dataset, X, y, places)
    check_equal(seen["length"], n, name="len(dataset)")
    for place, item in zip(places, seen["items"], strict=True):
        row, target = check_pair(item, f"dataset[{place}]")
        check_equal(row, X[place], name=f"the row of dataset[{place}]")
        check_equal(target, y[place], name=f"the y of dataset[{place}]")
    if not seen["is_dataset"]:
        raise CheckFailed("BonusDataset is not a Dataset", expected="a subclass of torch.utils.data.Dataset")


def check_pair(seen: Any, name: str) -> Any:
    """`seen` as two things; a DataLoader makes lists of tuples, so both are pairs."""
    if not isinstance(seen, (tuple, list)) or len(seen) != 2:
        what = NOTHING if seen is None else describe(seen)
        raise CheckFailed(f"{name} should be a pair", expected="a row and its y", seen=what)
    return seen


@pytest.mark.task("BonusDataset")
def test_dataset_in_batches(student: Student, draw: Draw) -> None:
    X, y = numbered(draw, 11, 3)
    batches = check_length(student.probe(probes.dataset_batches, X, y, 4), list, 3, name="the list of batches")
    for rows, batch in zip(torch.split(X, 4), batches, strict=True):
        check_equal(check_pair(batch, "a batch")[0], rows, name="X of a batch")
        check_equal(batch[1], 3 * rows[:, 0] - 7, name="y of a batch")


def check_loaders(told: Any, rows: tuple[Tensor, Tensor], batch_size: int, *, epochs: int) -> list[list[Tensor]]:
    """Three loaders that give every row once, in whole batches; for each loader the row numbers of each epoch."""
    match told["read"]:
        case [str(kind)]:
            what = NOTHING if kind == "NoneType" else kind
            raise CheckFailed("make_loaders should return the loaders", expected="a tuple of three", seen=what)
        case [_]:
            raise CheckFailed("make_loaders should return three loaders", expected="a tuple of three", seen="one")
    seen = check_length(told["read"], list, 3, name="what make_loaders returns")
    for name, loader in zip(PARTS, seen, strict=True):
        if isinstance(loader, str):
            raise CheckFailed(f"the {name} loader is a {loader}", expected="a DataLoader", seen=loader)
        check_length(loader, list, epochs, name=f"what was read from the {name} loader")
    read = [
        [check_epoch(batches, rows, batch_size, name) for batches in loader]
        for name, loader in zip(PARTS, seen, strict=True)
    ]
    for name, given in zip("Xy", rows, strict=True):
        check_equal(told[name], given, name=f"{name}, which make_loaders should leave as it is,")
    for of_one_epoch in zip(*read, strict=True):
        check_partition(list(of_one_epoch), len(rows[0]), (0.7, 0.15, 0.15))
    return read


def check_epoch(batches: list[Any], rows: tuple[Tensor, Tensor], batch_size: int, name: str) -> Tensor:
    """All batches but the last are full; returns the rows' numbers in their order."""
    numbers = [check_rows(check_pair(batch, f"a batch of the {name} loader"), rows, name) for batch in batches]
    sizes = [len(part) for part in numbers]
    if any(size != batch_size for size in sizes[:-1]) or any(not 0 < size <= batch_size for size in sizes[-1:]):
        raise CheckFailed(
            f"the {name} loader's batches have the wrong size", expected=f"{batch_size} rows, the last maybe fewer",
            seen=", ".join(map(str, sizes[:12])),
        )  # fmt: skip
    return torch.cat(numbers) if numbers else torch.zeros(0, dtype=torch.int64)


@pytest.mark.task("make_loaders")
@pytest.mark.parametrize(
    "n, batch_size, dtype",
    [(41, 8, torch.float32), (100, 7, torch.float64), (7, 1, torch.float32), (80, 64, torch.float32)],
)
def test_loaders(student: Student, draw: Draw, n: int, batch_size: int, dtype: torch.dtype) -> None:
    rows = numbered(draw, n, 3, dtype)
    check_loaders(student.probe(probes.read_loaders, *rows, batch_size, draw.seed(), 1), rows, batch_size, epochs=1)


@pytest.mark.task("make_loaders")
def test_only_training_shuffles(student: Student, draw: Draw) -> None:
    """Two epochs in the same order by chance: one in 70 factorial."""
    rows = numbered(draw, 100, 3)
    train, *others = check_loaders(student.probe(probes.read_loaders, *rows, 16, draw.seed(), 2), rows, 16, epochs=2)
    if torch.equal(*train):
        raise CheckFailed("the training loader does not shuffle", expected="another order every epoch")
    for name, (first, second) in zip(PARTS[1:], others, strict=True):
        if not torch.equal(first, second):
            raise CheckFailed(f"the {name} loader shuffles", expected="the same order every epoch")


@pytest.mark.task("make_loaders")
def test_loaders_seed(student: Student, draw: Draw) -> None:
    rows, seed = numbered(draw, 100, 3), draw.seed()
    first, again, other = (
        check_loaders(student.probe(probes.read_loaders, *rows, 16, number, 2), rows, 16, epochs=2)
        for number in [seed, seed, seed + 1]
    )
    check_same([*first[0], *first[1], *first[2]], [*again[0], *again[1], *again[2]])
    check_different(first[0][0].double(), other[0][0].double(), "the training loader's order")
    check_different(first[2][0].sort().values.double(), other[2][0].sort().values.double(), "the test set")
