"""Results on their way out: which format goes where, and what that means for the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.model.course import Course, Day
from grader.model.errors import CourseError
from grader.model.record import Record
from grader.model.writing import write
from grader.reports.formats import FORMATS, known, log, render
from grader.reports.sheets import Grade, Kind, fill

from .files import exit_code, read_record, record_files
from .main import EXIT_GRADER_FAULT

STANDARD_OUTPUT = Path("-")


@dataclass(frozen=True)
class Delivery:
    """Formats, each with the file it goes to; None is the format's own place, or standard output."""

    targets: tuple[tuple[str, Path | None], ...]
    reveal: bool = False
    folder: str = ""

    @classmethod
    def of(cls, formats: Sequence[str], files: Sequence[Path], reveal: bool, folder: str = "") -> Delivery:
        """Pairs `--to`s with `--out`s. Raises `CourseError`."""
        for name in formats:
            known(name)
        if files and len(files) != len(formats):
            raise CourseError(f"{len(formats)} --to and {len(files)} --out: give one --out for each --to, in order")
        places: Sequence[Path | None] = files or [None] * len(formats)
        return cls(tuple(zip(formats, places, strict=True)), reveal, folder)

    def send(self, records: Sequence[Record]) -> int:
        """Renders and writes each format; returns the exit code."""
        for name, file in self.targets:
            text = render(name, records, reveal=self.reveal, folder=self.folder)
            sys.stdout.write(log(name, records[0], reveal=self.reveal, folder=self.folder))
            put(name, text, file)
        code = exit_code(list(records))
        lenient = any(known(name).lenient for name, _ in self.targets)
        return 0 if lenient and code != EXIT_GRADER_FAULT else code


def put(name: str, text: str, file: Path | None) -> None:
    """Writes one rendered format where it belongs."""
    place = os.environ.get(known(name).append)
    if file is None and place:
        with Path(place).open("a", encoding="utf-8") as stream:
            stream.write(text)
    elif file is None or file == STANDARD_OUTPUT:
        sys.stdout.write(text)
    else:
        write(file, text)


@dataclass(frozen=True)
class Sheet:
    """The sheet to fill in, which column of it, and whether points are scaled to its maximum."""

    file: Path | None
    column: str | None
    scale: bool


def export_files(paths: Sequence[Path], name: str, out: Path | None, sheet: Sheet, reveal: bool, folder: str) -> int:
    """Renders records that were written before. The exit code is about this command alone: 0, whatever they hold."""
    records = [read_record(file) for path in paths for file in record_files(path)]
    if known(name).sheet:
        days = {record.day for record in records}
        if len(days) != 1:
            raise CourseError(f"one column holds one day, these records are of {', '.join(sorted(days))}")
        grades = [Grade(record.submission.student, record.points, record.max_points) for record in records]
        notes = [f"{r.submission.student}: could not be read, 0 points" for r in records if r.refused]
        return _fill(grades, name, days.pop(), out, sheet, notes)
    Delivery.of([name], [out] if out else [], reveal, folder).send(records)
    return 0


def export_book(
    course: Course, day: Day, db: str | None, name: str, out: Path | None, sheet: Sheet, reveal: bool, folder: str
) -> int:
    """The same from the gradebook: into a sheet what counts, marks and lateness included; else the counted records."""
    from grader.gradebook.queries import counted_records, read_term
    from grader.gradebook.store import Gradebook

    with Gradebook.of(course, db, create=False) as book:
        if known(name).sheet:
            term = read_term(book, course, [day])
            found = [(student, term.standings[student.key, day.id]) for student in term.students]
            grades = [
                Grade(who.key, has.points, has.max_points, (*who.ids.values(), who.email, who.name))
                for who, has in found
                if has.attempts or has.points is not None
            ]
            return _fill(grades, name, day.id, out, sheet, [])
        records = list(counted_records(book, course, day))
    Delivery.of([name], [out] if out else [], reveal, folder).send(records)
    return 0


def _fill(grades: Sequence[Grade], name: str, day: str, out: Path | None, sheet: Sheet, notes: Sequence[str]) -> int:
    if sheet.file is None:
        raise CourseError(f"{name} fills in the sheet that you downloaded: name it with --sheet")
    kind: Kind = "canvas" if name == "canvas" else "moodle"
    try:
        filled = fill(sheet.file.read_bytes(), grades, kind, day, sheet.column, sheet.scale)
    except OSError as error:
        raise CourseError(f"{sheet.file}: cannot be read: {error.strerror}") from None
    put(name, filled.text, out)
    print(f"{filled.filled} of {len(grades)} filled in", *filled.notes, *notes, sep="\n  ", file=sys.stderr)
    return 0


def list_formats() -> int:
    """Prints every format and what it is for."""
    for name, each in FORMATS.items():
        print(f"  {name:<12}  {each.what}")
    return 0
