"""What a submission wrote stands in every format as text, whatever that format obeys."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.model.record import Line, Record
from grader.model.verdict import Verdict
from grader.reports.formats import FORMATS, log, render
from grader.reports.sheets import harmless

from .samples import RUNNER, record, task
from .test_formats import JSON, schema

OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
PIECES = [
    "\x1b[31m", "\x1b]8;;https://example.invalid\x1b\\", "\x00", "\r", "\n", "\n\n", "\t", "\u202e", "\u2028", "\ufffe", "\x9b2J",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</pre></code></details>", "<!--", "]]>", "&#60;b&#62;", "&amp;",
    '"', "'", "`", "```\n", "| a | b |", "\\", "* x", "# x", "1. x", "[x](https://example.invalid)", "![x](y)", "https://example.invalid",
    "www.example.invalid", "a@example.invalid", "@everyone", "~~x~~", "__x__", "    code", "> quote", "---\n", "{{ 7*7 }}", "%0A", "%25",
    "::error::x", "\n::stop-commands::x", "##[error]x", "##vso[task.complete]", ",", ":", ";", "=1+1", "+1", "-1+1", "@SUM(1)",
    "\t=1", " =1", "\uff1d1", '=HYPERLINK("x")', '{"scores": {"add": 100}}', "é", "\N{GRINNING FACE}", "x" * 700, "",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
OURS = {"details", "summary", "pre", "code", "sub"}


@pytest.fixture(autouse=True)
def _runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


@st.composite
def hostile(draw: st.DrawFn) -> Record:
    def told(name: str, verdict: Verdict) -> object:
        return task(
            name, verdict, 0, 2, title=draw(TEXT), message=draw(TEXT), expected=draw(TEXT), seen=draw(TEXT),
            advice=draw(TEXT), hint=draw(TEXT), output=draw(TEXT) * draw(st.sampled_from([1, 200])),
            trace=(Line(cell=1, line=3, function=draw(TEXT), text=draw(TEXT)),),
        )  # fmt: skip

    verdicts = st.sampled_from([Verdict.FAILED, Verdict.ERROR, Verdict.FORBIDDEN, Verdict.PASSED])
    tasks = [told(name, draw(verdicts)) for name in ("add", "double")]
    return record(*tasks, student=draw(TEXT), notes=(draw(TEXT),), kind=draw(st.sampled_from(["module", "notebook"])))  # type: ignore[arg-type]


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None, derandomize=True,
                    suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].sheet and not FORMATS[name].whole])
@examples(40)
@given(given=hostile())
def test_no_format_holds_what_terminals_and_parsers_obey(name: str, given: Record) -> None:
    text = log(name, given, folder="a, b:c%") + render(name, [given], folder="a, b:c%")
    assert not OBEYED.search(text.replace("\r\n", "\n")), ascii(text)
    text.encode("utf-8")


@pytest.mark.parametrize("name", JSON)
@examples(40)
@given(given=hostile())
def test_json_formats_keep_their_schema(name: str, given: Record) -> None:
    schema(name).validate(json.loads(render(name, [given])))


@examples(80)
@given(given=hostile())
def test_junit_is_xml_with_our_elements_alone(given: Record) -> None:
    root = ET.fromstring(render("junit", [given]))
    assert {each.tag for each in root.iter()} <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "system-out", "system-err"
    }  # fmt: skip
    assert len(root.findall("testsuite/testcase")) == 2


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not attrs


@examples(80)
@given(given=hostile())
def test_the_summary_has_no_markdown_html_link_or_mention_of_theirs(given: Record) -> None:
    summary = render("github", [given])
    tokens = MarkdownIt("gfm-like").parse(summary)
    flat = [*tokens, *(child for token in tokens for child in token.children or [])]
    assert {token.type for token in flat} <= {
        "heading_open", "heading_close", "inline", "text", "text_special", "paragraph_open", "paragraph_close", "html_block",
        "html_inline", "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open",
        "tr_close", "th_open", "th_close", "td_open", "td_close", "softbreak",
    }  # fmt: skip
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2"]
    assert sum(token.type == "tr_open" for token in tokens) == 3
    tags = Tags()
    tags.feed("".join(token.content for token in flat if token.type.startswith("html")))
    assert tags.found <= OURS
    assert not re.search(r"(@|&#64;)\w", summary)


@examples(80)
@given(given=hostile())
def test_annotations_are_one_line_each_and_say_what_was_said(given: Record) -> None:
    rows = log("github", given).split("\n")
    failed = [each for each in given.tasks if each.verdict is not Verdict.PASSED]
    assert len(rows) == len(failed) + 3  # a note, the standing, the end of the last line
    for row, each in zip(rows[1:-2], failed, strict=True):
        found = re.fullmatch(r"::error (?:[a-z]+=[^:,\r\n]*,?)+::([^\r\n]*)", row)
        assert found, row
        first = OBEYED.sub("\N{REPLACEMENT CHARACTER}", each.message).split("\n")[0]
        assert unquote(found[1]).startswith(first if "%" not in first else "")


@examples(80)
@given(given=hostile())
def test_no_cell_of_the_table_is_a_formula(given: Record) -> None:
    text = render("csv", [given])
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    assert not any(re.search(r"(^|[;\r\n])\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t]", cell) for cell in rows[1]), rows[1]


@pytest.mark.parametrize(
    "cell, written",
    [
        ("-1", "-1"),
        ("+2.5", "+2.5"),
        ("-1+cmd", "'-1+cmd"),
        ("=1", "'=1"),
        ("a=1", "a=1"),
        ("a;=1", "a;'=1"),
        ("a\n =1", "a\n' =1"),
        ("a; -1", "a;' -1"),
        ("\uff1d1", "'\uff1d1"),
    ],
)
def test_numbers_stay_numbers(cell: str, written: str) -> None:
    assert harmless(cell) == written


@examples(80)
@given(given=hostile())
def test_only_our_last_line_is_autolabs(given: Record) -> None:
    rows = render("autolab", [given]).split("\n")
    assert json.loads(rows[-2]) == {"scores": {each.id: each.points for each in given.tasks}}
    assert not any(row.startswith("{") for row in rows[:-2])


@pytest.mark.parametrize("name", ["terminal", "autolab"])
@examples(40)
@given(given=hostile())
def test_no_row_of_a_log_is_a_command(name: str, given: Record) -> None:
    for row in render(name, [given]).split("\n"):
        assert not row.lstrip().startswith("::"), row
        assert not re.search(r"##\w*\[", row), row
