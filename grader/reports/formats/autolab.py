"""Autolab: what the student reads, and on the last line of standard output the scores, a problem a task.

Where there is no score the last line is a sentence: Autolab then reports a failed autograder and leaves scores alone.
"""

from __future__ import annotations

import json

from grader.model.record import Record
from grader.reports.words import NO_SCORE

from .terminal import render as terminal


def render(record: Record) -> str:
    """Text whose last line is `{"scores": {"task": points}}`; problems in Autolab have the tasks' ids."""
    scores = {task.id: task.points for task in record.tasks}
    last = NO_SCORE if record.points is None else json.dumps({"scores": scores}, allow_nan=False)
    # a row of theirs can never be the last one, and none before it may be taken for it
    rows = [f" {row}" if row.startswith("{") else row for row in terminal(record).splitlines()]
    return "\n".join([*rows, last]) + "\n"
