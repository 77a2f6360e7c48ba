"""What a student runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rich.prompt import Prompt

from grader.judge.intake import intake
from grader.model.course import Day
from grader.model.released import read_released
from grader.model.submission import SubmissionError

from .main import open_course, open_day


def check_own(target: str, device: str, course: Path | None) -> int:
    """Runs pytest with our plugin on a day's folder or file; returns its exit code."""
    path, opened = Path(target), open_course(course)
    if not path.exists():
        path = opened.root / opened.assignments / open_day(opened, target).id
    day = next((day for day in opened.days if day.id == path.absolute().name), None)
    if day is not None and path.is_dir():
        path = _one_face(path, day)
    arguments = [str(path), "-q", "--no-header", "-rN", "--tb=short", "--assert=plain", f"--device={device}"]
    if course is not None:
        arguments.append(f"--course={course}")
    code = int(pytest.main(arguments))
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        print(f"{path}: no file of a day is here; name one, such as `grader check day10`")
    return code


def _one_face(folder: Path, day: Day) -> Path:
    """The day's file that the student works in; asks where both the module and the notebook were edited."""
    faces = [folder / day.module, folder / day.notebook]
    if not all(face.is_file() for face in faces):
        return folder
    try:
        taken = intake(folder, day.module, day.notebook, stub_digests=read_released(folder))
    except SubmissionError:
        if not sys.stdin.isatty():
            return folder  # pytest says what is wrong and how to name one
        names = [face.name for face in faces]
        return folder / Prompt.ask("Both were edited. Which one shall be checked?", choices=names)
    face = folder / (day.module if taken.kind == "module" else day.notebook)
    print(f"checking {face.name}")
    return face
