"""Picks the day's file out of what was handed in and makes a `Submission` of it."""

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from grader.judge.intake.archive import archive_entries
from grader.judge.intake.folder import all_entries, file_entry, top_entries
from grader.judge.intake.listing import (
    ARCHIVE_BYTES,
    MODULE_BYTES,
    NOTEBOOK_BYTES,
    Entry,
    hidden,
    printable,
    shown,
    shown_list,
)
from grader.judge.intake.magics import plain_script
from grader.judge.intake.notebook import is_notebook, notebook_digest, read_notebook
from grader.judge.intake.text import decode_source, same_text_digests
from grader.model.submission import Submission, SubmissionError

Kind = Literal["module", "notebook"]

_KINDS: dict[str, Kind] = {".py": "module", ".ipynb": "notebook"}
_ARCHIVE_SUFFIX = re.compile(r"\.(?:zip|tar|tgz|tar\.(?:gz|xz|bz2))\Z", re.IGNORECASE)


def intake(
    path: Path,
    module: str,
    notebook: str,
    student: str | None = None,
    *,
    stub_digests: Mapping[str, str] | None = None,
    prefer: Kind | None = None,
) -> Submission:
    """Take in what a student handed in. Nothing is executed, imported, followed or written.

    The declared module or notebook is taken from the top of a folder or archive, or from the one deeper place where it
    lies; a single .py or .ipynb file under another name is taken for it, and the one archive of a folder without
    either is opened. Where both are there, the one that the student changed is taken; where neither was, the module.
    A notebook under a module's name is read as what it is.

    Args:
        path: a .py file, a .ipynb file, a folder, or a zip or (compressed) tar archive.
        module: the day's module, such as `losses.py`.
        notebook: the day's notebook, such as `day10.ipynb`.
        student: whose it is; the name of `path` without its suffix where it is not given.
        stub_digests: file name to the digest, in hex, of what was released: of the module the SHA-256 of its bytes,
            of the notebook its `notebook_digest`.
        prefer: which to take where the student changed both.

    Raises:
        SubmissionError: it cannot be taken; the message says what the student can do.
        OSError: the machine failed to read it, through no fault of the student.
    """
    names: dict[Kind, str] = {"module": module, "notebook": notebook}
    found, notes = _find(_listing(path, names), names, path.name)
    contents = {kind: _read(entry, kind) for kind, entry in found.items()}
    kind = _choose(contents, names, stub_digests or {}, prefer)
    data = contents[kind]
    if len(contents) == 2:
        notes.append(f"Both {module} and {notebook} were handed in; {names[kind]} was taken.")
    if kind == "module" and is_notebook(data):
        kind = "notebook"
        notes.append(f"{found['module'].shown} holds a notebook and was read as one; please call it {notebook}.")
        found[kind] = found["module"]
    if kind == "module":
        text, repairs = decode_source(data, found[kind].name)
        cells: tuple[str, ...] = (plain_script(text),)
    else:
        cells, repairs = read_notebook(data, found[kind].name)
    if not any(cell.strip() for cell in cells):
        notes.append(f"{shown(found[kind].name)} holds no code.")
    return Submission(
        student=printable(_owner(path) if student is None else student),
        digest=hashlib.sha256(f"{kind}\0{names[kind]}\0".encode() + data).hexdigest(),
        module=module,
        cells=cells,
        kind=kind,
        notes=(*notes, *repairs),
    )


def declared_files(path: Path, module: str, notebook: str) -> dict[str, bytes]:
    """The bytes of the day's module and notebook, as far as they were handed in, by these names; nothing else.

    For whoever keeps submissions as files: the same listing, limits and refusals as `intake`'s.

    Raises:
        SubmissionError: neither is there, or cannot be read.
    """
    names: dict[Kind, str] = {"module": module, "notebook": notebook}
    found, _ = _find(_listing(path, names), names, path.name)
    return {names[kind]: _read(entry, kind) for kind, entry in found.items()}


def _owner(path: Path) -> str:
    name = path.absolute().name
    if path.is_dir():
        return name
    return _ARCHIVE_SUFFIX.sub("", name.removesuffix(".py").removesuffix(".ipynb"))


def _listing(path: Path, names: Mapping[Kind, str]) -> list[Entry]:
    """Everything that was handed in and is not hidden."""
    if _is_folder(path):
        top = top_entries(path)
        # A file at the top is taken whatever lies deeper, so that a large environment beside it does no harm.
        if any(entry.name in names.values() for entry in top):
            return top
        entries = all_entries(path)
        archives = [entry for entry in entries if _ARCHIVE_SUFFIX.search(entry.name)]
        if len(archives) != 1 or any(_is_code(entry) for entry in entries):
            return entries
        if not archives[0].plain:
            raise _not_plain(archives[0])
        return _unpacked(archives[0].read(ARCHIVE_BYTES), archives[0].name) or entries
    file = file_entry(path)
    if not file.plain:
        raise _not_plain(file)
    if path.suffix.lower() in _KINDS:
        return [file]
    members = _unpacked(file.read(ARCHIVE_BYTES), path.name)
    if members is None:
        raise SubmissionError(
            f"{shown(path.name)} is neither an archive that can be opened here (zip, tar, tar.gz, tar.xz, "
            f"tar.bz2) nor a .py or .ipynb file; hand in {names['module']} or {names['notebook']}."
        )
    return members


def _unpacked(data: bytes, name: str) -> list[Entry] | None:
    """What an archive holds and is not hidden; None for what is no archive."""
    members = archive_entries(data, name)
    return members and [member for member in members if not any(hidden(part) for part in member.parts)]


def _is_code(entry: Entry) -> bool:
    return Path(entry.name).suffix.lower() in _KINDS


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False  # reading it as a file tells why


def _find(entries: list[Entry], names: Mapping[Kind, str], where: str) -> tuple[dict[Kind, Entry], list[str]]:
    """The declared files that are there, at least one, and notes."""
    declared = [entry for entry in entries if entry.name in names.values()]
    if not declared:
        return _find_renamed(entries, names, where)
    top = _shared_folder(entries)
    declared = [entry for entry in declared if entry.parts[:-1] == top] or declared
    found: dict[Kind, Entry] = {}
    for kind, name in names.items():
        places = [entry for entry in declared if entry.name == name]
        if len(places) > 1:
            raise SubmissionError(
                f"{name} is there {len(places)} times ({shown_list([p.shown for p in places])}); keep one."
            )
        found.update((kind, place) for place in places)
    return found, []


def _shared_folder(entries: list[Entry]) -> tuple[str, ...]:
    """The innermost folder that everything is in: many archives wrap all they hold in one or two."""
    shared = entries[0].parts[:-1]
    for entry in entries:
        while entry.parts[: len(shared)] != shared:
            shared = shared[:-1]
    return shared


def _find_renamed(entries: list[Entry], names: Mapping[Kind, str], where: str) -> tuple[dict[Kind, Entry], list[str]]:
    code = [entry for entry in entries if _is_code(entry)]
    if len(code) != 1:
        found = shown_list([entry.shown for entry in entries]) or "nothing"
        raise SubmissionError(
            f"{shown(where)} has neither {names['module']} nor {names['notebook']} (found: {found}); "
            "give your file one of these names and hand it in again."
        )
    kind = _KINDS[Path(code[0].name).suffix.lower()]
    note = f"{code[0].shown} was taken as {names[kind]}; please keep to that name."
    return {kind: code[0]}, [note]


def _read(entry: Entry, kind: Kind) -> bytes:
    if not entry.plain:
        raise _not_plain(entry)
    return entry.read(MODULE_BYTES if kind == "module" else NOTEBOOK_BYTES)


def _not_plain(entry: Entry) -> SubmissionError:
    return SubmissionError(f"{entry.shown} is a link or a device, not a plain file; hand in the file itself.")


def _digests(kind: Kind, data: bytes) -> set[str]:
    return same_text_digests(data) if kind == "module" else {notebook_digest(data)}


def _choose(
    contents: Mapping[Kind, bytes],
    names: Mapping[Kind, str],
    stub_digests: Mapping[str, str],
    prefer: Kind | None,
) -> Kind:
    if len(contents) == 1:
        return next(iter(contents))
    changed = [kind for kind, data in contents.items() if stub_digests.get(names[kind]) not in _digests(kind, data)]
    if len(changed) == 2 and prefer is None:
        raise SubmissionError(
            f"Both {names['module']} and {names['notebook']} hold work of yours, and only one can be graded; "
            "keep the one that counts and hand it in alone."
        )
    if len(changed) == 1:
        return changed[0]
    return prefer if changed and prefer else "module"
