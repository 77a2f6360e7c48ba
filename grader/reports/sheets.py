"""Fills points into a sheet that was downloaded from Canvas or Moodle, and touches nothing else in it.

Both read a sheet back by its headers, Moodle's are in the language of whoever downloaded it, and an unknown title makes
a new assignment in Canvas. So the sheet itself is the template: its byte-order mark, delimiter, line ends, headers,
rows and other columns stay as they are, and one column gets numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from grader.model.cells import guarded
from grader.model.errors import CourseError

from .words import number

Kind = Literal["canvas", "moodle"]
Rows = list[list[str]]
BOM = "\ufeff"
EXCUSED = "EX"
_CANVAS_TITLE = re.compile(r"\(\d+\)\s*$")  # Title (assignment_id)
_CANVAS_KEYS = ("ID", "SIS User ID", "SIS Login ID", "Student")  # in the order in which Canvas itself looks
# how the downloaded submissions are called: doejane_LATE_1234_5678_losses.py, Jane Doe_1234_assignsubmission_file
_CANVAS_FILE = re.compile(r"^[^_]+_(?:LATE_)?(\d+)_\d+(?:_|$)")
_MOODLE_FILE = re.compile(r"^(.+)_(\d+)_assignsubmission_(?:file|onlinetext)")
_NUMBER = re.compile(r"^\s*[+-]?\d+(?:[.,]\d+)?\s*$")


@dataclass(frozen=True)
class Grade:
    """One student's points. None where there is no score: the sheet's cell is left alone.

    `others` are further names to look for, the surest first, where `student` is in no row.
    """

    student: str
    points: float | None
    max_points: float
    others: tuple[str, ...] = ()


@dataclass
class Filled:
    """The sheet with its new column, and everything a person should know about it."""

    text: str
    filled: int = 0
    notes: list[str] = field(default_factory=list)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would be one. Numbers stay numbers."""
    return cell if _NUMBER.match(cell) else guarded(cell)


def fill(data: bytes, grades: Sequence[Grade], kind: Kind, topic: str, column: str | None = None,
         scale: bool = False) -> Filled:  # fmt: skip
    """Fills the grades into the sheet.

    Args:
        data: the file as it was downloaded.
        grades: a student's name in them is an ID, a login, a full name, or the name of a downloaded submission.
        kind: whose sheet it is.
        topic: a word of the assignment's title, such as `day12`, where no `column` is given.
        column: the exact header of the column to fill.
        scale: whether points are scaled where the sheet's maximum is another than ours.

    Raises:
        CourseError: no such sheet, no clear column, two grades for one row, or another maximum than ours.
    """
    sheet = _Sheet(data)
    place = sheet.find(column) if column else _guess(sheet, kind, topic)
    students = sheet.students(kind)
    result = Filled("")
    taken: dict[int, str] = {}
    for grade in grades:
        found = (_match(name, students) for name in (grade.student, *grade.others))
        row = next((each for each in found if each is not None), None)
        if row is None:
            result.notes.append(f"{grade.student}: no row, or more than one, fits this name")
            continue
        if row in taken:
            raise CourseError(f"{taken[row]} and {grade.student} are the same row of the sheet; export one of them")
        taken[row] = grade.student
        cell = sheet.rows[row][place]
        if grade.points is None:
            result.notes.append(f"{grade.student}: no score, the grader failed; the cell was left as it was")
        elif cell.strip().upper() == EXCUSED:
            result.notes.append(f"{grade.student}: excused; the cell was left as it was")
        else:
            sheet.rows[row][place] = _written(grade, sheet.maximum(kind, row, place), scale)
            result.filled += 1
    missing = [keys[-1] for row, keys in students.items() if row not in taken]
    result.notes += [f"{name}: in the sheet, without a record" for name in missing]
    result.text = sheet.text()
    return result


class _Sheet:
    """A CSV file taken apart so that it can be put together again with everything else as it was."""

    def __init__(self, data: bytes) -> None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise CourseError(
                "the sheet is not UTF-8; download it again, and do not save it from a spreadsheet"
            ) from None
        self.bom = BOM if text.startswith(BOM) else ""
        text = text.removeprefix(BOM)
        first = text.partition("\n")[0]
        self.newline = "\r\n" if first.endswith("\r") else "\n"
        self.delimiter = max(",;\t", key=first.count)
        try:
            self.rows: Rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            raise CourseError(f"the sheet cannot be read as CSV: {error}") from None
        if not self.rows or len(self.rows[0]) < 2:
            raise CourseError("the sheet has no columns; download it as CSV (comma separated)")
        self.header = [name.strip() for name in self.rows[0]]
        for row in self.rows[1:]:
            row += [""] * (len(self.header) - len(row)) if row else []

    def find(self, name: str) -> int:
        if self.header.count(name.strip()) != 1:
            raise CourseError(f"the sheet has no single column {name!r}; its columns are: {', '.join(self.header)}")
        return self.header.index(name.strip())

    def students(self, kind: Kind) -> dict[int, list[str]]:
        """What names each row's student, the best key first."""
        named = _CANVAS_KEYS if kind == "canvas" else self.header[:3]  # Moodle: identifier, full name, email
        places = [self.header.index(name) for name in named if name in self.header]
        if kind == "canvas" and "ID" not in self.header:
            raise CourseError(f"this is no gradebook of Canvas: it has no column ID but {', '.join(self.header)}")
        return {number: [row[place] for place in places] for number, row in enumerate(self.rows)
                if number and row and row[places[0]].strip()}  # fmt: skip

    def maximum(self, kind: Kind, row: int, place: int) -> str:
        """The most that the column can hold, as it is written there; "" where the sheet does not say."""
        if kind == "canvas":
            found = [each[place] for each in self.rows[1:] if each and each[0].strip() == "Points Possible"]
            return found[0] if found and _NUMBER.match(found[0]) else ""
        beside = self.rows[row][place + 1] if place + 1 < len(self.header) else ""
        return beside if _NUMBER.match(beside) else ""

    def text(self) -> str:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.newline).writerows(self.rows)
        return self.bom + out.getvalue()


def _guess(sheet: _Sheet, kind: Kind, topic: str) -> int:
    if kind == "moodle":
        return sheet.find("Grade")
    found = [name for name in sheet.header if _CANVAS_TITLE.search(name) and _spoken(topic) in _spoken(name)]
    if len(found) != 1:
        titles = [name for name in sheet.header if _CANVAS_TITLE.search(name)]
        raise CourseError(f"say which column is {topic}'s with --column; the sheet has: {', '.join(titles) or 'none'}")
    return sheet.find(found[0])


def _spoken(text: str) -> str:
    return "".join(text.casefold().split())


def _match(student: str, students: dict[int, list[str]]) -> int | None:
    """The one row that this student is, or None."""
    for wanted in filter(None, _names(student)):
        depth = max(map(len, students.values()), default=0)
        for place in range(depth):
            rows = [row for row, keys in students.items() if place < len(keys) and wanted in set(_names(keys[place]))]
            if len(rows) == 1:
                return rows[0]
            if rows:
                return None  # two students of one name: a person has to say which
    return None


def _names(text: str) -> Iterator[str]:
    """The forms in which somebody may be called, the surest first."""
    text = text.strip()
    if canvas := _CANVAS_FILE.match(text):
        yield canvas[1]
    if moodle := _MOODLE_FILE.match(text):
        yield moodle[2]
        yield _name(moodle[1])
    if identifier := re.fullmatch(r"\D+\s?(\d+)", text):  # Participant 1234, in any language
        yield identifier[1]
    yield _name(text)


def _name(text: str) -> str:
    """A name in one form: `Doe, Jane` is `jane doe`."""
    last, comma, first = text.partition(",")
    return " ".join((f"{first} {last}" if comma else text).casefold().split())


def _written(grade: Grade, maximum: str, scale: bool) -> str:
    assert grade.points is not None
    most = float(maximum.replace(",", ".")) if maximum else grade.max_points
    points = grade.points
    if most != grade.max_points:
        if not scale:
            raise CourseError(
                f"the sheet's maximum is {number(most)}, the day's is {number(grade.max_points)}: "
                "set the assignment's maximum to the day's, or give --scale"
            )
        points = points * most / grade.max_points if grade.max_points else 0.0
    text = number(round(points, 2))
    return text.replace(".", ",") if "," in maximum else text
