"""JUnit XML in the shape of pytest's xunit2: a suite a student, a case a task, points as properties of the suite.

A failure is the student's, an error is the grader's own, and a skipped case is a task whose result is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from grader.model.record import Record, TaskResult
from grader.model.verdict import Verdict
from grader.reports.words import WITHHELD, hidden, lines, number


def render(records: Sequence[Record]) -> str:
    """One document for all records. ElementTree escapes; what XML cannot hold was taken out before."""
    root = ET.Element("testsuites", name="descent")
    for record in records:
        root.append(_suite(record))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(record: Record) -> ET.Element:
    faults = [task for task in record.tasks if task.verdict is Verdict.GRADER_ERROR]
    withheld = [task for task in record.tasks if hidden(task) and task not in faults]
    wrong = [t for t in record.tasks if t not in faults and t not in withheld and t.verdict is not Verdict.PASSED]
    suite = ET.Element(
        "testsuite", name=f"{record.day} {record.submission.student}", tests=str(len(record.tasks)),
        failures=str(len(wrong)), errors=str(len(faults)), skipped=str(len(withheld)),
        time=f"{record.usage.seconds:.3f}", timestamp=record.graded_at, file=record.file,
    )  # fmt: skip
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(record):
        ET.SubElement(properties, "property", name=name, value=value)
    for task in record.tasks:
        suite.append(_case(record, task))
    if record.submission.notes:
        ET.SubElement(suite, "system-err").text = "\n".join(record.submission.notes)
    return suite


def _properties(record: Record) -> Iterator[tuple[str, str]]:
    told = [task for task in record.tasks if not hidden(task)]
    if record.points is not None and len(told) == len(record.tasks):
        yield "points", number(record.points)
    yield "max_points", number(record.max_points)
    for task in told:
        if task.verdict is not Verdict.GRADER_ERROR:
            yield f"points.{task.id}", number(task.points)
        yield f"max_points.{task.id}", number(task.max_points)
        if task.mistake:
            yield f"mistake.{task.id}", task.mistake
    yield "isolation", record.isolation
    yield "device", record.device
    yield "suite", record.suite.digest
    yield "submission", record.submission.digest


def _case(record: Record, task: TaskResult) -> ET.Element:
    case = ET.Element("testcase", name=task.id, classname=f"{record.course}.{record.day}", time=f"{task.seconds:.3f}")
    if task.verdict is Verdict.GRADER_ERROR:
        _outcome(case, "error", task, record.file)
    elif hidden(task):
        ET.SubElement(case, "skipped", type="withheld", message=WITHHELD)
    elif task.verdict is not Verdict.PASSED:
        _outcome(case, "failure", task, record.file)
    if task.output:
        ET.SubElement(case, "system-out").text = task.output
    return case


def _outcome(case: ET.Element, kind: str, task: TaskResult, file: str) -> None:
    told = list(lines(task, file))
    ET.SubElement(case, kind, type=task.verdict.value, message=told[0]).text = "\n".join(told)
