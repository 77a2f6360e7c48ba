"""A reader for tar archives in memory.

Python's own reads headers with expressions that take quadratic time (CVE-2024-6232), loops on negative sizes
(CVE-2025-8194) and recurses on chained ones, in versions that are in use. This one reads what names a file and where
it lies, once, in time linear in the archive.
"""

from functools import partial
from typing import NamedTuple

from grader.judge.intake.listing import MEMBERS, Entry, corrupt, member_parts, too_large, too_many

BLOCK = 512
HEADER_BYTES = 2**16
"""The most that an extended header, which holds a long name, may take."""

_REGULAR = b"0\x007"
_FOLDER = b"5"
_LINKS_AND_DEVICES = b"12346"  # these have no content, whatever size they declare
_LONG_NAME = b"L"
_EXTENDED = b"x"
_PASSED_OVER = b"Kg"  # a link's long target; what holds for all members, which names none


class _Header(NamedTuple):
    name: bytes
    kind: bytes
    size: int


class _Override(NamedTuple):
    """What an extended header says of the member after it."""

    name: bytes | None = None
    size: int | None = None


def looks_like_tar(data: bytes) -> bool:
    """Whether the data begin with a header whose checksum is right."""
    return len(data) >= BLOCK and _checksum_fits(data[:BLOCK])


def tar_entries(data: bytes, archive: str) -> list[Entry]:
    """The files in an unpacked tar archive.

    Raises:
        SubmissionError: it is damaged, has too many members, or a member's name leads out of it.
    """
    entries: list[Entry] = []
    override = _Override()
    place = headers = 0
    while any(block := data[place : place + BLOCK]):
        headers += 1
        if headers > 2 * MEMBERS or len(entries) > MEMBERS:  # a member may take two headers
            too_many(archive)
        try:
            header = _header(block)
            start = place + BLOCK
            size = header.size if override.size is None else override.size
            if header.kind in _LINKS_AND_DEVICES or header.kind == _FOLDER:
                size = 0
            place = start + -(-size // BLOCK) * BLOCK
            if start + size > len(data):
                raise ValueError("the last member is not whole")
            if header.kind in (_LONG_NAME, _EXTENDED):
                override = _overridden(override, header.kind, data[start : start + size])
                continue
        except ValueError as error:
            raise corrupt(archive) from error
        if header.kind in _PASSED_OVER:
            continue
        name = header.name if override.name is None else override.name
        override = _Override()
        parts = member_parts(name.decode("utf-8", "replace"), archive)
        if parts and header.kind != _FOLDER and not name.endswith(b"/"):
            read = partial(_slice, data, start, size, parts[-1])
            entries.append(Entry(parts, header.kind in _REGULAR, read))
    if not entries and not looks_like_tar(data):
        raise corrupt(archive)
    return entries


def _slice(data: bytes, start: int, size: int, name: str, limit: int) -> bytes:
    if size > limit:
        too_large(name, limit)
    return data[start : start + size]


def _header(block: bytes) -> _Header:
    if len(block) < BLOCK or not _checksum_fits(block):
        raise ValueError("not a header")
    name = _text(block[:100])
    if block[257:263] == b"ustar\0" and (prefix := _text(block[345:500])):
        name = prefix + b"/" + name
    return _Header(name, block[156:157], _number(block[124:136]))


def _checksum_fits(block: bytes) -> bool:
    try:
        declared = _number(block[148:156])
    except ValueError:
        return False
    return declared == sum(block) - sum(block[148:156]) + 8 * ord(" ")


def _number(field: bytes) -> int:
    """Octal digits, or, where the first bit is set, a binary number."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = _text(field).strip(b" ")
    if digits.strip(b"01234567"):
        raise ValueError("not a number")
    return int(digits or b"0", 8)


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _overridden(override: _Override, kind: bytes, content: bytes) -> _Override:
    if len(content) > HEADER_BYTES:
        raise ValueError("an extended header of unreasonable length")
    if kind == _LONG_NAME:
        return override._replace(name=_text(content))
    records = _records(content)
    size = records.get(b"size")
    if size is not None and not (size.isdigit() and len(size) < 20):
        raise ValueError("not a size")
    return _Override(records.get(b"path", override.name), None if size is None else int(size))


def _records(content: bytes) -> dict[bytes, bytes]:
    """The `length key=value` lines of an extended header; the length counts the whole line."""
    records = {}
    place = 0
    while place < len(content):
        digits = content[place : place + 8].partition(b" ")[0]
        if not digits.isdigit():
            raise ValueError("not a record")
        end = place + int(digits)
        key, equals, value = content[place + len(digits) + 1 : end - 1].partition(b"=")
        if not equals or content[end - 1 : end] != b"\n":
            raise ValueError("not a record")
        records[key] = value
        place = end
    return records
