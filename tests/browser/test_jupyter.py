"""A student in JupyterLab, and an instructor in formgrader: what they click and what they see."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from grader.model.manifest import load_course
from grader.model.record import Record
from grader.nbgrader.init import init
from tests.nbgrader.conftest import Nbgrader, nbgrader  # noqa: F401 - a fixture

ROOT = Path(__file__).parent.parent.parent
TOKEN = "opensesame"
PATIENCE = 120_000  # milliseconds: a kernel imports torch on a busy machine

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, by the dozen


@pytest.fixture
def term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nbgrader: Nbgrader) -> Path:  # noqa: F811
    """A course folder with day 10 released, and a student's copy of it in `home/`."""
    monkeypatch.setenv("GRADER_COURSE", str(ROOT))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "term"
    init(load_course(ROOT / "course.yaml"), folder)
    nbgrader("generate_assignment", "day10", folder=folder)
    shutil.copytree(folder / "release" / "day10", folder / "home" / "day10")
    return folder


@pytest.fixture
def lab(term: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab of its own, in the course folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--ServerApp.token={TOKEN}",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--LabApp.news_url=None"]  # fmt: skip
    with (tmp_path / "lab.log").open("wb") as log:
        environment = {**os.environ, **places, "IPYTHONDIR": str(tmp_path / "ipython")}
        server = subprocess.Popen(command, cwd=term, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api", server, tmp_path / "lab.log")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address)
        except urllib.error.URLError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text())


def test_a_student_solves_checks_and_validates_and_the_instructor_sees_the_score(
    lab: str, term: Path, new_page: Callable[..., Page], nbgrader: Nbgrader  # noqa: F811
) -> None:  # fmt: skip
    page = new_page(1300, 900)
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    solve_and_check(page, lab)
    validate(page)

    shutil.copytree(term / "home" / "day10", term / "submitted" / "ada" / "day10")
    nbgrader("autograde", "day10", folder=term)
    record = Record.model_validate_json((term / "records" / "day10" / "ada.json").read_bytes())
    assert record.points == 2
    page.goto(f"{lab}/formgrader/gradebook/day10/day10")
    row = page.locator("tr", has_text="Submission #1")
    expect(row).to_contain_text("2 / 20")
    row.locator("a", has_text="Submission #1").click()
    expect(page.get_by_text("mse: passed, 2 of 2 points")).to_be_visible()
    expect(page.get_by_text("mae: not started, 0 of 1 points")).to_be_visible()
    expect(page.get_by_text("BEGIN MARK SCHEME")).to_be_visible()


def solve_and_check(page: Page, lab: str) -> None:
    page.goto(f"{lab}/lab/tree/home/day10/day10.ipynb?token={TOKEN}")
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.locator(".cm-line", has_text="mse is not written yet").click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.type("return ((pred - target) ** 2).mean()")
    page.locator(".jp-Cell").first.click()
    page.keyboard.press("Escape")
    for _ in range(9):  # up to the second check
        page.keyboard.press("Shift+Enter")
    expect(page.locator(".jp-OutputArea-output b", has_text="mse: passed, 2 of 2 points")).to_be_visible()
    expect(page.locator(".jp-OutputArea-output b", has_text="mae: not started, 0 of 1 points")).to_be_visible()


def validate(page: Page) -> None:
    page.get_by_text("Validate", exact=True).click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("Validation Results")
    expect(dialog).to_contain_text("mae: not started, 0 of 1 points")
    expect(dialog).not_to_contain_text("mse: ")
    expect(dialog).not_to_contain_text("Traceback")
