"""The manifest's contents: a course of days, each with tasks. `manifest.py` reads them from course.yaml."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
Symbol = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Points = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class Part(BaseModel):
    """A part of the manifest: frozen, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Budget(Part):
    """What one task may use: wall-clock seconds, memory in MiB, and optimizer steps where the task counts them."""

    seconds: float = Field(default=20, gt=0, le=3600)
    mebibytes: int = Field(default=2048, ge=64, le=65536)
    steps: int | None = Field(default=None, ge=1)


class Threshold(Part):
    """Points for reaching `at`, a fraction between 0 and 1."""

    at: float = Field(ge=0, le=1)
    points: Points


class Task(Part):
    """One task of a day. Its id is the key in the manifest.

    `device_points` are those of its points that it earns for running on any device: where a grading on the CPU finds
    it right, its checks are run once more on `sim`.
    """

    id: Identifier
    title: str = ""
    symbols: tuple[Symbol, ...] = ()
    points: Points
    visibility: Literal["visible", "withheld"] = "visible"
    device_points: Points = 0
    depends_on: tuple[Identifier, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    budget: Budget = Budget()
    hint: str = ""
    forbidden: tuple[str, ...] = ()
    manual: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        reached = [step.at for step in self.thresholds]
        if reached != sorted(reached):
            raise ValueError("thresholds must rise")
        if self.thresholds and self.thresholds[-1].points != self.points:
            raise ValueError("the last threshold must give the task's full points")
        if self.device_points > self.points:
            raise ValueError("device_points are a part of the task's points, and cannot be more")
        if self.manual and (self.symbols or self.thresholds or self.forbidden or self.device_points):
            raise ValueError("a manual task is a question: no symbols, thresholds, device points or forbidden names")
        return self


class Late(Part):
    """What handing in late costs. Minutes of grace, then a percentage of the points for each day begun.

    More than `days` late earns nothing; no limit where it is not given.
    """

    grace: float = Field(default=0, ge=0, le=100_000, description="minutes after the due moment that cost nothing")
    percent: float = Field(default=0, ge=0, le=100, description="of the points, for each day begun")
    days: int | None = Field(default=None, ge=0)


class Day(Part):
    """One day: the file that a student hands in, and its tasks in order."""

    id: Identifier
    title: str
    module: Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*\.py$")]
    due: datetime | None = None
    late: Late | None = None
    minutes: int = Field(default=30, ge=1)
    preload: tuple[Literal["torchvision", "matplotlib"], ...] = ()
    given: Literal["empty", "broken"] = "empty"
    tasks: tuple[Task, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _tasks_fit(self) -> Self:
        known: set[str] = set()
        for task in self.tasks:
            missing = set(task.depends_on) - known
            if missing:
                raise ValueError(f"task {task.id} depends on {', '.join(sorted(missing))}, which no earlier task is")
            known.add(task.id)
        return self

    @property
    def notebook(self) -> str:
        """The notebook's file name, the day's other face."""
        return f"{self.id}.ipynb"

    @property
    def graded(self) -> tuple[Task, ...]:
        """The tasks that the machine grades; the others are questions for a person."""
        return tuple(task for task in self.tasks if not task.manual)

    @property
    def points(self) -> float:
        """Points that the machine can give."""
        return sum(task.points for task in self.graded)

    def task(self, name: str) -> Task:
        """The task of this id, or the one that holds this symbol. Raises `KeyError` with the known ids."""
        for task in self.tasks:
            if name == task.id or name in task.symbols:
                return task
        raise KeyError(f"{self.id} has no task {name!r}; it has {', '.join(task.id for task in self.tasks)}")


class Course(Part):
    """A whole course. `root` is the folder of its manifest; the three folders are relative to it."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Identifier
    title: str
    suites: str = Field(pattern=r"^[A-Za-z_][\w.]*$", description="the importable package of the suites")
    solutions: str = "solutions"
    assignments: str = "assignments"
    counts: Literal["best", "last", "recent"] = Field(
        default="recent",
        description="of several submissions: the best, the last in time, or the latest, in time or not",
    )
    late: Late = Field(default=Late(), description="for every day that says nothing of its own")
    days: tuple[Day, ...] = Field(min_length=1)
    _root: Path = PrivateAttr(default=Path())

    @property
    def root(self) -> Path:
        return self._root

    def day(self, name: str) -> Day:
        """The day of this id. Raises `KeyError` with the known ids."""
        for day in self.days:
            if day.id == name:
                return day
        raise KeyError(f"the course has no day {name!r}; it has {', '.join(day.id for day in self.days)}")
