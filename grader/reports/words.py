"""What a record says in words: the same sentences in every format, each format escapes them in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from grader.model.record import Record, TaskResult
from grader.model.text import plain
from grader.model.verdict import Verdict

NO_SCORE = "The grader itself failed, so there is no score. Nothing is lost: your instructor grades it again."
WITHHELD = "withheld until after the deadline"
# what is told about a task; without these, only its verdict and points are left
_TOLD: dict[str, Any] = {"message": "", "mistake": None, "advice": "", "expected": "", "seen": "", "hint": "",
                         "trace": (), "output": "", "checks": (), "pictures": ()}  # fmt: skip


def shown(record: Record, *, reveal: bool, folder: str = "") -> Record:
    """The record as a format may show it: plain text throughout, and nothing told about withheld tasks.

    With `reveal` (after the deadline, or for the instructor's own eyes) every task is told and counts as visible.
    `folder` is where the file lies in its repository: the module's path then has it.
    """
    clean = Record.model_validate(_plain(record.model_dump(by_alias=True)))
    change = {"visibility": "visible"} if reveal else _TOLD
    tasks = tuple(task.model_copy(update=change) if hidden(task) else task for task in clean.tasks)
    module = str(PurePosixPath(plain(folder), clean.submission.module))
    return clean.model_copy(
        update={"tasks": tasks, "submission": clean.submission.model_copy(update={"module": module})}
    )


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(key): _plain(each) for key, each in value.items()}
    return type(value)(map(_plain, value)) if isinstance(value, list | tuple) else value


def path(record: Record) -> str:
    """The graded file's path in its repository."""
    return str(PurePosixPath(record.submission.module).with_name(PurePosixPath(record.file).name))


def hidden(task: TaskResult) -> bool:
    return task.visibility == "withheld"


def visible(record: Record) -> list[TaskResult]:
    """The tasks that a student may read about."""
    return [task for task in record.tasks if not hidden(task)]


def number(value: float) -> str:
    """Points as a person writes them: 2, 0.5."""
    return f"{value:.10g}"


def lines(task: TaskResult, file: str) -> Iterator[str]:
    """Everything that is told about a task that was not passed, a line each; its output apart."""
    if task.verdict is Verdict.PASSED:
        return
    yield from (task.message or f"{task.verdict.words.capitalize()}.").split("\n")
    told = (("expected", task.expected), ("seen", task.seen), ("looks like", task.advice), ("hint", task.hint))
    for label, text in told:
        if text:
            yield f"{label}: {text}"
    for line in task.trace:
        cell = f", cell {line.cell}, line {line.line}" if file.endswith(".ipynb") else f":{line.line}"
        yield " ".join(f"{file}{cell}{f' in {line.function}' if line.function else ''}: {line.text}".split("\n"))


def standing(record: Record) -> str:
    """Points as a student may know them: those of visible tasks, and how many more there are to come."""
    if record.points is None:
        return NO_SCORE
    seen = visible(record)
    earned, possible = _sum(task.points for task in seen), _sum(task.max_points for task in seen)
    parts = [f"{number(earned)} of {number(possible)} points"]
    if later := _sum(task.max_points for task in record.tasks if hidden(task)):
        parts.append(f"{number(later)} more are {WITHHELD}")
    if asked := _sum(question.max_points for question in record.manual):
        parts.append(f"{number(asked)} more are given by your instructor")
    return "; ".join(parts) + "."


def _sum(values: Iterable[float]) -> float:
    return round(sum(values), 6)
