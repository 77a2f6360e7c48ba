"""A made-up class on day 10: students who do not exist, with code that people do write, graded by the real judge."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grader.gradebook.entry import Entry, Person, enter
from grader.gradebook.store import Gradebook
from grader.judge.run import Job, Judge
from grader.judge.seed import grading_seed
from grader.model.course import Course
from grader.model.record import Record

DAY = "day10"
OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST = (
    "Ada",
    "Bo",
    "Chi",
    "Dee",
    "Eve",
    "Femi",
    "Gül",
    "Hana",
    "Ivo",
    "Jún",
    "Kofi",
    "Lea",
    "Máté",
    "Noor",
    "Olu",
    "Pia",
)
LAST = (
    "Abe",
    "Berg",
    "Cruz",
    "Diaz",
    "Evans",
    "Fujii",
    "Gupta",
    "Hoang",
    "Ito",
    "Jonsson",
    "Kim",
    "López",
    "Mehta",
    "Novák",
)
# each function's body: a right one first, then what students write on the way there
BODIES = {
    "mse": ("return ((pred - target) ** 2).mean()", "return ((pred - target) ** 2).sum()",
            "return ((pred - target) ** 2).mean().item()", "return ((pred - target) ** 2).mean(dim=0)"),
    "mae": ("return (pred - target).abs().mean()", "return (pred - target).mean().abs()", "return (pred - target).abs().sum()"),
    "binary_cross_entropy": (
        "return -(target * prob.log().clamp(min=-100) + (1 - target) * (1 - prob).log().clamp(min=-100)).mean()",
        "return -(target * prob.log() + (1 - target) * (1 - prob).log()).mean()",
        "return -(target * prob.log().clamp(min=-100)).mean()",
    ),
    "binary_cross_entropy_with_logits": (
        "return (logits.clamp(min=0) - logits * target + torch.log1p(torch.exp(-logits.abs()))).mean()",
        "return binary_cross_entropy(logits.sigmoid(), target)", "return torch.log1p(torch.exp(-logits * target)).mean()",
    ),
    "log_softmax": (
        "shifted = logits - logits.amax(dim=1, keepdim=True)\n    return shifted - shifted.exp().sum(dim=1, keepdim=True).log()",
        "return logits - logits.exp().sum(dim=1, keepdim=True).log()",
        "shifted = logits - logits.max()\n    return shifted - shifted.exp().sum(dim=0).log()",
        "return torch.log_softmax(logits, 1)",
    ),
    "cross_entropy": (
        "return -log_softmax(logits)[torch.arange(len(labels)), labels].mean()",
        "return -log_softmax(logits)[torch.arange(len(labels)), labels].sum()", "return -log_softmax(logits)[:, labels].mean()",
        "return log_softmax(logits)[torch.arange(len(labels)), labels].mean()",
    ),
    "compare_losses": (
        "leaf = logits.detach().clone().requires_grad_()\n    one_hot = torch.zeros_like(logits)\n    one_hot[label] = 1\n"
        "    squared = ((leaf.softmax(0) - one_hot) ** 2).mean()\n    entropy = -leaf.log_softmax(0)[label]\n"
        '    return {"mse_grad": torch.autograd.grad(squared, leaf)[0], "ce_grad": torch.autograd.grad(entropy, leaf)[0]}',
        "loss = -logits.log_softmax(0)[label]\n    loss.backward()\n    return {'ce_grad': logits.grad}",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class HandedIn:
    """One attempt of a student who does not exist."""

    student: str
    at: datetime
    text: str


def name_of(number: int) -> str:
    """The number-th student's name; no two are the same."""
    again = number // (len(FIRST) * len(LAST))
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}{f' {again + 1}' if again else ''}"


def made_up_attempts(course: Course, students: int) -> Iterator[HandedIn]:
    """One to four attempts a student: from one to the next some tasks get better."""
    stub = (course.root / course.assignments / DAY / "losses.py").read_text(encoding="utf-8")
    for number in range(students):
        draw = random.Random(f"{DAY}/{number}")
        skill, at = draw.random() ** 0.5, OPENS + timedelta(hours=draw.betavariate(3, 1.5) * 150)
        chosen = {task: _body(task, skill, draw) for task in BODIES}
        for attempt in range(draw.choice((1, 1, 2, 2, 3, 4))):
            if attempt:
                at += timedelta(hours=0.3 + draw.expovariate(0.2))
                chosen = {
                    task: body if draw.random() > 0.4 * skill else BODIES[task][0] for task, body in chosen.items()
                }
            text = stub
            for task, body in chosen.items():
                text = text.replace(f'raise NotImplementedError("{task} is not written yet")', body)
            yield HandedIn(name_of(number), at, text)


def _body(task: str, skill: float, draw: random.Random) -> str:
    """The right body, a wrong one, or the stub's own where it is not started."""
    if draw.random() < skill:
        return BODIES[task][0]
    unwritten = f'raise NotImplementedError("{task} is not written yet")'
    return unwritten if draw.random() < 0.25 else draw.choice(BODIES[task][1:])


def graded_class(course: Course, students: int, book: Gradebook) -> None:
    """Grades every attempt behind the walls and enters it as handed in when its student did."""
    day = course.day(DAY)
    with tempfile.TemporaryDirectory() as scratch, Judge(course, day) as judge:
        attempts = list(made_up_attempts(course, students))
        jobs, records = [], list[Record]()
        for number, attempt in enumerate(attempts):
            path = Path(scratch) / str(number) / day.module
            path.parent.mkdir()
            path.write_text(attempt.text, encoding="utf-8")
            submission = judge.intake(path, attempt.student)
            jobs.append(Job(submission, grading_seed("made up", submission)))
        judge.grade(jobs, records.append)
    entries = [
        Entry(Person(attempt.student, attempt.student, on_roster=True), attempt.at, day.module, "cpu/best", record)
        for attempt, record in zip(attempts, records, strict=True)
    ]
    with book.writing() as session:
        enter(session, entries)
