"""The student's desk: a day's suite collected under their own file and run where breakpoints work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from grader.checks import shortcuts
from grader.judge.device import pick_device
from grader.judge.findings import forbidden
from grader.judge.inprocess import InProcess
from grader.judge.intake import intake
from grader.judge.outcome import result_of
from grader.judge.run import Judge
from grader.judge.scoring import questions, score, trace
from grader.judge.student import JudgedStudent, Transport
from grader.judge.suite import Fixtures, Grading, Suite, SuiteFile, task_id
from grader.model.course import Course, Day
from grader.model.errors import CourseError, DescentError
from grader.model.manifest import find_course, load_course
from grader.model.record import whole_file
from grader.model.released import read_released
from grader.model.submission import Submission, SubmissionError
from grader.model.verdict import CheckResult, Finding, Verdict
from grader.reports.plots import draw
from grader.reports.terminal import block, harmless, table

EXIT_GRADER_FAULT = 70
DESK_SEED = "desk"


class Desk:
    """What one pytest run at a student's keyboard shares: the course, the device, what was already explained."""

    def __init__(self, config: pytest.Config, course: Course) -> None:
        self.config, self.course = config, course
        self.seed: str = config.getoption("--seed") or DESK_SEED
        self.isolation = config.getoption("--isolation")
        self.device = pick_device(config.getoption("--device"), here=self.isolation == "none")
        self.faulty = False
        self._explained: set[tuple[str, str]] = set()
        self._judges: dict[str, Judge] = {}
        self._files: list[DeskFile] = []
        config.pluginmanager.register(Fixtures(), "descent-fixtures")
        config.add_cleanup(self.close)

    @classmethod
    def of(cls, config: pytest.Config, path: Path) -> Desk:
        """The desk for the course that this file belongs to. Raises `CourseError` or `DeviceError`."""
        named = config.getoption("--course")
        return cls(config, load_course(Path(named) if named else find_course(path.parent)))

    def close(self) -> None:
        for judge in self._judges.values():
            judge.launcher.close()

    def pictures(self) -> list[Path]:
        """Draws what the checks had to show, beside the student's file; returns the PNG files."""
        return [
            draw(picture, file.path.parent / "pictures")
            for file in self._files
            if file.grading is not None
            for _, picture in file.grading.pictures
        ]

    def collect(self, path: Path, parent: pytest.Collector, day_id: str) -> pytest.Collector | None:
        """The collector for this file, or None where it is no day's."""
        try:
            day = self.course.day(day_id)
        except KeyError as error:
            if self.config.getoption("--day"):
                raise CourseError(str(error.args[0])) from None
            return None
        if not self.config.getoption("--day") and path.name not in (day.module, day.notebook):
            return None
        if not self._named(path) and not self._taken(path, day):
            return None
        file = DeskFile.of(parent, path, Suite(self.course, day))
        assert isinstance(file, DeskFile)
        file.desk = self
        self._files.append(file)
        return file

    def notes(self) -> list[str]:
        """What was repaired or left out of the files that were checked."""
        return [note for file in self._files if file.grading is not None for note in file.submission.notes]

    def has(self, path: Path) -> bool:
        """Whether this file was collected as a day's."""
        return any(file.path == path for file in self._files)

    def _named(self, path: Path) -> bool:
        return any(Path(argument.partition("::")[0]).absolute() == path for argument in self.config.args)

    def _taken(self, path: Path, day: Day) -> bool:
        """Whether this is the face that the student works in: the module, unless only the notebook was edited."""
        if not (path.with_name(day.module).is_file() and path.with_name(day.notebook).is_file()):
            return True
        released = read_released(path.parent)
        try:
            taken = intake(path.parent, day.module, day.notebook, stub_digests=released)
        except SubmissionError as error:
            raise CourseError(f"{error}\nTo check one of them, name it: pytest {path.with_name(day.module)}") from None
        return path.name == (day.module if taken.kind == "module" else day.notebook)

    def transport(self, suite: Suite, path: Path, submission: Submission) -> Transport:
        """In this process, or, where --isolation asks for it, in a walled worker as in a graded run."""
        notebook = submission.kind == "notebook"
        if self.isolation == "none":
            name = submission.module if notebook else str(path)
            alarm = not self.config.getoption("usepdb")
            return InProcess.load(list(submission.cells), name, notebook, vars(suite.probes), self.device, alarm)
        judge = self._judges.get(suite.day.id)
        if judge is None:
            judge = Judge(self.course, suite.day, device=str(self.device), isolation=self.isolation)
            self._judges[suite.day.id] = judge
        return judge.session(submission)

    def report(self, item: pytest.Item, call: pytest.CallInfo[Any], report: Any) -> None:
        """Attaches the check's result to pytest's report, and puts our words in place of a traceback."""
        result = result_of(item, call)
        file = item.getparent(DeskFile)
        if result is None or file is None:
            return
        subject = (file.nodeid, file.subject(result))
        # plain JSON, so that pytest-xdist can carry it
        report.descent = {
            **json.loads(json.dumps(asdict(result))), "day": file.suite.day.id, "file": item.nodeid.partition("::")[0],
            "verdict": result.verdict.value, "words": result.verdict.words, "again": subject in self._explained,
        }  # fmt: skip
        if result.finding is None:
            return
        report.outcome = "failed"
        self.faulty |= result.verdict is Verdict.GRADER_ERROR
        if result.verdict is not Verdict.GRADER_ERROR:
            report.longrepr = file.explain(result)
            self._explained.add(subject)


class DeskFile(SuiteFile):
    """A day's suite under the path of a student's file."""

    desk: Desk
    submission: Submission

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        day = self.suite.day
        try:
            self.submission = intake(self.path, day.module, day.notebook)
            yield from super().collect()
        except DescentError as error:
            raise self.CollectError(str(error)) from None

    def chosen(self, items: list[Any]) -> list[Any]:
        withheld = {task.id for task in self.suite.day.tasks if task.visibility == "withheld"}
        return [item for item in items if task_id(item) not in withheld]

    def prepare(self) -> Grading:
        if self.grading is None:
            desk, cells = self.desk, list(self.submission.cells)
            rules = {
                task.id: {"symbols": list(task.symbols), "forbidden": list(task.forbidden)}
                for task in self.suite.day.graded
            }
            found = shortcuts.find_shortcuts(cells, rules)
            student = JudgedStudent(desk.transport(self.suite, self.path, self.submission), desk.device, desk.seed)
            barred = {task: forbidden(each.name, each.cell, each.line) for task, each in found.items()}
            self.grading = Grading(student, desk.seed, barred)
        return self.grading

    def explain(self, result: CheckResult) -> str:
        """The text under a failed check."""
        assert result.finding is not None
        subject, lines = self.subject(result), trace(result.finding, self.submission.cells)
        hint = self.suite.day.task(result.task).hint if subject == result.task else ""
        return block(subject, result.finding, lines, self.path.name, hint)

    def subject(self, result: CheckResult) -> str:
        """What a check is about: its task, or the file where that does not run, which is told once."""
        lines = trace(result.finding, self.submission.cells) if result.finding else ()
        return self.path.name if whole_file(lines) else result.task


def summarise(terminal: Any, reports: list[Any], desk: Desk | None) -> None:
    """One table for each file that was checked, and where its pictures are."""
    desk_results: dict[tuple[str, str], list[CheckResult]] = {}
    for report in reports:
        told = report.descent
        finding = told["finding"] and Finding(**{**told["finding"], "verdict": Verdict(told["finding"]["verdict"])})
        result = CheckResult(told["check"], told["task"], finding, told["seconds"])
        desk_results.setdefault((told["day"], told["file"]), []).append(result)
    course = load_course(_course_path(terminal.config, reports))
    for (day_id, file), results in desk_results.items():
        day = course.day(day_id)
        ran = list(dict.fromkeys((result.task, result.check) for result in results))
        scored = {task.id: task for task in score(day, ran, results, ())}
        ran_tasks = {task for task, _ in ran}
        tasks = [scored[task.id] if task.id in ran_tasks else task for task in day.graded]
        terminal.section(f"{day.id}: {day.title}", sep="-")
        for text, colour in table(tasks, questions(day), file):
            terminal.write_line(text, **({colour: True} if colour else {}))
    for note in desk.notes() if desk else []:
        terminal.write_line(harmless(f"  {note}"), yellow=True)
    for picture in desk.pictures() if desk else []:
        terminal.write_line(f"  picture: {picture}")


def _course_path(config: pytest.Config, reports: list[Any]) -> Path:
    named = config.getoption("--course")
    return Path(named) if named else find_course((config.rootpath / reports[0].descent["file"]).parent)
