"""Points for running on any device."""

from __future__ import annotations

import pytest

from grader.judge.portable import on_any_device
from grader.model.course import Day, Task
from grader.model.record import TaskResult
from grader.model.verdict import Verdict

DAY = Day(
    id="day01", title="One", module="one.py",
    tasks=(Task(id="both", points=4, device_points=1, symbols=("both",)), Task(id="here", points=2, symbols=("here",))),
)  # fmt: skip


def results(**verdicts: Verdict) -> tuple[TaskResult, ...]:
    points = {"both": 4.0, "here": 2.0}
    return tuple(
        TaskResult(id=name, verdict=verdict, points=points[name] * (verdict is Verdict.PASSED), max_points=points[name])
        for name, verdict in verdicts.items()
    )


@pytest.mark.parametrize(
    "there, verdict, points",
    [
        (Verdict.PASSED, Verdict.PASSED, 4.0),
        (Verdict.ERROR, Verdict.FAILED, 3.0),
        (Verdict.GRADER_ERROR, Verdict.GRADER_ERROR, 0.0),  # a fault of ours is no lost point: there is no score
    ],
)
def test_only_the_device_points_depend_on_the_other_device(there: Verdict, verdict: Verdict, points: float) -> None:
    both, here = on_any_device(DAY, results(both=Verdict.PASSED, here=Verdict.PASSED), lambda ids: results(both=there))
    assert (both.verdict, both.points) == (verdict, points)
    assert (here.verdict, here.points) == (Verdict.PASSED, 2.0)


def test_what_failed_here_is_not_asked_again() -> None:
    asked: list[frozenset[str]] = []
    before = results(both=Verdict.FAILED, here=Verdict.PASSED)
    assert on_any_device(DAY, before, lambda ids: asked.append(ids) or ()) == before  # type: ignore[func-returns-value]
    assert not asked
