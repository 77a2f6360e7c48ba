"""`grader nbgrader init`: a course folder in which every nbgrader command works."""

from __future__ import annotations

import os
import sys
from datetime import UTC
from pathlib import Path

from nbgrader.api import Gradebook

from grader.model.course import Course
from grader.model.manifest import NAME

from .grade import course_secret
from .master import write_master

ROSTER = "roster.csv"
HEADER = "id,first_name,last_name,email,lms_user_id\n"
CONFIG = '''\
"""nbgrader for {title}. Yours to change: `grader nbgrader init` writes it once and never again."""

import os

from grader.nbgrader.collect import student_files

c = get_config()  # noqa: F821 - nbgrader's own

# The course: its days, tasks, points and suites.
os.environ.setdefault("GRADER_COURSE", {manifest!r})
c.CourseDirectory.course_id = {id!r}

# Where students fetch and submit: a folder that all of them can write to.
# c.Exchange.root = "/srv/nbgrader/exchange"

# Release: nbgrader's own steps, with our stubs in place of ClearSolutions and a scan for leaks at the end.
# Rubrics stand in the question's cell, which is no "task" cell.
c.ClearMarkScheme.enforce_metadata = False
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "grader.nbgrader.release.Stubs",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
    "grader.nbgrader.release.LeakScan",
]

# Autograde: any file can be read, cells are put back in place, and the judge grades instead of a kernel.
c.Autograde.exporter_class = "grader.nbgrader.reading.Reader"
c.Autograde.exclude_overwriting = student_files()  # the modules that students hand in
c.Autograde.sanitize_preprocessors = [
    "grader.nbgrader.repair.Repair",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "grader.nbgrader.grade.Grade",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# c.Grade.device = "auto"
# c.Grade.isolation = "full"  # refuse to grade with less than every wall

# Late work: a method of nbgrader's own plugin, "none" or "zero", or a plugin of yours.
# c.LateSubmissionPlugin.penalty_method = "zero"
# c.AssignLatePenalties.plugin_class = "my_module.MyPlugin"

# Feedback: what students get back holds no rubric.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "grader.nbgrader.feedback.WithoutRubrics",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# Collect: a submission of the module alone gets the released notebook beside it, which nbgrader wants to see.
c.ExchangeFactory.collect = "grader.nbgrader.collect.Collect"
c.ZipCollectApp.extractor_plugin = "grader.nbgrader.collect.Extractor"
c.ZipCollectApp.collector_plugin = "grader.nbgrader.collect.Collector"

# Export: `nbgrader export` writes CSV that any name survives.
# Into a downloaded sheet: --exporter grader.nbgrader.export.Canvas (or .Moodle) --Canvas.sheet=FILE --to FILE
c.ExportApp.plugin_class = "grader.nbgrader.export.Scores"
'''


def init(course: Course, folder: Path) -> list[Path]:
    """Writes or refreshes the course folder; returns the files that changed.

    Sources follow `solutions/`; the configuration and the roster are written once. The gradebook gets every day and its
    due date, and keeps whatever else it holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = [
        path
        for path, text in ((folder / "nbgrader_config.py", _config(course)), (folder / ROSTER, HEADER))
        if _once(path, text)
    ]
    for day in course.days:
        changed += write_master(course, day, folder / "source" / day.id)
    course_secret(folder)
    _find_alembic()
    with Gradebook(f"sqlite:///{(folder / 'gradebook.db').absolute()}", course.id) as gradebook:
        for day in course.days:
            due = day.due and day.due.astimezone(UTC).replace(tzinfo=None)  # nbgrader keeps UTC without saying so
            gradebook.update_or_create_assignment(day.id, **({"duedate": due} if due else {}))
    return changed


def _find_alembic() -> None:
    """nbgrader makes its database with the `alembic` command, which a virtual environment has even if not activated."""
    scripts, path = str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = f"{scripts}{os.pathsep}{path}"


def _config(course: Course) -> str:
    return CONFIG.format(title=course.title, id=course.id, manifest=str(course.root / NAME))


def _once(path: Path, text: str) -> bool:
    if path.exists():
        return False
    path.write_text(text, encoding="utf-8")
    return True
