"""A grading in a terminal: a block for each thing that went wrong, and one table."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from grader.model.course import Task
from grader.model.record import Line, Manual, Record, TaskResult, whole_file
from grader.model.verdict import Finding, Verdict

from .words import NO_SCORE, hidden

WIDTH = 100
COLOURS = {Verdict.PASSED: "green", Verdict.NOT_IMPLEMENTED: "yellow", Verdict.BLOCKED: "yellow"}
# What a runner of CI jobs takes for a command when it stands in a log: `::error::…` as a row's first characters,
# `##[error]…`, `##vso[…]`, `##teamcity[…]` anywhere in it.
_COMMAND = re.compile(r"^(\s*)(?=::)|##(?=\w*\[)")


def block(subject: str, finding: Finding, lines: Iterable[Line], file: str, hint: str) -> str:
    """What a student reads about one failed check, under the name of its task or file."""
    first, *more = finding.message.split("\n")
    rows = [
        f"{subject}: {first}",
        *(f"    | {line}" for line in more),
    ]  # the bar: no row of theirs looks like one of ours
    told = (("expected", finding.expected), ("seen", finding.seen), ("looks like", finding.advice), ("hint", hint))
    for label, text in told:
        rows += textwrap.wrap(text, WIDTH, initial_indent=f"    {label:<12}", subsequent_indent=" " * 16)
    for line in lines:
        rows.append(_line(f"    {place(line, file)}: {line.text}"))
    return "\n".join(map(harmless, rows))


def place(line: Line, file: str) -> str:
    """Where a line of a submission stands, in words."""
    cell = f", cell {line.cell}, line {line.line}" if file.endswith(".ipynb") else f":{line.line}"
    return f"{file}{cell}{f' in {line.function}' if line.function else ''}"


def harmless(row: str) -> str:
    """A row of a log in which nothing is a command to whatever runs us."""
    return _COMMAND.sub(lambda found: "# #" if found[0] == "##" else f"{found[1]}\\", row)


def table(tasks: Sequence[TaskResult | Task], manual: Sequence[Manual], file: str) -> Iterator[tuple[str, str]]:
    """Rows `(text, colour)`: a task each, then the questions, then the total. Withheld results are not told."""
    width = max([len(task.id) for task in tasks] + [len(question.id) for question in manual] + [5])
    earned = possible = 0.0
    for task in tasks:
        if isinstance(task, Task) or task.visibility == "withheld":
            words = "after you hand in" if task.visibility == "withheld" else "not run"
            most = task.points if isinstance(task, Task) else task.max_points
            yield f"  {task.id:<{width}}  {_points(None, most)}  {words}", ""
            possible += most
            continue
        earned, possible = earned + task.points, possible + task.max_points
        note = f": {task.message}" if task.verdict not in (Verdict.PASSED, Verdict.NOT_IMPLEMENTED) else ""
        text = f"  {task.id:<{width}}  {_points(task.points, task.max_points)}  {task.verdict.words}{_line(note)}"
        yield _cut(text), COLOURS.get(task.verdict, "red")
    for question in manual:
        yield f"  {question.id:<{width}}  {_points(None, question.max_points)}  read by your instructor", ""
    yield f"  {'total':<{width}}  {_points(earned, possible)}  {file}", "green" if earned == possible else ""


def record_lines(record: Record) -> Iterator[tuple[str, str]]:
    """A record: what went wrong with its visible tasks, then the table."""
    told = set()
    for task in record.tasks:
        subject = record.file if whole_file(task.trace) else task.id
        if (
            task.verdict in (Verdict.PASSED, Verdict.NOT_IMPLEMENTED)
            or record.refused
            or hidden(task)
            or subject in told
        ):
            continue
        told.add(subject)
        finding = Finding(task.verdict, task.message, task.expected, task.seen, advice=task.advice)
        for row in block(subject, finding, task.trace, record.file, task.hint).split("\n"):
            yield row, ""
        yield "", ""
    yield from ((harmless(_line(note)), "yellow") for note in record.submission.notes)
    if record.faulty:
        yield NO_SCORE, "red"
    yield from table(record.tasks, record.manual, record.file)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def _cut(text: str) -> str:
    text = harmless(text)
    return text if len(text) <= WIDTH else text[: WIDTH - 2].rstrip() + " …"


def _points(earned: float | None, possible: float) -> str:
    got = "–" if earned is None else f"{earned:g}"
    return f"{got:>4}/{possible:<4g}"
