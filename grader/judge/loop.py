"""One pytest session that collects a day's suite once and runs its checks as often as asked.

This pytest takes nothing from where it stands: its own configuration and root, no conftest, no plugins but ours. It
never imports, and never looks for tests in, what a student handed in.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import torch
from _pytest.runner import runtestprotocol

from grader.model.errors import GraderFault
from grader.model.picture import Picture
from grader.model.verdict import CheckResult, Finding

from .outcome import result_of
from .student import JudgedStudent, Transport
from .suite import Fixtures, Grading, NoTests, Suite, SuiteFile, task_id


@dataclass(frozen=True)
class Run:
    """One run of a suite: how to reach the submission, the seed of its inputs, and what is already known of it.

    `tasks` restricts the run to these tasks; None runs all. The run ends early with the first result of which `enough`
    is true.
    """

    transport: Callable[[], AbstractContextManager[Transport]]
    seed: str
    device: torch.device
    shortcuts: dict[str, Finding] = field(default_factory=dict)
    tasks: frozenset[str] | None = None
    enough: Callable[[CheckResult], bool] = lambda _: False


@dataclass(frozen=True)
class Outcome:
    """What every check said, the `(task, check)` pairs that had to report, and what each task's checks had to show."""

    results: list[CheckResult]
    expected: list[tuple[str, str]]
    pictures: list[tuple[str, Picture]]


Visit = Callable[[Callable[[Run], Outcome]], None]


def with_suite(suite: Suite, visit: Visit) -> None:
    """Calls `visit(perform)` inside a pytest session of the suite; `perform(run)` runs its checks once.

    Raises `GraderFault` where the suite cannot be collected, and whatever `visit` raises.
    """
    loop = _Loop(suite, visit)
    folder = str(suite.folder)
    # each costs something and has nobody to read it; unraisableexception collects all garbage five times at its end
    unused = [
        "cacheprovider",
        "terminal",
        "logging",
        "faulthandler",
        "warnings",
        "unraisableexception",
        "threadexception",
    ]
    arguments = [
        folder, "--rootdir", folder, "-c", os.devnull, "--noconftest", "--disable-plugin-autoload", "-s",
        "--assert=plain",
        *(f"-pno:{name}" for name in unused),
    ]  # fmt: skip
    pytest.main(arguments, plugins=[loop, Fixtures()])
    if loop.fault is not None:
        raise loop.fault
    if not loop.visited:
        raise GraderFault(f"{suite.day.id}: pytest ended before the suite ran; what it printed says why")


class _Loop:
    """The pytest plugin behind `with_suite`."""

    def __init__(self, suite: Suite, visit: Visit) -> None:
        self.suite, self.visit = suite, visit
        self.fault: BaseException | None = None
        self.visited = False
        self.items: list[pytest.Item] = []
        self.results: list[CheckResult] = []
        self.transport: Transport | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "task(id): the manifest's task that a check belongs to")
        config.option.tbstyle = "line"  # nobody reads pytest's own tracebacks, and a long one takes 0.2 s

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        if file_path.name.startswith("test_") and file_path.suffix == ".py":
            return SuiteFile.of(parent, file_path, self.suite)
        return None

    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> Any:
        return NoTests.from_parent(parent, path=module_path)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.fault = GraderFault(f"{self.suite.day.id}: the suite cannot be collected:\n{report.longreprtext}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
        output = self.transport.take_output() if self.transport is not None and call.when == "call" else ""
        result = result_of(item, call, output)
        if result is not None:
            self.results.append(result)
        return (yield)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        if self.fault is None:
            try:
                self.visit(self.perform)
                self.visited = True
            except BaseException as problem:  # pytest would print it and go on to its own exit code
                self.fault = problem
        return True

    def perform(self, run: Run) -> Outcome:
        items = [item for item in self.items if run.tasks is None or task_id(item) in run.tasks]
        self.results = []
        with run.transport() as self.transport:
            grading = Grading(JudgedStudent(self.transport, run.device, run.seed), run.seed, run.shortcuts)
            for number, item in enumerate(items, 1):
                _run(item, grading, items[number % len(items)])
                if any(map(run.enough, self.results[-1:])):
                    items = items[:number]
                    break
        return Outcome(self.results, [(task_id(item), item.name) for item in items], grading.pictures)


def _run(item: pytest.Item, grading: Grading, following: pytest.Item) -> None:
    file = item.getparent(SuiteFile)
    assert file is not None
    file.grading = grading
    # pytest builds an item's fixtures once; each run needs its own
    item._initrequest()  # type: ignore[attr-defined]
    # told that another of the same file follows, pytest keeps the file set up: else it looks for its module every time
    runtestprotocol(item, log=False, nextitem=None if following is item else following)
