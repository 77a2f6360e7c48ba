"""`grader grade`: a folder of submissions into the gradebook, with a row each and a total."""

from __future__ import annotations

import itertools
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Literal, NoReturn

from rich.console import Console
from rich.text import Text

from grader.batch.batch import Batch, Row
from grader.batch.fairness import FairEngine
from grader.batch.layouts import HandIn, find_submissions
from grader.batch.progress import Progress
from grader.batch.roster import read_roster
from grader.batch.work import Engine, Level, Plan
from grader.gradebook.entry import enrol
from grader.gradebook.queries import record_of, roster
from grader.gradebook.store import Gradebook
from grader.model.course import Course, Day
from grader.model.writing import write
from grader.reports.terminal import harmless

from .main import EXIT_FAILED, EXIT_GRADER_FAULT, EXIT_USAGE

EXIT_STOPPED = 130


@dataclass(frozen=True)
class Where:
    """Where and how gradings are made and kept, as the command line has it."""

    jobs: int = 0
    device: str = "cpu"
    isolation: Level = "best"
    secret: str | None = None
    db: str | None = None
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    resources: Sequence[str] | None = None

    def plan(self, course: Course, day: Day) -> Plan:
        """What judges are told."""
        return Plan.of(course, day, self.device, self.isolation)

    def start(self, day: Day) -> Engine:
        """The engine. Raises `CourseError` for options that do not fit together."""
        if self.engine == "local":
            return FairEngine(day, self.jobs)
        from grader.batch.cluster import DaskEngine

        return DaskEngine(self.scheduler, self.resources or ())


def grade_folder(
    course: Course, day: Day, folder: Path, where: Where, out: Path | None = None, names: Path | None = None,
    received: datetime | None = None, force: bool = False,
) -> int:  # fmt: skip
    """Grades what is new in a folder; a row a student, a total, a record each below `out`."""
    if not folder.is_dir():
        print(f"grader: {folder} is not a folder", file=sys.stderr)
        return EXIT_USAGE
    with Gradebook.of(course, where.db) as book:
        if names is not None:
            with book.writing() as session:
                enrol(session, read_roster(names))
        people = roster(book)
        found = find_submissions(folder, people, received.astimezone() if received else None)
        batch = Batch(book, course, day, where.plan(course, day), where.secret or book.secret(), again=force)
        report = _Report(book, day, found, out)
        if people:
            report.strangers()
        stop = signal.signal(signal.SIGTERM, _stop)
        try:
            with report.progress:
                for row in batch.run(found, where.start(day)):
                    report.add(row)
        except KeyboardInterrupt:
            report.stopped()
            return EXIT_STOPPED
        finally:
            signal.signal(signal.SIGTERM, stop)
        return report.total()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


class _Report:
    """What a person sees of a batch, and the files that it leaves."""

    def __init__(self, book: Gradebook, day: Day, found: Sequence[HandIn], out: Path | None) -> None:
        self.book, self.day, self.found, self.out = book, day, found, out
        self.console = Console(highlight=False)
        self.width = min(40, max([len(each.label) for each in found] + [9]))
        self.progress = Progress(self.console, len(found))
        self.rows: list[tuple[str, float | None, bool, bool]] = []  # state, points, passed, faulty
        self.files = _file_names(found)

    def strangers(self) -> None:
        """Lists who matches nobody on the roster: graded all the same."""
        unknown = [each for each in self.found if not each.person.on_roster]
        if unknown:
            names = ", ".join(_shown(each.label) for each in unknown)
            self._print(f"  not on the roster, graded under their own names: {names}", "yellow")

    def add(self, row: Row) -> None:
        points = row.record.points if row.record else row.before.points if row.before else None
        self.rows.append((row.state, points, row.passed, row.faulty))
        if self.out is not None:
            self._write(row)
        if row.state != "unchanged":
            self._print(*self._line(row))
        self.progress.step(_words(row))

    def _write(self, row: Row) -> None:
        assert self.out is not None
        path = self.out / f"{self.files[row.found.label]}.json"
        record = row.record
        if record is None and row.before is not None and row.before.grading is not None and not path.exists():
            record = record_of(self.book, row.before.grading)
        if record is not None:
            write(path, record.to_json())

    def _line(self, row: Row) -> tuple[str, str]:
        name = f"  {_shown(row.found.label):<{self.width}}"
        if row.record is None:
            return f"{name}       –/{self.day.points:<5g} no score: {row.fault}", "red"
        record = row.record
        counts = Counter(task.verdict.words for task in record.tasks)
        told = ", ".join(f"{count} {words}" for words, count in counts.most_common())
        points = "–" if record.points is None else f"{record.points:g}"
        same = "  (the same content as another's)" if row.state == "copied" else ""
        note = f"  ({row.found.note})" if row.found.note else ""
        style = "red" if record.faulty else "green" if record.passed else ""
        return f"{name}  {points:>6}/{record.max_points:<5g} {told}{same}{note}", style

    def stopped(self) -> None:
        done = sum(state != "unchanged" for state, *_ in self.rows)
        self._print(f"  stopped: {done} graded and kept; the same command goes on from here", "bold")

    def total(self) -> int:
        """The last line, and the exit code. 0: all passed; 1: something did not; 70: the grader failed somewhere."""
        states = Counter(state for state, *_ in self.rows)
        scores = [points for _, points, _, _ in self.rows if points is not None]
        mean = sum(scores) / len(scores) if scores else 0.0
        faults = sum(faulty for *_, faulty in self.rows)
        graded = f"{states['graded'] + states['copied']} graded"
        text = f"  {graded:<{self.width}}  {mean:>6.4g}/{self.day.points:<5g} on average"
        text += f"; {states['unchanged']} unchanged" if states["unchanged"] else ""
        text += f"; {faults} without a score: the grader failed" if faults else ""
        self._print(text, "bold")
        if faults:
            return EXIT_GRADER_FAULT
        return 0 if all(passed for _, _, passed, _ in self.rows) else EXIT_FAILED

    def _print(self, text: str, style: str) -> None:
        self.console.print(Text(harmless(text), style=style), soft_wrap=True)


def _words(row: Row) -> str:
    if row.state == "unchanged":
        return "unchanged"
    return "no score" if row.faulty else "passed" if row.passed else "not passed"


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)


def _file_names(found: Iterable[HandIn]) -> dict[str, str]:
    """A file name for each label, never one for two: names are hostile, and some file systems know no case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for each in found:
        wished = _plain(each.person.key if each.person.on_roster else each.label)
        wishes = itertools.chain((wished, _plain(each.label)), (f"{wished}.{number}" for number in itertools.count(2)))
        names[each.label] = next(name for name in wishes if name.casefold() not in taken)
        taken.add(names[each.label].casefold())
    return names


def _plain(name: str) -> str:
    return "".join(c if c.isalnum() or c in "._@+- " else "_" for c in name).strip(". ")[:100] or "student"
