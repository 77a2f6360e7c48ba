"""Whose fault it is where a check trips over what came back: the course's own solution is asked the very same.

A fault of the suite must not be a zero, and a reply of a form that no check asked for must not buy "no score". So such
a check is run once more, with the same inputs, on the reference. Where that does not pass either, the check is broken:
`grader_error`. Where it passes, the reply was at fault: `failed`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

import torch

from grader.model.verdict import CheckResult, Finding, Verdict

from .device import in_judge
from .inprocess import InProcess
from .loop import Outcome, Run
from .suite import Suite


def settle(
    results: list[CheckResult], suite: Suite, perform: Callable[[Run], Outcome], seed: str, device: torch.device
) -> list[CheckResult]:
    """The results, each that is in doubt weighed against the reference; unchanged where the course has none."""
    doubtful = frozenset(result.task for result in results if result.doubtful)
    path = suite.course.root / suite.course.solutions / suite.day.id / suite.day.module
    if not doubtful or not path.is_file():
        return results
    source = path.read_text(encoding="utf-8")
    device = in_judge(device)
    reference = InProcess.load([source], suite.day.module, False, vars(suite.probes), device, alarm=True)
    told = perform(Run(lambda: contextlib.nullcontext(reference), seed, device, tasks=doubtful))
    broken = {(result.task, result.check) for result in told.results if result.finding is not None}
    return [
        _ours(result) if result.doubtful and (result.task, result.check) in broken else result for result in results
    ]


def _ours(result: CheckResult) -> CheckResult:
    told = result.finding.message if result.finding else ""
    message = f"The course's own solution fares no better in this check. {told}"
    return replace(result, finding=Finding(Verdict.GRADER_ERROR, message))
