"""From what was entered to what counts: lateness, people's marks, and which of several submissions is taken."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from grader.model.course import Course, Day, Late

Rule = Literal["best", "last", "recent"]


@dataclass(frozen=True)
class TaskPoints:
    """One task of a grading, from its record."""

    task: str
    verdict: str
    points: float
    max_points: float
    mistake: str | None


@dataclass(frozen=True)
class Attempt:
    """One submission with the grading of it that counts. `points` is what the machine gave, None without a score."""

    submission: int
    digest: str
    received_at: datetime
    grading: int | None
    points: float | None
    isolation: str
    tasks: tuple[TaskPoints, ...] = ()


@dataclass(frozen=True)
class Standing:
    """What one student has on one day.

    `points` is the effective number: machine points with people's marks in their place, less what lateness costs; None
    where there is nothing to count yet. `before` is the same without the lateness. `decided` says that a person
    set the whole day's points.
    """

    student: str
    day: str
    points: float | None
    before: float | None
    max_points: float
    late_days: int
    attempts: int
    counted: Attempt | None
    due: datetime | None
    decided: bool = False


def late_days(received: datetime, due: datetime | None, grace: float) -> int:
    """Days begun after the due moment; 0 within the grace minutes. Counted from the due moment itself."""
    if due is None or received <= due + timedelta(minutes=grace):
        return 0
    return math.ceil((received - due) / timedelta(days=1))


def kept(late: Late, days: int) -> float:
    """The fraction of the points that is left after so many days."""
    if late.days is not None and days > late.days:
        return 0.0
    return max(0.0, 1.0 - days * late.percent / 100)


def standing(
    course: Course, day: Day, student: str, attempts: Sequence[Attempt], marks: Mapping[str, float],
    extension: datetime | None,
) -> Standing:  # fmt: skip
    """What counts for one student and day. `marks`: points that a person gave, by task; "" is the whole day."""
    late, due = day.late or course.late, _due(day, extension)
    weighed = [(attempt, *_weigh(attempt, marks, late, due)) for attempt in attempts]
    counted, days, before, points = _choose(course.counts, weighed) or (None, 0, _by_hand(marks), _by_hand(marks))
    decided = "" in marks
    return Standing(
        student, day.id, marks[""] if decided else points, before, sum(task.points for task in day.tasks), days,
        len(attempts), counted, due, decided,
    )  # fmt: skip


def _due(day: Day, extension: datetime | None) -> datetime | None:
    due = day.due.astimezone() if day.due else None
    return max(due, extension) if due and extension else due


def _weigh(
    attempt: Attempt, marks: Mapping[str, float], late: Late, due: datetime | None
) -> tuple[int, float | None, float | None]:
    """Days late, points before lateness and after it."""
    days = late_days(attempt.received_at, due, late.grace)
    if attempt.points is None:
        return days, None, None
    machine = {task.task: task.points for task in attempt.tasks}
    before = sum({**machine, **{task: points for task, points in marks.items() if task}}.values())
    return days, round(before, 6), round(before * kept(late, days), 6)


def _by_hand(marks: Mapping[str, float]) -> float | None:
    given = [points for task, points in marks.items() if task]
    return sum(given) if given else None


Weighed = tuple[Attempt, int, float | None, float | None]


def _choose(rule: Rule, weighed: Sequence[Weighed]) -> Weighed | None:
    """The attempt that counts; one without a score only where none has one."""
    ordered = sorted(weighed, key=lambda entry: (entry[0].received_at, entry[0].submission))
    scored = [entry for entry in ordered if entry[3] is not None] or ordered
    in_time = [entry for entry in scored if entry[1] == 0]
    if not scored:
        return None
    if rule == "best":
        return max(scored, key=lambda entry: (entry[3] or 0.0, -entry[1]))
    return (in_time if rule == "last" and in_time else scored)[-1]
