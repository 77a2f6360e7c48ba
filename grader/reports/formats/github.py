"""GitHub Actions: a job summary in Markdown, and annotations as workflow commands.

In the summary everything of a submission stands in HTML elements with every special character as an entity: no
Markdown, HTML, link or mention of theirs is one. A mention that GitHub would still find is broken by a word joiner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model.record import Record, TaskResult
from grader.model.text import bounded
from grader.model.verdict import Verdict
from grader.reports.words import NO_SCORE, WITHHELD, hidden, lines, number, standing

OUTPUT = 2_000
MESSAGE = 4_000
LIMIT = 900_000  # bytes of a summary; GitHub refuses one of more than a mebibyte
ANNOTATIONS = 10  # GitHub shows ten of a kind for each step
MARKS = {Verdict.PASSED: "✅", Verdict.NOT_IMPLEMENTED: "⚪", Verdict.BLOCKED: "⏸️", Verdict.GRADER_ERROR: "⚠️"}
QUIET = {Verdict.PASSED, Verdict.NOT_IMPLEMENTED}
# any punctuation of ASCII may mean something to Markdown; line breaks would end an HTML block
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~\n]")
_IN_HTML = re.compile(r"[&<>\"'@\n]")  # a block of HTML on one line: Markdown does not look inside


def entities(text: str, special: re.Pattern[str] = _SPECIAL) -> str:
    """The text with every special character as a numeric entity, mentions broken."""
    return special.sub(lambda found: f"&#{ord(found[0])};" + ("\u2060" if found[0] == "@" else ""), text)


def inline(text: str) -> str:
    """The text inside a paragraph or a cell: no space before it that would make it code."""
    return entities(text.strip())


def render(record: Record) -> str:
    """The job summary, whole tasks left out at its end where it would be too long."""
    rows, size = [], 0
    for row in _summary(record):
        size += len(row.encode()) + 1
        if size > LIMIT:
            rows.append("Too long to show in full.")
            break
        rows.append(row)
    return "\n".join(rows) + "\n"


def _summary(record: Record) -> Iterator[str]:
    yield f"## {inline(record.day)}: {inline(record.submission.student)}\n"
    yield f"{inline(standing(record))}\n"
    for note in record.submission.notes[:ANNOTATIONS]:
        yield f"{inline(bounded(note, MESSAGE))}\n"
    yield "| task | points | result |"
    yield "| --- | ---: | --- |"
    for task in record.tasks:
        yield _row(task, faulty=record.faulty)
    yield ""
    for task in record.tasks:
        if not hidden(task) and task.verdict is not Verdict.PASSED:
            yield from _details(task, record.file)
    yield f"<sub>isolation {record.isolation}, device {entities(record.device)}, suite {record.suite.digest[:12]}</sub>"


def _row(task: TaskResult, *, faulty: bool) -> str:
    name = inline(task.title or task.id)
    if hidden(task):
        return f"| {name} | –/{number(task.max_points)} | 🔒 {WITHHELD} |"
    points = "–" if faulty else number(task.points)
    return f"| {name} | {points}/{number(task.max_points)} | {MARKS.get(task.verdict, '❌')} {task.verdict.words} |"


def _details(task: TaskResult, file: str) -> Iterator[str]:
    told = bounded("\n".join(lines(task, file)), MESSAGE)
    printed = f"\n\nwhat it printed:\n{bounded(task.output, OUTPUT)}" if task.output else ""
    body = f"<pre><code>{entities(told + printed, _IN_HTML)}</code></pre>"
    yield f"<details><summary>{entities(task.id)}</summary>{body}</details>\n"


def log(record: Record) -> str:
    """Workflow commands: an annotation for each visible task that was not passed, one for a fault of the grader."""
    if record.points is None:
        return _command("error", NO_SCORE, title="grader")
    notes = [
        _command("error" if record.refused else "warning", bounded(note, MESSAGE), title=record.day)
        for note in record.submission.notes[:ANNOTATIONS]
    ]
    wrong = [] if record.refused else [task for task in record.tasks if not hidden(task) and task.verdict not in QUIET]
    told = [_annotation(task, record) for task in wrong[:ANNOTATIONS]]
    return "".join([*notes, *told, f"{record.day}: {_data(standing(record))}\n"])


def _annotation(task: TaskResult, record: Record) -> str:
    told = bounded("\n".join(lines(task, record.file)), MESSAGE)
    place: dict[str, str] = {}
    if record.submission.kind == "module":  # a notebook's lines are not those of its file
        place = {"file": record.submission.module, **({"line": str(task.trace[-1].line)} if task.trace else {})}
    return _command("error", told, **place, title=f"{task.id}: {task.verdict.words}")


def _command(name: str, message: str, **properties: str) -> str:
    """A workflow command, escaped as the runner's own toolkit does."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
