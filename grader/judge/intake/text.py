"""Bytes to text: the encodings that are taken, one kind of newline, nothing that UTF-8 cannot hold."""

import codecs
import hashlib
import re

from grader.judge.intake.listing import shown
from grader.model.submission import SubmissionError

# Other codecs are a way to hide code from a reader (utf-7, rot13, unicode_escape) or to stall a machine.
_ALLOWED = {
    "utf-8": "utf-8", "utf8": "utf-8",
    "ascii": "ascii", "us-ascii": "ascii",
    "latin-1": "latin-1", "latin1": "latin-1", "iso-8859-1": "latin-1", "iso8859-1": "latin-1",
    "latin-9": "iso8859-15", "iso-8859-15": "iso8859-15", "iso8859-15": "iso8859-15",
    "cp1252": "cp1252", "windows-1252": "cp1252",
}  # fmt: skip
_EDITOR_SUFFIX = re.compile(r"-(?:unix|dos|mac)\Z")

# PEP 263: the first line, or the second where the first is blank or a comment.
_CODING_LINE = (
    r"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))??"
    r"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-A-Za-z0-9_.]+)"
)
_DECLARED_IN_BYTES = re.compile(_CODING_LINE.encode())
_DECLARED = re.compile(_CODING_LINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_source(data: bytes, name: str) -> tuple[str, list[str]]:
    """A module's text with newlines of one kind, and notes on what was repaired.

    A coding line that named another encoding names UTF-8 in the text, so that the text can be written as UTF-8.

    Raises:
        SubmissionError: the bytes are not text, or not in an encoding that is taken.
    """
    declared = _DECLARED_IN_BYTES.match(data)  # no match after a mark, which goes before any line
    if declared is None:
        text, notes = decode_plain(data, name)
    else:
        text, notes = _decode_declared(data, declared[1].decode("ascii"), name)
    return _declaring_utf8(one_newline(refuse_nul(text, name))), notes


def decode_plain(data: bytes, name: str) -> tuple[str, list[str]]:
    """UTF-8 with or without a mark, or UTF-16 with one, as text; and a note on the latter."""
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise SubmissionError(
                f"{shown(name)} begins like UTF-16 but is not; save it as UTF-8 and hand it in again."
            ) from error
        return text, [f"{shown(name)} is saved as UTF-16, which Python cannot run; save it as UTF-8."]
    return _decode(data.removeprefix(codecs.BOM_UTF8), "utf-8", name), []


def one_newline(text: str) -> str:
    """The text with `\\n` for each end of a line, as Python reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_nul(text: str, name: str) -> str:
    """The text itself, unless it holds a NUL, at which Python's parser stops."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SubmissionError(
            f"{shown(name)} holds a NUL byte in line {line}, so it is not a text; "
            "save it as plain text in UTF-8 and hand it in again."
        )
    return text


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each half of a pair that stands alone, which no encoding can hold."""
    return _SURROGATE.sub("\ufffd", text)


def same_text_digests(data: bytes) -> set[str]:
    """SHA-256 digests of the bytes as they are, and as they were before an editor changed newlines or added a mark."""
    plain = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return {hashlib.sha256(each).hexdigest() for each in (data, plain)}


def _decode_declared(data: bytes, declared: str, name: str) -> tuple[str, list[str]]:
    encoding = _ALLOWED.get(_EDITOR_SUFFIX.sub("", declared.lower().replace("_", "-")))
    if encoding is None:
        raise SubmissionError(
            f"{shown(name)} declares the encoding {shown(declared)}; save it as UTF-8, "
            "delete that line and hand it in again."
        )
    text = _decode(data, encoding, name)
    if encoding == "utf-8" or text.isascii():
        return text, []
    return text, [f"{shown(name)} was read as {encoding}, as it declares; UTF-8 is safer."]


def _declaring_utf8(text: str) -> str:
    if declared := _DECLARED.match(text):
        return f"{text[: declared.start(1)]}utf-8{text[declared.end(1) :]}"
    return text


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SubmissionError(
            f"{shown(name)} is not {encoding.upper()} in line {line}; save it as UTF-8 and hand it in again."
        ) from error
