"""Archives as listings: unpacked in memory, under limits that hold whatever their headers say."""

import bz2
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Protocol

from grader.judge.intake.listing import (
    ARCHIVE_BYTES,
    MEMBERS,
    MIB,
    Entry,
    corrupt,
    member_parts,
    shown,
    too_large,
    too_many,
)
from grader.judge.intake.tar import looks_like_tar, tar_entries
from grader.model.submission import SubmissionError

XZ_MEMORY = 128 * MIB
"""What `xz -9` needs is half of this; a header may ask for 4 GiB."""
PIECE = 2**16
STREAMS = 1000
"""Compressed streams one after another in a file, as parallel compressors write them."""

_ENCRYPTED = 0x1 | 0x40


class Decompressor(Protocol):
    """One compressed stream, as in zlib, bz2 and lzma."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_COMPRESSED: dict[bytes, Callable[[], Decompressor]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\0": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY),
}


def archive_entries(data: bytes, name: str) -> list[Entry] | None:
    """The files of an archive, told by its first bytes rather than its name; None for what is not an archive.

    Raises:
        SubmissionError: it is damaged, too large, or has names that lead out of it.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_entries(data, name)
    for magic, make in _COMPRESSED.items():
        if data.startswith(magic):
            return tar_entries(_unpacked(data, make, name), name)
    return tar_entries(data, name) if looks_like_tar(data) else None


def _unpacked(data: bytes, make: Callable[[], Decompressor], name: str) -> bytes:
    out = bytearray()
    stream = make()
    streams = 1
    place = 0
    while place < len(data):
        piece = data[place : place + PIECE]
        place += len(piece)
        try:
            out += stream.decompress(piece, ARCHIVE_BYTES + 1 - len(out))
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            raise corrupt(name) from error
        if len(out) > ARCHIVE_BYTES:
            too_large(f"{name}, unpacked,", ARCHIVE_BYTES)
        if stream.eof:
            place -= len(stream.unused_data)
            if not data[place : place + PIECE].strip(b"\0"):
                return bytes(out)  # nothing, or the zeros that fill up a tape's block
            streams += 1
            if streams > STREAMS:
                raise corrupt(name)
            stream = make()
    raise corrupt(name)


def _zip_entries(data: bytes, name: str) -> list[Entry]:
    # zipfile makes an object for each header that the directory holds, whatever number it declares.
    if data.count(b"PK\x01\x02") > MEMBERS:
        too_many(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # hostile bytes raise a dozen types here, and nothing but those bytes is at work
        raise corrupt(name) from error
    members = [member for member in archive.infolist() if not member.filename.endswith("/")]  # is_dir() wants a name
    if sum(member.file_size for member in members) > ARCHIVE_BYTES:
        too_large(f"{name}, unpacked,", ARCHIVE_BYTES)
    return [
        Entry(parts, _is_plain(member), partial(_read_member, archive, member, name))
        for member in members
        if (parts := member_parts(member.orig_filename, name))
    ]


def _is_plain(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return kind in (0, stat.S_IFREG)  # 0: made where files have no such kind


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    if member.flag_bits & _ENCRYPTED:
        raise SubmissionError(f"{shown(name)} is encrypted; hand in an archive without a password.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # zipfile unpacks the others without a bound on what comes out.
        raise SubmissionError(
            f"{shown(name)} is packed in an unusual way; make an ordinary zip, or hand in the file itself."
        )
    if member.file_size > limit:
        too_large(member.filename, limit)
    try:
        with archive.open(member) as stream:
            data = stream.read(limit + 1)
    except Exception as error:  # as above
        raise corrupt(name) from error
    if len(data) != member.file_size:
        raise corrupt(name)
    return data
