"""`grader regrade`: whose points change under the suite as it is now, and why; and letting it count."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from grader.batch.progress import Progress
from grader.batch.work import Plan, Work
from grader.gradebook import proposals
from grader.gradebook.entry import Basis
from grader.gradebook.proposals import Change, Stale
from grader.gradebook.queries import record_of
from grader.gradebook.store import Gradebook
from grader.judge.seed import grading_seed
from grader.model.course import Course, Day
from grader.model.record import Record
from grader.reports.terminal import harmless

from .batch import Where
from .files import submission_of
from .main import EXIT_FAILED, EXIT_GRADER_FAULT

EXIT_STOPPED = 130


def regrade_day(course: Course, day: Day, where: Where, apply: bool) -> int:
    """0: nobody's points change, or they were applied; 1: some would; 70: some could not be graded."""
    console = Console(highlight=False)
    plan = where.plan(course, day)
    basis = Basis(plan.suite, plan.policy)
    with Gradebook.of(course, where.db, create=False) as book:
        secret = where.secret or book.secret()
        faults = 0
        todo = proposals.stale(book, day.id, basis)
        try:
            with Progress(console, len(todo)) as progress:
                for number, text in enumerate_done(book, plan, todo, secret, where, day):
                    faults += not _propose(book, todo[number], plan, text)
                    progress.step("graded")
        except KeyboardInterrupt:
            console.print("  stopped: what was graded is kept as proposed; the same command goes on from here")
            return EXIT_STOPPED
        found = list(proposals.changes(book, day.id, basis))
        if apply:
            for change in found:
                proposals.apply(book, change)
    differing = [change for change in found if change.changed_tasks]
    for row, style in _rows(differing, len(found), apply):
        console.print(Text(harmless(row), style=style), soft_wrap=True)
    if faults:
        console.print(f"  {faults} without a score: the grader failed; their earlier points stay", style="red")
        return EXIT_GRADER_FAULT
    return EXIT_FAILED if differing and not apply else 0


def enumerate_done(
    book: Gradebook, plan: Plan, todo: list[Stale], secret: str, where: Where, day: Day
) -> Iterator[tuple[int, str]]:
    """`(place in todo, record as JSON, or "" without a score)` of each, as they are finished."""

    def work() -> Iterator[Work]:
        for number, each in enumerate(todo):
            submission = submission_of(record_of(book, each.grading))
            yield Work(number, submission, grading_seed(secret, submission))

    for done in where.start(day).grade(plan, work()):
        yield done.number, done.record


def _propose(book: Gradebook, of: Stale, plan: Plan, text: str) -> bool:
    """Enters it as proposed; whether it has a score."""
    if not text:
        return False
    record = Record.model_validate_json(text)
    proposals.propose(book, of, plan.policy, record)
    return not record.faulty


def _rows(differing: list[Change], graded: int, applied: bool) -> Iterator[tuple[str, str]]:
    width = max([len(change.before.submission.student) for change in differing] + [9])
    for change in differing:
        before, after = change.before, change.after
        style = "green" if (after.points or 0) > (before.points or 0) else "red"
        row = f"  {after.submission.student:<{width}}  {before.points:g} → {after.points:g} of {after.max_points:g}"
        yield row, style
        was = {task.id: task for task in before.tasks}
        for task in after.tasks:
            if task.id in change.changed_tasks:
                old = was.get(task.id)
                then = f"{old.verdict.words} ({old.points:g})" if old else "not there"
                why = f": {task.message}" if task.message else ""
                yield f"  {'':<{width}}    {task.id}: {then} → {task.verdict.words} ({task.points:g}){why}", ""
        yield from ((f"  {'':<{width}}    {reason}", "dim") for reason in _reasons(before, after))
    told = f"  {graded} graded under the suite as it is now; {len(differing)} change"
    if not differing:
        yield told, "bold"
    else:
        yield f"{told}{'d' if applied else ': `grader regrade --apply` lets it count'}", "bold"


def _reasons(before: Record, after: Record) -> Iterator[str]:
    """What is different about the two gradings."""
    if before.suite.digest != after.suite.digest:
        yield f"the suite changed ({before.suite.digest[:8]} → {after.suite.digest[:8]})"
    for name in sorted({*before.versions, *after.versions}):
        if before.versions.get(name) != after.versions.get(name):
            yield f"{name} {before.versions.get(name)} → {after.versions.get(name)}"
    for name in ("device", "isolation", "seed"):
        if getattr(before, name) != getattr(after, name):
            yield f"{name} {getattr(before, name)} → {getattr(after, name)}"
