"""A notebook's JSON to the sources of its code cells."""

import codecs
import hashlib
import json
from typing import Any, NamedTuple

from grader.judge.intake.listing import MODULE_BYTES, shown, too_large
from grader.judge.intake.magics import holds_code, plain_cell
from grader.judge.intake.text import decode_plain, one_newline, refuse_nul, without_surrogates
from grader.model.submission import SubmissionError

CELLS = 2000
CONTAINERS = 1_000_000
"""Lists and objects in the JSON: each takes thirty times the memory of its text."""
DIGITS = 30
"""A number of more digits is none that a notebook needs, and takes quadratic time to read."""


class Parsed(NamedTuple):
    """Every cell of a notebook as it stands in its JSON, the notebook's metadata, and notes on what was repaired."""

    cells: list[dict[str, Any]]
    metadata: dict[str, Any]
    notes: list[str]


class Read(NamedTuple):
    """The code cells of a notebook, as plain Python, and notes on what was repaired."""

    cells: tuple[str, ...]
    notes: list[str]


def read_notebook(data: bytes, name: str) -> Read:
    """The code cells of a notebook of format 3 or 4, in order; empty where one is left out.

    Left out are the course's own check cells, unless somebody wrote code into one, and cells in another language.

    Raises:
        SubmissionError: it is no notebook, is damaged, or holds more than anyone writes.
    """
    every, _, notes = parse_notebook(data, name)
    code = [cell for cell in every if _is_code(cell)]
    sources = [_source(cell, number, name) for number, cell in enumerate(code, 1)]
    retyped = [number for number, cell in enumerate(code, 1) if cell.get("cell_type") != "code"]
    notes += [f"Code cell {number} had been turned into text; it was read as code." for number in retyped]
    if sum(len(source) for source in sources) > MODULE_BYTES:
        too_large(f"The code in {name}", MODULE_BYTES)
    cells = []
    for number, source in enumerate(sources, 1):
        whole = without_surrogates(source)
        if whole != source:
            notes.append(f"Code cell {number} holds characters that are not text; they were replaced.")
        cell = plain_cell(one_newline(refuse_nul(whole, f"{name}, code cell {number},")))
        if whole.strip() and not cell:
            notes.append(f"Code cell {number} starts with a magic that is not Python and was left out.")
        cells.append(cell)
    return Read(tuple(cells), notes)


def notebook_digest(data: bytes) -> str:
    """SHA-256 over the code of a notebook, "" where it cannot be read.

    Running it, saving it again, and cells that are empty or left out change nothing.
    """
    try:
        cells, _ = read_notebook(data, "")
    except SubmissionError:
        return ""
    return hashlib.sha256("\0".join(cell.rstrip() for cell in cells if cell.strip()).encode()).hexdigest()


def parse_notebook(data: bytes, name: str) -> Parsed:
    """A notebook of format 3 or 4, whatever its cells are.

    Raises:
        SubmissionError: it is no notebook, is damaged, or holds more than anyone writes.
    """
    text, notes = decode_plain(data, name)
    notebook = _parsed(text, name)
    cells = notebook.get("cells")
    if cells is None and isinstance(sheets := notebook.get("worksheets"), list):  # format 3
        cells = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise _unreadable(name, "has no list of cells")
    if len(cells) > CELLS:
        raise _unreadable(name, f"has more than {CELLS:,} cells")
    metadata = notebook.get("metadata")
    return Parsed(cells, metadata if isinstance(metadata, dict) else {}, notes)


def _is_code(cell: dict[str, Any]) -> bool:
    """Code, or what nbgrader released as a cell for code: one key in Jupyter turns a cell into Markdown."""
    if cell.get("cell_type") == "code":
        return True
    metadata = cell.get("metadata")
    theirs = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return (
        isinstance(theirs, dict)
        and theirs.get("solution") is True
        and theirs.get("cell_type") == "code"
        and cell.get("cell_type") in ("markdown", "raw")
    )


def _parsed(text: str, name: str) -> dict[str, Any]:
    if text.count("[") + text.count("{") > CONTAINERS:
        raise _unreadable(name, "is larger than any notebook that a person writes")
    try:
        notebook = json.loads(text, parse_int=_bounded_int)
    except json.JSONDecodeError as error:
        if text.strip() and not text.lstrip().startswith("{"):
            raise _unreadable(name, "is not a notebook") from error
        raise _unreadable(name, f"is damaged or was saved half ({error.msg} in line {error.lineno})") from error
    except (RecursionError, ValueError, MemoryError) as error:
        raise _unreadable(name, "holds data that no notebook holds") from error
    if not isinstance(notebook, dict):
        raise _unreadable(name, "is not a notebook")
    return notebook


def _bounded_int(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError("a number of unreasonable length")
    return int(digits)


def _source(cell: dict[str, Any], number: int, name: str) -> str:
    source = cell.get("source", cell.get("input"))  # format 3 calls it input
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise _unreadable(name, f"has no text in its code cell {number}")
    return "" if _is_check(cell.get("metadata"), source) else source


def is_notebook(data: bytes) -> bool:
    """Whether a file looks like a notebook, whatever its name is."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{" and b'"cells"' in data and b'"nbformat"' in data


def _is_check(metadata: object, source: str) -> bool:
    """Whether a cell is one of the course's own checks rather than the student's work, which merging puts into one."""
    if not isinstance(metadata, dict):
        return False
    ours, theirs = metadata.get("descent"), metadata.get("nbgrader")
    if isinstance(theirs, dict) and theirs.get("grade") is True and theirs.get("solution") is False:
        return theirs.get("locked") is True
    return isinstance(ours, dict) and "check" in ours and not holds_code(source)


def _unreadable(name: str, what: str) -> SubmissionError:
    return SubmissionError(f"{shown(name)} {what}; open it in Jupyter, save it and hand it in again.")
