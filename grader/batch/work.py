"""One piece of work for a judge, and what judges are told: plain data, carried as JSON to wherever they run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from grader.judge.opening import device_named
from grader.judge.suite_files import SuiteFiles
from grader.model.course import Course, Day
from grader.model.manifest import NAME
from grader.model.submission import Submission

Level = Literal["best", "full", "none"]
TRIES = 3
"""So often is a submission given to a judge that dies of it, or of something else, before there is no score."""


@dataclass(frozen=True)
class Plan:
    """How a batch is graded: the same for each of its submissions. `suite` is the digest that every judge must have."""

    manifest: str
    day: str
    device: str
    isolation: Level
    suite: str

    @classmethod
    def of(cls, course: Course, day: Day, device: str, isolation: Level) -> Plan:
        """With what this machine has. Raises `CourseError` for a broken suite, `DeviceError`."""
        return cls(str(course.root / NAME), day.id, device_named(device), isolation, SuiteFiles(course, day).digest)

    @property
    def policy(self) -> str:
        """What a grading depends on besides submission and suite."""
        return f"{self.device}/{self.isolation}"

    @property
    def course(self) -> Path:
        return Path(self.manifest)


@dataclass(frozen=True)
class Work:
    """One submission, by content; or, where it could not be taken, `refusal` says why."""

    number: int
    submission: Submission
    seed: str
    refusal: str = ""

    def pack(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpack(cls, data: bytes) -> Work:
        told = json.loads(data)
        held = told["submission"]
        submission = Submission(**{**held, "cells": tuple(held["cells"]), "notes": tuple(held["notes"])})
        return cls(told["number"], submission, told["seed"], told["refusal"])


@dataclass(frozen=True)
class Done:
    """One piece of work done: the record as JSON; or, without a score, why the grader could not."""

    number: int
    record: str = ""
    fault: str = ""


class Engine(Protocol):
    """Grades pieces of work somewhere, in any order, each reported once."""

    def grade(self, plan: Plan, work: Iterable[Work]) -> Iterator[Done]:
        """Raises `GraderFault` where nothing can be graded at all."""
