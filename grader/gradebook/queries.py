"""What reports ask a gradebook: a term's points, a day's records, the history of one student. No tables needed.

    with Gradebook.of(course) as book:
        term = read_term(book, course)
        term.standings["ada", "day10"].points
        for record in counted_records(book, course, course.day("day10")): ...

A grading counts if it is the latest of its submission that has a score and was not only proposed by a re-grade.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from grader.model.course import Course, Day
from grader.model.record import Record

from .entry import CHUNK, Person
from .standing import Attempt, Standing, TaskPoints, standing
from .store import Gradebook
from .tables import Extension, Grading, Mark, Result, Student, Submitted


@dataclass(frozen=True)
class StudentInfo:
    """Who a student is. `key` names them everywhere else."""

    key: str
    name: str
    email: str
    on_roster: bool
    ids: dict[str, str]


@dataclass(frozen=True)
class Slip:
    """A named mistake, and how many students' counted submissions show it."""

    day: str
    task: str
    mistake: str
    students: int


@dataclass(frozen=True)
class Decision:
    """What a person decided: points for a task ("" is the whole day), or a later due moment. None takes it back."""

    kind: Literal["mark", "extension"]
    student: str
    day: str
    task: str
    points: float | None
    until: datetime | None
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Try:
    """One grading in a student's history, the newest last."""

    grading: int
    digest: str
    received_at: datetime
    source: str
    graded_at: datetime
    suite: str
    policy: str
    points: float | None
    max_points: float
    isolation: str
    proposed: bool


@dataclass(frozen=True)
class Term:
    """Students × days.

    `standings` has an entry for every student and day. `weak` are those whose counted grading had less than full
    isolation; `unscored` those whose submissions the grader could not score; `off_roster` the students that no roster
    names; `slips` the named mistakes, the most frequent first.
    """

    students: tuple[StudentInfo, ...]
    days: tuple[Day, ...]
    standings: dict[tuple[str, str], Standing]
    slips: tuple[Slip, ...]

    @property
    def weak(self) -> tuple[Standing, ...]:
        return tuple(s for s in self.standings.values() if s.counted and s.counted.isolation not in ("", "full"))

    @property
    def unscored(self) -> tuple[Standing, ...]:
        return tuple(s for s in self.standings.values() if s.counted and s.counted.points is None)

    @property
    def off_roster(self) -> tuple[StudentInfo, ...]:
        return tuple(student for student in self.students if not student.on_roster)


def read_term(book: Gradebook, course: Course, days: Sequence[Day] = (), student: str | None = None) -> Term:
    """Everyone's points on these days (all days if none is named); of one student alone where `student` names one."""
    chosen = tuple(days or course.days)
    ids = [day.id for day in chosen]
    with book.session() as session:
        people = list(session.scalars(_students(student).order_by(Student.key)))
        attempts = _attempts(session, ids, student)
        marks = _marks(session, ids, student)
        extensions = _extensions(session, ids, student)
    standings = {
        (each.key, day.id): standing(
            course, day, each.key, attempts.get((each.id, day.id), []), marks.get((each.id, day.id), {}),
            extensions.get((each.id, day.id)),
        )
        for each in people
        for day in chosen
    }  # fmt: skip
    infos = tuple(StudentInfo(s.key, s.name, s.email, s.on_roster, dict(s.ids)) for s in people)
    return Term(infos, chosen, standings, _slips(standings.values()))


def counted_records(book: Gradebook, course: Course, day: Day) -> Iterator[Record]:
    """The record of each student's counted submission of a day, by student."""
    term = read_term(book, course, [day])
    wanted = [s.counted.grading for s in term.standings.values() if s.counted and s.counted.grading is not None]
    for start in range(0, len(wanted), CHUNK):
        with book.session() as session:
            rows = session.execute(
                select(Grading.id, Grading.record).where(Grading.id.in_(wanted[start : start + CHUNK]))
            )
            found = {row.id: row.record for row in rows}
        yield from (Record.model_validate_json(found[number]) for number in wanted[start : start + CHUNK])


def record_of(book: Gradebook, grading: int) -> Record:
    """The record of one grading by its number, as `history` gives it. Raises `KeyError`."""
    with book.session() as session:
        text = session.scalar(select(Grading.record).where(Grading.id == grading))
    if text is None:
        raise KeyError(f"the gradebook has no grading {grading}")
    return Record.model_validate_json(text)


def roster(book: Gradebook) -> list[Person]:
    """The students that a roster named."""
    with book.session() as session:
        found = session.scalars(select(Student).where(Student.on_roster.is_(True)).order_by(Student.key))
        return [Person(s.key, s.name, s.email, dict(s.ids), on_roster=True) for s in found]


def history(book: Gradebook, student: str, day: str) -> list[Try]:
    """Every grading of one student's submissions of a day, in the order in which they were made."""
    with book.session() as session:
        rows = session.execute(
            select(Submitted, Grading)
            .join(Grading, Grading.submission_id == Submitted.id)
            .join(Student, Student.id == Submitted.student_id)
            .where(Student.key == student, Submitted.day == day)
            .order_by(Grading.id)
        )
        return [
            Try(
                grading.id, submitted.digest, submitted.received_at, submitted.source, grading.graded_at,
                grading.suite, grading.policy, grading.points, grading.max_points, grading.isolation, grading.proposed,
            )
            for submitted, grading in rows
        ]  # fmt: skip


def decisions(book: Gradebook, day: str | None = None) -> list[Decision]:
    """Every mark, override and extension that was ever entered, with who and when, the newest last."""
    with book.session() as session:
        marks = select(Student.key, Mark).join(Mark, Mark.student_id == Student.id)
        until = select(Student.key, Extension).join(Extension, Extension.student_id == Student.id)
        if day is not None:
            marks, until = marks.where(Mark.day == day), until.where(Extension.day == day)
        found = [
            Decision("mark", k, m.day, m.task, m.points, None, m.reason, m.who, m.at) for k, m in session.execute(marks)
        ]
        found += [
            Decision("extension", k, e.day, "", None, e.until, e.reason, e.who, e.at) for k, e in session.execute(until)
        ]
    return sorted(found, key=lambda decision: decision.at)


def attempts(book: Gradebook, day: Day) -> dict[str, tuple[Attempt, ...]]:
    """Every submission of a day with the grading of it that counts, by student, in the order in which they came."""
    with book.session() as session:
        found = _attempts(session, [day.id], None)
        keys = {student.id: student.key for student in session.scalars(select(Student))}
    return {keys[owner]: tuple(made) for (owner, _), made in found.items()}


def _students(student: str | None) -> Select[Any]:
    query = select(Student)
    return query if student is None else query.where(Student.key == student)


Place = tuple[int, str]
"""A student's row and a day."""


def _counted_gradings() -> Select[Any]:
    """Of each submission, the latest grading with a score, else the latest without."""
    best = func.max(Grading.id).filter(Grading.points.is_not(None))
    return (
        select(func.coalesce(best, func.max(Grading.id)))
        .where(Grading.proposed.is_(False))
        .group_by(Grading.submission_id)
    )


def _attempts(session: Session, days: list[str], student: str | None) -> dict[Place, list[Attempt]]:
    submitted = (
        select(
            Submitted.id, Submitted.student_id, Submitted.day, Submitted.digest, Submitted.received_at, Grading.id,
            Grading.points, Grading.isolation,
        )
        .outerjoin(Grading, (Grading.submission_id == Submitted.id) & Grading.id.in_(_counted_gradings()))
        .join(Student, Student.id == Submitted.student_id)
        .where(Submitted.day.in_(days))
        .order_by(Submitted.received_at, Submitted.id)
    )  # fmt: skip
    if student is not None:
        submitted = submitted.where(Student.key == student)
    rows = session.execute(submitted).all()
    tasks = _results(session, days, student)
    found: dict[Place, list[Attempt]] = defaultdict(list)
    for number, owner, day, digest, received, grading, points, isolation in rows:
        mine = tuple(tasks.get(grading, ()))
        found[owner, day].append(Attempt(number, digest, received, grading, points, isolation or "", mine))
    return found


def _results(session: Session, days: list[str], student: str | None) -> dict[int, list[TaskPoints]]:
    query = (
        select(Result.grading_id, Result.task, Result.verdict, Result.points, Result.max_points, Result.mistake)
        .join(Grading, Grading.id == Result.grading_id)
        .join(Submitted, Submitted.id == Grading.submission_id)
        .where(Submitted.day.in_(days), Grading.id.in_(_counted_gradings()))
    )
    if student is not None:
        query = query.join(Student, Student.id == Submitted.student_id).where(Student.key == student)
    found: dict[int, list[TaskPoints]] = defaultdict(list)
    for grading, task, verdict, points, max_points, mistake in session.execute(query):
        found[grading].append(TaskPoints(task, verdict, points, max_points, mistake))
    return found


def _marks(session: Session, days: list[str], student: str | None) -> dict[Place, dict[str, float]]:
    query = select(Mark).join(Student, Student.id == Mark.student_id).where(Mark.day.in_(days)).order_by(Mark.id)
    if student is not None:
        query = query.where(Student.key == student)
    found: dict[Place, dict[str, float]] = defaultdict(dict)
    for mark in session.scalars(query):
        mine = found[mark.student_id, mark.day]
        mine.pop(mark.task, None)
        if mark.points is not None:
            mine[mark.task] = mark.points
    return found


def _extensions(session: Session, days: list[str], student: str | None) -> dict[Place, datetime | None]:
    query = select(Extension).join(Student, Student.id == Extension.student_id).where(Extension.day.in_(days))
    if student is not None:
        query = query.where(Student.key == student)
    rows = session.scalars(query.order_by(Extension.id))
    return {(row.student_id, row.day): row.until for row in rows}


def _slips(standings: Iterable[Standing]) -> tuple[Slip, ...]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in standings:
        for task in each.counted.tasks if each.counted else ():
            if task.mistake:
                counts[each.day, task.task, task.mistake] += 1
    return tuple(Slip(*key, students) for key, students in counts.most_common())
