"""The instructor's site, from a gradebook or from records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from grader.model.course import Course, Day
from grader.model.errors import CourseError
from grader.reports.rows import Book, Records
from grader.reports.site import build_site

from .files import read_record, record_files


def write_site(course: Course, days: Sequence[Day], records: Sequence[Path], db: str | None, out: Path) -> int:
    """Builds the site into `out` and prints where it is."""
    try:
        if records:
            found = [partial(read_record, path) for each in records for path in record_files(each)]
            site = build_site(course, Records(found), out, days)
        else:
            from grader.gradebook.store import Gradebook

            with Gradebook.of(course, db, create=False) as book:
                site = build_site(course, Book(book), out, days)
    except OSError as error:
        raise CourseError(f"{error.filename}: cannot be written: {error.strerror}") from None
    print(f"{site.pages} pages; open {site.index}")
    return 0
