"""What a checker has to say."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model.record import TaskResult


@dataclass(frozen=True)
class Started:
    """A task is being checked."""

    task: str


@dataclass(frozen=True)
class Told:
    """A task's result, for the file of that name, and how many seconds after the save it came."""

    result: TaskResult
    file: str
    seconds: float


@dataclass(frozen=True)
class Trouble:
    """The work cannot be read just now; the sentence says why. It is looked at again when it changes."""

    sentence: str


@dataclass(frozen=True)
class Broken:
    """The grader cannot go on."""

    sentence: str


Event = Started | Told | Trouble | Broken
