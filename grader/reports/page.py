"""What every HTML page of ours shares: templates that escape, one style sheet, a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from grader.model.text import clean
from grader.model.verdict import Verdict

from .words import number

LONGEST = 100_000  # characters of any one value on a page; a record's own bounds are far below
TONES = {
    Verdict.PASSED: "good",
    Verdict.NOT_IMPLEMENTED: "wait",
    Verdict.BLOCKED: "wait",
    Verdict.GRADER_ERROR: "fault",
}


def show(template: str, **values: Any) -> str:
    """The page made from this template. Every text among `values` is escaped and cleaned where it is shown."""
    text: str = _environment().get_template(template).render(**values)
    return text


def tone(verdict: Verdict) -> str:
    """The colour and mark of a verdict: good, bad, wait or fault."""
    return TONES.get(verdict, "bad")


def points(value: float | None) -> str:
    """Points as a person writes them; a dash for none."""
    return "–" if value is None else number(value)


def moment(iso: str) -> str:
    """`2026-11-27 19:35 UTC` for a record's time stamp; the text itself where it is none."""
    try:
        return datetime.fromisoformat(iso).strftime("%Y-%m-%d %H:%M %Z").strip()
    except ValueError:
        return iso


@cache
def _asset(name: str) -> str:
    return files("grader.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _inline(name: str) -> Markup:
    """A style sheet or a script of ours, as it stands between its tags."""
    return Markup(_asset(name))  # noqa: S704 - a file of this package


def _policy(style: str, script: str = "") -> str:
    """The Content-Security-Policy: nothing but this sheet, this script and images that the page holds itself."""
    parts = [
        "default-src 'none'",
        f"style-src {_digest(style)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join([*parts, f"script-src {_digest(script)}"] if script else parts)


@cache
def _digest(name: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()}'"


def _plain(value: Any) -> Any:
    """What stands in place of each value: a text without control or direction characters."""
    return clean(value, LONGEST) if type(value) is str else value


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("grader.reports"), autoescape=True, undefined=StrictUndefined, finalize=_plain,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(number=points, moment=moment, tone=tone)
    environment.globals.update(inline=_inline, policy=_policy)
    return environment
