"""Records to render: one of each kind that a format must be able to say."""

from __future__ import annotations

from grader.model.record import Line, Manual, Record, Submitted, SuiteVersion, TaskResult, Usage
from grader.model.verdict import Verdict

SECRET = "zebra"  # stands in everything that is told about the withheld task, and nowhere else


def task(name: str, verdict: Verdict, points: float, max_points: float, **told: object) -> TaskResult:
    passed = verdict is Verdict.PASSED
    words = {} if passed else {"message": f"{name} is off by up to 0.5", "hint": "Look at the mean."}
    known = {"title": name.title(), "symbols": (name,), "seconds": 0.25, **words, **told}
    return TaskResult.model_validate(
        {"id": name, "verdict": verdict, "points": points, "max_points": max_points, **known}
    )


def record(*tasks: TaskResult, student: str = "ada", notes: tuple[str, ...] = (), kind: str = "module") -> Record:
    faulty = any(each.verdict is Verdict.GRADER_ERROR for each in tasks)
    return Record(
        course="mini", day="day01", graded_at="2026-03-04T05:06:07+00:00",
        submission=Submitted.model_validate(
            {"student": student, "digest": "5" * 64, "module": "numbers_lab.py", "kind": kind,
             "cells": ("def double(x): ...\n",), "notes": notes}
        ),
        suite=SuiteVersion(digest="a" * 64, grader="1.2.3"), seed="0" * 32, device="cpu", isolation="full",
        points=None if faulty else sum(each.points for each in tasks),
        max_points=sum(each.max_points for each in tasks), tasks=tasks,
        manual=(Manual(id="question", title="Why?", max_points=2),), usage=Usage(seconds=1.25),
    )  # fmt: skip


WITHHELD = task(
    "secret_task", Verdict.FAILED, 1, 3, visibility="withheld", message=SECRET, mistake=SECRET, advice=SECRET,
    expected=SECRET, seen=SECRET, hint=SECRET, output=SECRET, trace=(Line(cell=1, line=1, function=SECRET, text=SECRET),),
)  # fmt: skip
DOUBLE = task(
    "double", Verdict.FAILED, 0.5, 2, message="double(3) is off by up to 3\nat index 0", expected="6", seen="9",
    mistake="squares", advice="It squares instead of doubling.", output="3\n9\n",
    trace=(Line(cell=1, line=7, function="double", text="return x * x"),),
)  # fmt: skip
MIXED = record(
    task("add", Verdict.PASSED, 2, 2), DOUBLE, task("mean", Verdict.NOT_IMPLEMENTED, 0, 1, message="Not started."),
    task("std", Verdict.BLOCKED, 0, 1, message="Get mean right first."),
    task("loop", Verdict.TIMEOUT, 0, 1, message="Ran out of time (20 s).", hint=""), WITHHELD,
    notes=("solution.py was taken as numbers_lab.py; please keep to that name.",),
)  # fmt: skip
PERFECT = record(task("add", Verdict.PASSED, 2, 2), task("double", Verdict.PASSED, 2, 2))
FAULTY = record(
    task("add", Verdict.PASSED, 2, 2),
    task("double", Verdict.GRADER_ERROR, 0, 2, message="A check of this task did not report.", hint=""),
)
_unread = [
    task(name, Verdict.ERROR, 0, 2, message="Not graded: it could not be read.", hint="") for name in ("add", "double")
]
_refused = record(*_unread, notes=("work.zip holds no numbers_lab.py; hand it in again.",))
REFUSED = _refused.model_copy(update={"submission": _refused.submission.model_copy(update={"digest": "", "cells": ()})})
SAMPLES = {"mixed": MIXED, "perfect": PERFECT, "faulty": FAULTY, "refused": REFUSED}
RUNNER = {
    "CLASSROOM": "spring", "ASSIGNMENT": "day01", "SUBMISSION_TAG": "submit/2026-03-04T05-06-07Z-abc",
    "COMMIT_URL": "https://example.invalid/commit/abc", "RELEASE_URL": "https://example.invalid/releases/1",
    "OWNER": "ada", "ASSIGNMENT_TYPE": "individual",
}  # fmt: skip
