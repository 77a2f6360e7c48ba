"""What tools/flakes.py prints: confidence bounds, and where verdicts differ."""

from __future__ import annotations

import pytest

from grader.authoring.verify import Kind, Trial
from grader.model.record import TaskResult
from grader.model.verdict import Verdict
from tools.flakes import Corpus, bounds


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


def corpus(kind: Kind, cpu: tuple[Verdict, float], sim: tuple[Verdict, float]) -> Corpus:
    """One submission of two points, graded on two devices."""
    seen = Corpus([("cpu", 1), ("sim", 1)])
    for device, (verdict, points) in (("cpu", cpu), ("sim", sim)):
        result = TaskResult(id="t", title="t", verdict=verdict, points=points, max_points=2, seconds=0)
        seen.note("day01, seed 0,", (device, 1), Trial(kind, "one", result))
    return seen


def test_another_kind_of_verdict_is_listed_and_is_no_fault() -> None:
    seen = corpus("mistake", (Verdict.FAILED, 0), (Verdict.ERROR, 0))
    assert seen.sound
    assert list(seen.differing()) == ["day01, seed 0, mistake one: cpu, 1 thread failed, sim, 1 thread error"]


def test_other_points_on_a_device_are_a_fault() -> None:
    assert not corpus("mistake", (Verdict.FAILED, 1), (Verdict.FAILED, 0)).sound


def test_a_right_submission_that_one_device_rejects_is_a_fault() -> None:
    seen = corpus("solution", (Verdict.PASSED, 2), (Verdict.FAILED, 0))
    assert not seen.sound
    assert any("0/1 " in line for line in seen.report())
    assert any("1/1 " in line for line in seen.report())
