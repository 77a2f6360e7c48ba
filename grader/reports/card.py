"""One task's result as a card: HTML for notebooks and nbgrader's pages, text for everything else."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Iterable

from grader.model.record import TaskResult
from grader.model.verdict import Finding, Verdict

from .terminal import block

BAD = "#b3261e"
COLOURS = {Verdict.PASSED: "#0a7d34", Verdict.NOT_IMPLEMENTED: "#8a5a00", Verdict.BLOCKED: "#8a5a00"}


def card_text(result: TaskResult, file: str = "") -> str:
    """The verdict and points, and below them what went wrong."""
    return "\n".join(filter(None, (_head(result), _told(result, file))))


def card_html(result: TaskResult, pictures: Iterable[bytes] = (), file: str = "") -> str:
    """The same as HTML, everything escaped; `pictures` are PNG files."""
    told = _told(result, file)
    body = f'<pre style="white-space: pre-wrap">{html.escape(told)}</pre>' if told else ""
    images = "".join(f'<img alt="" src="data:image/png;base64,{b64encode(png).decode()}">' for png in pictures)
    style = f"border-left: 4px solid {COLOURS.get(result.verdict, BAD)}; padding: 0 1em"
    return f'<div style="{style}"><b>{html.escape(_head(result))}</b>{body}{images}</div>'


def _head(result: TaskResult) -> str:
    return f"{result.id}: {result.verdict.words}, {result.points:g} of {result.max_points:g} points"


def _told(result: TaskResult, file: str) -> str:
    if result.verdict is Verdict.PASSED:
        return ""
    finding = Finding(result.verdict, result.message, result.expected, result.seen, advice=result.advice)
    return block(result.id, finding, result.trace, file, result.hint)
