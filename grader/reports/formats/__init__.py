"""Every form in which a result leaves Descent: one table, a small module each, all rendered from the record.

A module has `render`, which gets one record, or all of them where the format is `many`, and returns text. It sees a
record only through `words.shown`, so what a student may not read yet is not there to leak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from grader.model.errors import CourseError
from grader.model.record import Record
from grader.reports.words import shown


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        what: for whom, in words.
        module: where its `render` lives; imported when it is used.
        whole: whether it holds the record as it is, withheld tasks, source and seed: never for a student's eyes.
        many: whether one output takes several records.
        lenient: whether a student's failure is exit code 0, since the system reads any other as a fault of its own.
        sheet: whether it fills in a sheet that was downloaded, in which case `grader.reports.sheets` does it.
        log: whether its module has a `log` as well, lines that only work on standard output.
        append: the environment variable that names the file it is added to where no other is given.
    """

    what: str
    module: str
    whole: bool = False
    many: bool = False
    lenient: bool = False
    sheet: bool = False
    log: bool = False
    append: str = ""


HERE = "grader.reports.formats"
FORMATS = {
    "terminal": Format("what `grader score` prints", f"{HERE}.terminal"),
    "json": Format("the record itself", f"{HERE}.json_record", whole=True),
    "html": Format("the student's page", "grader.reports.student_page"),
    "junit": Format("JUnit XML: GitLab, Jenkins, Azure", f"{HERE}.junit", many=True),
    "gradescope": Format("Gradescope's results.json", f"{HERE}.gradescope", lenient=True),
    "classroom50": Format("Classroom 50's result.json", f"{HERE}.classroom50", lenient=True),
    "github": Format("GitHub Actions: a job summary, and annotations on standard output", f"{HERE}.github", log=True,
                     append="GITHUB_STEP_SUMMARY"),
    "gitlab": Format("GitLab's code-quality report", f"{HERE}.gitlab"),
    "prairielearn": Format("PrairieLearn's results.json", f"{HERE}.prairielearn", lenient=True),
    "autolab": Format("Autolab's standard output", f"{HERE}.autolab", lenient=True),
    "exercism": Format("Exercism's results.json, version 3", f"{HERE}.exercism", lenient=True),
    "csv": Format("a table, a row a student", f"{HERE}.table", many=True),
    "canvas": Format("a Canvas gradebook, filled in", "", many=True, sheet=True),
    "moodle": Format("a Moodle grading sheet, filled in", "", many=True, sheet=True),
}  # fmt: skip


def known(name: str) -> Format:
    """The format of this name. Raises `CourseError` with the known ones."""
    if name not in FORMATS:
        raise CourseError(f"no format is called {name!r}; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def render(name: str, records: Sequence[Record], *, reveal: bool = False, folder: str = "") -> str:
    """The records in this format.

    Raises `CourseError` where they do not fit it, and `GraderFault` where it cannot say that there is no score.
    """
    chosen = known(name)
    if chosen.sheet:
        raise CourseError(
            f"{name} fills in the sheet that you download: grader export RECORDS --to {name} --sheet FILE"
        )
    if not records or (len(records) > 1 and not chosen.many):
        raise CourseError(f"{name} holds one record, {len(records)} were given; export them one by one")
    told = list(records) if chosen.whole else [shown(record, reveal=reveal, folder=folder) for record in records]
    text: str = import_module(chosen.module).render(told if chosen.many else told[0])
    return text


def log(name: str, record: Record, *, reveal: bool = False, folder: str = "") -> str:
    """Lines for standard output, "" for a format that has none."""
    chosen = known(name)
    if not chosen.log:
        return ""
    text: str = import_module(chosen.module).log(shown(record, reveal=reveal, folder=folder))
    return text
