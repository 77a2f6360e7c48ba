"""What is written down is true: the schema, the commands, the links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.cli.main import app
from grader.model.manifest import load_course
from tools.docs import schema

ROOT = Path(__file__).parent.parent
DAYS = load_course(ROOT / "course.yaml").days
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_schema_file_is_the_records_schema() -> None:
    assert (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8") == schema(), "run `make docs`"


def test_every_command_stands_in_the_readme_or_in_docs() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if f"grader {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.id)
def test_a_days_readme_names_its_file_and_every_function(day) -> None:  # type: ignore[no-untyped-def]
    text = (ROOT / "solutions" / day.id / "README.md").read_text(encoding="utf-8")
    assert day.module in text
    missing = [symbol for task in day.tasks for symbol in task.symbols if symbol not in text]
    assert missing == []
