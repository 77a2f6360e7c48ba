"""The judge in place of nbgrader's Execute: walled workers, and the points where nbgrader looks for them."""

from __future__ import annotations

import hashlib
import html
import os
import secrets
from pathlib import Path
from typing import Any

import traitlets
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from grader.judge.device import pick_device
from grader.judge.intake import intake, notebook_digest
from grader.judge.run import Job, Judge
from grader.judge.seed import grading_seed
from grader.model.course import Course, Day
from grader.model.errors import CourseError, GraderFault
from grader.model.manifest import find_course, load_course
from grader.model.record import Record, TaskResult
from grader.model.submission import Submission, SubmissionError
from grader.model.writing import write
from grader.reports.card import card_html, card_text
from grader.reports.plots import png

OWN_SECRET = ".grader_secret"  # noqa: S105 - the name of a file
WITHHELD = "withheld: what this check does is not shown"


class Grade(NbGraderPreprocessor):
    """Grades what the student handed in and gives each check cell its feedback and points.

    It reads `submitted/`, not nbgrader's copy: the same bytes as `grader grade`, so the same record.
    """

    device = traitlets.Unicode("cpu", help="cpu, auto, cuda, mps, or sim: a pretended one").tag(config=True)
    isolation = traitlets.Enum(("best", "full", "none"), "best", help="full: refuse to grade with less").tag(
        config=True
    )
    records = traitlets.Unicode("records", help="where records are kept, in the course folder").tag(config=True)
    handed: dict[tuple[str, str], Record] = {}
    """Records that `grader nbgrader autograde` has made already, by day and student."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        ours, folders = resources["nbgrader"], self.parent.parent.coursedir
        day, student = ours["assignment"], ours["student"]
        record = self.grade(folders, day, student)
        if record.faulty:
            raise GraderFault(_fault(record))
        write(Path(folders.root) / self.records / day / f"{student}.json", record.to_json())
        fill(nb, record, [*nb.metadata.get("descent", {}).get("notes", ()), *record.submission.notes])
        return nb, resources

    def grade(self, folders: Any, day_id: str, student: str) -> Record:
        """The record of what this student handed in: made already, or made now."""
        handed = self.handed.pop((day_id, student), None)
        try:
            submission = take(folders, open_day(day_id)[1], student)
        except SubmissionError as error:
            refused = handed is not None and not handed.submission.digest
            return handed if handed and refused else self.judge(day_id).refused(student, str(error))
        if handed is not None and handed.submission.digest == submission.digest:
            return handed
        return self.judge(day_id).one(Job(submission, grading_seed(course_secret(Path(folders.root)), submission)))

    def judge(self, day_id: str) -> Judge:
        return open_judge(day_id, self.device, self.isolation)


def take(folders: Any, day: Day, student: str) -> Submission:
    """What stands in `submitted/` for this student and day. Raises `SubmissionError`."""
    path = Path(folders.format_path(folders.submitted_directory, student, day.id))
    released = released_digests(Path(folders.format_path(folders.release_directory, ".", day.id)))
    return intake(path, day.module, day.notebook, student, stub_digests=released)


def released_digests(folder: Path) -> dict[str, str]:
    """Digests of the module and notebook in nbgrader's release folder, to tell whether a student changed one."""
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.py")}
    return digests | {path.name: notebook_digest(path.read_bytes()) for path in folder.glob("*.ipynb")}


_judges: dict[tuple[str, str, str, str], Judge] = {}


def open_judge(day_id: str, device: str, isolation: Any) -> Judge:
    """The day's judge. The last one is kept: its zygote costs seconds, and nbgrader grades a student at a time."""
    course, day = open_day(day_id)
    key = (str(course.root), day_id, device, isolation)
    if key not in _judges:
        close_judges()
        _judges[key] = Judge(course, day, device=str(pick_device(device)), isolation=isolation)
    return _judges[key]


def close_judges() -> None:
    while _judges:
        _judges.popitem()[1].launcher.close()


def open_day(day_id: str) -> tuple[Course, Day]:
    """The course and its day of this name. Raises `CourseError`."""
    course = load_course(find_course())
    try:
        return course, course.day(day_id)
    except KeyError as error:
        raise CourseError(f"{day_id} is not graded here: {error.args[0]}") from None


def course_secret(root: Path) -> str:
    """What seeds are derived from: `GRADER_SECRET`, or the course folder's own file, made when it is first needed."""
    if given := os.environ.get("GRADER_SECRET"):
        return given
    path = root / OWN_SECRET
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(secrets.token_hex(16) + "\n")
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8").strip()


def fill(nb: Any, record: Record, notes: list[str]) -> None:
    """Puts each task's feedback and points into its check cell, and the notes on top."""
    results = {task.id: task for task in record.tasks}
    for cell in nb.cells:
        mark = cell.metadata.get("nbgrader", {})
        if not mark.get("grade") or mark.get("solution"):
            continue
        if mark["grade_id"] not in results:
            raise CourseError(f"the check cell {mark['grade_id']} is no task of {record.day}: the manifest has changed "
                              "since `nbgrader generate_assignment`")  # fmt: skip
        cell.outputs = outputs(results[mark["grade_id"]], float(mark["points"]), record.file)
    if notes:
        rows = "".join(f"<li>{html.escape(' '.join(note.split()))}</li>" for note in dict.fromkeys(notes))
        nb.cells.insert(
            0, new_markdown_cell(f"<div><b>Before it was graded:</b><ul>{rows}</ul></div>", id="descent-notes")
        )


def outputs(result: TaskResult, most: float, file: str) -> list[Any]:
    """What a check cell shows: the card, and then the one value in which nbgrader looks for points.

    `most` is what the released cell can give. Where the manifest has changed since, points are scaled to it.
    """
    points = min(max(result.points / result.max_points, 0.0), 1.0) * most if result.max_points else 0.0
    if result.visibility == "withheld":
        text = f"{result.id}: {result.verdict.words}, {result.points:g} of {result.max_points:g} points ({WITHHELD})"
        page = f"<div><b>{html.escape(text)}</b></div>"
    else:
        text, page = card_text(result, file), card_html(result, map(png, result.pictures), file)
    bold = f"<b>{points:g} of {most:g} points</b>"
    return [
        new_output("display_data", {"text/plain": text, "text/html": page}),
        new_output("execute_result", {"text/plain": repr(min(round(points, 6), most)), "text/html": bold}),
    ]


def _fault(record: Record) -> str:
    faults = [f"{task.id}: {task.message}" for task in record.tasks if task.verdict == "grader_error"]
    return f"{record.submission.student} has no new score: the grader itself failed: " + "; ".join(faults)
