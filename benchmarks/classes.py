"""The submissions that are timed: right, wrong and unfinished ones in turn, each different in its bytes."""

from __future__ import annotations

from pathlib import Path

COURSE = Path(__file__).parent / "course"
SOLUTION = (COURSE / "solutions" / "day01" / "four.py").read_text(encoding="utf-8")
WRONG = (
    ("** 2).mean()", "** 2).sum()"),
    ("return -log_prob", "return log_prob"),
    ('"bias": grad.sum(dim=0)', '"bias": grad.mean(dim=0)'),
    ("    return weight", "    raise NotImplementedError"),
    ("", ""),
)


def submission(number: int) -> str:
    """The module of student `number`."""
    return SOLUTION.replace(*WRONG[number % len(WRONG)], 1) + f"\n# submission {number}\n"


def write_class(folder: Path, count: int) -> Path:
    """A folder with so many modules, one a student."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"s{number:05}.py").write_text(submission(number), encoding="utf-8")
    return folder
