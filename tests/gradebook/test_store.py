"""Where a gradebook is, and what its errors say."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from grader.gradebook import store
from grader.gradebook.store import Gradebook, default_url
from grader.model.course import Course
from grader.model.errors import GradebookError


def test_it_lies_beside_the_manifest_unless_a_variable_names_another(
    mini: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADER_DB")
    assert default_url(mini) == str(mini.root / "descent.db")
    monkeypatch.setenv("GRADER_DB", "postgresql:///descent")
    assert default_url(mini) == "postgresql:///descent"


def test_only_its_owner_reads_it_and_readers_do_not_wait(tmp_path: Path) -> None:
    with Gradebook(tmp_path / "a b.db") as book, book.writing(), Gradebook(tmp_path / "a b.db") as reader:
        assert stat.S_IMODE((tmp_path / "a b.db").stat().st_mode) == 0o600
        with reader.session() as session:
            assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_looking_into_a_gradebook_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(GradebookError, match="there is no gradebook"):
        Gradebook(tmp_path / "descent.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["postgresql://", "mysql://host/name", "nonsense://x", "postgresql+nodriver:///x"])
def test_a_wrong_url_is_a_sentence(url: str) -> None:
    with pytest.raises(GradebookError):
        Gradebook(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(GradebookError) as raised:
        Gradebook("postgresql://me:sesame@127.0.0.1:1/none")
    assert "sesame" not in str(raised.value)


def test_a_file_that_is_something_else_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "descent.db"
    path.write_text("something else, " * 100)
    with pytest.raises(GradebookError, match=r"descent\.db: not a gradebook"):
        Gradebook(path)
    assert path.read_text() == "something else, " * 100


def test_a_locked_gradebook_says_who_to_wait_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.1)
    path = tmp_path / "descent.db"
    Gradebook(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Gradebook(path) as book, pytest.raises(GradebookError, match="in use by another"), book.writing():
        pass
    holder.close()


def test_a_folder_that_is_not_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GradebookError, match="cannot be made"):
        Gradebook(tmp_path / "file" / "descent.db")
