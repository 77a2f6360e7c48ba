"""One task's result as a card: HTML for notebooks and nbgrader's pages, text for everything else."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Iterable, Iterator

from grader.model.record import TaskResult
from grader.model.verdict import Finding, Verdict

from .terminal import block, place

BAD = "#b3261e"
COLOURS = {Verdict.PASSED: "#0a7d34", Verdict.NOT_IMPLEMENTED: "#8a5a00", Verdict.BLOCKED: "#8a5a00"}
# Jupyter breaks a <pre> within words, and puts a grid on tables
WRAPPED = "white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere"
LABEL = "display: inline-block; width: 6em; vertical-align: top; opacity: 0.7"
TEXT = f"display: inline-block; max-width: calc(100% - 7em); {WRAPPED}"


def card_text(result: TaskResult, file: str = "") -> str:
    """The verdict and points, and below them what went wrong."""
    if result.verdict is Verdict.PASSED:
        return _head(result)
    finding = Finding(result.verdict, result.message, result.expected, result.seen, advice=result.advice)
    return f"{_head(result)}\n{block(result.id, finding, result.trace, file, result.hint)}"


def card_html(result: TaskResult, pictures: Iterable[bytes] = (), file: str = "") -> str:
    """The same as HTML, everything escaped; `pictures` are PNG files."""
    style = f"border-left: 4px solid {COLOURS.get(result.verdict, BAD)}; padding: 0 1em"
    images = "".join(f'<img alt="" src="data:image/png;base64,{b64encode(png).decode()}">' for png in pictures)
    return f'<div style="{style}"><b>{html.escape(_head(result))}</b>{"".join(_rows(result, file))}{images}</div>'


def _head(result: TaskResult) -> str:
    return f"{result.id}: {result.verdict.words}, {result.points:g} of {result.max_points:g} points"


def _rows(result: TaskResult, file: str) -> Iterator[str]:
    if result.verdict is Verdict.PASSED:
        return
    if result.verdict is not Verdict.NOT_IMPLEMENTED:
        yield f'<div style="{WRAPPED}">{html.escape(result.message)}</div>'
    told = [("expected", result.expected), ("seen", result.seen), ("looks like", result.advice), ("hint", result.hint)]
    told += [("in", f"{place(line, file)}: {line.text}") for line in result.trace]
    for label, text in told:
        if text:
            yield f'<div><span style="{LABEL}">{label}</span><span style="{TEXT}">{html.escape(text)}</span></div>'
