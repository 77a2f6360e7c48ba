"""Points for running on any device: what a task is right in on the CPU, asked once more on `sim`."""

from __future__ import annotations

from collections.abc import Callable, Collection

from grader.model.course import Day
from grader.model.record import TaskResult
from grader.model.verdict import Verdict

Again = Callable[[frozenset[str]], Collection[TaskResult]]
TOLD = ("message", "expected", "seen", "trace", "advice", "mistake")


def on_any_device(day: Day, tasks: tuple[TaskResult, ...], again: Again) -> tuple[TaskResult, ...]:
    """The results, less the `device_points` of each task that passed here and does not on the device of `again`."""
    asked = frozenset(task.id for task in day.graded if task.device_points)
    passed = asked & {task.id for task in tasks if task.verdict is Verdict.PASSED}
    elsewhere = {task.id: task for task in again(passed)} if passed else {}
    return tuple(_less(task, elsewhere[task.id], day) if task.id in elsewhere else task for task in tasks)


def _less(here: TaskResult, there: TaskResult, day: Day) -> TaskResult:
    if there.verdict is Verdict.PASSED:
        return here
    task = day.task(here.id)
    changes = {name: getattr(there, name) for name in TOLD}
    ours = there.verdict is Verdict.GRADER_ERROR
    changes |= {
        "verdict": Verdict.GRADER_ERROR if ours else Verdict.FAILED,
        "points": 0.0 if ours else round(here.points - task.device_points, 6),
        "message": there.message if ours else f"Right on the CPU; on another device: {there.message}",
        "hint": task.hint,
    }
    return here.model_copy(update=changes)
