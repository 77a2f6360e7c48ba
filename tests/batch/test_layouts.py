"""Every usual layout of a folder of submissions is recognised, and nothing in it is dropped or shared."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.batch.layouts import HandIn, find_submissions
from grader.batch.roster import Roster, read_roster, roster_of
from grader.batch.taking import take
from grader.gradebook.entry import Person
from grader.model.course import Course
from grader.model.errors import CourseError
from grader.model.submission import SubmissionError
from tests.conftest import SOLUTION

ROSTER = """\
id,name,email,canvas,moodle,gradescope
s1,"Lovelace, Ada",ada@example.org,501,901,11
s2,Zoë O'Brien,zoe@example.org,502,902,12
s3,Mary Ann van Dyke,mavd@example.org,503,903,13
"""
needs_bytes = pytest.mark.skipif(sys.platform != "linux", reason="names are text there, and there are no pipes")


def files(folder: Path, *names: str, text: str = SOLUTION) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".zip"):
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("hand-in/numbers_lab.py", text)
        else:
            path.write_text(text, encoding="utf-8")
    return folder


def whose(found: list[HandIn]) -> dict[str, str]:
    return {each.source: each.person.key for each in found}


@pytest.fixture
def people(tmp_path: Path) -> list[Person]:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return read_roster(path)


def test_an_entry_a_student_by_id_mail_or_name(tmp_path: Path, people: list[Person]) -> None:
    folder = files(
        tmp_path / "class", "S1.py", "zoe@example.org.ipynb", "Mary Ann van Dyke/numbers_lab.py", "stranger.zip", ".DS_Store"
    )  # fmt: skip
    found = find_submissions(folder, people)
    assert whose(found) == {
        "S1.py": "s1", "zoe@example.org.ipynb": "s2", "Mary Ann van Dyke": "s3", "stranger.zip": "stranger",
    }  # fmt: skip
    assert [each.person.on_roster for each in found if each.source == "stranger.zip"] == [False]


def test_moodle_folders_and_files_side_by_side(tmp_path: Path, people: list[Person], mini: Course) -> None:
    folder = files(
        tmp_path / "class",
        "Ada Lovelace_901_assignsubmission_file_/numbers_lab.py",
        "Ada Lovelace_901_assignsubmission_onlinetext_/onlinetext.html",
        "Zoë O'Brien_77777_assignsubmission_file_numbers_lab.py",
        "Zoë O'Brien_77777_assignsubmission_file_notes.txt",
        "New One_88888_assignsubmission_file_hand in.zip",
    )
    found = {each.person.key: each for each in find_submissions(folder, people)}
    assert set(found) == {"s1", "s2", "New One"}
    for each in found.values():
        assert take(each, mini.day("day01"), {}).cells == (SOLUTION,)


def test_canvas_names_lateness_and_second_uploads(tmp_path: Path, people: list[Person], mini: Course) -> None:
    folder = files(
        tmp_path / "class",
        "lovelaceada_501_7001_numbers_lab-2.py",
        "obrienzoe_LATE_9999_7002_work.zip",
        "vandykemaryann_503_7003_numbers_lab.py",
        "vandykemaryann_503_7004_picture.png",
        "doejohn_504_7005_numbers_lab.py",
    )
    found = {each.person.key: each for each in find_submissions(folder, people)}
    assert set(found) == {"s1", "s2", "s3", "doejohn"}
    assert [key for key, each in found.items() if each.note] == ["s2"]
    for each in found.values():
        assert take(each, mini.day("day01"), {}).notes == (), "the system's prefix is not the student's doing"


def test_a_files_own_name_makes_it_nobody_elses(tmp_path: Path, people: list[Person], mini: Course) -> None:
    """What follows the system's prefix was chosen by whoever handed it in."""
    folder = files(
        tmp_path / "class",
        "Ada Lovelace_901_assignsubmission_file_numbers_lab.py",
        "lovelaceada_501_7001_numbers_lab.py",
    )
    files(
        folder,
        "Eve Low_904_assignsubmission_file_x_901_assignsubmission_file_numbers_lab.py",
        "loweve_504_7002_x_901_assignsubmission_file_numbers_lab.py",
        "loweve_504_7003_s1_501_7001_numbers_lab.py",
        text="# Eve's",
    )
    found = find_submissions(folder, people)
    assert sorted({each.person.key for each in found}) == ["Eve Low", "loweve", "s1"]
    for each in found:
        if each.person.key == "s1":
            assert take(each, mini.day("day01"), {}).cells == (SOLUTION,)


def test_a_name_that_gradescope_shows_goes_behind_what_nobody_can_change(tmp_path: Path, people: list[Person]) -> None:
    folder = files(tmp_path / "class", "submission_1/numbers_lab.py", "submission_2/numbers_lab.py")
    (folder / "submission_metadata.yml").write_text(
        "submission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :email: zoe@example.org\n"
        "submission_2:\n  :submitters:\n  - :name: Eve\n    :email: eve@example.org\n",
        encoding="utf-8",
    )
    found = find_submissions(folder, people)
    assert whose(found) == {"submission_1": "s2", "submission_2": "submission_2"}
    assert [each.person.name for each in found if not each.person.on_roster] == ["Eve"]


def test_a_folder_deeper_than_any_stack_is_found(tmp_path: Path) -> None:
    """Its time is that of what can be reached: no entry keeps the others from being graded."""
    folder = files(tmp_path / "class", "eve/numbers_lab.py", "ada/numbers_lab.py")
    place = os.open(folder / "eve", os.O_RDONLY)
    for _ in range(2_500):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=place))
    os.close(place)
    try:
        assert [each.label for each in find_submissions(folder)] == ["ada", "eve"]
    finally:
        remove_deep(folder / "eve")


def remove_deep(folder: Path) -> None:
    """Takes a chain of folders apart from its top, since no path reaches its end and pytest's own removal recurses."""
    number = 0
    while (folder / "d").exists():
        number += 1
        aside = folder.with_name(f"deep{number}")
        (folder / "d").rename(aside)
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        folder = aside
    shutil.rmtree(folder)


def test_gradescope_submitters_and_times(tmp_path: Path, people: list[Person]) -> None:
    folder = files(
        tmp_path / "class", *(f"submission_{n}/numbers_lab.py" for n in (1, 2, 3)), "extra/numbers_lab.py"
    )  # fmt: skip
    (folder / "submission_metadata.yml").write_text(
        "submission_1:\n"
        "  :submitters:\n  - :name: Ada Lovelace\n    :sid: s1\n    :email: ada@example.org\n"
        "  :created_at: 2026-03-01 10:00:00.123456000 Z\n  :results: !ruby/object:Hidden {a: 1}\n"
        "submission_2:\n  :submitters:\n  - :name: Zoë O'Brien\n  - :name: Nobody Known\n"
        "  :created_at: 2026-03-02 11:00:00 +01:00\n",
        encoding="utf-8",
    )
    found = find_submissions(folder, people)
    assert sorted((each.source, each.person.key) for each in found) == [
        ("extra", "extra"), ("submission_1", "s1"), ("submission_2", "s2"),
        ("submission_2", "submission_2 Nobody Known"), ("submission_3", "submission_3"),
    ]  # fmt: skip
    times = {each.person.key: each.received_at for each in found}
    assert times["s1"] == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert times["s2"] == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_clones_share_a_prefix_that_is_nobodys_name(tmp_path: Path, people: list[Person], mini: Course) -> None:
    folder = tmp_path / "class"
    for name in ("day01-ada", "day01-mavd", "day01-who"):
        files(folder, f"{name}/assignments/day01/numbers_lab.py")
        files(folder, f"{name}/.git/config", text="[core]\n\tfsmonitor = touch /tmp/never\n")
    found = find_submissions(folder, people)
    assert whose(found) == {"day01-ada": "s1", "day01-mavd": "s3", "day01-who": "day01-who"}
    assert take(found[0], mini.day("day01"), {}).cells == (SOLUTION,)


def test_two_entries_of_one_stem_share_nothing(tmp_path: Path, people: list[Person]) -> None:
    folder = files(tmp_path / "class", "bo.py", "bo/numbers_lab.py", "bo.py.zip", "s1.py", "S1/numbers_lab.py")
    found = find_submissions(folder, people)
    keys = [each.person.key for each in found if each.source.startswith("bo")]
    assert len(set(keys)) == 3
    assert len({each.label.casefold() for each in found}) == 5


def test_times_come_from_the_newest_file_or_are_given(tmp_path: Path) -> None:
    folder = files(tmp_path / "class", "ada/numbers_lab.py", "ada/old.txt", "bo.py")
    os.utime(folder / "ada" / "numbers_lab.py", (2_000_000_000, 2_000_000_000))
    os.utime(folder / "bo.py", (1_000_000_000.7, 1_000_000_000.7))
    ada, bo = find_submissions(folder)
    assert ada.received_at == datetime.fromtimestamp(2_000_000_000, UTC)
    assert bo.received_at == datetime.fromtimestamp(1_000_000_000, UTC)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert {each.received_at for each in find_submissions(folder, received=moment)} == {moment}


def test_links_are_refused_and_not_followed(tmp_path: Path, mini: Course) -> None:
    folder = files(tmp_path / "class", "real.txt")
    secret = files(tmp_path, "secret.py") / "secret.py"
    (folder / "lovelaceada_501_7001_numbers_lab.py").symlink_to(secret)
    (folder / "bo.py").symlink_to(secret)
    for each in find_submissions(folder):
        with pytest.raises(SubmissionError):
            take(each, mini.day("day01"), {})


def test_a_time_beyond_all_calendars_does_not_end_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mini: Course
) -> None:
    """A tar file, unpacked, has whatever times whoever packed it chose; some file systems keep them all."""
    folder = files(tmp_path / "class", "ada/numbers_lab.py")
    monkeypatch.setattr("grader.batch.layouts._times", lambda entry: iter([1e15]))
    (ada,) = find_submissions(folder)
    assert ada.received_at.year < 10_000
    ada.received_at.astimezone()  # as reports do
    assert take(ada, mini.day("day01"), {}).cells == (SOLUTION,)


@needs_bytes
def test_names_that_do_not_decode_are_somebody_s_all_the_same(tmp_path: Path, mini: Course) -> None:
    """As archives from Windows give them: nothing that prints or stores them must trip."""
    folder = files(tmp_path / "class", "ada.py")
    for name in (b"zo\xeb.py", b"zo\xe8.py", b"Zo\xeb_901_assignsubmission_file_numbers_lab.py"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(SOLUTION)
    found = find_submissions(folder)
    assert len({each.person.key for each in found}) == 4
    for each in found:
        "".join([each.person.key, each.person.name, each.label, each.source, *each.names]).encode()
        assert take(each, mini.day("day01"), {}).cells == (SOLUTION,)


@pytest.mark.parametrize("name", ["Ada_901_assignsubmission_file_..", "ada_501_7001_.."])
def test_a_file_with_the_name_of_a_folder_is_refused_and_no_fault(tmp_path: Path, name: str, mini: Course) -> None:
    (ada,) = find_submissions(files(tmp_path / "class", name))
    with pytest.raises(SubmissionError):
        take(ada, mini.day("day01"), {})


@needs_bytes
def test_a_pipe_in_one_of_a_student_s_folders_is_passed_over(tmp_path: Path, mini: Course) -> None:
    folder = files(
        tmp_path / "class", "Ada_901_assignsubmission_file_/numbers_lab.py", "Ada_901_assignsubmission_file_notes.txt"
    )
    os.mkfifo(folder / "Ada_901_assignsubmission_file_" / "pipe")
    (ada,) = find_submissions(folder)
    assert take(ada, mini.day("day01"), {}).cells == (SOLUTION,)


@pytest.mark.parametrize("broken", ["- [", "{:a: *b}", "submission_1: !!python/object/apply:os.system [true]"])
def test_metadata_that_cannot_be_read_is_named(tmp_path: Path, broken: str) -> None:
    folder = files(tmp_path / "class", "submission_1/numbers_lab.py")
    (folder / "submission_metadata.yml").write_text(broken)
    with pytest.raises(CourseError, match=r"submission_metadata\.yml: cannot be read"):
        find_submissions(folder)


@pytest.mark.parametrize(
    "text, said",
    [
        ("name\nAda\n", "column `id`"),
        ("id,name\n1,Ada\n1,Bo\n", ":3: the id '1' stands twice"),
        ("id,name\n,Ada\n", ":2: a student without an id"),
        ("", "column `id`"),
    ],
)
def test_a_wrong_roster_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(CourseError, match=said):
        roster_of(text, "roster.csv")


def test_a_roster_of_semicolons_accents_and_first_names(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes("\ufeffID;First Name;Last Name;GitHub\n7;José;García;pepe\n\n".encode())
    (person,) = read_roster(path)
    assert (person.key, person.name, person.ids) == ("7", "José García", {"github": "pepe"})
    assert Roster([person]).find(["garciajose"]) == person


def test_a_name_that_two_students_share_finds_nobody() -> None:
    twins = [Person("1", "Ada Low", ids={"canvas": "7"}), Person("2", "Ada Low", ids={"canvas": "8"})]
    roster = Roster(twins)
    assert roster.find(["Ada Low"]) is None
    assert roster.find(["8", "Ada Low"]) == twins[1]
    assert roster.find(["1"]) == twins[0]
