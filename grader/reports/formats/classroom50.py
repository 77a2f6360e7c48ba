"""Classroom 50's ./result.json (`classroom50/result/v1`).

Whose it is comes from the runner's environment. Scores are whole numbers: where a day's tasks have fractions, one score
is a hundredth of a point. The release that it ends in is both the student's and the gradebook's, so the points of
withheld tasks are in it, and nothing else of them is. There is no way to say "no score" but to write none.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import Any

from grader.model.errors import CourseError, GraderFault
from grader.model.record import Record, TaskResult
from grader.model.verdict import Verdict
from grader.reports.words import NO_SCORE, lines

IDENTITY = {"classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "submission": "SUBMISSION_TAG",
            "commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL"}  # fmt: skip
OPTIONAL = {"assignment_type": "ASSIGNMENT_TYPE", "owner": "OWNER"}


def render(record: Record) -> str:
    """One submission's result, as JSON. Raises `GraderFault` without a score, `CourseError` outside a runner."""
    if record.points is None:
        raise GraderFault(f"{NO_SCORE} No result.json is written, so that the runner reports an error")
    unit = 1 if all(float(task.max_points).is_integer() for task in record.tasks) else 100
    tests = [_test(task, unit, record.file) for task in record.tasks]
    if record.submission.notes:
        tests[0]["notes"] = list(record.submission.notes)
    result = {
        "schema": "classroom50/result/v1",
        **_identity(),
        "datetime": _utc(record.graded_at),
        "graded_at": _utc(record.graded_at),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(result, indent=2, allow_nan=False) + "\n"


def _identity() -> dict[str, str]:
    values = {**os.environ, "REVIEW_URL": os.environ.get("REVIEW_URL") or os.environ.get("COMMIT_URL", "")}
    missing = [name for name in IDENTITY.values() if not values.get(name)]
    if missing:
        raise CourseError(f"classroom50 needs {', '.join(missing)} in the environment, as its runner sets them")
    return {key: values[name] for key, name in (IDENTITY | OPTIONAL).items() if values.get(name)}


def _utc(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _test(task: TaskResult, unit: int, file: str) -> dict[str, Any]:
    told = {"message": "\n".join(lines(task, file)), "mistake": task.mistake, "output": task.output}
    return {
        "test-name": task.id,
        "passed": task.verdict is Verdict.PASSED,
        "score": round(task.points * unit),
        "max-score": round(task.max_points * unit),
        "verdict": task.verdict.value,
        **({key: text for key, text in told.items() if text} if task.visibility == "visible" else {}),
    }
