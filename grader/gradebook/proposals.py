"""Re-grades: entered as proposed first, compared, and then entered again to count. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select

from grader.model.record import Record

from .entry import Basis, Entry, Person, enter
from .store import Gradebook
from .tables import Grading, Student, Submitted


@dataclass(frozen=True)
class Stale:
    """A submission whose counted grading was made on another basis."""

    submission: int
    grading: int


@dataclass(frozen=True)
class Change:
    """The counted record of one submission, and the proposed one."""

    before: Record
    after: Record
    entry: Entry

    @property
    def changed_tasks(self) -> list[str]:
        """Tasks whose verdict or points differ."""
        was, now = self.before.verdicts(), self.after.verdicts()
        return [task for task in {**was, **now} if was.get(task) != now.get(task)]


def stale(book: Gradebook, day: str, basis: Basis) -> list[Stale]:
    """Submissions of a day with a score, but with none, counted or proposed, on this basis."""
    with book.session() as session:
        there = _on(basis).where(Grading.points.is_not(None))
        rows = session.execute(
            select(Submitted.id, func.max(Grading.id))
            .join(Grading, Grading.submission_id == Submitted.id)
            .where(Submitted.day == day, Grading.points.is_not(None), Grading.proposed.is_(False))
            .where(Submitted.id.not_in(there), ~Submitted.digest.startswith("unread:"))
            .group_by(Submitted.id)
            .order_by(Submitted.id)
        )
        return [Stale(submission, grading) for submission, grading in rows]


def propose(book: Gradebook, of: Stale, policy: str, record: Record) -> None:
    """Enters a re-grade that does not count yet."""
    with book.writing() as session:
        owner, submitted = session.execute(
            select(Student, Submitted).join(Submitted).where(Submitted.id == of.submission)
        ).one()
        entry = Entry(Person(owner.key), submitted.received_at, submitted.source, policy, record)
        enter(session, [entry], proposed=True)


def changes(book: Gradebook, day: str, basis: Basis) -> Iterator[Change]:
    """Each submission that has a proposed grading on this basis and a counted one on another, by student."""
    with book.session() as session:
        proposed = _on(basis).where(Grading.proposed.is_(True), Grading.points.is_not(None))
        counted = _on(basis).where(Grading.proposed.is_(False), Grading.points.is_not(None))
        numbers = session.scalars(
            select(Submitted.id)
            .join(Student, Student.id == Submitted.student_id)
            .where(Submitted.day == day, Submitted.id.in_(proposed), Submitted.id.not_in(counted))
            .order_by(Student.key, Submitted.id)
        ).all()
    for number in numbers:
        yield _change(book, number, basis)


def apply(book: Gradebook, found: Change) -> None:
    """Lets a proposed grading count from now on."""
    with book.writing() as session:
        enter(session, [found.entry])


def _on(basis: Basis) -> Select[int]:
    return select(Grading.submission_id).where(Grading.suite == basis.suite, Grading.policy == basis.policy)


def _change(book: Gradebook, submission: int, basis: Basis) -> Change:
    with book.session() as session:
        owner, submitted = session.execute(
            select(Student, Submitted).join(Submitted).where(Submitted.id == submission)
        ).one()
        mine = select(Grading).where(Grading.submission_id == submission, Grading.points.is_not(None))
        latest = mine.order_by(Grading.id.desc()).limit(1)
        counted = session.scalars(latest.where(Grading.proposed.is_(False))).one()
        proposed = session.scalars(
            latest.where(Grading.proposed, Grading.suite == basis.suite, Grading.policy == basis.policy)
        ).one()
    before, after = Record.model_validate_json(counted.record), Record.model_validate_json(proposed.record)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    applied = after.model_copy(update={"graded_at": now})
    entry = Entry(Person(owner.key), submitted.received_at, submitted.source, basis.policy, applied)
    return Change(before, after, entry)
