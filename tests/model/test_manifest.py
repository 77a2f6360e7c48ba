"""course.yaml: what is wrong is named with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.model.errors import CourseError
from grader.model.manifest import find_course, load_course

ROOT = Path(__file__).parent.parent.parent
GOOD = """\
schema: 1
id: tiny
title: Tiny
suites: tiny_suites
days:
  day01:
    title: One
    module: one.py
    tasks:
      first:
        points: 2
      second:
        points: 1
        depends_on: [first]
      question:
        points: 1
        manual: true
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "course.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def fault(folder: Path, old: str, new: str) -> str:
    assert old in GOOD
    with pytest.raises(CourseError) as caught:
        load_course(write(folder, GOOD.replace(old, new, 1)))
    return str(caught.value)


def test_a_task_is_its_own_symbol_unless_it_says_otherwise(tmp_path: Path) -> None:
    day = load_course(write(tmp_path, GOOD)).day("day01")
    assert [task.symbols for task in day.tasks] == [("first",), ("second",), ()]
    assert day.points == 3


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("points: 2", "pionts: 2", ["course.yaml:11", "days.day01.tasks.first.pionts", "unknown key"]),
        ("points: 2", "points: two", ["course.yaml:11", "first.points", "number", "two"]),
        ("points: 2", "points: -1", ["course.yaml:11", "greater than or equal to 0"]),
        ("        points: 2\n", "        hint: x\n", ["course.yaml:10", "first.points", "required"]),
        ("[first]", "[frist]", ["course.yaml", "second depends on frist"]),
        ("module: one.py", "module: ../one.py", ["course.yaml:8", "day01.module"]),
        ("schema: 1", "schema: 2", ["course.yaml:1", "schema"]),
        ("      second:", "      first:", ["course.yaml:12", "'first' stands twice"]),
        ("        points: 2", "        points: 2\n        thresholds: [{at: 0.9, points: 1}]", ["full points"]),
        ("points: 2", "points: 2\n        device_points: 3", ["a part of the task's points"]),
        ("days:", "days: [1,", ["not YAML"]),
        ("manual: true", "manual: true\n        symbols: [x]", ["manual task is a question"]),
    ],
    ids=["unknown key", "word for number", "negative", "missing", "unknown task", "path", "schema", "twice", "threshold",
         "device points", "yaml", "manual"],
)  # fmt: skip
def test_an_error_names_file_line_and_key(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    message = fault(tmp_path, old, new)
    assert all(word in message for word in words), message


def test_every_fault_is_told_not_only_the_first(tmp_path: Path) -> None:
    text = GOOD.replace("points: 2", "points: x").replace("title: One", "titel: One")
    with pytest.raises(CourseError) as caught:
        load_course(write(tmp_path, text))
    assert len(str(caught.value).splitlines()) == 3


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "course.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match=r"course\.yaml: cannot be read as UTF-8"):
        load_course(path)


def test_the_nearest_manifest_above_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_course(tmp_path / "a" / "b") == path


def test_an_unknown_day_or_task_is_answered_with_the_known_ones() -> None:
    course = load_course(ROOT / "course.yaml")
    with pytest.raises(KeyError, match="day07"):
        course.day("day99")
    with pytest.raises(KeyError, match="cross_entropy"):
        course.day("day10").task("nothing")


def test_the_course_holds_every_row_of_its_plan() -> None:
    course = load_course(ROOT / "course.yaml")
    assert [day.id for day in course.days] == [f"day{number:02}" for number in range(7, 22)]
    symbols = {symbol for day in course.days for task in day.tasks for symbol in task.symbols}
    assert {"make_tensors", "fit", "conv2d", "load_checkpoint", "plot_convergence", "AdamW"} <= symbols


def test_from_anywhere_the_course_that_came_with_us_is_found(tmp_path: Path) -> None:
    assert load_course(find_course(tmp_path)).id == "descent"
