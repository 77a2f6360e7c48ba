"""`nbgrader export`: every student's final scores as CSV, written by the csv module."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score", "needs_manual_grade",
)  # fmt: skip


_FORMULA = re.compile(r"^\s*[=+\-@\t]")


def harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


class Scores(ExportPlugin):
    """nbgrader's own columns, and whether somebody has still to read an answer.

    A name may hold commas, quotes and line breaks; one that a spreadsheet would take for a formula gets an apostrophe.
    """

    def export(self, gradebook: Gradebook) -> None:
        path = Path(self.to or "grades.csv")
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for row in rows(gradebook, self.assignment, self.student):
                writer.writerow([harmless("" if row[name] is None else str(row[name])) for name in COLUMNS])
        self.log.info("Wrote %s", path)


def rows(gradebook: Any, assignments: Any = (), students: Any = ()) -> Iterator[dict[str, Any]]:
    """A row for each assignment and student: what was scored, less the penalty, never below 0."""
    wanted, whom = set(map(str, assignments)), set(map(str, students))
    for assignment in gradebook.assignments:
        for student in gradebook.students:
            if (not wanted or assignment.name in wanted) and (not whom or student.id in whom):
                yield {**_who(assignment, student), **_score(gradebook, assignment, student)}


def _who(assignment: Any, student: Any) -> dict[str, Any]:
    return {
        "assignment": assignment.name, "duedate": assignment.duedate, "max_score": assignment.max_score,
        "student_id": student.id, "last_name": student.last_name, "first_name": student.first_name,
        "email": student.email, "lms_user_id": student.lms_user_id,
    }  # fmt: skip


def _score(gradebook: Any, assignment: Any, student: Any) -> dict[str, Any]:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:  # as in nbgrader: who handed in nothing has 0
        return {"timestamp": "", "raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0,
                "needs_manual_grade": False}  # fmt: skip
    penalty = submission.late_submission_penalty
    return {
        "timestamp": submission.timestamp, "raw_score": submission.score, "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty), "needs_manual_grade": submission.needs_manual_grade,
    }  # fmt: skip
