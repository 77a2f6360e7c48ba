"""What was handed in, as names and ways to read them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from grader.model.submission import SubmissionError

MIB = 2**20
MODULE_BYTES = MIB
NOTEBOOK_BYTES = 16 * MIB
ARCHIVE_BYTES = 64 * MIB
"""Bounds an archive both as it is and unpacked."""
MEMBERS = 10_000

_DRIVE = re.compile("[A-Za-z]:")

SHOWN_NAME = 80
SHOWN_NAMES = 8


@dataclass(frozen=True)
class Entry:
    """One file that was handed in.

    `parts` is its path inside what was handed in. `plain` is False for a link, device, pipe or socket. `read` takes the
    most bytes that are wanted and raises SubmissionError where there are more, or where they cannot be had.
    """

    parts: tuple[str, ...]
    plain: bool
    read: Callable[[int], bytes]

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def shown(self) -> str:
        return shown("/".join(self.parts))


def shown(name: str) -> str:
    """A name as it can stand in a sentence: printable, encodable and of bounded length."""
    return printable(name[:SHOWN_NAME]) + ("…" if len(name) > SHOWN_NAME else "")


def printable(name: str) -> str:
    """The name without what would break a line, move a cursor, turn the text around or not encode."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)


def shown_list(names: list[str]) -> str:
    """Names for a sentence, the first few of many."""
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return ", ".join(shown(name) for name in names[:SHOWN_NAMES]) + more


def hidden(part: str) -> bool:
    """Whether a file or folder of this name is some program's own business: `.git`, `__MACOSX`, `._losses.py`."""
    return part.startswith(".") or part in ("__MACOSX", "__pycache__")


def member_parts(member: str, archive: str) -> tuple[str, ...]:
    """A member's name as the parts of a path within the archive; none for the archive's own top."""
    path = member.replace("\\", "/")  # as some Windows programs write it
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if path.startswith("/") or ".." in parts or _DRIVE.match(path) or "\0" in path:
        raise SubmissionError(
            f"{shown(archive)} holds a file named {shown(member)}, which leads out of the archive; "
            "pack the day's file anew, by its plain name."
        )
    return parts


def corrupt(archive: str) -> SubmissionError:
    """What to tell of an archive that does not unpack."""
    return SubmissionError(
        f"{shown(archive)} is damaged or incomplete and cannot be unpacked; make the archive anew and "
        "open it yourself before you hand it in."
    )


def too_large(name: str, limit: int) -> NoReturn:
    """Refuse a file of more than `limit` bytes."""
    raise SubmissionError(
        f"{shown(name)} is larger than {limit // MIB} MiB; hand in your code without data or saved outputs."
    )


def too_many(name: str) -> NoReturn:
    """Refuse a folder or archive with more files than anyone needs."""
    raise SubmissionError(
        f"{shown(name)} holds more than {MEMBERS:,} files; hand in the day's file alone, without environments or data."
    )
