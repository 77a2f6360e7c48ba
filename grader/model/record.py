"""The record of one grading: versioned JSON, replayable, and what every report is rendered from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ConfigDict, Field

from .entry import Entry
from .picture import Picture
from .verdict import Verdict

SCHEMA = "descent/record/v1"
PICTURES = 8


class Line(Entry):
    """One frame of a traceback inside the submission: its text comes from the submitted bytes."""

    cell: int
    line: int
    function: str
    text: str


def whole_file(trace: Sequence[Line]) -> bool:
    """Whether the file itself stopped there: that is about no task in particular, and every task tells it."""
    return bool(trace) and trace[0].function == "<module>"


class Check(Entry):
    """One check of a task."""

    name: str
    verdict: Verdict
    seconds: float


class TaskResult(Entry):
    """One task's verdict, and everything a student is told about it."""

    id: str
    title: str = ""
    symbols: tuple[str, ...] = ()
    verdict: Verdict
    points: float
    max_points: float
    message: str = ""
    mistake: str | None = None
    advice: str = ""
    expected: str = ""
    seen: str = ""
    hint: str = ""
    visibility: Literal["visible", "withheld"] = "visible"
    trace: tuple[Line, ...] = ()
    output: str = ""
    seconds: float = 0.0
    checks: tuple[Check, ...] = ()
    pictures: tuple[Picture, ...] = Field(default=(), max_length=PICTURES)


class Manual(Entry):
    """A question that a person grades: no points yet."""

    id: str
    title: str = ""
    max_points: float


class Submitted(Entry):
    """What was graded, whole: a record can be replayed without anything else."""

    student: str
    digest: str
    module: str
    kind: Literal["module", "notebook"]
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


class SuiteVersion(Entry):
    digest: str
    grader: str


class Layer(Entry):
    """One wall of the worker: whether it stood, and why not."""

    name: str
    on: bool
    why: str = ""


class Usage(Entry):
    """What the grading took: seconds of wall clock, of the worker's processor, and its memory in bytes."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory: int = 0


class Record(Entry):
    """One submission, graded once. `points` is None where the grader failed: no score is given then."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_name: Literal["descent/record/v1"] = Field(default="descent/record/v1", alias="schema")
    course: str
    day: str
    graded_at: str
    submission: Submitted
    suite: SuiteVersion
    seed: str
    device: str
    isolation: Literal["full", "partial", "none"]
    layers: tuple[Layer, ...] = ()
    versions: dict[str, str] = Field(default_factory=dict)
    points: float | None
    max_points: float
    tasks: tuple[TaskResult, ...]
    manual: tuple[Manual, ...] = ()
    usage: Usage = Usage()

    @property
    def file(self) -> str:
        """The name of the file that was graded."""
        return self.submission.module if self.submission.kind == "module" else f"{self.day}.ipynb"

    @property
    def faulty(self) -> bool:
        """Whether the grader failed on some task."""
        return self.points is None

    @property
    def refused(self) -> bool:
        """Whether what was handed in could not be read: nothing ran, and `submission.notes` says why."""
        return not self.submission.digest

    @property
    def passed(self) -> bool:
        """Whether every task passed."""
        return all(task.verdict is Verdict.PASSED for task in self.tasks)

    def to_json(self) -> str:
        """The record as indented JSON."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"

    def verdicts(self) -> dict[str, tuple[str, float]]:
        """What a replay must reproduce: each task's verdict and points."""
        return {task.id: (task.verdict.value, task.points) for task in self.tasks}


def record_schema() -> dict[str, Any]:
    """The JSON schema of a record; `docs/record.schema.json` is a copy, held in step by a test."""
    return Record.model_json_schema(by_alias=True)
