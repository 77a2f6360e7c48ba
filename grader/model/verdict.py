"""The closed list of verdicts, and what one check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a check or a task. Only `PASSED` earns full points; only `GRADER_ERROR` is not the student's."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_IMPLEMENTED = "not_implemented"
    ERROR = "error"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    FORBIDDEN = "forbidden"
    BLOCKED = "blocked"
    GRADER_ERROR = "grader_error"

    @property
    def words(self) -> str:
        """The verdict as a person would say it."""
        return _WORDS.get(self, self.value.replace("_", " "))


_WORDS = {Verdict.NOT_IMPLEMENTED: "not started", Verdict.GRADER_ERROR: "grader error"}


@dataclass(frozen=True)
class Finding:
    """Why a check did not pass, in words for the student.

    `frames` are `(cell, line, function)` inside the submission, outermost first, counted from 1 (a module is one cell):
    the text of those lines is taken from the submitted bytes, never from what the worker says.
    """

    verdict: Verdict
    message: str
    expected: str = ""
    seen: str = ""
    earned: float = 0.0
    frames: tuple[tuple[int, int, str], ...] = ()
    mistake: str | None = None
    advice: str = ""


@dataclass(frozen=True)
class CheckResult:
    """One check of the suite, run against one submission. `finding` is None exactly when it passed.

    `doubtful`: the check itself tripped after a reply, so it has yet to be found out whose fault that is.
    """

    check: str
    task: str
    finding: Finding | None
    seconds: float
    output: str = ""
    doubtful: bool = False

    @property
    def verdict(self) -> Verdict:
        return Verdict.PASSED if self.finding is None else self.finding.verdict
