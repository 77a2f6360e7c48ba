"""What a student reads where a value is off."""

from __future__ import annotations

import pytest
import torch

from grader.checks.close import check_close, check_equal, check_keys, check_number, check_tensor, describe
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


def test_zero_has_no_sign() -> None:
    failure = told(torch.tensor([0.5, -0.0]), torch.tensor([-0.0, -2.0]))
    assert (failure.expected, failure.seen) == ("-2 at [1]", "0 at [1]")


def test_a_large_error_in_float64_has_nothing_to_do_with_float64() -> None:
    expected = torch.ones(2, dtype=torch.float64)
    assert told(expected * 2, expected).message == "the result is off by up to 1"


def test_keys_that_look_alike_are_told_apart() -> None:
    with pytest.raises(CheckFailed) as failure:
        check_keys({"16": 0.5}, {16})
    assert (failure.value.expected, failure.value.seen) == ("16", "'16'")


def test_nor_has_one_that_a_wide_allowance_takes_for_rounding() -> None:
    expected = torch.ones(2, dtype=torch.float64)
    with pytest.raises(CheckFailed) as failure:
        check_close(-expected, expected, dtype=expected.dtype, scale=1e9)
    assert failure.value.message == "the result is off by up to 2"


SHOWN = {
    "a list": ([1, 2], "[1, 2]"),
    "a tuple": ((1, 2), "(1, 2)"),
    "a tuple of one": ((14,), "(14,)"),
    "pairs": ([(3, 4), (4, 2)], "[(3, 4), (4, 2)]"),
    "words": (("input", 8), "('input', 8)"),
    "tensors in a list": ([torch.ones(1)], "a list of 1"),
    "a long list": (list(range(50)), "a list of 50"),
    "nested deeply": ([[[1]]], "a list of 1"),
    "a float": (26.0, "26.0"),
    "a float with digits": (-0.5, "-0.5"),
    "a large float": (1e20, "1e+20"),
    "an int": (26, "26"),
    "an int tensor": (torch.tensor([1, 2]), "an int64 tensor of shape (2,)"),
    "a float tensor": (torch.tensor(2.0), "a float32 tensor of value 2"),
}


@pytest.mark.parametrize("value, text", SHOWN.values(), ids=SHOWN.keys())
def test_a_value_is_shown_so_that_its_type_can_be_read(value: object, text: str) -> None:
    assert describe(value) == text


def test_a_list_in_place_of_a_tuple_looks_like_one() -> None:
    with pytest.raises(CheckFailed) as failure:
        check_equal([2, 3], (2, 3))
    assert (failure.value.expected, failure.value.seen) == ("(2, 3)", "[2, 3]")


@pytest.mark.parametrize("seen", [(2.0, 3), (True, 3), (torch.tensor(2), 3), (torch.tensor([2, 3]), 3), (2,)])
def test_the_parts_of_a_tuple_are_of_the_same_type(seen: object) -> None:
    with pytest.raises(CheckFailed):
        check_equal(seen, (2, 3))
    check_equal([(2, 3), "a"], [(2, 3), "a"])


@pytest.mark.parametrize("units", [torch.tensor([3, 4]), 3.0, None])
def test_the_values_of_a_dict_are_of_the_same_type(units: object) -> None:
    with pytest.raises(CheckFailed):
        check_equal([{"role": "input", "units": units}], [{"role": "input", "units": 3}])
    check_equal({"role": "input", "units": 3}, {"units": 3, "role": "input"})


def test_nothing_in_place_of_a_result_is_asked_about() -> None:
    with pytest.raises(CheckFailed, match="should be a tensor") as failure:
        check_tensor(None)
    assert failure.value.seen == "None: is a `return` missing?"
    with pytest.raises(CheckFailed) as failure:
        check_number(None)
    assert failure.value.seen == "None: is a `return` missing?"


def test_a_part_that_is_missing_has_nothing_to_do_with_return() -> None:
    with pytest.raises(CheckFailed) as failure:
        check_tensor(None, name="the gradient")
    assert failure.value.seen == "None"
