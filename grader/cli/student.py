"""What a student runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from .main import open_course, open_day


def check_own(target: str, device: str, course: Path | None) -> int:
    """Runs pytest with our plugin on a day's folder or file; returns its exit code."""
    path = Path(target)
    opened = None
    if not path.exists():
        opened = open_course(course)
        path = opened.root / opened.assignments / open_day(opened, target).id
    arguments = [str(path), "-q", "--no-header", "-rN", "--tb=short", f"--device={device}"]
    if course is not None:
        arguments.append(f"--course={course}")
    code = int(pytest.main(arguments))
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        print(f"{path}: no file of a day is here; name one, such as `grader check day10`")
    return code
