"""What is entered into a gradebook: students, submissions, gradings, marks, extensions. Nothing is ever overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.model.errors import GradebookError
from grader.model.record import Record

from .tables import Extension, Grading, Mark, Result, Student, Submitted

CHUNK = 500
"""Values in one query: SQLite takes no more than some thousand."""


@dataclass(frozen=True)
class Person:
    """A student as the roster has them, or, off the roster, by the name that their submission came under."""

    key: str
    name: str = ""
    email: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    on_roster: bool = False


@dataclass(frozen=True)
class Basis:
    """What a grading depends on besides the submission: it is made once for each."""

    suite: str
    policy: str


@dataclass(frozen=True)
class Entry:
    """One grading on its way into the gradebook."""

    person: Person
    received_at: datetime
    source: str
    policy: str
    record: Record


def enrol(session: Session, people: Iterable[Person]) -> dict[str, Student]:
    """Adds these students, or brings what the roster says of them up to date; each by their key."""
    people = list(people)
    known: dict[str, Student] = {}
    for start in range(0, len(people), CHUNK):
        keys = [person.key for person in people[start : start + CHUNK]]
        known |= {student.key: student for student in session.scalars(select(Student).where(Student.key.in_(keys)))}
    for person in people:
        student = known.get(person.key)
        if student is None:
            student = known[person.key] = Student(key=person.key, name="", email="", ids={}, on_roster=False)
            session.add(student)
        if person.on_roster:
            student.name, student.email, student.ids, student.on_roster = person.name, person.email, person.ids, True
    session.flush()
    return known


def find_student(session: Session, key: str) -> Student:
    """The student of this id. Raises `GradebookError`."""
    student = session.scalar(select(Student).where(Student.key == key))
    if student is None:
        raise GradebookError(f"no student {key!r} in the gradebook; `grader gradebook import` reads a roster")
    return student


def digest_of(digest: str, notes: Iterable[str]) -> str:
    """The submission's digest; for one that could not be read, a digest of why."""
    return digest or "unread:" + hashlib.sha256("\n".join(notes).encode()).hexdigest()


def submit(session: Session, student: Student, day: str, digest: str, received: datetime, source: str) -> Submitted:
    """The row of this submission. The same content again is a new one only if something else came in between."""
    mine = select(Submitted).where(Submitted.student_id == student.id, Submitted.day == day)
    before = session.scalars(mine.order_by(Submitted.received_at.desc(), Submitted.id.desc())).all()
    alike = [each for each in before if each.digest == digest]
    same = next((each for each in alike if each.received_at == received.astimezone(UTC)), None)
    found = same or (alike[0] if alike and alike[0] is before[0] else None)
    if found is None:
        found = Submitted(student_id=student.id, day=day, digest=digest, received_at=received, source=source)
        session.add(found)
        session.flush()
    return found


def enter(
    session: Session, entries: Sequence[Entry], *, again: bool = False, proposed: bool = False
) -> list[int | None]:
    """Enters gradings; for each its number, or None where it is there. `again` enters what is there as another round.

    A grading without a score never keeps one with a score from being made: it does not count as already there.
    """
    students = enrol(session, {entry.person.key: entry.person for entry in entries}.values())
    return [_enter(session, entry, students[entry.person.key], again, proposed) for entry in entries]


def _enter(session: Session, entry: Entry, student: Student, again: bool, proposed: bool) -> int | None:
    record = entry.record
    digest = digest_of(record.submission.digest, record.submission.notes)
    submitted = submit(session, student, record.day, digest, entry.received_at, entry.source)
    key = (
        Grading.submission_id == submitted.id, Grading.suite == record.suite.digest, Grading.policy == entry.policy,
        Grading.proposed == proposed,
    )  # fmt: skip
    scored, rounds = session.execute(select(func.count(Grading.points), func.count()).where(*key)).one()
    if scored and not again:
        return None
    grading = Grading(
        submission_id=submitted.id, suite=record.suite.digest, policy=entry.policy, round=rounds, proposed=proposed,
        graded_at=datetime.fromisoformat(record.graded_at), points=record.points, max_points=record.max_points,
        isolation=record.isolation, record=record.model_dump_json(by_alias=True),
    )  # fmt: skip
    session.add(grading)
    session.flush()
    session.add_all(
        Result(
            grading_id=grading.id, task=task.id, verdict=task.verdict.value, points=task.points,
            max_points=task.max_points, mistake=task.mistake,
        )
        for task in record.tasks
    )  # fmt: skip
    return grading.id


def mark(
    session: Session, student: str, day: str, task: str, points: float | None, *, who: str, reason: str = ""
) -> None:
    """A person's points for a task ("" for the whole day); None takes earlier ones back."""
    owner = find_student(session, student)
    session.add(
        Mark(student_id=owner.id, day=day, task=task, points=points, reason=reason, who=who, at=datetime.now(UTC))
    )


def extend(
    session: Session, student: str, day: str, until: datetime | None, *, who: str, reason: str = ""
) -> None:  # fmt: skip
    """A later due moment for one student; None takes it back."""
    owner = find_student(session, student)
    session.add(Extension(student_id=owner.id, day=day, until=until, reason=reason, who=who, at=datetime.now(UTC)))
