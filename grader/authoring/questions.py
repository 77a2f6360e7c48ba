"""A day's questions: `solutions/dayNN/questions.md`, a section for each task that a person grades."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from grader.model.course import Day
from grader.model.errors import CourseError


@dataclass(frozen=True)
class Question:
    """One question: its task id, its text for the student, and the rubric for whoever reads the answer (Markdown)."""

    task: str
    text: str
    rubric: str


def read_questions(path: Path, day: Day) -> list[Question]:
    """The day's questions in the manifest's order. Raises `CourseError` where file and manifest differ."""
    wanted = [task.id for task in day.tasks if task.manual]
    if not path.is_file():
        if wanted:
            raise CourseError(f"{path} is missing: {day.id} has the questions {', '.join(wanted)}")
        return []
    found = {}
    for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = section.partition("\n")
        text, _, rubric = rest.partition("### Rubric")
        found[name.strip()] = Question(name.strip(), text.strip(), rubric.strip())
    if sorted(found) != sorted(wanted):
        raise CourseError(f"{path} has the questions {sorted(found)}, the manifest has {sorted(wanted)}")
    return [found[name] for name in wanted]
