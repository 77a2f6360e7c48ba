"""The confidence bounds that tools/flakes.py prints."""

from __future__ import annotations

import pytest

from tools.flakes import bounds


# the values of R's binom.test
@pytest.mark.parametrize(
    "count, total, lower, upper",
    [
        (0, 100, 0.0, 0.03622),
        (3, 100, 0.00623, 0.08518),
        (100, 100, 0.96378, 1.0),
        (1, 2, 0.01258, 0.98742),
        (0, 0, 0, 1),
    ],
)
def test_bounds_are_the_exact_ones(count: int, total: int, lower: float, upper: float) -> None:
    assert bounds(count, total) == pytest.approx((lower, upper), abs=1e-5)
