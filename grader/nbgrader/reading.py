"""Reads a submitted notebook, whatever its bytes are, into one that nbformat and nbgrader can hold."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import bleach
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from grader.judge.intake import NOTEBOOK_BYTES, parse_notebook
from grader.model.submission import SubmissionError

CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
IMAGE = re.compile(r"image/(?:png|jpeg|gif)\Z")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*\Z")
ROOM = 1_000_000
"""Characters of text, over all cells, that anybody is shown; what is beyond them is left out."""
# A link that runs code where it is clicked, in Markdown or in a formula's \href: browsers pass over blanks in its name.
_RUNS = "|".join(r"[\s\0-\x20]*".join(name) for name in ("javascript", "vbscript"))
_CLICKED = re.compile(rf"({_RUNS})([\s\0-\x20\\]*):", re.IGNORECASE)
TAGS = {*bleach.ALLOWED_TAGS, "br", "code", "h1", "h2", "h3", "h4", "hr", "p", "pre", "sub", "sup"}


class Reader(NotebookExporter):
    """nbgrader's way in: no byte of a student's file stops a grading.

    Kept are each cell's type, text and marks (`nbgrader`, `descent`), and pasted images; outputs go, and so does HTML
    that would run in the browser of whoever grades. A file that is no notebook reads as one without cells.
    """

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        path = Path(filename)
        book = read_submitted(path)
        resources = dict(resources or {})
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(book, resources=resources, **kw)


def read_submitted(path: Path) -> Any:
    """The notebook in this file; one without cells where it cannot be read: intake tells the student why."""
    try:
        with path.open("rb") as stream:
            cells, metadata, _ = parse_notebook(stream.read(NOTEBOOK_BYTES + 1), path.name)
    except SubmissionError:
        cells, metadata = [], {}
    room, made = ROOM, []
    for number, cell in enumerate(cells):
        source = _text(cell.get("source", cell.get("input")))[:room]
        room -= len(source)
        made.append(_cell(cell, source, number))
    return new_notebook(cells=made, metadata={"descent": {"notes": _notes(metadata)}})


def _cell(cell: dict[str, Any], source: str, number: int) -> Any:
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown") else "raw"
    made = CELL[kind](source if kind == "code" else _harmless(source), id=f"cell-{number}")
    metadata = cell.get("metadata")
    for key in ("nbgrader", "descent"):
        if isinstance(metadata, dict) and isinstance(metadata.get(key), dict):
            made.metadata[key] = _plain(metadata[key])
    if kind == "markdown" and isinstance(cell.get("attachments"), dict):
        made.attachments = {str(name): _images(bundle) for name, bundle in cell["attachments"].items()}
    return made


def _plain(mark: dict[str, Any]) -> dict[str, Any]:
    """A mark's short values: all that a mark of nbgrader's or ours has."""
    return {key: value for key, value in mark.items()
            if isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) < 200)}  # fmt: skip


def _notes(metadata: dict[str, Any]) -> list[str]:
    """Repair's notes, where this is the notebook that it wrote. It puts its own in the place of a student's."""
    ours = metadata.get("descent")
    notes = ours.get("notes") if isinstance(ours, dict) else None
    return [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []


def _text(source: object) -> str:
    """A cell's text, which the file may hold as lines."""
    text = "".join(line for line in source if isinstance(line, str)) if isinstance(source, list) else source
    return text.encode(errors="replace").decode() if isinstance(text, str) else ""


def _harmless(text: str) -> str:
    """Markdown with the tags that only format; any other tag reads as text, and so does a link that runs code."""
    if _CLICKED.search(plain := _unescaped(text)):
        text = _CLICKED.sub("\\1\\2\N{FULLWIDTH COLON}", plain)
    if "<" not in text:
        return text
    return (
        str(bleach.clean(text, tags=TAGS, attributes={}, strip_comments=True))
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )


def _unescaped(text: str) -> str:
    """The text without entities, however often they were escaped."""
    for _ in range(5):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text


def _images(bundle: object) -> dict[str, str]:
    if not isinstance(bundle, dict):
        return {}
    return {
        kind: data
        for kind, data in bundle.items()
        if IMAGE.match(str(kind)) and isinstance(data, str) and BASE64.match(data)
    }
