"""What a gradebook already holds of a day, so that nothing is graded twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .entry import Basis
from .tables import Grading, Student, Submitted


@dataclass(frozen=True)
class Graded:
    """One submission, and its latest grading with a score under the suite and policy in question."""

    digest: str
    received_at: datetime
    grading: int | None
    points: float | None
    max_points: float | None

    @property
    def passed(self) -> bool:
        """Whether it has every point that there is."""
        return self.points is not None and self.points == self.max_points


class Known:
    """A day's submissions by student, as they were when this was read."""

    def __init__(self, session: Session, day: str, basis: Basis) -> None:
        self._mine: dict[str, list[Graded]] = defaultdict(list)
        self._anyones: dict[str, int] = {}
        counted = (
            select(func.max(Grading.id).label("id"), Grading.submission_id.label("submission"))
            .where(Grading.suite == basis.suite, Grading.policy == basis.policy)
            .where(Grading.points.is_not(None), Grading.proposed.is_(False))
            .group_by(Grading.submission_id)
            .subquery()
        )
        rows = session.execute(
            select(Student.key, Submitted.digest, Submitted.received_at, Grading.id, Grading.points, Grading.max_points)
            .join(Submitted, Submitted.student_id == Student.id)
            .outerjoin(counted, counted.c.submission == Submitted.id)
            .outerjoin(Grading, Grading.id == counted.c.id)
            .where(Submitted.day == day)
            .order_by(Submitted.received_at, Submitted.id)
        )
        for key, digest, received, grading, points, most in rows:
            self._mine[key].append(Graded(digest, received, grading, points, most))
            if grading is not None:
                self._anyones[digest] = grading

    def of(self, key: str, digest: str, received: datetime) -> Graded | None:
        """This very submission, if it has a score: the same content from then, or since then nothing else."""
        mine = self._mine.get(key, [])
        same = [each for each in mine if each.digest == digest and each.received_at == received]
        found = same or [each for each in mine[-1:] if each.digest == digest]
        return found[0] if found and found[0].grading is not None else None

    def same_content(self, digest: str) -> int | None:
        """The number of a grading of the same content, whoever's."""
        return self._anyones.get(digest)
