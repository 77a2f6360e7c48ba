"""Gradescope's /autograder/results/results.json.

Withheld tasks are tests that Gradescope shows after the grades are published. One such test makes it hide a student's
total until then; that is what we want, since the total less the visible points is what is withheld, and `output` says
how the points stand so that nobody loses marks without a word. Everything is of format `text`, which Gradescope
escapes. A fault has no score and no tests: Gradescope then reports a failed autograder, and nobody gets a zero.
"""

from __future__ import annotations

import json
from typing import Any

from grader.model.record import Record, TaskResult
from grader.model.verdict import Verdict
from grader.reports.words import NO_SCORE, hidden, lines, standing


def render(record: Record) -> str:
    """One submission's results, as JSON."""
    return json.dumps(_results(record), indent=1, allow_nan=False) + "\n"


def _results(record: Record) -> dict[str, Any]:
    about = {"day": record.day, "grader": record.suite.grader, "suite": record.suite.digest,
             "submission": record.submission.digest, "isolation": record.isolation, "device": record.device,
             "graded_at": record.graded_at}  # fmt: skip
    if record.points is None:
        return {"output": NO_SCORE, "output_format": "text", "extra_data": {**about, "grader_error": True}}
    return {
        "score": record.points,
        "execution_time": round(record.usage.seconds),
        "output": "\n".join([standing(record), *record.submission.notes]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": about,
        "tests": [_test(task, place, record.file) for place, task in enumerate(record.tasks, 1)],
    }


def _test(task: TaskResult, place: int, file: str) -> dict[str, Any]:
    told = list(lines(task, file))
    if task.output:
        told += ["", "what it printed:", task.output]
    return {
        "name": task.title or task.id,
        "number": str(place),
        "score": task.points,
        "max_score": task.max_points,
        "status": "passed" if task.verdict is Verdict.PASSED else "failed",
        "output": "\n".join(told),
        "tags": [task.id],
        "visibility": "after_published" if hidden(task) else "visible",
        "extra_data": {"verdict": task.verdict.value, "mistake": task.mistake},
    }
