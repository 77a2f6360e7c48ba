"""The students' pages and the instructor's site in a real browser: used by mouse and keyboard, read, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from grader.model.course import Course
from grader.model.manifest import load_course
from grader.model.record import Record
from grader.reports.rows import Records, file_name
from grader.reports.site import build_site
from tests.reports.made_up import made_up_class, with_pictures

from .conftest import Heard

ROOT = Path(__file__).parent.parent.parent
HOSTILE = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'>\u202e\x1b[31m" + "W" * 3_000
Open = Callable[..., Page]
STUDENTS = 30
PAGES = ["index.html", "day12.html", f"day12/{file_name('Ada Abe')}", f"day12/{file_name(HOSTILE)}"]
IDS = ["term", "day", "student", "hostile student"]


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT / "course.yaml")


@pytest.fixture(scope="session")
def site(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty students and one who is called, prints and raises what no page should obey, on two days."""
    records = [record for day in ("day10", "day12") for record in made_up_class(course, course.day(day), STUDENTS)]
    records = [with_pictures(record) if record.submission.student == "Ada Abe" else record for record in records]
    records.append(hostile(next(record for record in records if record.day == "day12" and not record.passed)))
    folder = tmp_path_factory.mktemp("site")
    build_site(course, Records.of(records), folder)
    return folder


def hostile(record: Record) -> Record:
    held = record.submission.model_copy(update={"student": HOSTILE, "notes": (HOSTILE,), "cells": (HOSTILE,)})
    texts = dict.fromkeys(("title", "message", "advice", "expected", "seen", "hint", "output"), HOSTILE)
    tasks = tuple(task.model_copy(update=texts) for task in record.tasks)
    return record.model_copy(update={"submission": held, "tasks": tasks, "device": HOSTILE})


@pytest.fixture
def show(new_page: Open, site: Path) -> Open:
    """Opens a page of the site by its path."""

    def shown(path: str, **options: object) -> Page:
        page = new_page(**options)
        page.goto((site / path).as_uri())
        return page

    return shown


def column(page: Page, number: int) -> list[str]:
    """The shown texts of one column of the table, from the top."""
    cells = page.locator(f"#sheet tbody tr:not([hidden]) > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_page_loads_nothing_says_nothing_and_obeys_nobody(path: str, show: Open, heard: Heard) -> None:
    page = show(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.pwned") is None
    assert heard.problems == []
    assert [url for url in heard.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in heard.requests if url.startswith("file:")]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_axe_finds_nothing(path: str, scheme: str, show: Open) -> None:
    page = show(path, color_scheme=scheme)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    found = [
        (each["id"], each["impact"], [node["target"] for node in each["nodes"]][:3])
        for each in Axe().run(page).response["violations"]
    ]
    assert found == []


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_no_page_is_wider_than_its_window(path: str, show: Open) -> None:
    page = show(path)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    for width in (320, 360, 768, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_pages_follow_the_system_into_the_dark(path: str, show: Open) -> None:
    def brightness(page: Page) -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(",")))

    assert brightness(show(path, color_scheme="dark")) < 150 < 600 < brightness(show(path, color_scheme="light"))


def test_points_sort_from_the_top_and_turn_around(show: Open) -> None:
    page = show("day12.html")
    names = column(page, 1)
    assert len(names) == STUDENTS + 1
    head = page.get_by_role("button", name="points")
    head.click()
    falling = column(page, 2)
    scores = [float(text) for text in falling if text != "–"]
    assert scores == sorted(scores, reverse=True)
    assert falling[: len(scores)] == [text for text in falling if text != "–"]  # who has none comes last
    expect(page.get_by_role("columnheader", name="points")).to_have_attribute("aria-sort", "descending")
    head.click()
    assert [float(text) for text in column(page, 2) if text != "–"] == sorted(scores)
    assert len(page.locator("[aria-sort]").all()) == 1
    page.get_by_role("button", name="student").click()
    assert column(page, 1) == names


def test_the_table_sorts_and_filters_by_keyboard_alone(show: Open) -> None:
    page = show("day12.html")
    page.get_by_label("Name").focus()
    page.keyboard.type("ada")
    expect(page.get_by_role("status")).to_have_text(f"2 of {STUDENTS + 1}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "only"
    for _ in range(3):  # the table's own frame, which scrolls, then the first two heads
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "points"
    page.keyboard.press("Enter")
    scores = [float(text) for text in column(page, 2)]
    assert scores == sorted(scores, reverse=True)


def test_filters_show_who_is_meant(show: Open, course: Course) -> None:
    page = show("day12.html")
    page.get_by_label("Show").select_option("not:fit")
    shown = page.locator("#sheet tbody tr:not([hidden])")
    failing = [row for row in shown.all() if "passed" not in row.locator("td").nth(5).inner_text()]
    assert len(failing) == shown.count() > 0
    expect(page.get_by_role("status")).to_have_text(f"{len(failing)} of {STUDENTS + 1}")
    page.get_by_label("Name").fill("no such student")
    expect(page.get_by_role("status")).to_have_text(f"0 of {STUDENTS + 1}")
    page.get_by_label("Name").fill("")
    page.get_by_label("Show").select_option("")
    expect(page.get_by_role("status")).to_have_text(f"{STUDENTS + 1} of {STUDENTS + 1}")


def test_a_student_is_one_click_away_and_back_again(show: Open) -> None:
    page = show("index.html")
    page.get_by_role("link", name="day12 The training loop").click()
    page.locator("#sheet").get_by_role("link", name="Ada Abe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Abe")
    page.get_by_role("navigation").get_by_role("link", name="day12 The training loop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The training loop")


def test_from_the_term_a_cell_leads_to_the_student(show: Open) -> None:
    page = show("index.html")
    page.get_by_role("link", name="Ada Abe, day10:").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Abe")
    expect(page).to_have_title("Ada Abe: day10 Loss functions")


def test_a_mistake_leads_to_the_students_who_have_it(show: Open) -> None:
    page = show("day12.html")
    slip = page.locator(".slips li").first
    count = int(slip.locator("summary b").inner_text())
    slip.locator("summary").focus()
    page.keyboard.press("Enter")
    links = slip.get_by_role("link")
    assert links.count() == count
    advice = slip.locator("summary > span").inner_text().rpartition(" ")[0]
    links.first.click()
    assert page.locator(".slip", has_text=advice).count() > 0


def test_every_link_of_the_site_leads_to_a_page(show: Open, site: Path) -> None:
    for path in PAGES:
        page = show(path)
        for address in page.evaluate("[...document.querySelectorAll('a')].map(each => each.href)"):
            file, _, place = address.removeprefix("file://").partition("#")
            assert Path(file).is_relative_to(site)
            assert Path(file).is_file()
            assert not place or page.locator(f"[id='{place}']").count() == 1


def test_on_paper_everything_is_unfolded_and_nothing_is_there_to_click(show: Open) -> None:
    page = show(PAGES[2], color_scheme="dark")
    hint = page.locator("details", has=page.get_by_text("Hint")).locator("p").first
    assert hint.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})") is False
    page.emulate_media(media="print")
    assert hint.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})") is True
    assert (
        page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 31, 36)"
    )  # dark on white, whatever the screen
    page.goto(page.url.replace(PAGES[2], "day12.html"))
    expect(page.get_by_role("search")).to_be_hidden()
    assert page.locator("#sheet tbody tr").last.is_visible()
    assert len(page.pdf()) > 10_000


def test_a_thousand_students_can_be_found(course: Course, new_page: Open, tmp_path: Path) -> None:
    day = course.day("day10")
    built = build_site(course, Records.of(made_up_class(course, day, 1_000)), tmp_path)
    assert built.pages == 1_002
    page = new_page()
    page.goto((tmp_path / "day10.html").as_uri())
    expect(page.get_by_role("status")).to_have_text("1000 of 1000")
    page.get_by_role("button", name="attempts").click()
    attempts = [int(text) for text in column(page, len(day.graded) + 3)]
    assert attempts == sorted(attempts, reverse=True)
    page.get_by_label("Name").fill("noor gupta 3")
    expect(page.get_by_role("status")).to_have_text("1 of 1000")
    page.locator("#sheet").get_by_role("link", name="Noor Gupta 3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noor Gupta 3")
