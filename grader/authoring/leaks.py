"""The proof that nothing released holds a solution, an oracle, a withheld check or a rubric."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.judge.suite import Suite
from grader.model.course import Course, Day

from .build import read_source
from .questions import read_questions
from .stub import BEGIN, BEGIN_STUB, END, END_STUB, make_stub

SHORTEST = 20
"""Characters of a line, spaces left out, from which on it is taken for somebody's and not for everybody's."""
MARKS = (BEGIN, END, BEGIN_STUB, END_STUB, "BEGIN MARK SCHEME", "BEGIN HIDDEN TESTS")


def leaks(course: Course, day: Day, released: Mapping[str, str]) -> list[str]:
    """A sentence for each line of what is kept that stands in a released text, `{file name: text}`.

    Kept are the solution (regions, alternatives), the rubrics, and the suite: checks, oracles, probes and mistakes.
    Lines that a student is meant to see, in the stub, the README or a question, are not among them.
    """
    folder = course.root / course.solutions / day.id
    source = read_source(folder / day.module)
    questions = read_questions(folder / "questions.md", day)
    meant = make_stub(source, folder / day.module) + read_source(folder / "README.md")
    meant += "\n".join(question.text for question in questions)
    kept = {"the solution": source, "a rubric": "\n".join(question.rubric for question in questions)}
    if (folder / "alternatives.py").is_file():
        kept["an alternative solution"] = read_source(folder / "alternatives.py")
    for path in sorted(Suite(course, day).folder.glob("*.py")):
        kept[f"the suite's {path.name}"] = read_source(path)
    shown = {_bare(line) for line in meant.splitlines()}
    return [
        f"{name} holds a line of {whose}: {line.strip()[:80]}"
        for name, text in released.items()
        for whose, line in _found(_bare(text), kept, shown, _bare(meant))
    ] + [f"{name} holds the mark {mark!r}" for name, text in released.items() for mark in MARKS if mark in text]


def _found(text: str, kept: Mapping[str, str], shown: set[str], meant: str) -> list[tuple[str, str]]:
    return [
        (whose, line)
        for whose, content in kept.items()
        for line in content.splitlines()
        if len(bare := _bare(line)) >= SHORTEST and bare not in shown and bare in text and bare not in meant
    ]


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
