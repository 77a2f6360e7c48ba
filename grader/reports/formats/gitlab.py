"""GitLab's code-quality report: an issue for each visible task that was started and not passed.

It goes beside the JUnit report, which has the points. A fault of the grader is an issue of severity `blocker`.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from grader.model.record import Record, TaskResult
from grader.model.text import bounded
from grader.model.verdict import Verdict
from grader.reports.words import NO_SCORE, hidden, lines, path

DESCRIPTION = 1_000
QUIET = {Verdict.PASSED, Verdict.NOT_IMPLEMENTED}
SEVERITY = {Verdict.BLOCKED: "info", Verdict.FORBIDDEN: "critical", Verdict.GRADER_ERROR: "blocker"}


def render(record: Record) -> str:
    """The report: a JSON array."""
    issues = [_issue(record, task) for task in record.tasks if not hidden(task) and task.verdict not in QUIET]
    if record.points is None:
        issues.insert(0, _entry(record, "grader", NO_SCORE, "blocker", 1))
    issues += [_entry(record, f"note-{i}", note, "info", 1) for i, note in enumerate(record.submission.notes, 1)]
    return json.dumps(issues, indent=1, allow_nan=False) + "\n"


def _issue(record: Record, task: TaskResult) -> dict[str, Any]:
    told = f"{task.id}, {task.verdict.words}: " + " ".join(lines(task, record.file))
    line = task.trace[-1].line if task.trace and record.submission.kind == "module" else 1
    return _entry(record, task.id, told, SEVERITY.get(task.verdict, "major"), max(line, 1))


def _entry(record: Record, name: str, told: str, severity: str, line: int) -> dict[str, Any]:
    # what an issue is about, not its numbers: the same slip keeps its fingerprint from push to push
    about = f"{record.day}\0{record.file}\0{name}"
    return {
        "description": bounded(told, DESCRIPTION),
        "check_name": f"{record.day}.{name}",
        "fingerprint": hashlib.sha256(about.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path(record), "lines": {"begin": line}},
    }
