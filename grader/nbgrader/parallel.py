"""`grader nbgrader autograde`: many judges at a time, and nbgrader's own Autograde as the one writer."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde, NbGraderException
from sqlalchemy.exc import SAWarning

from grader.batch.fairness import FairEngine
from grader.batch.work import Plan, Work
from grader.judge.intake.listing import shown
from grader.judge.seed import grading_seed
from grader.model.course import Day
from grader.model.errors import CourseError
from grader.model.record import Record
from grader.model.submission import Submission, SubmissionError

from .collect import add_notebook, make_usable
from .grade import Grade, course_secret, open_day, take


@dataclass(frozen=True)
class Done:
    """One student's autograding. `record` is None where nbgrader or the grader failed and the old score stands."""

    student: str
    record: Record | None


def autograde(
    folder: Path, day_id: str, *, jobs: int = 0, force: bool = False, students: tuple[str, ...] = (),
    told: Callable[[Done, int], None] = lambda done, total: None,
) -> list[Done]:  # fmt: skip
    """Autogrades every submission of a day that nbgrader would.

    Judges run in parallel; each record goes to nbgrader's Autograde in this process as soon as it is there, so that a
    stopped run has kept what it had finished. `told` hears of each student and of how many there are.
    """
    app = open_app(folder)
    settings: Any = Grade(parent=app)
    course, day = open_day(day_id)
    found = _submitted(app, day_id, students)
    for student in found:
        for name in make_usable(_folder(app, "submitted", student, day_id)):
            app.log.error("%s: %s cannot be used and was taken away", student, shown(name))
    waiting = [student for student in found if force or _newer(app, day_id, student)]
    for student in waiting:
        add_notebook(_folder(app, "submitted", student, day_id), app.coursedir, day_id)
    plan = Plan.of(course, day, settings.device, settings.isolation)
    engine = FairEngine(day, min(jobs, len(waiting)))
    finished = []
    for done in engine.grade(plan, _work(app, day, waiting)) if waiting else ():
        record = Record.model_validate_json(done.record) if done.record else None
        finished.append(_written(app, day_id, record) if record else Done(waiting[done.number], None))
        told(finished[-1], len(waiting))
    return finished


def _work(app: Any, day: Day, students: Sequence[str]) -> Iterator[Work]:
    """The pieces of work, numbered as the students are."""
    secret = course_secret(Path(app.coursedir.root))
    for number, student in enumerate(students):
        try:
            submission = take(app.coursedir, day, student)
        except SubmissionError as error:
            yield Work(number, Submission(student, "", day.module, (), "module"), "", str(error))
        else:
            yield Work(number, submission, grading_seed(secret, submission))


def open_app(folder: Path) -> Any:
    """nbgrader's Autograde application with the configuration of this course folder. Raises `CourseError`."""
    if not (folder / "nbgrader_config.py").is_file():
        raise CourseError(f"{folder} is no nbgrader course folder; `grader nbgrader init DIR` makes one")
    app = AutogradeApp()
    app.initialize([], root=str(folder.absolute()))
    app.log.setLevel("ERROR")
    return app


def _written(app: Any, day_id: str, record: Record) -> Done:
    """Has nbgrader write one student's result: its own code, so all that its users know holds."""
    student = record.submission.student
    Grade.handed[day_id, student] = record
    app.coursedir.student_id, app.coursedir.assignment_id = student, day_id
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader's own, three a student
            converter = Autograde(coursedir=app.coursedir, parent=app)
            converter.force = True
            converter.start()
    except NbGraderException:
        return Done(student, None)
    finally:
        Grade.handed.pop((day_id, student), None)
    return Done(student, record)


def _submitted(app: Any, day_id: str, students: tuple[str, ...]) -> list[str]:
    """Everybody with a folder for this day in `submitted/`."""
    found = {}
    excluded = set(app.coursedir.student_id_exclude.split(","))
    step = Path(app.coursedir.format_path(app.coursedir.submitted_directory, "*", day_id))
    place = step.parts.index("*")
    for path in sorted(Path(*step.parts[:place]).glob(str(Path(*step.parts[place:])))):
        if path.is_dir() and path.parts[place] not in excluded:
            found[path.parts[place]] = path
    missing = set(students) - found.keys()
    if missing:
        raise CourseError(f"nothing of {day_id} was submitted by {', '.join(sorted(missing))}")
    return [student for student in found if not students or student in students]


def _newer(app: Any, day_id: str, student: str) -> bool:
    """Whether nbgrader would grade this without --force: it never did, or a later submission came."""
    done = _folder(app, "autograded", student, day_id)
    if not done.exists():
        return True
    old = app.coursedir.get_existing_timestamp(str(done))
    new = app.coursedir.get_existing_timestamp(str(_folder(app, "submitted", student, day_id)))
    return old is not None and new is not None and new > old


def _folder(app: Any, step: str, student: str, day_id: str) -> Path:
    directory = getattr(app.coursedir, f"{step}_directory")
    return Path(app.coursedir.format_path(directory, student, day_id))
