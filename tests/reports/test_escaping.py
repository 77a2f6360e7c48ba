"""What a student prints, raises, returns or is called stands in every output as text, and does nothing there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.main import app
from grader.judge.run import Job, Judge
from grader.model.course import Course
from grader.model.record import Line, Record
from grader.model.text import clean
from grader.model.verdict import Finding, Verdict
from grader.reports import student_page
from grader.reports.rows import Records
from grader.reports.site import build_site
from grader.reports.student_page import Link
from grader.reports.terminal import block, harmless, record_lines
from tests.conftest import MINI

Write = Callable[..., Path]
BELL, LINK = "\x1b[2J\x1b[31m", "\x1b]8;;https://example.invalid\x1b\\click\x1b]8;;\x1b\\"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' style=x {{ 7*7 }} </pre></details>"
COMMAND, TURNED = "::error file=x::pwned", "\u202egnp.exe\u2066\u200f\u061c"
HOSTILE = f"{BELL}{LINK}{SCRIPT}\n{COMMAND}\n##[error]pwned ##vso[task.complete]\r{TURNED}\x00\x9b31m\u2028"
LITERAL = "'" + "".join(f"\\u{ord(c):04x}" for c in HOSTILE) + "'"
NAME = f"::error::{TURNED}{BELL}<b>eve"
# what terminals and browsers obey, apart from line breaks, which a report makes itself
OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
OURS = {"html", "head", "meta", "link", "title", "style", "script", "body", "main", "nav", "header", "footer", "section", "article",
        "h1", "h2", "h3", "p", "div", "span", "a", "b", "i", "bdi", "strong", "small", "code", "pre", "ol", "ul", "li",
        "dl", "dt", "dd", "details", "summary", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td",
        "label", "input", "select", "option", "optgroup", "button", "wbr", "svg", "symbol", "use", "circle", "path",
        "rect", "line", "text", "desc"}  # fmt: skip

BODIES = {
    "raised": f"    raise ValueError({LITERAL})\n",
    "its class": f"    raise type({LITERAL}, (Exception,), {{}})('x')\n",
    "a function's name": "    def f(): raise ValueError\n"
    f"    f.__code__ = f.__code__.replace(co_qualname={LITERAL}, co_name={LITERAL})\n    f()\n",
    "printed": f"    print({LITERAL}, flush=True)\n    return x\n",
    "a text": f"    return {LITERAL}\n",
    "keys": f"    return {{{LITERAL}: x, 'y': x}}\n",
    "an object": f"    return type({LITERAL}, (), {{}})()\n",
    "not a number": f"    return [{LITERAL}] * 3\n",
    "a line of source": f"    raise ValueError  # {BELL}{SCRIPT} {TURNED} ##[error]x\n",
    "not started": f"    raise NotImplementedError({LITERAL})\n",
}


@pytest.fixture(scope="module")
def judge(mini: Course) -> Iterator[Judge]:
    with Judge(mini, mini.day("day01")) as opened:
        yield opened


@pytest.fixture(params=BODIES.values(), ids=BODIES.keys())
def record(request: pytest.FixtureRequest, judge: Judge, submission: Write) -> Record:
    graded = judge.one(Job(judge.intake(submission(request.param), NAME), "seed"))
    assert graded.tasks[0].points == 0
    assert not graded.faulty
    return graded


class Tags(HTMLParser):
    """The tags of a page, and its attributes' names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}


def assert_plain(rows: list[str]) -> None:
    for row in rows:
        assert not OBEYED.search(row), ascii(row)
        assert not row.lstrip().startswith("::"), row
        assert not re.search(r"##\w*\[", row), row
        row.encode("utf-8")


def test_in_the_terminal(record: Record) -> None:
    rows = [text for text, _ in record_lines(record)]
    assert all("\n" not in row for row in rows)
    assert_plain(rows)


def test_on_every_page(record: Record, mini: Course, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_site(mini, Records.of([record]), site)
    pages = [
        student_page.render(record, title=HOSTILE, trail=[Link(HOSTILE, "../index.html")]),
        *(path.read_text(encoding="utf-8") for path in site.rglob("*.html")),
    ]
    assert len(pages) == 4
    for page in pages:
        assert not OBEYED.search(page), ascii(page)
        seen = Tags(page)
        assert seen.tags <= OURS
        assert page.count("<script") == page.count('role="search"')  # where there is a table to sort
        assert not {name for name in seen.names if name.startswith("on") or name == "style"}
        assert ">49<" not in page  # a template's braces are text as well


def test_in_the_record_everything_but_the_source_is_plain(record: Record) -> None:
    held = record.submission.model_copy(update={"cells": ()})
    text = record.model_copy(update={"submission": held}).to_json()
    assert not OBEYED.search(text), ascii(text)


@pytest.mark.parametrize("body", ["raised", "keys", "an object", "a text", "a line of source"])
def test_at_the_students_desk(
    body: str, pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-k", "double", str(submission(BODIES[body])))
    assert result.ret == 1
    assert_plain(result.outlines)


def test_in_the_table_of_a_class_a_name_is_a_name(
    tmp_path: Path, submission: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))
    hostile = tmp_path / "class" / f"{NAME.replace('/', '')}.py"
    hostile.parent.mkdir()
    hostile.write_bytes(submission().read_bytes())
    result = CliRunner().invoke(app, ["grade", str(hostile.parent), "--day", "day01"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert_plain(result.output.splitlines())


@pytest.mark.parametrize(
    "text", ["\ud800", "\u202e", "\x1b[31m", "\x9b31m", "\u200f", "\u2028", "\r", "\x00"], ids=ascii
)
def test_a_clean_text_has_none_of_these(text: str) -> None:
    assert clean(f"a{text}b").startswith("a\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize(
    "row, printed",
    [
        ("::error::x", "\\::error::x"),
        ("   ::stop-commands::x", "   \\::stop-commands::x"),
        ("see ##[group]x", "see # #[group]x"),
        ("see ##vso[task.setvariable]", "see # #vso[task.setvariable]"),
        ("std::vector is fine", "std::vector is fine"),
        ("## a heading", "## a heading"),
    ],
)
def test_no_row_is_a_command_to_what_runs_us(row: str, printed: str) -> None:
    assert harmless(row) == printed


def test_a_function_s_name_with_a_line_break_starts_no_row_of_its_own() -> None:
    finding = Finding(Verdict.ERROR, "raised")
    told = block("double", finding, [Line(cell=1, line=2, function="f\n::error::x", text="g")], "numbers_lab.py", "")
    assert_plain(told.split("\n"))
