"""The record itself: whole, with the source, the seed and what is withheld. For the instructor's side alone."""

from __future__ import annotations

from grader.model.record import Record


def render(record: Record) -> str:
    """The versioned JSON of `docs/record.schema.json`."""
    return record.to_json()
