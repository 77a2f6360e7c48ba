"""`grader`: what students, instructors and authors type. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from grader.heavy import heavy_imports

from .gradebook import book

if TYPE_CHECKING:
    from grader.model.course import Course, Day

app = typer.Typer(
    help="Auto-graded assignments for PyTorch courses.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(book, name="gradebook")

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_GRADER_FAULT = 70

CourseOption = Annotated[Path | None, typer.Option("--course", help="The course.yaml, or its folder.")]
DayOption = Annotated[str, typer.Option("--day", help="The day, such as day12.")]
DeviceOption = Annotated[str, typer.Option("--device", help="cpu, auto, cuda, mps, or sim: a pretended one.")]
IsolationOption = Annotated[
    Literal["best", "full", "none"],
    typer.Option("--isolation", help="best: every wall this machine gives; full: refuse to run with less."),
]
SeedOption = Annotated[str | None, typer.Option("--seed", help="The seed itself, instead of one derived in secret.")]
ToOption = Annotated[
    list[str] | None,
    typer.Option("--to", help="Render in this format instead; repeat for more. `grader export --list`."),
]
OutOption = Annotated[
    list[Path] | None, typer.Option("--out", help="Where a --to goes, one each, in order; - for standard output.")
]
RevealOption = Annotated[
    bool, typer.Option("--reveal", help="Tell withheld tasks as well: after the deadline, or for your own eyes.")
]
FolderOption = Annotated[
    str, typer.Option("--folder", help="github, gitlab: the folder of the file in its repository.")
]
SecretOption = Annotated[
    str | None,
    typer.Option(
        "--secret",
        envvar="GRADER_SECRET",
        help="Seeds are derived from it (default: random, or the gradebook's).",
    ),
]


DbOption = Annotated[
    str | None,
    typer.Option("--db", envvar="GRADER_DB", help="The gradebook: a file or a URL (default: beside course.yaml)."),
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=0, help="How many submissions at a time (0: one a core).")]
EngineOption = Annotated[Literal["local", "dask"], typer.Option("--engine", help="Where the judges run.")]
SchedulerOption = Annotated[str | None, typer.Option("--scheduler", help="dask: the scheduler's address.")]
ResourceOption = Annotated[
    list[str] | None, typer.Option("--resource", help="dask: what a submission takes of its node, such as GPU=1.")
]


def open_course(path: Path | None) -> Course:
    """The course to use. Raises `CourseError`."""
    from grader.model.manifest import NAME, find_course, load_course

    if path is None:
        return load_course(find_course())
    return load_course(path / NAME if path.is_dir() else path)


def open_day(course: Course, name: str) -> Day:
    """The course's day; ends the command with its name where there is none."""
    try:
        return course.day(name)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0])) from None


def day_and_path(course: Course, target: str) -> tuple[Day, Path]:
    """The day that `target` is or lies in, and where a student works on it: a day's id, a folder or a file."""
    path = Path(target)
    if not path.exists():
        day = open_day(course, target)
        return day, course.root / course.assignments / day.id
    folder = path.absolute() if path.is_dir() else path.absolute().parent
    for day in course.days:
        if day.id == folder.name or (path.is_file() and path.name in (day.module, day.notebook)):
            return day, path
    raise typer.BadParameter(f"{target} is no day's folder or file; name a day, such as {course.days[0].id}")


@app.command()
def check(
    target: Annotated[str, typer.Argument(help="A day, a folder or a file.")] = ".",
    device: DeviceOption = "cpu",
    course: CourseOption = None,
) -> None:
    """Check your own work: every visible task of a day, in words."""
    from .student import check_own

    raise typer.Exit(check_own(target, device, course))


@app.command()
def watch(
    target: Annotated[str, typer.Argument(help="A day, its folder, or your file.")] = ".",
    device: DeviceOption = "cpu",
    course: CourseOption = None,
) -> None:
    """Check your own work again after every save: the task at hand first, h for its hint, q to quit."""
    from .watching import watch_day

    raise typer.Exit(watch_day(target, device, open_course(course)))


@app.command()
def submit(
    target: Annotated[str, typer.Argument(help="A day, its folder, or your file.")] = ".",
    out: Annotated[Path | None, typer.Option("--out", help="The archive to write (default: DAY.zip here).")] = None,
    course: CourseOption = None,
) -> None:
    """Pack your work for handing in: an archive that the grader can read, and a receipt."""
    from .submitting import submit as pack

    raise typer.Exit(pack(target, open_course(course), out))


@app.command()
def score(
    path: Annotated[Path, typer.Argument(help="One submission: a file, folder, archive or notebook.")],
    day: DayOption,
    json: Annotated[Path | None, typer.Option("--json", help="Write the record here; - for standard output.")] = None,
    device: DeviceOption = "cpu",
    isolation: IsolationOption = "best",
    seed: SeedOption = None,
    secret: SecretOption = None,
    student: Annotated[str | None, typer.Option("--student", help="Whose it is (default: the file's name).")] = None,
    to: ToOption = None,
    out: OutOption = None,
    reveal: RevealOption = False,
    folder: FolderOption = "",
    course: CourseOption = None,
) -> None:
    """Grade one submission behind walls; write its record, or any other format."""
    from grader.judge.opening import open_early

    from .exporting import Delivery
    from .provenance import guard

    opened = open_course(course)
    chosen = open_day(opened, day)
    if not path.exists():
        raise typer.BadParameter(f"{path} is not there")
    guard(opened, path, checkout=True)
    delivery = Delivery.of(to or [], out or [], reveal, folder)
    if delivery.targets and str(json) == "-":
        raise typer.BadParameter("--json - leaves no room for --to on standard output; use --to json --out -")
    launcher = open_early(isolation, frozenset(chosen.preload), device)  # before the next line imports torch
    with heavy_imports():
        from .grading import score_one

    raise typer.Exit(score_one(opened, chosen, path, json, device, launcher, seed, secret, student, delivery))


@app.command()
def grade(
    folder: Annotated[Path, typer.Argument(help="A folder of submissions, or the download of a system.")],
    day: DayOption,
    out: Annotated[Path | None, typer.Option("--out", help="Write each record here, as <student>.json.")] = None,
    jobs: JobsOption = 0,
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV of id, name, email and ids elsewhere; kept in the gradebook.")
    ] = None,
    db: DbOption = None,
    force: Annotated[bool, typer.Option("--force", help="Grade what has been graded as well.")] = False,
    received: Annotated[
        datetime | None, typer.Option("--received", help="When all of it was handed in, instead of the files' times.")
    ] = None,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
    resource: ResourceOption = None,
    device: DeviceOption = "cpu",
    isolation: IsolationOption = "best",
    secret: SecretOption = None,
    course: CourseOption = None,
) -> None:
    """Grade a whole folder of submissions into the gradebook. Run again, it goes on with what is new."""
    with heavy_imports():
        from .batch import Where, grade_folder
    from .provenance import guard

    opened = open_course(course)
    chosen = open_day(opened, day)
    guard(opened, folder)
    where = Where(jobs, device, isolation, secret, db, engine, scheduler, resource)
    raise typer.Exit(grade_folder(opened, chosen, folder, where, out, roster, received, force))


@app.command()
def regrade(
    day: DayOption,
    apply: Annotated[bool, typer.Option("--apply/--diff", help="Let it count, or only show it.")] = False,
    jobs: JobsOption = 0,
    db: DbOption = None,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
    resource: ResourceOption = None,
    device: DeviceOption = "cpu",
    isolation: IsolationOption = "best",
    secret: SecretOption = None,
    course: CourseOption = None,
) -> None:
    """Grade a day's submissions under the suite as it is now, and show whose points change and why."""
    from .batch import Where
    from .regrading import regrade_day

    opened = open_course(course)
    where = Where(jobs, device, isolation, secret, db, engine, scheduler, resource)
    raise typer.Exit(regrade_day(opened, open_day(opened, day), where, apply))


@app.command()
def replay(
    record: Annotated[Path, typer.Argument(help="A record that `score` or `grade` wrote.")],
    isolation: IsolationOption = "best",
    course: CourseOption = None,
) -> None:
    """Grade a record's submission again with its seed, and say whether the verdicts are the same."""
    from .grading import replay_record

    raise typer.Exit(replay_record(open_course(course), record, isolation))


@app.command()
def export(
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records, or folders of them (default: the gradebook, with --day).")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="The format.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write it here (default: standard output).")] = None,
    sheet: Annotated[Path | None, typer.Option("--sheet", help="canvas, moodle: the downloaded sheet.")] = None,
    column: Annotated[str | None, typer.Option("--column", help="canvas, moodle: the header of the column.")] = None,
    scale: Annotated[bool, typer.Option("--scale", help="canvas, moodle: scale to the sheet's maximum.")] = False,
    reveal: RevealOption = False,
    folder: FolderOption = "",
    listed: Annotated[bool, typer.Option("--list", help="Show every format.")] = False,
    day: Annotated[str | None, typer.Option("--day", help="From the gradebook: the day.")] = None,
    db: Annotated[str | None, typer.Option("--db", envvar="GRADER_DB", help="The gradebook: a file or a URL.")] = None,
    course: CourseOption = None,
) -> None:
    """Render records, or what the gradebook holds of a day, in the format of another system."""
    from .exporting import Sheet, export_book, export_files, list_formats

    if listed:
        raise typer.Exit(list_formats())
    if to is None or bool(records) == bool(day):
        raise typer.BadParameter("give a format with --to (see --list), and records or a --day of the gradebook")
    template = Sheet(sheet, column, scale)
    if records:
        raise typer.Exit(export_files(records, to, out, template, reveal, folder))
    opened = open_course(course)
    raise typer.Exit(export_book(opened, open_day(opened, str(day)), db, to, out, template, reveal, folder))


@app.command()
def site(
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records, or folders of them (default: the course's gradebook).")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="The folder to write the site into.")] = Path("site"),
    days: Annotated[list[str] | None, typer.Option("--day", help="Only these days.")] = None,
    db: DbOption = None,
    course: CourseOption = None,
) -> None:
    """Write a site about a class: scores, tasks, mistakes, who needs a look, and each student's page."""
    from .site import write_site

    opened = open_course(course)
    raise typer.Exit(write_site(opened, [open_day(opened, day) for day in days or []], records or [], db, out))


@app.command()
def build(
    days: Annotated[list[str] | None, typer.Argument(help="Days to build (default: all).")] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where one is out of step.")] = False,
    course: CourseOption = None,
) -> None:
    """Make assignments/ from solutions/."""
    from .course import build_days

    raise typer.Exit(build_days(open_course(course), days or [], check))


@app.command()
def verify(
    days: Annotated[list[str] | None, typer.Argument(help="Days to verify (default: all).")] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many seeds to try everything with.")] = 1,
    tasks: Annotated[list[str] | None, typer.Option("--task", help="Only these tasks.")] = None,
    course: CourseOption = None,
) -> None:
    """Prove a course: stubs score 0, solutions full marks, every named mistake is caught and named."""
    from .course import verify_days

    raise typer.Exit(verify_days(open_course(course), days or [], seeds, tasks or []))


@app.command()
def doctor() -> None:
    """Say what this machine gives: devices, data, and the walls that a grading stands behind."""
    from .doctor import examine

    raise typer.Exit(examine())


@app.command()
def hint(
    task: Annotated[str, typer.Argument(help="A task's id or one of its symbols.")],
    day: Annotated[str | None, typer.Option("--day", help="The day, where several have such a task.")] = None,
    course: CourseOption = None,
) -> None:
    """Show a task's hint."""
    from .hints import show_hint

    raise typer.Exit(show_hint(open_course(course), task, day))


@app.command()
def similar(
    folder: Annotated[Path, typer.Argument(help="A folder with one file, folder, archive or notebook a student.")],
    day: DayOption,
    at: Annotated[float, typer.Option("--at", min=0.1, max=1.0, help="Show pairs that share this much.")] = 0.5,
    out: Annotated[Path, typer.Option("--out", help="The page to write.")] = Path("similar.html"),
    course: CourseOption = None,
) -> None:
    """Show which works share code that was not given: for a person to read, never part of a score."""
    from .similar import write_similar

    opened = open_course(course)
    raise typer.Exit(write_similar(opened, open_day(opened, day), folder, at, out))


@app.command("gradescope-zip")
def gradescope_zip(
    day: Annotated[str, typer.Argument(help="The day, such as day12.")],
    out: Annotated[Path | None, typer.Option("--out", help="The archive (default: DAY-gradescope.zip).")] = None,
    secret: SecretOption = None,
    course: CourseOption = None,
) -> None:
    """Build the autograder archive that Gradescope takes: this grader, this course's suite, pinned versions."""
    from .harness import write_gradescope_zip

    opened = open_course(course)
    raise typer.Exit(write_gradescope_zip(opened, open_day(opened, day), out, secret))


@app.command("new-course")
def new_course(folder: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Write a small course of your own that passes `verify` as it stands."""
    from grader.authoring.new_course import new_course as write

    for path in write(folder):
        print(path)
    print(f"\nNow: cd {folder} && grader verify")


def main() -> NoReturn:
    """The console script: errors of ours end in one sentence, never in a traceback."""
    from grader.model.errors import DescentError, GraderFault

    try:
        app(standalone_mode=True)
    except DescentError as error:
        print(f"grader: {error}", file=sys.stderr)
        sys.exit(EXIT_GRADER_FAULT if isinstance(error, GraderFault) else EXIT_USAGE)
    except KeyboardInterrupt:
        print("grader: interrupted", file=sys.stderr)
        sys.exit(130)
    sys.exit(0)


from .nbgrader import app as _nbgrader  # noqa: E402 - it takes its options from this module

app.add_typer(_nbgrader, name="nbgrader")
