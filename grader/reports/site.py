"""The instructor's site: a page for the term, one for each day, one for each student of a day. Works from a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.model.course import Course, Day
from grader.model.record import Record
from grader.model.verdict import Verdict

from . import bars
from .numbers import DayNumbers, day_numbers, distribution, over_time, slips
from .page import show
from .rows import Row, Source
from .student_page import Earlier, Link, render
from .words import number

MOST = 8  # mistakes shown at once; the rest are folded
CONCERNS = {
    "stuck": "Stuck",
    "slow": "Slow",
    "flagged": "Flagged",
    "isolation": "Isolation less than full",
    "faults": "Grader faults",
}


@dataclass(frozen=True)
class Site:
    """What was built: the first page, and how many there are."""

    index: Path
    pages: int


def build_site(course: Course, source: Source, out: Path, days: Sequence[Day] = ()) -> Site:
    """Writes the site of these days (those with anything in them, of all, if none is named) into `out`."""
    numbers, written = [], 0
    for day in days or course.days:
        rows = list(_students(course, day, source, out))
        if any(row.handed_in for row in rows) or days:
            numbers.append(day_numbers(day, sorted(rows, key=lambda row: (row.name.casefold(), row.student))))
            written += sum(bool(row.tasks) for row in rows)
            _remove_others(out / day.id, {Path(row.page).name for row in rows})
    for each in numbers:
        _write(out / f"{each.day.id}.html", day_page(course, each))
    _write(out / "index.html", term_page(course, numbers))
    return Site(out / "index.html", written + len(numbers) + 1)


def day_page(course: Course, numbers: DayNumbers) -> str:
    """A class on a day."""
    spread = distribution(numbers.points, numbers.max_points)
    edges = [bar.label.partition("–")[0] for bar in spread] + [spread[-1].label.partition("–")[2]]
    times = over_time(made for row in numbers.rows for made in row.tries)
    return show(
        "day.html", course=course, numbers=numbers, day=numbers.day, concerns=CONCERNS, most=MOST,
        trail=[Link(course.title, "index.html"), Link(f"{numbers.day.id} {numbers.day.title}")],
        spread=spread, spread_chart=bars.upright("Scores", spread, "scores", edges=edges),
        times=times, time_chart=bars.upright("Attempts over time", times, "times", width=960, height=160),
        lying=bars.lying, tags=_tags(numbers),
    )  # fmt: skip


def term_page(course: Course, numbers: Sequence[DayNumbers]) -> str:
    """Every day and every student of the term."""
    rows = {(row.student, row.day): row for each in numbers for row in each.rows}
    names = {row.student: row.name for row in rows.values()}
    times = over_time(made for row in rows.values() for made in row.tries)
    students = sorted(names, key=lambda student: (names[student].casefold(), student))
    return show(
        "term.html", course=course, numbers=numbers, rows=rows, names=names, students=students, totals=_totals(rows),
        slips=slips(rows.values()), most=MOST, concerns=CONCERNS, times=times,
        time_chart=bars.upright("Attempts over time", times, "times", width=960, height=160), shade=_shade,
    )  # fmt: skip


def _students(course: Course, day: Day, source: Source, out: Path) -> Iterator[Row]:
    """The rows of a day; each student's page is written as it comes, and its record forgotten."""
    trail = [Link(course.title, "../index.html"), Link(f"{day.id} {day.title}", f"../{day.id}.html")]
    for row, record in source.rows(course, day):
        if record is not None:
            page = render(
                record,
                title=day.title,
                trail=[*trail, Link(row.name)],
                attempts=_attempts(row),
                reveal=True,
                marks=row.marks,
                counts=_counts(row, record),
            )
            _write(out / row.page, page)
        yield row


def _counts(row: Row, record: Record) -> str:
    """What counts, where that is not the sum that the page shows."""
    told = {task.id: task.points for task in record.tasks} | dict(row.marks)
    if row.points is None or ("" not in row.marks and abs(row.points - sum(told.values())) < 1e-6):
        return ""
    why = "as your instructor decided" if "" in row.marks else f"handed in {row.late_days} days late"
    return f"{number(row.points)} of {number(row.max_points)} points count, {why}."


def _attempts(row: Row) -> list[Earlier]:
    return [Earlier(made.at.isoformat(), made.points, made.max_points) for made in row.tries]


def _totals(rows: dict[tuple[str, str], Row]) -> dict[str, float]:
    totals: dict[str, float] = {}
    for row in rows.values():
        totals[row.student] = totals.get(row.student, 0.0) + (row.points or 0.0)
    return totals


def _tags(numbers: DayNumbers) -> dict[str, str]:
    """What the table can be filtered by, a student."""
    found: dict[str, list[str]] = {row.student: [] if row.handed_in else ["missing"] for row in numbers.rows}
    for kind, concerns in numbers.concerns.items():
        for concern in concerns:
            found[concern.row.student].append(kind)
    for row in numbers.rows:
        found[row.student] += [f"not:{task.id}" for task in row.tasks if task.verdict is not Verdict.PASSED]
        found[row.student] += [f"slip:{task.mistake}" for task in row.tasks if task.mistake]
    return {student: " ".join(tags) for student, tags in found.items()}


def _shade(row: Row | None) -> int:
    """How dark a cell is: 0 to 9, by its share of the points."""
    if row is None or row.points is None or not row.max_points:
        return 0
    return max(0, min(9, round(9 * row.points / row.max_points)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _remove_others(folder: Path, wanted: set[str]) -> None:
    """A page of a student who is no longer there must not stay behind."""
    for page in folder.glob("*.html"):
        if page.name not in wanted:
            page.unlink()
