"""`grader watch` in a real terminal: what is on the screen, keys, and what is left when it was quit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import DOUBLE, MINI, SOLUTION

WRONG = SOLUTION.replace(DOUBLE, "    print('[b]::error::x')\n    return x * x\n")
SECONDS = 90


class Terminal:
    """A tmux server of its own with one window."""

    def __init__(self, socket: Path, command: str) -> None:
        self.tmux = ["tmux", "-S", str(socket), "-f", os.devnull]
        self.run("new-session", "-d", "-x", "100", "-y", "30", command)

    def run(self, *arguments: str) -> str:
        done = subprocess.run([*self.tmux, *arguments], capture_output=True, text=True, check=True, timeout=30)
        return done.stdout

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def until(self, *parts: str) -> str:
        """The first screen that holds all of these."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            screen = self.screen()
            if all(part in screen for part in parts):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"not on the screen: {parts}\n{self.screen()}")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        assert "CI" not in os.environ, "tmux is missing: apt-get install tmux"
        pytest.skip("tmux is not installed")
    file = tmp_path / "day01" / "numbers_lab.py"
    file.parent.mkdir()
    file.write_text(WRONG, encoding="utf-8")
    command = f"GRADER_COURSE={MINI} TERM=screen {sys.executable} -m grader watch {file.parent}; echo ended with $?; sleep 600"
    opened = Terminal(tmp_path / "tmux", command)
    yield opened
    opened.run("kill-server")


def test_a_session_from_a_mistake_to_success(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "day01" / "numbers_lab.py"
    screen = terminal.until("looks like  It squares", "> ✗ double", "what it printed:", "after you hand in")
    assert "[b]::error::x" in screen  # theirs is text, not markup
    assert "Two of everything" not in screen
    terminal.run("send-keys", "h")
    terminal.until("hint: Two of everything.")
    file.write_text("def double(x:\n", encoding="utf-8")
    terminal.until("SyntaxError")
    file.write_text(SOLUTION.replace(DOUBLE, "    while True:\n        pass\n"), encoding="utf-8")
    terminal.until("double", " …")
    file.unlink()
    terminal.until("is not there")
    file.write_text(SOLUTION, encoding="utf-8")
    terminal.until("Every task that can be checked here passes.", "✓ double", "✓ mean", "✓ guess")
    terminal.run("send-keys", "q")
    assert "Traceback" not in terminal.until("ended with 0")
