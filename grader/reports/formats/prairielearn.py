"""PrairieLearn's /grade/results/results.json, at most 1 MB.

What cannot be read and a fault of the grader are `gradable: false`, which costs the student no attempt. PrairieLearn
shows the score at once and has no way to hold a part of it back: it counts withheld tasks, whose tests are left out.
"""

from __future__ import annotations

import json
from typing import Any

from grader.model.record import Record, TaskResult
from grader.model.text import bounded
from grader.reports.words import NO_SCORE, lines, standing, visible

LIMIT = 1_000_000
MESSAGE = 4_000


def render(record: Record) -> str:
    """One submission's results, as JSON; what the student printed is cut until it fits."""
    for output in (4_000, 400, 0):
        text = json.dumps(_results(record, output), allow_nan=False) + "\n"
        if len(text) <= LIMIT:  # ASCII: as many bytes as characters
            return text
    return json.dumps({**_results(record, 0), "tests": []}, allow_nan=False) + "\n"


def _results(record: Record, output: int) -> dict[str, Any]:
    if record.points is None:
        return {"gradable": False, "message": NO_SCORE, "format_errors": [NO_SCORE]}
    notes = [bounded(note, MESSAGE) for note in record.submission.notes[:20]]
    if record.refused:
        return {"gradable": False, "message": standing(record), "format_errors": notes}
    return {
        "gradable": True,
        "score": min(1.0, record.points / record.max_points) if record.max_points else 1.0,
        "message": "\n".join([standing(record), *notes]),
        "tests": [_test(task, record.file, output) for task in visible(record)],
    }


def _test(task: TaskResult, file: str, output: int) -> dict[str, Any]:
    return {
        "name": task.title or task.id,
        "description": f"{task.id}: {task.verdict.words}",
        "points": task.points,
        "max_points": task.max_points,
        "message": bounded("\n".join(lines(task, file)), MESSAGE),
        "output": bounded(task.output, output) if output else "",
    }
