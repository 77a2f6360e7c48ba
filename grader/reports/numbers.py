"""A class and a day in numbers: how many, how far, where it went wrong, who needs a look. Pure functions of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median

from grader.model.course import Day
from grader.model.verdict import Verdict

from .rows import Row, Seen, Try
from .svg import ticks

STUCK_AFTER = 3  # attempts
SLOW = 0.5  # of a task's budget of seconds
FLAGGED = {Verdict.CRASHED, Verdict.FORBIDDEN, Verdict.TIMEOUT, Verdict.OUT_OF_MEMORY}
STEPS = [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=28)]
BARS = 32


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: what it stands for, and how many."""

    label: str
    count: int


@dataclass(frozen=True)
class TaskNumbers:
    """How a class did on one task. `partly` have some of its points, `waiting` have not started or are blocked."""

    id: str
    title: str
    max_points: float
    passed: int
    partly: int
    failed: int
    waiting: int
    faults: int
    mean: float | None

    @property
    def graded(self) -> int:
        return self.passed + self.partly + self.failed + self.waiting


@dataclass(frozen=True)
class Slip:
    """A named mistake, and whose grading that counts shows it."""

    day: str
    task: str
    mistake: str
    advice: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Concern:
    """A student who needs a look, and why."""

    row: Row
    why: str


@dataclass(frozen=True)
class DayNumbers:
    """A class on a day."""

    day: Day
    rows: tuple[Row, ...]
    tasks: tuple[TaskNumbers, ...]
    slips: tuple[Slip, ...]
    concerns: dict[str, tuple[Concern, ...]]

    @property
    def points(self) -> list[float]:
        """The points of everyone who has handed in and has a score."""
        return [row.points for row in self.rows if row.handed_in and row.points is not None]

    @property
    def handed_in(self) -> int:
        return sum(row.handed_in for row in self.rows)

    @property
    def attempts(self) -> int:
        return sum(len(row.tries) for row in self.rows)

    @property
    def max_points(self) -> float:
        return max((row.max_points for row in self.rows), default=self.day.points)

    @property
    def median(self) -> float | None:
        return median(self.points) if self.points else None

    @property
    def mean(self) -> float | None:
        return fmean(self.points) if self.points else None

    @property
    def everything(self) -> int:
        """How many pass every task."""
        return sum(passes_everything(row) for row in self.rows)


def day_numbers(day: Day, rows: Iterable[Row]) -> DayNumbers:
    """The numbers of one day."""
    rows = tuple(rows)
    concerns = {
        "stuck": _concerns(rows, stuck),
        "slow": _concerns(rows, lambda row: slow(day, row)),
        "flagged": _concerns(rows, flagged),
        "isolation": _concerns(rows, weak),
        "faults": _concerns(rows, fault),
    }
    return DayNumbers(day, rows, tuple(_task(day, rows)), tuple(slips(rows)), concerns)


def passes_everything(row: Row) -> bool:
    return bool(row.tasks) and all(task.verdict is Verdict.PASSED for task in row.tasks)


def stuck(row: Row) -> str:
    """Several attempts, of which the last two brought nothing over those before."""
    scores = [made.points or 0.0 for made in row.tries]
    if len(scores) < STUCK_AFTER or passes_everything(row) or max(scores[-2:]) > max(scores[:-2]):
        return ""
    return f"{len(scores)} attempts, no more than {max(scores):g} points since the {_ordinal(_first_best(scores))}"


def slow(day: Day, row: Row) -> str:
    """A task that took half of its budget of seconds or more."""
    budgets = {task.id: task.budget.seconds for task in day.tasks}
    used = [task for task in row.tasks if task.seconds >= SLOW * budgets.get(task.id, float("inf"))]
    return ", ".join(f"{task.id} took {task.seconds:.0f} of {budgets[task.id]:g} s" for task in used)


def flagged(row: Row) -> str:
    """A verdict that asks for a look at the code: crashed, forbidden, out of time or memory."""
    return "; ".join(f"{task.id}: {_sentence(task)}" for task in row.tasks if task.verdict in FLAGGED)


def weak(row: Row) -> str:
    """Graded with less than full isolation."""
    if row.isolation in ("", "full"):
        return ""
    return f"isolation {row.isolation}" + (f", without {', '.join(row.missing)}" if row.missing else "")


def fault(row: Row) -> str:
    """The grader failed."""
    return "; ".join(f"{task.id}: {task.message}" for task in row.tasks if task.verdict is Verdict.GRADER_ERROR)


def slips(rows: Iterable[Row]) -> list[Slip]:
    """The named mistakes of these rows, the most common first."""
    found: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    told: dict[tuple[str, str, str], str] = {}
    for row in rows:
        for task in row.tasks:
            if task.mistake:
                key = (row.day, task.id, task.mistake)
                found[key][row.student] = row
                told.setdefault(key, task.advice)
    ordered = sorted(found, key=lambda key: (-len(found[key]), key))
    return [Slip(*key, told[key], tuple(found[key].values())) for key in ordered]


def distribution(points: Sequence[float], max_points: float) -> list[Bar]:
    """Scores in bins of one round width from 0 to the most; each bin holds its lower edge, the last one both."""
    edges = ticks(0.0, max_points or 1.0, 10)
    counts = [0] * (len(edges) - 1)
    for value in points:
        place = sum(value >= edge for edge in edges[1:-1])
        counts[place] += 1
    return [Bar(f"{low:g}–{high:g}", count) for low, high, count in zip(edges, edges[1:], counts, strict=False)]


def over_time(tries: Iterable[Try]) -> list[Bar]:
    """Attempts in steps of time, from an hour to four weeks, whichever gives no more than some thirty bars."""
    moments = sorted(made.at for made in tries)
    if not moments:
        return []
    step = next((step for step in STEPS if (moments[-1] - moments[0]) / step <= BARS - 2), STEPS[-1])
    start = _floor(moments[0], step)
    counts = Counter((moment - start) // step for moment in moments)
    form = "%d %b %H:%M" if step < timedelta(days=1) else "%d %b"
    last = min(max(counts), 10 * BARS)  # a clock gone wild must not make a chart without end
    return [Bar((start + place * step).strftime(form), counts[place]) for place in range(last + 1)]


def _floor(moment: datetime, step: timedelta) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight) // step * step


def _concerns(rows: Iterable[Row], why: object) -> tuple[Concern, ...]:
    assert callable(why)
    return tuple(Concern(row, reason) for row in rows if (reason := why(row)))


def _task(day: Day, rows: Sequence[Row]) -> Iterable[TaskNumbers]:
    for task in day.graded:
        seen = [mine for row in rows for mine in row.tasks if mine.id == task.id]
        scored = [mine for mine in seen if mine.verdict is not Verdict.GRADER_ERROR]
        kinds = Counter(map(_kind, seen))
        yield TaskNumbers(
            task.id, task.title or task.id, task.points, kinds["passed"], kinds["partly"], kinds["failed"],
            kinds["waiting"], kinds["faults"], fmean(mine.points for mine in scored) if scored else None,
        )  # fmt: skip


def _kind(task: Seen) -> str:
    match task.verdict:
        case Verdict.PASSED:
            return "passed"
        case Verdict.GRADER_ERROR:
            return "faults"
        case Verdict.NOT_IMPLEMENTED | Verdict.BLOCKED:
            return "waiting"
    return "partly" if task.points > 0 else "failed"


def _sentence(task: Seen) -> str:
    return task.message or task.verdict.words


def _first_best(scores: Sequence[float]) -> int:
    return scores.index(max(scores)) + 1


def _ordinal(number: int) -> str:
    special = {1: "first", 2: "second", 3: "third"}
    return special.get(number, f"{number}th")
