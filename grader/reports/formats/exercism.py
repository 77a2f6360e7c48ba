"""Exercism's results.json, version 3: a test a visible task, in the order of the day."""

from __future__ import annotations

import json
from typing import Any

from grader.model.record import Record, TaskResult
from grader.model.text import bounded
from grader.model.verdict import Verdict
from grader.reports.words import NO_SCORE, lines, standing, visible

OUTPUT = 500
MESSAGE = 16_000  # characters: at four bytes each still under the 65,535 that are allowed
CUT = "\nOutput was truncated. Please limit to 500 chars"
# the student's code ran and what came back was wrong; anything else that is not a pass is an error
WRONG = {Verdict.FAILED, Verdict.FORBIDDEN, Verdict.NOT_IMPLEMENTED, Verdict.BLOCKED}


def render(record: Record) -> str:
    """One submission's results, as JSON; `error` where nothing could be run."""
    tests = [_test(task, place, record) for place, task in enumerate(record.tasks, 1) if task in visible(record)]
    if record.points is None or record.refused:
        told = [NO_SCORE] if record.points is None else [*record.submission.notes]
        results: dict[str, Any] = {"version": 3, "status": "error", "message": bounded("\n".join(told), MESSAGE)}
    elif tests and all(test["status"] == "error" for test in tests):
        told = [standing(record), tests[0]["message"]]
        results = {"version": 3, "status": "error", "message": bounded("\n".join(told), MESSAGE), "tests": tests}
    else:
        passed = all(test["status"] == "pass" for test in tests)
        results = {"version": 3, "status": "pass" if passed else "fail", "message": None, "tests": tests}
    return json.dumps(results, indent=1, allow_nan=False) + "\n"


def _test(task: TaskResult, place: int, record: Record) -> dict[str, Any]:
    passed = task.verdict is Verdict.PASSED
    output = task.output if len(task.output) <= OUTPUT else task.output[: OUTPUT - len(CUT)] + CUT
    return {
        "name": task.title or task.id,
        "status": "pass" if passed else "fail" if task.verdict in WRONG else "error",
        "message": None if passed else bounded("\n".join(lines(task, record.file)), MESSAGE),
        "output": output or None,
        "test_code": f"pytest {record.day} -k {task.id}",
        "task_id": place,
    }
