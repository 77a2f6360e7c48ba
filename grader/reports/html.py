"""A class and a day as one self-contained HTML page, from records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from grader.model.course import Day
from grader.model.record import Record


@cache
def _template(name: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # every value comes from a submission or may quote one: all of it is escaped
    environment = Environment(
        loader=PackageLoader("grader.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)


def class_page(day: Day, records: Sequence[Record]) -> str:
    """The page: a row a student with every task's points, and below it what each student was told."""
    ordered = sorted(records, key=lambda record: record.submission.student.casefold())
    passed = {task.id: sum(_passed(record, task.id) for record in ordered) for task in day.graded}
    text: str = _template("class.html").render(day=day, records=ordered, passed=passed)
    return text


def _passed(record: Record, task: str) -> bool:
    return any(result.id == task and result.verdict == "passed" for result in record.tasks)
