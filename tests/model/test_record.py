"""Records of before still load, and what is not a record does not."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from grader.model.record import Record

# as the first version wrote it
OLD = {
    "schema": "descent/record/v1", "course": "mini", "day": "day01", "graded_at": "2026-11-20T10:00:00+00:00",
    "submission": {"student": "ada", "digest": "a1", "module": "lab.py", "kind": "module", "cells": ["x = 1\n"], "notes": []},
    "suite": {"digest": "d", "grader": "0.1.0"}, "seed": "5", "device": "cpu", "isolation": "full", "layers": [],
    "versions": {"python": "3.11"}, "points": 2.0, "max_points": 2.0, "manual": [], "usage": {},
    "tasks": [{
        "id": "double", "title": "", "symbols": ["double"], "verdict": "passed", "points": 2.0, "max_points": 2.0,
        "message": "", "mistake": None, "advice": "", "expected": "", "seen": "", "hint": "", "visibility": "visible",
        "trace": [], "output": "", "seconds": 0.1, "checks": [],
    }],
}  # fmt: skip


def test_a_record_of_the_first_version_loads_and_shows_no_picture() -> None:
    record = Record.model_validate_json(json.dumps(OLD))
    assert record.tasks[0].pictures == ()
    assert Record.model_validate_json(record.to_json()) == record


@pytest.mark.parametrize("change", [{"schema": "descent/record/v2"}, {"surprise": 1}, {"isolation": "some"}])
def test_what_is_not_a_record_of_this_version_does_not_load(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate({**OLD, **change})
