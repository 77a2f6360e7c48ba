"""The tables. Only students' names may change; everything else is added and never altered (triggers hold that)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, Double, ForeignKey, Index, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

APPEND_ONLY = ("submissions", "gradings", "results", "marks", "extensions", "settings")


class Moment(TypeDecorator[datetime]):
    """A moment with its zone, kept as UTC; a naive one is taken as this machine's local time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """The root of all tables."""

    type_annotation_map = {str: Text, float: Double, datetime: Moment, dict[str, str]: JSON}


class Setting(Table):
    """One fact of this gradebook: the secret that seeds are derived from."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Student(Table):
    """One student. `key` is the roster's id, or, off the roster, the name that their submission came under."""

    __tablename__ = "students"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    on_roster: Mapped[bool] = mapped_column(default=False)
    ids: Mapped[dict[str, str]] = mapped_column(default=dict, comment="the ids that other systems know them by")


class Submitted(Table):
    """What a student handed in for a day, by the digest of its content. The content itself is in the record."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("student_id", "day", "digest", "received_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    day: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    received_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(comment="the name of the entry that it came in")


class Grading(Table):
    """One grading of a submission. The counted grading is the latest that has a score and is not only proposed.

    A grading is known by submission, suite, policy and round: the same work is never entered twice, whoever tries.
    """

    __tablename__ = "gradings"
    __table_args__ = (UniqueConstraint("submission_id", "suite", "policy", "round", "proposed"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    suite: Mapped[str] = mapped_column(comment="the suite's digest")
    policy: Mapped[str] = mapped_column(comment="device and isolation that were asked for")
    round: Mapped[int] = mapped_column(comment="0, and one more each time it is graded again")
    proposed: Mapped[bool] = mapped_column(comment="graded to be compared; counts once it is entered again as applied")
    graded_at: Mapped[datetime]
    points: Mapped[float | None] = mapped_column(comment="none: the grader failed")
    max_points: Mapped[float]
    isolation: Mapped[str]
    record: Mapped[str] = mapped_column(comment="the record, as JSON")


class Result(Table):
    """One task of a grading, as in its record: so that a term is summed up without reading records."""

    __tablename__ = "results"
    grading_id: Mapped[int] = mapped_column(ForeignKey("gradings.id"), primary_key=True)
    task: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    points: Mapped[float]
    max_points: Mapped[float]
    mistake: Mapped[str | None]


class Mark(Table):
    """A person's points: for a question (`task` names it), in place of a task's, or of a whole day's (`task` is "").

    The latest of a student, day and task counts; one without points takes the earlier ones back.
    """

    __tablename__ = "marks"
    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    day: Mapped[str] = mapped_column(index=True)
    task: Mapped[str]
    points: Mapped[float | None]
    reason: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]


class Extension(Table):
    """A later due moment for one student and day; the latest entry counts, one without a moment takes it back."""

    __tablename__ = "extensions"
    id: Mapped[int] = mapped_column(primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    day: Mapped[str] = mapped_column(index=True)
    until: Mapped[datetime | None]
    reason: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]


Index("gradings_of_submission", Grading.submission_id)
Index("results_by_mistake", Result.mistake)
