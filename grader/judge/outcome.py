"""From one pytest phase of a check to its `CheckResult`."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from grader.model.errors import CheckFailed
from grader.model.text import clean
from grader.model.verdict import CheckResult, Finding, Verdict

from . import worker
from .diagnosis import diagnose
from .findings import StudentFault, raised
from .inprocess import InProcess
from .suite import Grading, SuiteFile, suite_file, task_id

DIAGNOSED = {Verdict.FAILED, Verdict.ERROR}
TOLD = (StudentFault, CheckFailed, AssertionError, OSError)  # the last is the machine's, whatever came back


def result_of(item: pytest.Item, call: pytest.CallInfo[Any], output: str = "") -> CheckResult | None:
    """What this phase says of the check; None for a quiet set-up or tear-down, and for tests that are not ours."""
    file = suite_file(item)
    if file is None or (call.excinfo is None and call.when != "call"):
        return None
    finding = None if call.excinfo is None else _finding(file, item, call.excinfo.value)
    doubtful = call.excinfo is not None and _tripped(file.grading, call.excinfo.value)
    return CheckResult(item.name, task_id(item), finding, call.duration, output, doubtful)


def _finding(file: SuiteFile, item: pytest.Item, problem: BaseException) -> Finding:
    finding = _plain_finding(file, item, problem)
    if finding.verdict not in DIAGNOSED or file.grading is None:
        return finding
    mistake = diagnose(file.suite, task_id(item), file.grading)
    if mistake is None:
        return finding
    return Finding(
        finding.verdict, finding.message, finding.expected, finding.seen, finding.earned, finding.frames,
        mistake.id, mistake.advice,
    )  # fmt: skip


def _plain_finding(file: SuiteFile, item: pytest.Item, problem: BaseException) -> Finding:
    match problem:
        case StudentFault():
            return problem.finding
        case CheckFailed():
            # these may quote what came back: the keys of a dict, a text
            message, expected, seen = clean(problem.message), clean(problem.expected), clean(problem.seen)
            return Finding(Verdict.FAILED, message, expected, seen, problem.earned)
    theirs = _from_student(file.grading, file, item, problem)
    if theirs is not None:
        return theirs
    if isinstance(problem, AssertionError):
        return Finding(Verdict.FAILED, clean(str(problem).partition("\n")[0]))
    where = traceback.extract_tb(problem.__traceback__)
    place = f" ({where[-1].name}, line {where[-1].lineno})" if where else ""
    told = f"{type(problem).__name__}: {problem}{place}"
    if _tripped(file.grading, problem):
        return Finding(Verdict.FAILED, clean(f"What came back cannot be judged: {told}."))
    return Finding(Verdict.GRADER_ERROR, clean(told))


def _tripped(grading: Grading | None, problem: BaseException) -> bool:
    """Whether a check broke off by itself after it had a reply: then it may be the reply's form, and `doubt` asks on.

    A worker that student code took over can put anything in the place of a probe's result, and that must not pay: not
    even with a run that has no score.
    """
    if grading is None or not isinstance(problem, Exception) or isinstance(problem, TOLD):
        return False
    return any(not exchange.problem for exchange in grading.student.transcript)


def _from_student(
    grading: Grading | None, file: SuiteFile, item: pytest.Item, problem: BaseException
) -> Finding | None:
    """The finding where the in-process twin let an exception of student code through; None where it is not theirs."""
    if grading is None or not isinstance(grading.student.transport, InProcess):
        return None
    transport = grading.student.transport
    host = transport.host
    description = worker.describe(problem, host.code._file)
    if problem is host.problem:
        description["broken"] = True
    # a wrong signature leaves no frame in the submission's file
    if not description["frames"] and problem is not transport.raised:
        return None
    return raised(description, file.suite.day.task(task_id(item)))
