"""Records and reports as files, and the exit code that a run of records deserves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from grader.model.errors import CourseError
from grader.model.record import Record
from grader.model.submission import Submission

from .main import EXIT_FAILED, EXIT_GRADER_FAULT


def read_record(path: Path) -> Record:
    """The record in this file. Raises `CourseError` that names it where it is none."""
    try:
        return Record.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CourseError(f"{path}: cannot be read: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise CourseError(f"{path}: not a record of this version: {place}: {first['msg']}") from None


def submission_of(record: Record) -> Submission:
    """The submission as the record holds it."""
    held = record.submission
    return Submission(held.student, held.digest, held.module, held.cells, held.kind, held.notes)


def record_files(path: Path) -> Iterator[Path]:
    """The records that a folder holds, or the one file."""
    if not path.is_dir():
        yield path
        return
    found = sorted(path.glob("*.json"))
    if not found:
        raise CourseError(f"{path}: no records in it; `grader grade --out` writes them, one .json a student")
    yield from found


def exit_code(records: list[Record]) -> int:
    """0: all passed; 1: something did not; 70: the grader failed somewhere."""
    if any(record.faulty for record in records):
        return EXIT_GRADER_FAULT
    return 0 if all(record.passed for record in records) else EXIT_FAILED
