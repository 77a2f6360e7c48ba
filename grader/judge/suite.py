"""A day's suite as pytest sees it: its modules, its fixtures, and a file collector that runs it for a submission."""

from __future__ import annotations

import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.checks.close import Borderline, judged_on
from grader.checks.draw import Draw
from grader.model.course import Task
from grader.model.errors import CourseError, GraderFault
from grader.model.exhibit import Exhibit
from grader.model.mistakes import Mistake, Mistakes
from grader.model.picture import Picture, picture_of
from grader.model.verdict import Finding

from .student import Exchange, JudgedStudent
from .suite_files import SuiteFiles


@dataclass(frozen=True)
class Suite(SuiteFiles):
    """One day's test module, probes and mistakes."""

    def _module(self, stem: str) -> ModuleType:
        return importlib.import_module(f"{self.package}.{self.file(stem).stem}")

    @cached_property
    def tests(self) -> ModuleType:
        files = sorted(self.folder.glob("test_*.py"))
        if len(files) != 1:
            raise CourseError(f"{self.folder} has {len(files)} test_*.py; a day's suite has exactly one")
        return self._module(files[0].stem)

    @cached_property
    def probes(self) -> ModuleType:
        return self._module("probes")

    @cached_property
    def mistakes(self) -> Mistakes:
        found = self._module("mistakes").MISTAKES
        assert isinstance(found, Mistakes)
        return found


@dataclass
class Grading:
    """One submission under one suite: what the fixtures hand to the checks.

    For each task, `failed` are the transcripts of its failed checks that can be replayed, and `suspects` its named
    mistakes from the first that explains them all.
    """

    student: JudgedStudent
    seed: str
    shortcuts: dict[str, Finding]
    suspects: dict[str, list[Mistake]] = field(default_factory=dict)
    failed: dict[str, list[list[Exchange]]] = field(default_factory=dict)
    pictures: list[tuple[str, Picture]] = field(default_factory=list)


class SuiteFile(pytest.Module):
    """Collects a day's suite under another file's path: the student's, so that node ids start with it."""

    suite: Suite
    grading: Grading | None = None

    @classmethod
    def of(cls, parent: pytest.Collector, path: Path, suite: Suite) -> SuiteFile:
        file: SuiteFile = cls.from_parent(parent, path=path)
        file.suite = suite
        return file

    def _getobj(self) -> ModuleType:
        return self.suite.tests

    def prepare(self) -> Grading:
        """The grading that the next check belongs to."""
        assert self.grading is not None
        return self.grading

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        try:
            items = [item for item in super().collect() if isinstance(item, pytest.Item)]
        except CourseError as error:
            raise self.CollectError(str(error)) from None
        known = {task.id for task in self.suite.day.graded}
        covered = set()
        for item in items:
            task = task_id(item)
            if task not in known:
                raise GraderFault(f"{self.suite.day.id}: {item.name} is marked for {task!r}, which is no task of it")
            covered.add(task)
            # the reader of -v is a student: the place of the check is their file
            item.__dict__["location"] = (item.location[0], None, item.name)
        if known - covered:
            raise GraderFault(f"{self.suite.day.id}: no check is marked for {', '.join(sorted(known - covered))}")
        yield from self.chosen(items)

    def chosen(self, items: list[Any]) -> list[Any]:
        """The checks to run."""
        return items


class NoTests(pytest.File):
    """Stands for pytest's own module collector, which would collect a file that is ours a second time."""

    def collect(self) -> Iterator[pytest.Item]:
        yield from ()


def suite_file(item: pytest.Item) -> SuiteFile | None:
    """The suite that an item belongs to; None for anybody else's test."""
    return item.getparent(SuiteFile)


def task_id(item: Any) -> str:
    mark = item.get_closest_marker("task")
    return str(mark.args[0]) if mark and mark.args else ""


def _draw(item: Any, grading: Grading) -> Draw:
    file = suite_file(item)
    assert file is not None
    return Draw(grading.seed, file.suite.day.id, task_id(item), item.name)


def _once_more(item: pytest.Function, grading: Grading) -> None:
    """The check again with the same inputs."""
    names = inspect.signature(item.obj).parameters
    values = {name: item.funcargs[name] for name in names}
    item.obj(**(values | ({"draw": _draw(item, grading)} if "draw" in values else {})))


class Fixtures:
    """The fixtures of every suite. Registered where a suite is collected, so that they trouble no other project."""

    @pytest.fixture
    def grading(self, request: pytest.FixtureRequest) -> Grading:
        file = suite_file(request.node)
        assert file is not None
        return file.prepare()

    @pytest.fixture
    def task(self, request: pytest.FixtureRequest) -> Task:
        """The manifest's entry for the task that this check belongs to."""
        file = suite_file(request.node)
        assert file is not None
        return file.suite.day.task(task_id(request.node))

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest, grading: Grading, task: Task) -> JudgedStudent:
        """The submission: `student.call(symbol, ...)` and `student.probe(function, ...)`."""
        grading.student.begin(task, request.node.name, grading.shortcuts.get(task.id))
        return grading.student

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest, grading: Grading) -> Draw:
        """This check's own inputs, drawn from the grading's seed."""
        return _draw(request.node, grading)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Any:
        """Runs a check; one that fails by a hair once more in float64 on the CPU, and that counts where it passes."""
        file = suite_file(pyfuncitem)
        if file is None:
            return (yield)
        grading = file.prepare()
        try:
            with judged_on(grading.student.device.type):
                return (yield)
        except Borderline:
            with contextlib.suppress(Exception), grading.student.precisely(), judged_on("cpu", precise=True):
                _once_more(pyfuncitem, grading)
                return True
            raise

    @pytest.fixture
    def show(self, grading: Grading, task: Task) -> Callable[[Exhibit], None]:
        """Hands over something for the student to look at: loss curves, a confusion matrix, misread images."""
        return lambda exhibit: grading.pictures.append((task.id, picture_of(exhibit)))

    @pytest.fixture
    def device(self, grading: Grading) -> Any:
        """The torch.device that the submission runs on."""
        return grading.student.device
