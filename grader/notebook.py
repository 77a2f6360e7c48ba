"""`grader.check("mse")` inside a notebook: one task of the day, checked against what the kernel holds right now."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checks.shortcuts import find_shortcuts
from grader.desk import DESK_SEED
from grader.judge import worker
from grader.judge.device import pick_device
from grader.judge.findings import forbidden
from grader.judge.inprocess import InProcess
from grader.judge.intake import plain_cell
from grader.judge.loop import Outcome, Run, with_suite
from grader.judge.scoring import score
from grader.judge.settings import OURS, Settings
from grader.judge.suite import Suite
from grader.model.course import Course, Day, Task
from grader.model.errors import CourseError
from grader.model.manifest import find_course, load_course
from grader.model.record import TaskResult
from grader.model.verdict import Finding, Verdict
from grader.reports.card import card_html, card_text
from grader.reports.plots import png


@dataclass(frozen=True)
class Checked:
    """One task's result: Jupyter shows it as HTML, a terminal as text."""

    result: TaskResult
    pictures: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return card_text(self.result)

    def _repr_html_(self) -> str:
        return card_html(self.result, self.pictures)


class Scored(Checked):
    """A passed task where nbgrader runs the notebook, as its Validate does: it reads points from the text."""

    def __repr__(self) -> str:
        return repr(self.result.points)


class NotPassed(AssertionError):
    """A task that did not pass where nbgrader runs the notebook; shown as our text, not as a traceback."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(repr(checked))

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


def check(
    task: str, day: str | None = None, namespace: dict[str, Any] | None = None, *, device: str = "cpu"
) -> Checked:
    """Checks one visible task against the notebook's own functions, on `device`: cpu, auto, cuda, mps or sim.

    The day is the one named, else the one whose folder the notebook lies in, else the only one with such a task.
    Raises `CourseError` where that is none or several, `DeviceError` for a device that this kernel cannot use, and,
    where nbgrader runs the notebook, `NotPassed`.
    """
    place = pick_device(device, here=True)
    course = load_course(find_course())
    chosen = _day(course, task, day)
    wanted = chosen.task(task)
    if wanted.visibility == "withheld":
        raise CourseError(f"{wanted.id} is checked after you hand in")
    names, cells = (namespace, []) if namespace is not None else _kernel()
    suite = Suite(course, chosen)
    theirs = Settings.now()
    transport = InProcess(worker.Host(names, vars(suite.probes), place, chosen.notebook), theirs=theirs)
    barred = _barred(wanted, cells)
    run = Run(lambda: contextlib.nullcontext(transport), DESK_SEED, place, barred, frozenset({wanted.id}))
    outcomes: list[Outcome] = []

    def visit(perform: Callable[[Run], Outcome]) -> None:
        outcomes.append(perform(run))

    OURS.apply()
    try:
        with_suite(suite, visit)
    finally:
        theirs.apply()
    results = {each.id: each for each in score(chosen, outcomes[0].expected, outcomes[0].results, ())}
    pictures = tuple(png(picture) for _, picture in outcomes[0].pictures)
    result = results[wanted.id]
    if not os.environ.get("NBGRADER_EXECUTION"):
        return Checked(result, pictures)
    if result.verdict is not Verdict.PASSED:
        raise NotPassed(Checked(result))
    return Scored(result, pictures)


def _day(course: Course, task: str, day: str | None) -> Day:
    named = day or Path.cwd().name
    for each in course.days:
        if each.id == named:
            return each
    found = [each for each in course.days if any(task == t.id or task in t.symbols for t in each.tasks)]
    if len(found) != 1:
        days = ", ".join(each.id for each in found) or "no day"
        raise CourseError(f"{days} has a task {task!r}; say which day: grader.check({task!r}, 'day10')")
    return found[0]


def _kernel() -> tuple[dict[str, Any], list[str]]:
    """The notebook's names, and the text of every cell that was run."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        raise CourseError("grader.check works inside a notebook; in a terminal, use `grader check`")
    return shell.user_ns, [plain_cell(cell) for cell in shell.history_manager.input_hist_raw]


def _barred(task: Task, cells: list[str]) -> dict[str, Finding]:
    rules = {task.id: {"symbols": list(task.symbols), "forbidden": list(task.forbidden)}}
    return {name: forbidden(each.name) for name, each in find_shortcuts(cells, rules).items()}
