"""`grader site` builds from what there is, says what is not there, and leaves nobody's page behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from grader.cli.main import app
from grader.gradebook.entry import Entry, Person, enter
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from grader.model.errors import DescentError
from grader.model.record import Record
from grader.reports.rows import file_name
from tests.conftest import MINI
from tests.reports.made_up import START, made_up_class


@pytest.fixture
def records(mini: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the record of one attempt each of three students."""
    monkeypatch.setenv("GRADER_COURSE", str(MINI))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "records"
    folder.mkdir()
    for number, record in enumerate(last_attempts(mini)):
        (folder / f"{number}.json").write_text(record.to_json(), encoding="utf-8")
    return folder


def last_attempts(mini: Course) -> list[Record]:
    return list({record.submission.student: record for record in made_up_class(mini, mini.day("day01"), 3)}.values())


def site(*arguments: object) -> Result:
    result: Result = CliRunner().invoke(app, ["site", *map(str, arguments)])
    return result


def test_a_folder_of_records_becomes_a_site(records: Path) -> None:
    result = site(records, "--out", "here")
    assert result.exit_code == 0, result.output
    assert result.output.strip() == f"5 pages; open {Path('here', 'index.html')}"
    assert sorted(page.name for page in Path("here").glob("*.html")) == ["day01.html", "index.html"]
    assert len(list(Path("here", "day01").iterdir())) == 3


def test_a_gradebook_becomes_the_same_site(records: Path, mini: Course) -> None:
    site(records, "--out", "from_records")
    with Gradebook("book.db") as book, book.writing() as session:
        people = [(Person(record.submission.student), record) for record in last_attempts(mini)]
        enter(session, [Entry(person, START, "f", "p", record) for person, record in people])
    assert site("--db", "book.db", "--out", "from_book").exit_code == 0
    for page in Path("from_records", "day01").iterdir():
        assert (Path("from_book", "day01", page.name)).read_text("utf-8") == page.read_text("utf-8")


def test_the_page_of_a_student_who_left_is_removed(records: Path) -> None:
    site(records, "--out", "here")
    gone = Record.model_validate_json((records / "0.json").read_bytes()).submission.student
    assert Path("here", "day01", file_name(gone)).exists()
    (records / "0.json").unlink()
    site(records, "--out", "here")
    assert not Path("here", "day01", file_name(gone)).exists()


def test_what_is_not_there_is_named(records: Path) -> None:
    Path("empty").mkdir()
    Path("broken.json").write_text("{")
    for arguments, said in [
        (("empty",), "empty: no records in it"),
        (("broken.json",), "broken.json: not a record"),
        (("gone.json",), "gone.json: cannot be read"),
        (("--db", "gone.db"), "gone.db: there is no gradebook"),
        ((records, "--out", "broken.json/site"), "cannot be written"),
    ]:
        result = site(*arguments)
        assert isinstance(result.exception, DescentError)
        assert said in str(result.exception)


def test_a_day_that_nobody_has_handed_in_yet_has_a_page_where_it_is_asked_for(records: Path) -> None:
    Path("empty.json").write_text((records / "0.json").read_text("utf-8").replace('"day": "day01"', '"day": "day99"'))
    assert site("empty.json", "--day", "day01", "--out", "here").exit_code == 0
    assert "Nobody has a score yet" in Path("here", "day01.html").read_text("utf-8")
