"""`grader verify`: a sound course is sound, and each promise that is broken is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.build import build
from grader.authoring.new_course import new_course
from grader.authoring.verify import Verification
from grader.model.errors import CourseError
from grader.model.manifest import load_course

SHIPPED = load_course(Path(__file__).parent.parent.parent / "course.yaml")


def faults(folder: Path) -> list[str]:
    course = load_course(folder / "course.yaml")
    build(course, course.days[0])
    return [f"{fault.subject}: {fault.message}" for fault in Verification(course, course.days[0]).faults()]


@pytest.mark.filterwarnings("default")  # named mistakes may well warn
@pytest.mark.parametrize("day", SHIPPED.days, ids=lambda day: day.id)
def test_stubs_score_nothing_and_right_solutions_everything(day) -> None:  # type: ignore[no-untyped-def]
    # the named mistakes, several hundred, are proved by `make verify`
    assert Verification(SHIPPED, day, kinds=("solution", "alternative")).faults() == []


def test_the_small_course_is_sound(mini_copy: Path) -> None:
    assert faults(mini_copy) == []


def test_a_new_course_is_sound_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    new_course(folder)
    monkeypatch.syspath_prepend(str(folder))
    assert faults(folder) == []


def test_a_new_course_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="not an empty folder"):
        new_course(tmp_path)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_wrong_solution_is_told(mini_copy: Path) -> None:
    change(mini_copy / "solutions/day01/numbers_lab.py", "return 2 * x", "return 3 * x")
    assert any(fault.startswith("solution double: failed") for fault in faults(mini_copy))


def test_a_solution_that_takes_a_forbidden_shortcut_is_told(mini_copy: Path) -> None:
    change(mini_copy / "solutions/day01/numbers_lab.py", "return 2 * x", "return torch.add(x, x)")
    assert any(fault.startswith("solution double: forbidden") for fault in faults(mini_copy))


def test_a_mistake_that_passes_is_told(mini_copy: Path) -> None:
    change(mini_copy / "mini_suites/day01/mistakes.py", "return x.sum()", "return x.mean()")
    assert any(fault.startswith("mistake sums: passes mean") for fault in faults(mini_copy))


def test_a_mistake_that_another_one_claims_is_told(mini_copy: Path) -> None:
    path = mini_copy / "mini_suites/day01/mistakes.py"
    path.write_text(path.read_text() + '\n\n@MISTAKES.add("mean", "Again.")\ndef total(x):\n    return x.sum()\n')
    assert any(fault.startswith("mistake total: is caught, but named sums") for fault in faults(mini_copy))


def test_an_alternative_that_fails_is_told(mini_copy: Path) -> None:
    change(mini_copy / "solutions/day01/alternatives.py", "total / len(x)", "total")
    assert any(fault.startswith("alternative running_mean: mean: failed") for fault in faults(mini_copy))


def test_a_stub_that_scores_is_told(mini_copy: Path) -> None:
    change(
        mini_copy / "solutions/day01/numbers_lab.py",
        "    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
        "    return 2 * x",
    )
    assert any(fault.startswith("stub double: scores 2") for fault in faults(mini_copy))


def test_a_program_given_broken_that_no_mistake_names_is_told(mini_copy: Path) -> None:
    change(mini_copy / "course.yaml", "    module: numbers_lab.py\n", "    module: numbers_lab.py\n    given: broken\n")
    assert any(fault.startswith("stub double: is given broken, and no mistake") for fault in faults(mini_copy))


def test_an_edited_assignment_is_told(mini_copy: Path) -> None:
    course = load_course(mini_copy / "course.yaml")
    build(course, course.days[0])
    change(mini_copy / "assignments/day01/numbers_lab.py", "Twice x.", "Twice x, or so.")
    found = Verification(course, course.days[0]).faults()
    assert "is not what its source makes" in found[0].message


def test_building_twice_changes_nothing(mini_copy: Path) -> None:
    course = load_course(mini_copy / "course.yaml")
    assert build(course, course.days[0])
    assert build(course, course.days[0]) == []
