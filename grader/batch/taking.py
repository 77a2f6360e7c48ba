"""From a found entry to a `Submission`. Everything is read here, so that what is graded travels by content."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from grader.judge.intake import intake
from grader.judge.intake.listing import ARCHIVE_BYTES, shown, too_large
from grader.model.course import Day
from grader.model.submission import Submission, SubmissionError

from .layouts import HandIn

_TAKEN = re.compile(r"\.(?:py|ipynb|zip|tar|tgz|gz|xz|bz2)\Z", re.IGNORECASE)


def take(found: HandIn, day: Day, released: Mapping[str, str]) -> Submission:
    """The submission of an entry. Raises `SubmissionError`, or `OSError` where this machine cannot read it."""
    student = found.person.key
    ((name, path), *others) = found.paths.items()
    if not others and (name == path.name or path.is_dir()):
        return intake(path, day.module, day.notebook, student, stub_digests=released)
    # a system's own prefix is not the student's name for the file; and several files are one submission
    with tempfile.TemporaryDirectory(prefix="descent-intake-") as folder:
        place = Path(folder) / "files"
        place.mkdir()
        for name, path in found.paths.items():
            _copy(path, place / _own(name))
        ones = [name for name in found.paths if _TAKEN.search(name)]
        entry = place / _own(ones[0]) if len(ones) == 1 else place
        return intake(entry, day.module, day.notebook, student, stub_digests=released)


def _own(name: str) -> str:
    """A name that is one of a file."""
    own = Path(name).name
    return own if own not in ("", "..") else "file"


def _special(folder: str, names: list[str]) -> list[str]:
    """Pipes, devices and sockets: no part of a submission, and nothing that can be copied."""
    kinds = {name: os.lstat(Path(folder, name)).st_mode for name in names}
    return [name for name, mode in kinds.items() if not (S_ISREG(mode) or S_ISDIR(mode) or S_ISLNK(mode))]


def _copy(path: Path, copy: Path) -> None:
    """A plain file, of a size that can be taken; nothing is followed."""
    if S_ISDIR(path.lstat().st_mode):
        shutil.copytree(path, copy, symlinks=True, ignore=_special)
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise SubmissionError(
            f"{shown(path.name)} cannot be read: {error.strerror}; hand in the file itself."
        ) from None
    with os.fdopen(descriptor, "rb") as source:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            raise SubmissionError(f"{shown(path.name)} is not a plain file; hand in the file itself.")
        data = source.read(ARCHIVE_BYTES + 1)
    if len(data) > ARCHIVE_BYTES:
        too_large(path.name, ARCHIVE_BYTES)
    copy.write_bytes(data)
