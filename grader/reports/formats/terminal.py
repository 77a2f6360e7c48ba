"""What a student reads in a log."""

from __future__ import annotations

from grader.model.record import Record
from grader.reports.terminal import record_lines


def render(record: Record) -> str:
    """The blocks and the table of a terminal, without colours."""
    return "\n".join(text for text, _ in record_lines(record)) + "\n"
