"""Files and folders on disk: opened without following a link, read under a limit."""

import errno
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

from grader.judge.intake.listing import MEMBERS, Entry, hidden, shown, too_large, too_many
from grader.model.submission import SubmissionError

DEPTH = 32
"""Folders within folders; deeper ones are not looked into."""

# Windows lacks most of these; O_NONBLOCK keeps the open of a pipe from waiting for a writer that never comes.
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FILE = os.O_RDONLY | _SAFE | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | _SAFE | getattr(os, "O_DIRECTORY", 0)

# What a submission can bring about; any other error (a broken disk, too many open files) is not the student's.
_THEIRS = {
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EACCES, errno.EPERM, errno.ENXIO,
    errno.ENAMETOOLONG,
}  # fmt: skip


def file_entry(path: Path) -> Entry:
    """A single file."""
    return Entry((path.name,), _is_plain(path), partial(_read, path.parent, (path.name,)))


def top_entries(folder: Path) -> list[Entry]:
    """The files that lie in the folder itself."""
    return [_entry(folder, (entry.name,), entry) for entry in _scan(folder, ()) if _is_leaf(entry)]


def all_entries(folder: Path) -> list[Entry]:
    """The files of the folder and of the folders in it, hidden ones left out."""
    entries: list[Entry] = []
    pending: list[tuple[str, ...]] = [()]
    seen = 0
    while pending:
        where = pending.pop()
        for entry in _scan(folder, where):
            seen += 1
            if seen > MEMBERS:
                too_many(folder.name)
            parts = (*where, entry.name)
            if _is_leaf(entry):
                entries.append(_entry(folder, parts, entry))
            elif len(parts) < DEPTH:
                pending.append(parts)
    return entries


def _scan(folder: Path, where: tuple[str, ...]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder.joinpath(*where)) as found:
            yield from (entry for entry in found if not hidden(entry.name))
    except OSError as error:
        _refuse(error, "/".join(where) or folder.name)


def _is_leaf(entry: os.DirEntry[str]) -> bool:
    return not entry.is_dir(follow_symlinks=False)


def _entry(folder: Path, parts: tuple[str, ...], entry: os.DirEntry[str]) -> Entry:
    return Entry(parts, entry.is_file(follow_symlinks=False), partial(_read, folder, parts))


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError as error:
        _refuse(error, path.name)


def _read(folder: Path, parts: tuple[str, ...], limit: int) -> bytes:
    name = "/".join(parts)
    try:
        descriptor = _open(folder, parts)
        try:
            _check(os.fstat(descriptor), name)
            with os.fdopen(descriptor, "rb", closefd=False) as stream:
                data = stream.read(limit + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        _refuse(error, name)
    if len(data) > limit:
        too_large(name, limit)
    return data


def _check(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionError(f"{shown(name)} is not a plain file; hand in the file itself.")
    if status.st_nlink > 1:
        raise SubmissionError(f"{shown(name)} is a hard link to a file that has another name as well; hand in a copy.")


def _open(folder: Path, parts: tuple[str, ...]) -> int:
    """A descriptor of a file below the folder, no step of the way through a link."""
    if os.open not in os.supports_dir_fd:
        return os.open(folder.joinpath(*parts), _FILE)
    place = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=place)
            os.close(place)
            place = inner
        return os.open(parts[-1], _FILE, dir_fd=place)
    finally:
        os.close(place)


def _refuse(error: OSError, name: str) -> NoReturn:
    if error.errno not in _THEIRS:
        raise error
    if error.errno == errno.ENOENT:
        raise SubmissionError(f"{shown(name)} is not there; hand it in under that name.") from error
    reason = error.strerror or "unknown reason"
    raise SubmissionError(f"{shown(name)} cannot be read ({reason}); hand in a plain file that may be read.") from error
