"""From checks to tasks: a pass is positive evidence, and only that earns full points."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grader.model.course import Day, Task
from grader.model.picture import Picture
from grader.model.record import PICTURES, Check, Line, Manual, TaskResult, whole_file
from grader.model.text import clean
from grader.model.verdict import CheckResult, Finding, Verdict

MISSING = Finding(Verdict.GRADER_ERROR, "A check of this task did not report.")
PASSED = Finding(Verdict.PASSED, "", earned=1.0)  # what is told of a task all of whose checks reported and passed
DIAGNOSED = {Verdict.FAILED, Verdict.ERROR}
OUTPUT = 4_000


def score(
    day: Day,
    expected: Collection[tuple[str, str]],
    results: list[CheckResult],
    cells: tuple[str, ...],
    pictures: Sequence[tuple[str, Picture]] = (),
) -> tuple[TaskResult, ...]:
    """Every task's result, in the manifest's order.

    `expected` are the `(task, check)` pairs that the suite holds: each must have reported exactly one result.
    `pictures` are what the checks of each task had to show.
    """
    tasks: dict[str, TaskResult] = {}
    ran = {owner for owner, _ in expected}
    for task in day.graded:
        checks = [name for owner, name in expected if owner == task.id]
        mine = [_only(results, task.id, name) for name in checks]
        result = _task(task, mine, cells)
        shown = tuple(picture for owner, picture in pictures if owner == task.id)[:PICTURES]
        result = result.model_copy(update={"pictures": shown})
        blockers = [name for name in task.depends_on if name in ran and tasks[name].verdict is not Verdict.PASSED]
        if result.verdict in DIAGNOSED and blockers and result.points == 0 and not whole_file(result.trace):
            message = f"Get {', '.join(blockers)} right first: {result.message}"
            result = result.model_copy(update={"verdict": Verdict.BLOCKED, "message": message})
        tasks[task.id] = result
    return tuple(tasks.values())


def questions(day: Day) -> tuple[Manual, ...]:
    return tuple(Manual(id=t.id, title=t.title, max_points=t.points) for t in day.tasks if t.manual)


def _only(results: list[CheckResult], task: str, name: str) -> CheckResult:
    found = [result for result in results if result.task == task and result.check == name]
    # a check whose tear-down failed reports twice: the failure counts
    bad = [result for result in found if result.finding is not None]
    return (bad or found or [CheckResult(name, task, MISSING, 0.0)])[0]


def _task(task: Task, results: list[CheckResult], cells: tuple[str, ...]) -> TaskResult:
    failures = [result.finding for result in results if result.finding is not None]
    if not results:
        failures = [MISSING]
    # our own fault is never a zero, whatever else went wrong beside it
    faults = [finding for finding in failures if finding.verdict is Verdict.GRADER_ERROR]
    told = next(iter(faults + failures), PASSED)
    # each failed check narrows down what the slip may be: the last one knows best
    named = next((failure for failure in reversed(failures) if failure.verdict in DIAGNOSED), told)
    lines = trace(told, cells)
    return TaskResult(
        id=task.id,
        title=task.title,
        symbols=task.symbols,
        verdict=told.verdict,
        points=round(task.points * (told.earned if len(failures) <= 1 else 0.0), 6),
        max_points=task.points,
        message=told.message,
        mistake=named.mistake,
        advice=named.advice,
        expected=told.expected,
        seen=told.seen,
        hint="" if told is PASSED or whole_file(lines) else task.hint,
        visibility=task.visibility,
        trace=lines,
        output="".join(result.output for result in results)[:OUTPUT],
        seconds=round(sum(result.seconds for result in results), 4),
        checks=tuple(Check(name=r.check, verdict=r.verdict, seconds=round(r.seconds, 4)) for r in results),
    )


def trace(finding: Finding, cells: tuple[str, ...]) -> tuple[Line, ...]:
    """The finding's frames with the text of each line, taken from what was submitted."""
    return tuple(
        Line(cell=cell, line=line, function=function, text=_text(cells, cell, line))
        for cell, line, function in finding.frames
    )


def _text(cells: tuple[str, ...], cell: int, line: int) -> str:
    if not 0 < cell <= len(cells):
        return ""
    lines = cells[cell - 1].split("\n")
    return clean(lines[line - 1].strip(), 200) if 0 < line <= len(lines) else ""
