"""What the instructor's site knows of each student and day: from a gradebook, or from records alone."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from grader.model.course import Course, Day
from grader.model.record import Record
from grader.model.text import clean
from grader.model.verdict import Verdict

if TYPE_CHECKING:
    from grader.gradebook.queries import Decision, Term
    from grader.gradebook.standing import Attempt
    from grader.gradebook.store import Gradebook

Load = Callable[[], Record]
NAME, SENTENCE = 80, 240  # characters that a table has room for


@dataclass(frozen=True)
class Try:
    """One submission of a student's, and the machine's points for it; None where the grader failed."""

    at: datetime
    points: float | None
    max_points: float


@dataclass(frozen=True)
class Seen:
    """One task of the grading that counts."""

    id: str
    verdict: Verdict
    points: float
    max_points: float
    seconds: float
    message: str
    mistake: str
    advice: str


@dataclass(frozen=True)
class Row:
    """One student on one day. Without a grading, `tasks` and `tries` are empty and `points` is None.

    `points` are those that count: with marks of people and lateness where a gradebook knows them. `marks` are what a
    person gave, by task.
    """

    student: str
    name: str
    day: str
    points: float | None
    max_points: float
    tries: tuple[Try, ...] = ()
    tasks: tuple[Seen, ...] = ()
    isolation: str = ""
    missing: tuple[str, ...] = ()
    late_days: int = 0
    faulty: bool = False
    marks: Mapping[str, float] = field(default_factory=dict)

    @property
    def handed_in(self) -> bool:
        return bool(self.tries)

    @property
    def page(self) -> str:
        """The student's page of this day, from the site's root."""
        return f"{self.day}/{file_name(self.student)}"


class Source(Protocol):
    """Where a site comes from."""

    def rows(self, course: Course, day: Day) -> Iterator[tuple[Row, Record | None]]:
        """Each student of a day with the record that counts, one at a time."""


def file_name(student: str) -> str:
    """A file name for a student, whatever they are called: readable, and its own also where case does not count."""
    plain = re.sub(r"[^a-z0-9]+", "-", student.lower()).strip("-")[:40]
    return f"{plain or 'student'}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:10]}.html"


@dataclass
class Records:
    """Records alone: of one student's the latest with a score counts, or the best where the course says so.

    Each is loaded twice and none is kept, so that a term of thousands fits into little memory.
    """

    loads: Sequence[Load]
    _places: dict[str, dict[str, list[tuple[Try, Load]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Records:
        """Of records that are in memory anyway."""
        return cls([_held(record) for record in records])

    def rows(self, course: Course, day: Day) -> Iterator[tuple[Row, Record | None]]:
        students = self._by_day().get(day.id, {})
        for student in sorted(students, key=lambda name: (name.casefold(), name)):
            made = sorted(students[student], key=lambda entry: entry[0].at)
            scored = [entry for entry in made if entry[0].points is not None] or made
            best = max(scored, key=lambda entry: (entry[0].points or 0.0, entry[0].at))
            record = (best if course.counts == "best" else scored[-1])[1]()
            yield row_of(record, student, student, tuple(entry[0] for entry in made)), record

    def _by_day(self) -> dict[str, dict[str, list[tuple[Try, Load]]]]:
        if not self._places:
            found: dict[str, dict[str, list[tuple[Try, Load]]]] = defaultdict(lambda: defaultdict(list))
            for load in self.loads:
                record = load()
                made = Try(_when(record.graded_at), record.points, record.max_points)
                found[record.day][record.submission.student].append((made, load))
            self._places = {day: dict(students) for day, students in found.items()}
        return self._places


class Book:
    """A gradebook: effective points, every attempt, and students who have handed in nothing yet."""

    def __init__(self, book: Gradebook) -> None:
        self.book = book

    def rows(self, course: Course, day: Day) -> Iterator[tuple[Row, Record | None]]:
        from grader.gradebook.queries import attempts, decisions, read_term, record_of

        term: Term = read_term(self.book, course, [day])
        made, marks = attempts(self.book, day), _marks(decisions(self.book, day.id))
        for info in term.students:
            standing = term.standings[info.key, day.id]
            tries = tuple(_try(attempt, day) for attempt in made.get(info.key, ()))
            name = info.name or info.key
            number = standing.counted.grading if standing.counted else None
            if number is None:
                yield Row(info.key, clean(name, NAME), day.id, standing.points, standing.max_points, tries), None
                continue
            record = record_of(self.book, number)
            row = row_of(record, info.key, name, tries)
            yield replace(
                row, points=standing.points, max_points=standing.max_points, late_days=standing.late_days,
                marks=marks.get(info.key, {}),
            ), record  # fmt: skip


def row_of(record: Record, student: str, name: str, tries: tuple[Try, ...]) -> Row:
    """The row of a record that counts."""
    return Row(
        student, clean(name, NAME), record.day, record.points, record.max_points, tries, tuple(_seen(record)),
        record.isolation, tuple(layer.name for layer in record.layers if not layer.on), 0, record.faulty,
    )  # fmt: skip


def _seen(record: Record) -> Iterator[Seen]:
    for task in record.tasks:
        yield Seen(
            task.id, task.verdict, task.points, task.max_points, task.seconds, clean(task.message, SENTENCE),
            task.mistake or "", clean(task.advice, SENTENCE),
        )  # fmt: skip


def _marks(decisions: Iterable[Decision]) -> dict[str, dict[str, float]]:
    """What people gave, by student and task: the latest entry counts, one without points takes earlier ones back."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for each in decisions:
        if each.until is None:
            found[each.student].pop(each.task, None)
            if each.points is not None:
                found[each.student][each.task] = each.points
    return found


def _try(attempt: Attempt, day: Day) -> Try:
    return Try(attempt.received_at, attempt.points, day.points)


def _held(record: Record) -> Load:
    return lambda: record


def _when(iso: str) -> datetime:
    """A record's time stamp; the beginning of time where it is none, since a record may come from anywhere."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
