"""Downloaded sheets are filled in one column, and stay as they were everywhere else."""

from __future__ import annotations

import csv
import io

import pytest

from grader.model.errors import CourseError
from grader.reports.sheets import BOM, Grade, fill

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Day 11 (7001),Day 12 (7002),Final Score\r\n"
    '    Points Possible,,,,,10,20,(read only)\r\n'
    '"Doe, Jane",4001,S-1,jdoe,"A, B",3,,1\r\n'
    '"O\'Neill, Zoë",4002,S-2,zoe,A,,EX,\r\n'
    '"Roe, Richard",4003,S-3,roe,A,,5,\r\n'
    '"Student, Test",4009,,,A,,,\r\n'
)  # fmt: skip
MOODLE = (
    'Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments\n'
    'Participant 501,Jane Doe,jane@example.invalid,Submitted,,20.00,Yes,-,"<p>=1+1, ""hi""</p>"\n'
    'Participant 502,Zoë O\'Neill,zoe@example.invalid,Submitted,3.00,20.00,Yes,-,\n'
)  # fmt: skip


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=delimiter))


def only_change(before: str, after: str, column: int, delimiter: str = ",") -> list[str]:
    """The cells of the one column, having seen that no other differs."""
    old, new = rows(before, delimiter), rows(after, delimiter)
    assert [[c for i, c in enumerate(r) if i != column] for r in old] == [
        [c for i, c in enumerate(r) if i != column] for r in new
    ]
    return [row[column] for row in new]


@pytest.mark.parametrize(
    "student",
    ["4001", "S-1", "jdoe", "JDOE", "Doe, Jane", "jane doe", "doejane_4001_88_losses", "doejane_LATE_4001_88_losses"],
)
def test_canvas_finds_a_student_by_id_login_name_or_the_file_that_was_downloaded(student: str) -> None:
    filled = fill(CANVAS.encode(), [Grade(student, 12.5, 20)], "canvas", "day12")
    assert only_change(CANVAS, filled.text, 6) == ["Day 12 (7002)", "20", "12.5", "EX", "5", ""]
    assert filled.filled == 1


def test_canvas_keeps_what_is_excused_and_what_has_no_score() -> None:
    filled = fill(CANVAS.encode(), [Grade("zoe", 20, 20), Grade("roe", None, 20)], "canvas", "day12")
    assert only_change(CANVAS, filled.text, 6)[3:5] == ["EX", "5"]
    assert filled.filled == 0
    assert any("excused" in note for note in filled.notes)
    assert any("no score" in note for note in filled.notes)


def test_who_is_in_only_one_of_the_two_is_listed() -> None:
    notes = fill(CANVAS.encode(), [Grade("jdoe", 1, 20), Grade("nobody", 2, 20)], "canvas", "day12").notes
    assert [note.partition(":")[0] for note in notes] == ["nobody", "O'Neill, Zoë", "Roe, Richard", "Student, Test"]


def test_two_records_of_one_student_are_an_error() -> None:
    with pytest.raises(CourseError, match="jdoe and 4001 are the same row"):
        fill(CANVAS.encode(), [Grade("jdoe", 1, 20), Grade("4001", 2, 20)], "canvas", "day12")


def test_two_students_of_one_name_match_nobody() -> None:
    twice = CANVAS.replace('"Roe, Richard"', '"Doe, Jane"')
    filled = fill(twice.encode(), [Grade("Jane Doe", 1, 20)], "canvas", "day12")
    assert filled.filled == 0
    assert "more than one" in filled.notes[0]


def test_a_column_that_is_not_clear_has_to_be_named() -> None:
    with pytest.raises(CourseError, match=r"--column; the sheet has: Day 11 \(7001\), Day 12 \(7002\)"):
        fill(CANVAS.encode(), [Grade("jdoe", 1, 20)], "canvas", "day13")
    filled = fill(CANVAS.encode(), [Grade("jdoe", 1, 10)], "canvas", "day13", column="Day 11 (7001)")
    assert only_change(CANVAS, filled.text, 5)[2] == "1"


def test_another_maximum_is_an_error_unless_points_are_to_be_scaled() -> None:
    with pytest.raises(CourseError, match="the sheet's maximum is 20, the day's is 8"):
        fill(CANVAS.encode(), [Grade("jdoe", 4, 8)], "canvas", "day12")
    filled = fill(CANVAS.encode(), [Grade("jdoe", 4, 8)], "canvas", "day12", scale=True)
    assert only_change(CANVAS, filled.text, 6)[2] == "10"


@pytest.mark.parametrize(
    "student", ["Participant 501", "Jane Doe_501_assignsubmission_file_", "jane@example.invalid", "jane doe"]
)
def test_moodle_fills_the_grade_and_keeps_the_byte_order_mark(student: str) -> None:
    filled = fill((BOM + MOODLE).encode(), [Grade(student, 12.5, 20)], "moodle", "day12")
    assert filled.text.startswith(BOM)
    assert only_change(MOODLE, filled.text, 4) == ["Grade", "12.5", "3.00"]


def test_a_localised_sheet_keeps_its_headers_delimiter_and_decimal_comma() -> None:
    german = (
        "ID;Vollständiger Name;E-Mail;Status;Bewertung;Maximalpunktzahl;Feedback\n"
        "Teilnehmer/in 501;Jane Doe;j@example.invalid;Abgegeben;;20,00;\n"
    )
    with pytest.raises(CourseError, match="its columns are: ID, Vollständiger Name"):
        fill(german.encode(), [Grade("501", 1, 20)], "moodle", "day12")
    filled = fill(
        german.encode(), [Grade("Jane Doe_501_assignsubmission_file", 12.5, 20)], "moodle", "day12", column="Bewertung"
    )
    assert only_change(german, filled.text, 4, ";") == ["Bewertung", "12,5"]


def test_line_ends_stay_as_they_were() -> None:
    assert fill(CANVAS.encode(), [], "canvas", "day12").text.count("\r\n") == CANVAS.count("\r\n")
    assert "\r" not in fill(MOODLE.encode(), [], "moodle", "day12").text


@pytest.mark.parametrize(
    "data, told",
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"", "no columns"),
        (b'a,b\n"x', "cannot be read as CSV"),
        (b"a,b\n1,2\n", "no column ID"),
    ],
)
def test_what_is_no_sheet_is_said(data: bytes, told: str) -> None:
    with pytest.raises(CourseError, match=told):
        fill(data, [], "canvas", "day12", column="b")


def test_a_hostile_name_changes_nothing() -> None:
    filled = fill(
        CANVAS.encode(), [Grade('=1+1,"\r\n', 1, 20), Grade("", 1, 20), Grade("(read only)", 1, 20)], "canvas", "day12"
    )
    assert rows(filled.text) == rows(CANVAS)
    assert filled.filled == 0
