"""`grader submit`: an archive that is known to be readable, and a receipt for it."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.prompt import Prompt

from grader.judge.intake import intake, notebook_digest
from grader.judge.intake.text import same_text_digests
from grader.model.course import Course, Day
from grader.model.errors import CourseError
from grader.model.released import read_released
from grader.model.submission import Submission
from grader.model.writing import write

from .main import day_and_path


def submit(target: str, course: Course, out: Path | None) -> int:
    """Writes `<day>.zip` and its receipt, and prints the receipt."""
    day, path = day_and_path(course, target)
    file = _chosen(path, day) if path.is_dir() else path
    submission = intake(file, day.module, day.notebook)
    if file.is_dir():  # renamed: the one file of code in it
        raise CourseError(f"{file} has neither {day.module} nor {day.notebook}; give your file one of these names")
    name = day.notebook if submission.kind == "notebook" else day.module
    archive = packed(name, file.read_bytes())
    place = out or Path(f"{day.id}.zip")
    write(place, archive)
    again = intake(place, day.module, day.notebook)
    if again.digest != submission.digest:
        raise CourseError(f"{place}: {file} changed while it was packed; hand it in again")
    receipt = _receipt(day, submission, name, file, archive)
    proof = place.with_suffix(".receipt.json")
    write(proof, json.dumps(receipt, indent=2) + "\n")
    _say(receipt, submission, place, proof)
    return 0


def _chosen(folder: Path, day: Day) -> Path:
    """The face that is handed in: the one that was edited; asks where both were."""
    faces = [folder / name for name in (day.module, day.notebook) if (folder / name).is_file()]
    mine = [face for face in faces if edited(face)]
    if len(mine) < 2:
        return (mine or faces or [folder])[0]  # of an empty folder the intake says what is missing
    names = [face.name for face in mine]
    if not sys.stdin.isatty():
        raise CourseError(f"{' and '.join(names)} both hold work of yours; name one: grader submit {mine[0]}")
    return folder / Prompt.ask("Both were edited. Which one do you hand in?", choices=names)


def packed(name: str, data: bytes) -> bytes:
    """A zip archive of this one file: the same bytes for the same file, on every machine and day."""
    buffer = io.BytesIO()
    entry = zipfile.ZipInfo(name)  # its date is the first of 1980
    entry.external_attr = 0o100644 << 16
    entry.create_system = 3
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(entry, data)
    return buffer.getvalue()


def _receipt(day: Day, submission: Submission, name: str, file: Path, archive: bytes) -> dict[str, object]:
    return {
        "day": day.id,
        "file": name,
        "bytes": file.stat().st_size,
        "submission": submission.digest,  # what a record of its grading names as its digest
        "archive_sha256": hashlib.sha256(archive).hexdigest(),
        "packed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "not_started": list(not_started(day, submission)),
        "untouched": not edited(file),
        "notes": list(submission.notes),
    }


def edited(file: Path) -> bool:
    """Whether it is another file than the one that was given out; true where nobody knows what was."""
    data = file.read_bytes()
    digests = {notebook_digest(data)} if file.suffix == ".ipynb" else same_text_digests(data)
    return read_released(file.parent).get(file.name) not in digests


def not_started(day: Day, submission: Submission) -> Iterator[str]:
    """Tasks of which some function is missing, or does nothing but raise `NotImplementedError`. Runs nothing."""
    bodies: dict[str, bool] = {}
    for cell in submission.cells:
        try:
            tree = ast.parse(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # the checks say so, with the line
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                bodies[node.name] = any(map(_raises_stub, ast.walk(node)))
    for task in day.graded:
        if any(bodies.get(symbol, True) for symbol in task.symbols or (task.id,)):
            yield task.id


def _raises_stub(node: ast.AST) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _say(receipt: dict[str, object], submission: Submission, place: Path, proof: Path) -> None:
    print(f"{place}: {receipt['file']}, {receipt['bytes']} bytes, can be read by the grader")
    print(f"  submission  {receipt['submission']}")
    print(f"  packed at   {receipt['packed_at']}")
    if submission.notes:
        print(*(f"  note        {note}" for note in submission.notes), sep="\n")
    missing = receipt["not_started"]
    if receipt["untouched"]:
        print("  careful     it is as it was given out: nothing in it is yours yet")
    elif missing:
        print(f"  not started {', '.join(map(str, missing))}")  # type: ignore[call-overload]
    print(f"Hand in {place}; keep {proof}.")
