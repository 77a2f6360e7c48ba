"""Ways into `submitted/`: whose a file is, and what is not taken."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grader.batch.layouts import find_submissions
from grader.model.course import Course
from grader.nbgrader.collect import _files, make_usable
from tests.nbgrader.conftest import Nbgrader

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, by the dozen
CODE, BOOK = b"x = 1\n", b'{"cells": [], "nbformat": 4}'


def entry(folder: Path, name: str, *files: str) -> None:
    """An entry of the archive folder: a file, or an archive or folder of files."""
    path = folder / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as out:
            for file in files:
                out.writestr(file, BOOK if file.endswith(".ipynb") else CODE)
        return
    for file in files or ("",):
        place = path / file if file else path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(BOOK if place.suffix == ".ipynb" else CODE)


@pytest.mark.parametrize(
    "name, files, owner, taken",
    [
        ("ada.zip", ("day01.ipynb", "timestamp.txt", "x/y.txt"), "ada", {"day01.ipynb"}),
        ("ada", ("numbers_lab.py", "day01.ipynb", "conftest.py"), "ada", {"numbers_lab.py", "day01.ipynb"}),
        ("ada", ("work/day01/day01.ipynb", "work/day01/numbers_lab.py"), "ada", {"numbers_lab.py", "day01.ipynb"}),
        ("ada_numbers_lab.py", (), "ada", {"numbers_lab.py"}),
        ("lovelaceada_LATE_4001_88_numbers_lab.py", (), "lovelaceada", {"numbers_lab.py"}),
        ("Ada Lovelace_4001_assignsubmission_file_", ("day01.ipynb",), "Ada Lovelace", {"day01.ipynb"}),
    ],
)
def test_an_entry_s_name_says_whose_it_is_and_only_the_day_s_files_are_taken(
    name: str, files: tuple[str, ...], owner: str, taken: set[str], tmp_path: Path, mini: Course
) -> None:
    entry(tmp_path, name, *files)
    (found,) = find_submissions(tmp_path)
    assert (_files(found, mini.day("day01"))[0], set(_files(found, mini.day("day01"))[1])) == (owner, taken)


def _pipe(stamp: Path) -> None:
    os.mkfifo(stamp)


@pytest.mark.parametrize(
    "make, kept",
    [
        (lambda stamp: stamp.write_text("2026-11-27 20:00:00 UTC\n"), True),
        (lambda stamp: stamp.write_text(""), True),
        (lambda stamp: stamp.write_text("not a time"), False),
        (lambda stamp: stamp.write_text("9" * 100), False),
        (lambda stamp: stamp.write_bytes(b"\xff\xfe"), False),
        (lambda stamp: stamp.write_text("2026-11-27 20:00:00 UTC" + " " * 10_000), False),
        (lambda stamp: stamp.symlink_to("/dev/zero"), False),
        (lambda stamp: (stamp / "in it").mkdir(parents=True), False),
        (_pipe, False),
    ],
)
def test_a_time_stamp_that_nbgrader_would_stop_at_or_wait_for_is_taken_away(
    make: Callable[[Path], object], kept: bool, tmp_path: Path
) -> None:
    """Else one such file ends the grading of everybody, or leaves its owner's old score."""
    (tmp_path / "numbers_lab.py").write_bytes(CODE)
    make(tmp_path / "timestamp.txt")
    taken_away = make_usable(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == ({"numbers_lab.py", "timestamp.txt"} if kept else {"numbers_lab.py"})
    assert taken_away == ([] if kept else ["timestamp.txt"])


def test_a_pipe_among_the_files_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    os.mkfifo(tmp_path / "deep" / "day01.ipynb")
    assert make_usable(tmp_path) == ["deep/day01.ipynb"]


def test_zip_collect_knows_students_by_their_lms_and_one_bad_archive_stops_nobody(
    term: Path, nbgrader: Nbgrader
) -> None:
    nbgrader("generate_assignment", "day01", folder=term)
    with Gradebook(f"sqlite:///{term}/gradebook.db", "mini") as gradebook:
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="Lovelace", lms_user_id="4001")
    archive = term / "downloaded" / "day01" / "archive"
    archive.mkdir(parents=True)
    entry(archive, "lovelaceada_4001_88_numbers_lab.py")
    entry(archive, "twice.zip", "a/numbers_lab.py", "b/numbers_lab.py")
    (archive / "broken.zip").write_bytes(b"PK\x03\x04")
    entry(archive, "bo.zip", "day01.ipynb")
    nbgrader("zip_collect", "day01", folder=term)
    found = {str(path.relative_to(term / "submitted")) for path in (term / "submitted").rglob("*.*")}
    assert found == {"ada/day01/numbers_lab.py", "ada/day01/day01.ipynb", "bo/day01/day01.ipynb"}


def test_a_link_in_the_exchange_is_not_followed(term: Path, nbgrader: Nbgrader, tmp_path: Path) -> None:
    solution = tmp_path / "solution.py"
    solution.write_text("secret = 1\n")
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    with (term / "nbgrader_config.py").open("a") as stream:
        stream.write(f"\nc.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(tmp_path / 'cache')!r}\n")
    nbgrader("generate_assignment", "day01", folder=term)
    nbgrader("release_assignment", "day01", folder=term)
    hand_in = exchange / "mini" / "inbound" / "eve+day01+2026-11-27 10:00:00.000000 UTC"
    (hand_in / "deep").mkdir(parents=True)
    for place in (hand_in / "numbers_lab.py", hand_in / "deep" / "numbers_lab.py"):
        place.symlink_to(solution)
    (hand_in / "all").symlink_to(tmp_path)
    (hand_in / "timestamp.txt").write_text("2026-11-27 10:00:00 UTC")
    nbgrader("collect", "day01", folder=term)
    found = {path.name for path in (term / "submitted" / "eve" / "day01").rglob("*") if path.is_file()}
    assert found == {"timestamp.txt", "day01.ipynb"}
