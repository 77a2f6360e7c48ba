"""What an instructor with nbgrader runs besides nbgrader itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .main import EXIT_GRADER_FAULT, CourseOption, open_course

if TYPE_CHECKING:
    from grader.nbgrader.parallel import Done

app = typer.Typer(help="A course folder for nbgrader, and many students at a time.", no_args_is_help=True)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The course folder, new or to be refreshed.")],
    course: CourseOption = None,
) -> None:
    """Make a folder in which plain nbgrader commands work: configuration, roster, every day."""
    from grader.nbgrader.init import init as write

    opened = open_course(course)
    for path in write(opened, folder):
        print(path)
    print(f"\n{len(opened.days)} days. Now: cd {folder} && nbgrader generate_assignment {opened.days[0].id}")


@app.command()
def autograde(
    day: Annotated[str, typer.Argument(help="The day, such as day10.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="How many at a time (0: one a core).")] = 0,
    force: Annotated[bool, typer.Option("--force", "-f", help="Also those that were graded before.")] = False,
    student: Annotated[list[str] | None, typer.Option("--student", help="Only these students.")] = None,
    folder: Annotated[Path, typer.Option("--folder", help="The course folder.")] = Path(),
) -> None:
    """Autograde all submissions of a day in parallel, with one writer to the gradebook."""
    from grader.nbgrader.parallel import autograde as run

    finished = run(folder, day, jobs=jobs, force=force, students=tuple(student or ()), told=_tell)
    failed = [done.student for done in finished if done.record is None]
    print(f"{len(finished)} graded" + (f"; without a new score: {', '.join(failed)}" if failed else ""))
    raise typer.Exit(EXIT_GRADER_FAULT if failed else 0)


def _tell(done: Done, total: int) -> None:
    from grader.reports.terminal import harmless

    record = done.record
    told = "the grader failed; the old score stands" if record is None else f"{record.points:g}/{record.max_points:g}"
    print(harmless(f"  {done.student}  {told}"), flush=True)
