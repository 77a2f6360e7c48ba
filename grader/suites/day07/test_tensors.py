"""Day 7: tensors made, inspected, moved, broadcast, indexed and masked, against the same in float64."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from grader.checks.close import check_close, check_equal, check_keys, check_tensor
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes

DTYPES = [torch.float32, torch.float64]
# A count or sum with 1e-8 added against division by zero is taken as right, and float64 would see it. What is left is
# a third of what a detour through float32 loses.
GUARDED = {torch.float32: 1.0, torch.float64: 2e4}


def transposed(x: Tensor) -> Tensor:
    """The same values, not contiguous in memory."""
    return x.transpose(0, -1).contiguous().transpose(0, -1)


def check_values(seen: Any, expected: list[Any], name: str) -> None:
    """A tensor of just these values, in an integer or a float dtype."""
    wanted = torch.tensor(expected, dtype=torch.float64)
    check_tensor(seen, shape=tuple(wanted.shape), name=name)
    if seen.dtype == torch.bool or not torch.equal(seen.double(), wanted):
        raise CheckFailed(f"{name} has the wrong values", expected=str(expected), seen=str(seen.tolist()))


@pytest.mark.task("make_tensors")
def test_make_tensors(student: Student, draw: Draw) -> None:
    made = check_keys(student.call("make_tensors", draw.seed()), {"scalar", "vector", "matrix", "random"})
    check_values(made["scalar"], 5, "scalar")  # type: ignore[arg-type]
    check_values(made["vector"], [1, 2, 3], "vector")
    check_values(made["matrix"], [[1, 2], [3, 4]], "matrix")
    check_random(made["random"])


def check_random(seen: Any) -> Tensor:
    random = check_tensor(seen, shape=(2, 3), name="random")
    if not random.is_floating_point():
        raise CheckFailed("random has the wrong dtype", expected="a float dtype", seen=str(random.dtype))
    return random.double()


@pytest.mark.task("make_tensors")
def test_random_is_reproducible(student: Student, draw: Draw) -> None:
    for seed in (draw.seed(), 0):  # 0 is a seed as well, though `if seed` takes it for none
        first, second = (check_random(student.probe(probes.randoms, [seed])[0]) for _ in range(2))
        if not torch.equal(first, second):
            which = "seed 0" if seed == 0 else "one seed"
            raise CheckFailed(f"random differs between two calls with {which}", expected="the same numbers again")


@pytest.mark.task("make_tensors")
def test_random_is_standard_normal(student: Student, draw: Draw) -> None:
    """600 numbers from 100 seeds, 50 and their neighbours; each bound is over five standard errors off: 1e-6 in all."""
    seeds = [seed + one for seed in (2 * draw.permutation(50_000)[:50]).tolist() for one in (0, 1)]
    numbers = torch.stack([check_random(each) for each in student.probe(probes.randoms, seeds)])
    if len({tuple(each.flatten().tolist()) for each in numbers}) < len(seeds):
        raise CheckFailed("random is the same for different seeds", expected="other numbers for another seed")
    repeating = [len(each.unique()) < each.numel() for each in numbers]
    if sum(repeating) > 50:  # in bfloat16 one in twenty repeats one by chance
        raise CheckFailed("random repeats its numbers", expected="six different ones", seen=str(numbers[0].tolist()))
    facts = {
        "mean": (float(numbers.mean()), 0.0, 0.21),
        "standard deviation": (float(numbers.std()), 1.0, 0.15),
        "spread from one tensor's mean to the next": (float(numbers.mean(dim=(1, 2)).std()), 6**-0.5, 0.2),
        "share of numbers between -1 and 1": (float((numbers.abs() < 1).double().mean()), 0.683, 0.1),
        "share of numbers beyond -2 and 2": (float((numbers.abs() > 2).double().mean()), 0.0455, 0.045),
    }
    for name, (seen, expected, bound) in facts.items():
        if not abs(seen - expected) < bound:
            raise CheckFailed(
                f"random is not standard normal: see its {name} over many seeds",
                expected=f"about {expected:g}", seen=f"{seen:.3g}",
            )  # fmt: skip


@pytest.mark.task("make_tensors")
def test_global_generator_is_untouched(student: Student, draw: Draw) -> None:
    seed, global_seed = draw.seed(), draw.seed()
    python = random.Random(global_seed)
    undisturbed = {
        "PyTorch": torch.rand(6, generator=torch.Generator().manual_seed(global_seed)).tolist(),
        "NumPy": np.random.RandomState(global_seed).rand(6).tolist(),
        "Python": [python.random() for _ in range(6)],
    }
    seen = check_keys(student.probe(probes.draws_after, seed, global_seed), set(undisturbed))
    for library, numbers in undisturbed.items():
        if seen[library] != numbers[1:]:
            raise CheckFailed(
                f"the global generator of {library} was seeded or drawn from",
                expected="the same draws after the call as without it", seen="other draws",
            )  # fmt: skip


DESCRIPTION = {"shape", "dtype", "device"}
DESCRIBED = [
    ((2, 3), torch.float32), ((4,), torch.int64), ((), torch.float64), ((3, 1, 2), torch.bool), ((0, 5), torch.float16),
    ((1, 2), torch.complex64),
]  # fmt: skip


@pytest.mark.task("describe")
@pytest.mark.parametrize("shape, dtype", DESCRIBED, ids=[str(dtype).removeprefix("torch.") for _, dtype in DESCRIBED])
def test_describe(student: Student, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    seen = check_keys(student.call("describe", torch.ones(shape, dtype=dtype)), DESCRIPTION)
    check_equal(seen["shape"], shape, name="shape")
    check_equal(seen["dtype"], str(dtype).removeprefix("torch."), name="dtype")
    check_equal(seen["device"], student.device.type, name="device")


@pytest.mark.task("describe")
def test_describe_of_a_tensor_elsewhere(student: Student, draw: Draw) -> None:
    # "meta" is a device without memory, and the one other device that every machine has
    seen = check_keys(student.probe(probes.described_on, draw.normal(2, 3), torch.device("meta")), DESCRIPTION)
    check_equal(seen["device"], "meta", name="device")


@pytest.mark.task("describe")
def test_describe_leaves_the_number_of_the_device_out(student: Student, draw: Draw) -> None:
    seen = check_keys(student.probe(probes.described_on_gpu, draw.normal(2, 3)), DESCRIPTION)
    check_equal(seen["device"], "cuda", name="device")


@pytest.mark.task("to_device")
@pytest.mark.parametrize("dtype", [torch.float64, torch.int64])
def test_to_device_keeps_values(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    x = transposed(draw.normal(3, 4, std=9, dtype=torch.float64)).to(dtype)
    check_equal(student.call("to_device", x, student.device), x)


@pytest.mark.task("to_device")
@pytest.mark.parametrize("contiguous", [True, False])
def test_to_device_does_not_copy(student: Student, draw: Draw, contiguous: bool) -> None:
    x, step = draw.normal(3, 4), draw.number(1, 2)
    x = x if contiguous else transposed(x)
    seen = check_tensor(student.probe(probes.moved_then_written, x, step), shape=(3, 4))
    if not torch.equal(seen, x + step):
        raise CheckFailed(
            "the tensor was copied although it was there already",
            expected="shared storage: what is written to x shows in the result", seen="x changed, the result did not",
        )  # fmt: skip


@pytest.mark.task("to_device")
def test_to_device_goes_where_it_is_told(student: Student, draw: Draw) -> None:
    seen = student.probe(probes.landed_on, draw.normal(2, 3), torch.device("meta"))
    if seen != "meta":
        raise CheckFailed("the result is not on the device that was asked for", expected="meta", seen=str(seen)[:40])


@pytest.mark.task("arithmetic")
@pytest.mark.parametrize("size", [3, 1, 8])
@pytest.mark.parametrize("dtype", DTYPES)
def test_arithmetic(student: Student, draw: Draw, size: int, dtype: torch.dtype) -> None:
    x, y = transposed(draw.normal(size, size, std=3, dtype=dtype)), draw.normal(size, size, dtype=dtype)
    seen = check_keys(student.call("arithmetic", x, y), {"sum", "product", "matmul", "mean", "total"})
    a, b = x.double(), y.double()
    scale = float(a.abs().max())
    check_close(seen["sum"], a + b, dtype=dtype, name="sum")
    check_close(seen["product"], a * b, dtype=dtype, name="product")
    check_close(seen["matmul"], a @ b, dtype=dtype, terms=size, scale=scale * float(b.abs().max()), name="matmul")
    check_close(seen["mean"], a.mean(), dtype=dtype, terms=size * size, scale=scale, name="mean")
    check_close(seen["total"], a.sum(), dtype=dtype, terms=size * size, scale=scale * size, name="total")


def rows(draw: Draw, count: int, width: int, dtype: torch.dtype) -> Tensor:
    """Rows of mixed signs whose sums are well away from zero, some of them negative."""
    x = draw.normal(count, width, dtype=torch.float64)
    sums = draw.uniform(2, 4, count, dtype=torch.float64) * (1 - 2 * (torch.arange(count) % 2))
    return transposed((x + ((sums - x.sum(dim=1)) / width)[:, None]).to(dtype))


@pytest.mark.task("normalize_rows")
@pytest.mark.parametrize("count, width", [(4, 4), (5, 3), (1, 6), (3, 1), (2, 40), (40, 2)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_normalize_rows(student: Student, draw: Draw, count: int, width: int, dtype: torch.dtype) -> None:
    x = rows(draw, count, width, dtype)
    expected = x.double() / x.double().sum(dim=1, keepdim=True)
    scale = float(expected.abs().max()) * GUARDED[dtype]
    terms = width if dtype == torch.float32 else 1
    check_close(student.call("normalize_rows", x), expected, dtype=dtype, terms=terms, scale=scale)


def squared_distances(a: Tensor, b: Tensor) -> Tensor:
    return ((a.double()[:, None] - b.double()[None]) ** 2).sum(dim=2)


def check_distances(student: Student, a: Tensor, b: Tensor) -> None:
    # the squares of the two rows may be added first and their product taken off: what cancels there sets the scale
    scale = float((a.double() ** 2).sum(dim=1).max() + (b.double() ** 2).sum(dim=1).max())
    got = student.call("pairwise_squared_distances", a, b)
    check_close(got, squared_distances(a, b), dtype=a.dtype, terms=a.shape[1], scale=scale)


@pytest.mark.task("pairwise_squared_distances")
@pytest.mark.parametrize("n, m, d", [(4, 4, 4), (3, 5, 2), (1, 6, 3), (5, 1, 3), (4, 3, 1), (2, 3, 30), (30, 32, 2)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_distances(student: Student, draw: Draw, n: int, m: int, d: int, dtype: torch.dtype) -> None:
    a, b = draw.normal(n, d, std=2, dtype=dtype), draw.normal(m, d, dtype=dtype)
    check_distances(student, transposed(a), b)


@pytest.mark.task("pairwise_squared_distances")
def test_distances_of_rows_from_themselves(student: Student, draw: Draw) -> None:
    a = draw.normal(5, 3)
    check_distances(student, a, a[draw.permutation(5)])


@pytest.mark.task("one_hot")
@pytest.mark.parametrize("count, classes", [(6, 6), (7, 4), (1, 3), (5, 2), (4, 1), (3, 12), (2, 300)])
def test_one_hot(student: Student, draw: Draw, count: int, classes: int) -> None:
    labels = draw.integers(0, classes, 2 * count)[::2]
    expected = (labels[:, None] == torch.arange(classes)).float()
    check_equal(student.call("one_hot", labels, classes), expected)


@pytest.mark.task("one_hot")
def test_one_hot_where_classes_are_missing(student: Student, draw: Draw) -> None:
    labels = draw.integers(1, 4, 6)
    check_equal(student.call("one_hot", labels, 9), (labels[:, None] == torch.arange(9)).float())


def check_mean(student: Student, x: Tensor, mask: Tensor) -> None:
    expected = x[mask].double().mean() if bool(mask.any()) else torch.zeros((), dtype=torch.float64)
    scale = (float(x[mask].abs().max()) if bool(mask.any()) else 1.0) * GUARDED[x.dtype]
    terms = x.numel() if x.dtype == torch.float32 else 1
    check_close(student.call("masked_mean", x, mask), expected, dtype=x.dtype, terms=terms, scale=scale)


@pytest.mark.task("masked_mean")
@pytest.mark.parametrize("shape", [(7,), (4, 4), (3, 5), (2, 3, 4)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_masked_mean(student: Student, draw: Draw, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    x, mask = transposed(draw.normal(*shape, dtype=dtype) + 2), draw.integers(0, 2, *shape).bool()
    mask.view(-1)[draw.permutation(mask.numel())[:2]] = torch.tensor([True, False])
    check_mean(student, x, transposed(mask))


@pytest.mark.task("masked_mean")
def test_masked_mean_counts_zeros(student: Student, draw: Draw) -> None:
    x, mask = draw.integers(0, 2, 4, 5).float() * 3, draw.integers(0, 4, 4, 5) > 0
    x[0, :2], mask[0, :2] = torch.tensor([0.0, 3.0]), True
    check_mean(student, x, mask)


@pytest.mark.task("masked_mean")
def test_masked_mean_in_float64_is_not_computed_in_float32(student: Student, draw: Draw) -> None:
    """Each number lies almost halfway between two neighbours in float32, and all are rounded the same way."""
    x = torch.full((3, 4), 1 + 0.49 * 2.0**-23, dtype=torch.float64) * 2.0 ** draw.integer(-3, 4)
    check_mean(student, x, torch.arange(12).reshape(3, 4) != draw.integer(0, 12))


@pytest.mark.task("masked_mean")
@pytest.mark.parametrize("dtype", DTYPES)
def test_masked_mean_of_nothing_and_of_everything(student: Student, draw: Draw, dtype: torch.dtype) -> None:
    x = draw.normal(3, 4, dtype=dtype) + 2
    check_mean(student, x, torch.ones(3, 4, dtype=torch.bool))
    check_mean(student, x, torch.zeros(3, 4, dtype=torch.bool))
    check_mean(student, x[:1, 0], torch.ones(1, dtype=torch.bool))


@pytest.mark.task("masked_mean")
@pytest.mark.parametrize("hidden", [float("nan"), float("inf")])
def test_masked_mean_does_not_see_what_is_masked(student: Student, draw: Draw, hidden: float) -> None:
    x, mask = draw.normal(4, 3) + 2, torch.arange(12).reshape(4, 3) % 3 != draw.integer(0, 3)
    x[~mask] = hidden
    check_mean(student, x, mask)
    check_mean(student, torch.full((2, 2), hidden), torch.zeros(2, 2, dtype=torch.bool))


@pytest.mark.task("affine")
@pytest.mark.parametrize("n, d, h", [(4, 4, 4), (5, 3, 2), (1, 3, 4), (6, 1, 1), (3, 50, 7)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_affine(student: Student, draw: Draw, n: int, d: int, h: int, dtype: torch.dtype) -> None:
    x, W, b = draw.normal(n, d, dtype=dtype), draw.normal(d, h, dtype=dtype), draw.normal(h, std=3, dtype=dtype)
    expected = x.double() @ W.double() + b.double()
    scale = float((x.double().abs() @ W.double().abs() + b.double().abs()).max())
    check_close(student.call("affine", transposed(x), transposed(W), b), expected, dtype=dtype, terms=d, scale=scale)
