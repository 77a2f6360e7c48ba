"""Closeness of received values to an oracle's, with one table of tolerances.

An oracle computes in float64. A student's float32 result differs from it by rounding, which grows with the number of
accumulated terms n about as sqrt(n) (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 4.2);
the allowance below is that growth times a margin for other right ways to write the same formula. What the margins leave
is measured by tools/tolerances.py and told in docs/devices.md.

An error just over its allowance is `Borderline`: whoever runs the check asks again, on the CPU and in float64, where a
right formula has no rounding to speak of and a wrong one stays as wrong as it was.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from grader.model.errors import CheckFailed

MARGIN = {torch.float64: 4096.0, torch.float32: 64.0, torch.float16: 16.0, torch.bfloat16: 16.0}
DEVICE_FACTOR = {"cpu": 1.0, "sim": 1.0, "cuda": 4.0, "mps": 4.0}
NOTHING = "None: is a `return` missing?"
RETURNED = ("the result", "the output")  # names of what a function of the student's returns
BORDERLINE = 2.0  # an error of up to so many allowances is asked about again

_device: ContextVar[str] = ContextVar("device", default="cpu")
_precise: ContextVar[bool] = ContextVar("precise", default=False)


class Borderline(CheckFailed):
    """Off by a little more than rounding is given."""


@dataclass(frozen=True)
class Measured:
    """One comparison: its dtype, terms and device, and the largest error in allowances."""

    dtype: torch.dtype
    terms: int
    device: str
    error: float


LISTENERS: list[Callable[[Measured], None]] = []  # told of every comparison of finite values


def tolerance(dtype: torch.dtype, terms: int = 1, device: str = "cpu") -> float:
    """The allowed error, relative to the size of the expected values: the one table."""
    eps = torch.finfo(dtype).eps
    return eps * MARGIN[dtype] * math.sqrt(max(1, terms)) * DEVICE_FACTOR.get(device, 4.0)


@contextlib.contextmanager
def judged_on(device: str, precise: bool = False) -> Iterator[None]:
    """Inside, results are held to the tolerances of `device`; `precise`: to float64's, since they came of float64."""
    tokens = _device.set("cpu" if precise else device), _precise.set(precise)
    try:
        yield
    finally:
        _device.reset(tokens[0])
        _precise.reset(tokens[1])


def check_tensor(
    seen: Any, *, shape: tuple[int, ...] | None = None, dtype: torch.dtype | None = None, name: str = "the result"
) -> Tensor:
    """`seen` as a tensor of this shape and dtype. Raises `CheckFailed`, naming what differs."""
    if not isinstance(seen, Tensor):
        raise CheckFailed(f"{name} should be a tensor", expected="a tensor", seen=_came(seen, name))
    if shape is not None and tuple(seen.shape) != tuple(shape):
        raise CheckFailed(
            f"{name} has the wrong shape", expected=f"shape {_shape(shape)}", seen=f"shape {_shape(seen.shape)}"
        )
    if dtype is not None and seen.dtype != dtype:
        raise CheckFailed(f"{name} has the wrong dtype", expected=_name(dtype), seen=_name(seen.dtype))
    return seen


def check_number(seen: Any, *, name: str = "the result", kind: type = float) -> Any:
    """`seen` as a finite Python number. Raises `CheckFailed` for a tensor, a bool, NaN and infinity."""
    right = isinstance(seen, (int, float) if kind is float else int) and not isinstance(seen, bool)
    if not right:
        raise CheckFailed(f"{name} should be a Python {kind.__name__}", expected=kind.__name__, seen=_came(seen, name))
    if not math.isfinite(seen):
        raise CheckFailed(f"{name} is {seen}", expected="a finite number", seen=str(seen))
    return seen


def check_close(
    seen: Any,
    expected: Tensor | float,
    *,
    dtype: torch.dtype = torch.float32,
    terms: int = 1,
    scale: float | None = None,
    name: str = "the result",
) -> None:
    """`seen` equals the oracle's `expected` in type, shape, `dtype` and, within the table's tolerance, in value.

    A tensor is expected where `expected` is one, a Python number where it is a float. `terms` is how many numbers each
    value sums; `scale` the size of those numbers where they cancel (default: the largest expected value).
    Raises `CheckFailed` with the largest error and where it is; `Borderline` where that is just over the allowance.
    """
    if _precise.get() and (not isinstance(seen, Tensor) or seen.dtype == torch.float64):
        dtype = torch.float64
    if not isinstance(expected, Tensor):
        check_number(seen, name=name)
        seen, expected = torch.tensor(float(seen), dtype=torch.float64), torch.tensor(expected, dtype=torch.float64)
    else:
        check_tensor(seen, shape=tuple(expected.shape), dtype=dtype, name=name)
    if expected.numel() == 0:
        return
    wanted, got = expected.detach().double(), seen.detach().double()
    check_finite(got, wanted, name=name)
    finite = wanted.isfinite()
    size = scale if scale is not None else float(wanted[finite].abs().max()) if bool(finite.any()) else 1.0
    # float16 and float32 cannot hold less than this
    floor = torch.finfo(dtype).tiny
    allowed = max(tolerance(dtype, terms, _device.get()) * size, floor)
    error = torch.where(finite, (got - wanted).abs(), torch.zeros_like(wanted))
    error = torch.where(~finite & (got != wanted) & ~(got.isnan() & wanted.isnan()), math.inf, error)
    worst = float(error.max())
    for listener in LISTENERS:
        listener(Measured(dtype, terms, _device.get(), worst / allowed))
    if worst > allowed:
        # what float32 may lose looks like nothing at all to a reader
        alike = worst < min(size * tolerance(torch.float32), float(wanted[finite].abs().max()) * 1e-3)
        small = ", too much for float64" if dtype == torch.float64 and alike else ""
        kind = Borderline if worst <= BORDERLINE * allowed else CheckFailed
        expected_text, seen_text = _told_apart(wanted, got, error)
        raise kind(f"{name} is off by up to {worst:.3g}{small}", expected=expected_text, seen=seen_text)


def check_finite(got: Tensor, wanted: Tensor | None = None, *, name: str = "the result") -> None:
    """No NaN or infinity where a finite value is expected. Raises `CheckFailed` that names the place."""
    bad = ~got.isfinite()
    if wanted is not None:
        bad &= wanted.isfinite()
    if bool(bad.any()):
        place = tuple(int(i) for i in bad.nonzero()[0])
        value = float(got[place])
        share = f" ({int(bad.sum())} of {bad.numel()} values are not finite)" if bad.numel() > 1 else ""
        raise CheckFailed(
            f"{name} is {value} where a finite number is expected{share}",
            expected=f"{float(wanted[place]):.6g}{_place(place)}" if wanted is not None else "finite numbers",
            seen=f"{value}{_place(place)}",
        )


def check_equal(seen: Any, expected: Any, *, name: str = "the result") -> None:
    """`seen` equals `expected` exactly, in type as well. For ints, strings, shapes and integer tensors."""
    if isinstance(expected, Tensor):
        check_tensor(seen, shape=tuple(expected.shape), dtype=expected.dtype, name=name)
        wrong = seen != expected
        if bool(wrong.any()):
            place = tuple(int(i) for i in wrong.nonzero()[0])
            raise CheckFailed(
                f"{name} is wrong in {int(wrong.sum())} of {wrong.numel()} places",
                expected=f"{expected[place].item()}{_place(place)}",
                seen=f"{seen[place].item()}{_place(place)}",
            )
    elif not _same(seen, expected):
        raise CheckFailed(f"{name} is wrong", expected=describe(expected), seen=describe(seen))


def _same(seen: Any, expected: Any) -> bool:
    """Equal, and of the same types: 3.0 is no 3, and neither is a tensor of it, in a list, tuple or dict as well."""
    if type(seen) is not type(expected):
        return False
    if isinstance(expected, dict):
        return seen.keys() == expected.keys() and all(_same(seen[key], value) for key, value in expected.items())
    if isinstance(expected, (list, tuple)):
        return len(seen) == len(expected) and all(map(_same, seen, expected))
    return bool(seen == expected)


def check_keys(seen: Any, keys: set[Any], *, name: str = "the result") -> dict[Any, Any]:
    """`seen` as a dict with just these keys. Raises `CheckFailed`, naming missing and surplus ones."""
    if not isinstance(seen, dict):
        raise CheckFailed(f"{name} should be a dict", expected=f"a dict with {_listed(keys)}", seen=_came(seen, name))
    if set(seen) != keys:
        wanted, got = _listed(keys), _listed(set(seen))
        if wanted == got:  # 16 and "16"
            wanted, got = _listed(keys, repr), _listed(set(seen), repr)
        raise CheckFailed(f"{name} has the wrong keys", expected=wanted, seen=got or "no keys")
    return seen


def check_length(seen: Any, kind: type, length: int, *, name: str = "the result") -> Any:
    """`seen` as a list or tuple of this length."""
    if not isinstance(seen, kind):
        raise CheckFailed(f"{name} should be a {kind.__name__}", expected=f"{kind.__name__}", seen=_came(seen, name))
    if len(seen) != length:  # type: ignore[arg-type]
        raise CheckFailed(f"{name} has the wrong length", expected=f"{length} entries", seen=describe(seen))
    return seen


def describe(value: Any) -> str:
    """A short text for a person: type, shape and dtype, never a wall of digits."""
    match value:
        case Tensor() if value.numel() == 1 and value.dim() == 0:
            return f"{_article(value.dtype)} tensor of value {value.item():.6g}"
        case Tensor():
            return f"{_article(value.dtype)} tensor of shape {_shape(value.shape)}"
        case float():
            text = f"{value:.6g}"
            return f"{text}.0" if text.lstrip("-").isdigit() else text  # a float looks like one
        case None | bool() | int():
            return str(value)
        case str():
            return repr(value if len(value) <= 60 else value[:60] + "…")
        case dict():
            return f"a dict with {_listed(set(value)) or 'no keys'}"
        case list() | tuple():
            text = repr(value) if _short(value) else ""
            return text if text and len(text) < 60 else f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def _short(value: Any, depth: int = 2) -> bool:
    """Whether a value can be written out: numbers and words, in short lists and tuples."""
    if isinstance(value, (list, tuple)):
        return depth > 0 and len(value) <= 20 and all(_short(item, depth - 1) for item in value)
    return isinstance(value, (int, float, str))


def _came(value: Any, name: str) -> str:
    """What came in place of something else. Nothing at all has a cause that is worth a question."""
    return NOTHING if value is None and name in RETURNED else describe(value)


def _article(dtype: torch.dtype) -> str:
    return f"{'an' if _name(dtype).startswith('int') else 'a'} {_name(dtype)}"


def _listed(keys: set[Any], show: Callable[[Any], str] = str) -> str:
    shown = sorted(map(show, keys))
    return ", ".join(shown[:12]) + (" …" if len(shown) > 12 else "")


def _shape(shape: Any) -> str:
    return "(" + ", ".join(str(int(n)) for n in shape) + ("," if len(shape) == 1 else "") + ")"


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _place(place: tuple[int, ...]) -> str:
    return f" at [{', '.join(map(str, place))}]" if place else ""


def _told_apart(wanted: Tensor, got: Tensor, error: Tensor) -> tuple[str, str]:
    """Both values where the error is largest, with as many digits as it takes to tell them apart."""
    place = tuple(int(i) for i in torch.unravel_index(error.argmax(), error.shape))
    pair = float(wanted[place]) + 0.0, float(got[place]) + 0.0  # which makes 0 of -0
    digits = next((n for n in (6, 9, 12) if f"{pair[0]:.{n}g}" != f"{pair[1]:.{n}g}"), 17)
    first, second = (f"{value:.{digits}g}{_place(place)}" for value in pair)
    return first, second
