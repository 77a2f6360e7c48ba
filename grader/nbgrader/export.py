"""`nbgrader export`: every student's final scores as CSV, written by the csv module."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import traitlets
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from grader.model.errors import CourseError
from grader.model.writing import write
from grader.reports.sheets import Grade, Kind, fill, harmless

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score", "needs_manual_grade",
)  # fmt: skip


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


class Sheet(ExportPlugin):
    """One assignment's scores in a sheet that was downloaded from the LMS: its rows and columns, one column filled.

    A student is found by `lms_user_id`, else by id, email or name. Whoever handed in nothing is left alone.
    """

    kind: Kind
    sheet = traitlets.Unicode("", help="the sheet as it was downloaded").tag(config=True)
    column = traitlets.Unicode("", help="the exact header of the column to fill, where it is not clear").tag(
        config=True
    )
    scale = traitlets.Bool(False, help="scale points to the sheet's maximum where it is another").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        try:
            self._export(gradebook)
        except (CourseError, OSError) as error:
            self.log.error("%s", error)
            raise SystemExit(1) from None

    def _export(self, gradebook: Gradebook) -> None:
        if not self.sheet or len(self.assignment) != 1:
            name = type(self).__name__
            raise CourseError(f"name the downloaded sheet and one day: --{name}.sheet=FILE "
                              "--assignment \"['day10']\"")  # fmt: skip
        grades = [_grade(row) for row in rows(gradebook, self.assignment, self.student) if row["timestamp"] != ""]
        data = Path(self.sheet).read_bytes()
        filled = fill(data, grades, self.kind, str(self.assignment[0]), self.column or None, self.scale)
        path = Path(self.to or f"{self.assignment[0]}.csv")
        write(path, filled.text)
        for note in filled.notes:
            self.log.warning("%s", note)
        self.log.info("Wrote %s: %d scores", path, filled.filled)


class Canvas(Sheet):
    """A gradebook of Canvas, exported as CSV."""

    kind: Kind = "canvas"


class Moodle(Sheet):
    """An offline grading worksheet of Moodle."""

    kind: Kind = "moodle"


def _grade(row: dict[str, Any]) -> Grade:
    name = " ".join(filter(None, (row["first_name"], row["last_name"])))
    keys = tuple(key for key in (row["lms_user_id"], row["student_id"], row["email"], name) if key)
    return Grade(keys[0], row["score"], row["max_score"], keys[1:])


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
