"""What a student reads where a value is off."""

from __future__ import annotations

import pytest
import torch

from grader.checks.close import check_close, check_keys, describe
from grader.model.errors import CheckFailed


def told(seen: torch.Tensor, expected: torch.Tensor) -> CheckFailed:
    with pytest.raises(CheckFailed) as failure:
        check_close(seen, expected, dtype=seen.dtype)
    return failure.value


def test_six_digits_tell_most_values_apart() -> None:
    failure = told(torch.tensor([1.0, 2.5]), torch.tensor([1.0, 2.0]))
    assert (failure.message, failure.expected, failure.seen) == (
        "the result is off by up to 0.5",
        "2 at [1]",
        "2.5 at [1]",
    )


def test_values_that_look_alike_are_shown_with_more_digits() -> None:
    expected = torch.tensor(0.7784863, dtype=torch.float64)
    failure = told(expected + 2e-7, expected)
    assert failure.message == "the result is off by up to 2e-07, too much for float64"
    assert (failure.expected, failure.seen) == ("0.7784863", "0.7784865")


def test_a_large_error_in_float64_has_nothing_to_do_with_float64() -> None:
    expected = torch.ones(2, dtype=torch.float64)
    assert told(expected * 2, expected).message == "the result is off by up to 1"


def test_keys_that_look_alike_are_told_apart() -> None:
    with pytest.raises(CheckFailed) as failure:
        check_keys({"16": 0.5}, {16})
    assert (failure.value.expected, failure.value.seen) == ("16", "'16'")


def test_nothing_returned_says_what_it_comes_of() -> None:
    assert "return" in describe(None)
