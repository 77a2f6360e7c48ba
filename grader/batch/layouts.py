"""Finds the submissions in a folder, as a person or one of the usual systems laid it out.

An entry a student (file, folder, archive, notebook, clone), Moodle's `Name_12345_assignsubmission_file_`, Canvas's
`lastfirst_LATE_12345_67890_file.zip`, Gradescope's `submission_123` beside `submission_metadata.yml`. Nothing is
dropped: what matches no student is graded under the name that it came with. Names are hostile text.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from grader.gradebook.entry import Person
from grader.model.errors import CourseError

from .roster import Roster

METADATA = "submission_metadata.yml"
METADATA_BYTES = 256 << 20
SIDECARS = (METADATA,)
FILES_LOOKED_AT = 2_000
LATEST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())  # in any zone a time that can be written

_SUFFIX = re.compile(r"\.(?:py|ipynb|zip|tar|tgz|tar\.(?:gz|xz|bz2))\Z", re.IGNORECASE)
# what comes after the number is a file's own name, which a student chose: it may look like the same thing once more
_MOODLE = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)_(?P<file>.*)\Z", re.DOTALL)
_CANVAS = re.compile(r"(?P<who>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_(?P<upload>\d+)_(?P<file>.+)\Z", re.DOTALL)
_AGAIN = re.compile(r"-\d+(?=\.\w+\Z)")  # Canvas: losses-1.py is the second upload of losses.py


NOBODY = Person("")


@dataclass(frozen=True)
class HandIn:
    """One submission of one student, not yet looked into.

    Attributes:
        paths: the entry; several where a system hands out a student's files side by side, as `{name: path}`.
        names: what the entry is called, the most telling first: a roster is asked for each.
        shown: the name that the system shows, where that is not the first of these.
        person: whose it is; off the roster, named by the entry.
        label: the entry's own name without its ending, or all of it where two would share that.
        received_at: as the system says, else when the files were last changed.
    """

    paths: dict[str, Path]
    names: tuple[str, ...]
    label: str
    source: str
    received_at: datetime
    note: str = ""
    person: Person = NOBODY
    shown: str = ""


def find_submissions(folder: Path, roster: Iterable[Person] = (), received: datetime | None = None) -> list[HandIn]:
    """The submissions in this folder. `received` stands in where no system says when. Raises `CourseError`."""
    entries = _entries(folder)
    tells = (folder / METADATA).is_file()
    found = list(map(_readable, _gradescope(folder, entries) if tells else _others(entries)))
    if received is not None and not tells:
        found = [replace(each, received_at=received) for each in found]
    return _owned(_labelled(found), Roster(roster))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "__MACOSX")))
    except OSError as error:
        raise CourseError(f"{folder}: cannot be read: {error.strerror}") from None


def _owned(found: Sequence[HandIn], roster: Roster) -> list[HandIn]:
    prefix = _clone_prefix(found)
    owned = []
    for each in found:
        short = each.label.removeprefix(prefix)
        names = (*each.names, short) if short != each.label else each.names
        owned.append(replace(each, person=roster.find(names) or Person(each.label, name=_said(each))))
    return owned


def _readable(each: HandIn) -> HandIn:
    """Names as text that can be printed and stored, also where another system's archive left bytes that are none."""
    label, source, shown, *names = map(_text, (each.label, each.source, each.shown, *each.names))
    return replace(each, label=label, source=source, shown=shown, names=tuple(names))


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _said(each: HandIn) -> str:
    """The name that a system gave for somebody off the roster."""
    name = each.shown or each.names[0]
    return name if name != each.label else ""


def _labelled(found: Sequence[HandIn]) -> list[HandIn]:
    """Gives entries that would share a label their whole name, so that no two share anything."""
    labels = [each.label for each in found]
    while doubled := {label for label, count in Counter(map(str.casefold, labels)).items() if count > 1}:
        whole = [
            each.source if label.casefold() in doubled else label for each, label in zip(found, labels, strict=True)
        ]
        if whole == labels:
            break  # several authors of one Gradescope submission: their keys differ
        labels = whole
    return [replace(each, label=label) for each, label in zip(found, labels, strict=True)]


def _clone_prefix(found: Sequence[HandIn]) -> str:
    """What the names of clones begin with: `day12-` of `day12-ada`, `day12-bo`."""
    clones = [each.label for each in found if any((path / ".git").exists() for path in each.paths.values())]
    if len(clones) < 2:
        return ""
    first, last = min(clones), max(clones)
    shared = first[: next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]
    return shared[: max(shared.rfind("-"), shared.rfind("_")) + 1]


def _others(entries: Sequence[Path]) -> Iterator[HandIn]:
    grouped: dict[tuple[str, str], list[tuple[re.Match[str], Path]]] = {}
    for entry in entries:
        folder = entry.is_dir() and not entry.is_symlink()
        canvas = None if folder else _CANVAS.match(entry.name)
        if match := canvas or _MOODLE.match(entry.name):
            grouped.setdefault(("canvas" if canvas else "moodle", match["number"]), []).append((match, entry))
        else:
            yield _plain(entry)
    for (system, number), parts in grouped.items():
        yield _moodle(number, parts) if system == "moodle" else _canvas(number, parts)


def _plain(entry: Path) -> HandIn:
    label = entry.name if entry.is_dir() else _SUFFIX.sub("", entry.name)
    return HandIn({entry.name: entry}, (label,), label, entry.name, changed(entry))


def _moodle(number: str, parts: list[tuple[re.Match[str], Path]]) -> HandIn:
    """The folder of files that a participant handed in; or, where there are no folders, the files side by side."""
    files = [(match, path) for match, path in parts if match["kind"] == "file"] or parts
    who = files[0][0]["who"]
    paths = {match["file"] or path.name: path for match, path in files}
    return _grouped(paths, (number, who), who, files[0][1].name)


def _canvas(number: str, parts: list[tuple[re.Match[str], Path]]) -> HandIn:
    who = parts[0][0]["who"]
    paths = {_AGAIN.sub("", match["file"]): path for match, path in parts}
    late = any(match["late"] for match, _ in parts)
    found = _grouped(paths, (number, who), who, parts[0][1].name)
    return replace(found, note="Canvas calls it late") if late else found


def _grouped(paths: dict[str, Path], names: tuple[str, ...], label: str, source: str) -> HandIn:
    return HandIn(paths, (*names[1:], names[0]), label, source, max(map(changed, paths.values())))


def _gradescope(folder: Path, entries: Sequence[Path]) -> Iterator[HandIn]:
    """A folder a submission; one that several students handed in together is each one's."""
    told = _read_metadata(folder / METADATA)
    for entry in entries:
        if entry.name in SIDECARS:
            continue
        about = told.get(entry.name)
        submitters = about.get(":submitters") if isinstance(about, dict) else None
        if not isinstance(about, dict) or not isinstance(submitters, list) or not submitters:
            yield _plain(entry)
            continue
        when = _moment(about.get(":created_at")) or changed(entry)
        for person in submitters:
            names = _submitter(person) or (entry.name,)
            label = entry.name if len(submitters) == 1 else f"{entry.name} {names[0]}"
            yield HandIn({entry.name: entry}, names, label, entry.name, when, shown=names[-1])


def _submitter(about: Any) -> tuple[str, ...]:
    """What Gradescope calls a person: e-mail address, student id and, as anybody can change it, the name last."""
    said = [str(about.get(key) or "") for key in (":email", ":sid", ":name")] if isinstance(about, dict) else []
    return tuple(name for name in said if name)


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Reads Ruby's own kinds of object, of which only plain ones are of use here, as nothing."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def _read_metadata(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            loader = _Loader(stream.read(METADATA_BYTES))
        content = loader.get_single_data()
    except (OSError, yaml.YAMLError, RecursionError) as error:
        raise CourseError(f"{path}: cannot be read: {error}") from None
    return content if isinstance(content, dict) else {}


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, datetime):
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).replace(microsecond=0)


def changed(entry: Path) -> datetime:
    """When the newest of these files was changed, to the second. A student who packs a folder chooses such times."""
    newest = max(_times(entry), default=0.0)
    return datetime.fromtimestamp(min(max(0, int(newest)), LATEST), UTC)


def _times(entry: Path) -> Iterator[float]:
    """The times of an entry's files. However many and deep they are, some are looked at and none is in the way."""
    if not entry.is_dir() or entry.is_symlink():
        yield entry.lstat().st_mtime
        return
    pending, seen = [str(entry)], 0
    while pending:
        with contextlib.suppress(OSError), os.scandir(pending.pop()) as found:  # unreadable, or a path too long
            for each in found:
                if each.name.startswith("."):
                    continue
                seen += 1
                if seen > FILES_LOOKED_AT:
                    return
                if each.is_dir(follow_symlinks=False):
                    pending.append(each.path)
                else:
                    yield each.stat(follow_symlinks=False).st_mtime
