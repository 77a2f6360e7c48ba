"""A made-up class: records as a grading writes them, of any number of students, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from grader.model.course import Course, Day, Task
from grader.model.exhibit import Confusion, Curves, Misread
from grader.model.picture import picture_of
from grader.model.record import Layer, Line, Manual, Record, Submitted, SuiteVersion, TaskResult, Usage
from grader.model.verdict import Verdict
from tools.made_up_day import name_of

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
WRONG = (
    (Verdict.FAILED,) * 12 + (Verdict.ERROR,) * 4 + (Verdict.NOT_IMPLEMENTED,) * 5 + (Verdict.TIMEOUT, Verdict.CRASHED)
)
WRONG += (Verdict.FORBIDDEN,)
SLIPS = (
    ("sums_instead", "The sum over the batch is returned where the mean is asked for."),
    ("wrong_axis", "The softmax runs over the batch instead of over the classes."),
    ("old_gradients", "Old gradients are never cleared, so each step also repeats the ones before."),
)
SOURCE = '"""My work."""\nimport torch\n\n\ndef mse(pred, target):\n    difference = pred - target\n    return (difference ** 2).sum()\n'


def made_up_class(course: Course, day: Day, students: int, seed: int = 1) -> Iterator[Record]:
    """Records of one to five attempts a student, the order of time within each."""
    for number in range(students):
        draw = random.Random(f"{seed}/{day.id}/{number}")
        skill, moment = draw.random() ** 0.6, START + timedelta(hours=draw.expovariate(1 / 60))
        for attempt in range(1 + min(4, int(draw.expovariate(0.9)))):
            yield _record(course, day, name_of(number), skill + 0.12 * attempt, moment, draw, f"{number}-{attempt}")
            moment += timedelta(hours=0.2 + draw.expovariate(0.3))


def _record(
    course: Course, day: Day, student: str, skill: float, at: datetime, draw: random.Random, digest: str
) -> Record:
    fault, weak = draw.random() < 0.008, draw.random() < 0.02
    tasks = [_task(task, skill, draw) for task in day.graded]
    if fault:
        tasks[-1] = tasks[-1].model_copy(
            update={"verdict": Verdict.GRADER_ERROR, "points": 0.0, "message": "OSError: disk"}
        )
    layers = tuple(Layer(name=name, on=not weak or name != "seccomp") for name in ("landlock", "seccomp", "namespaces"))
    return Record(
        course=course.id, day=day.id, graded_at=at.isoformat(timespec="seconds"), suite=SuiteVersion(digest="5" * 64, grader="0"),
        submission=Submitted(
            student=student, digest=digest.rjust(64, "0"), module=day.module, kind="module", cells=(SOURCE,),
            notes=("losses (1).py was taken as losses.py; please keep to that name.",) if draw.random() < 0.1 else (),
        ),
        seed="0" * 32, device="cpu", isolation="partial" if weak else "full", layers=layers,
        versions={"python": "3.11.7", "torch": "2.11.0"}, tasks=tuple(tasks), max_points=day.points,
        points=None if fault else sum(task.points for task in tasks), usage=Usage(seconds=2.5, cpu_seconds=1.5, peak_memory=2**27),
        manual=tuple(Manual(id=task.id, title=task.title, max_points=task.points) for task in day.tasks if task.manual),
    )  # fmt: skip


def _task(task: Task, skill: float, draw: random.Random) -> TaskResult:
    if draw.random() < skill:
        return _result(task, Verdict.PASSED, task.points, seconds=draw.random())
    verdict = draw.choice(WRONG)
    slip = draw.choice(SLIPS) if verdict is Verdict.FAILED and draw.random() < 0.6 else (None, "")
    partly = task.points / 2 if verdict is Verdict.FAILED and task.thresholds else 0.0
    return _result(
        task, verdict, partly, message="the loss is off by up to 0.25", expected="1.5 (float32)", seen="1.25 (float32)",
        mistake=slip[0], advice=slip[1], hint=task.hint, output="epoch 1: 2.31\n" if draw.random() < 0.3 else "",
        seconds=task.budget.seconds if verdict is Verdict.TIMEOUT else draw.random(),
        trace=(Line(cell=1, line=6, function="mse", text="difference = pred - target"),) if verdict is Verdict.ERROR else (),
    )  # fmt: skip


def _result(task: Task, verdict: Verdict, points: float, **more: object) -> TaskResult:
    about = {
        "id": task.id,
        "title": task.title,
        "symbols": task.symbols,
        "visibility": task.visibility,
        "max_points": task.points,
    }
    return TaskResult.model_validate({**about, "verdict": verdict, "points": points, **more})


def with_pictures(record: Record) -> Record:
    """The record, its first task showing one picture of each kind."""
    draw = random.Random(7)
    labels = [draw.randrange(10) for _ in range(600)]
    read = [label if draw.random() < 0.9 else draw.randrange(10) for label in labels]
    image = [[255 if 8 < row < 20 and 12 < column < 16 else 0 for column in range(28)] for row in range(28)]
    pictures = (
        Curves(
            "curves",
            "Fit on MNIST",
            {"train_loss": [2.1, 0.6, 0.31, 0.22, 0.17], "val_loss": [1.2, 0.55, float("nan"), 0.4, 0.43]},
        ),
        Confusion("confusion", "Held-out digits (classes renamed)", read, labels),
        Misread("misread", "Misread digits (classes renamed)", [image] * 12, [7] * 12, [*range(10), 1, 2]),
    )
    first = record.tasks[0].model_copy(update={"pictures": tuple(map(picture_of, pictures))})
    return record.model_copy(update={"tasks": (first, *record.tasks[1:])})
