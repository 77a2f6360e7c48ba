"""What the author of a course runs."""

from __future__ import annotations

import time

from grader.authoring.build import build, out_of_step
from grader.model.course import Course, Day

from .main import EXIT_FAILED, open_day


def chosen_days(course: Course, names: list[str]) -> list[Day]:
    return [open_day(course, name) for name in names] if names else list(course.days)


def build_days(course: Course, names: list[str], check: bool) -> int:
    """Makes the assignments of these days, or says what is out of step."""
    faults = []
    for day in chosen_days(course, names):
        if check:
            faults += out_of_step(course, day)
        else:
            changed = build(course, day)
            print(f"{day.id}: {', '.join(path.name for path in changed) or 'in step'}")
    for fault in faults:
        print(fault)
    return EXIT_FAILED if faults else 0


def verify_days(course: Course, names: list[str], seeds: int, tasks: list[str]) -> int:
    """Proves these days; prints a line a day and one for each fault."""
    from grader.authoring.verify import Verification

    sound = True
    for day in chosen_days(course, names):
        started = time.monotonic()
        verification = Verification(course, day, seeds, frozenset(tasks))
        faults = verification.faults()
        sound = sound and not faults
        mistakes, others = len(verification.suite.mistakes.entries), len(verification.alternatives.entries)
        print(
            f"{day.id}: {'sound' if not faults else f'{len(faults)} faults'} · {len(day.graded)} tasks, "
            f"{mistakes} mistakes, {others} alternatives · {seeds} seeds · {time.monotonic() - started:.1f} s",
            flush=True,
        )
        for fault in faults:
            print(f"  {fault.subject}: {fault.message}")
    return 0 if sound else EXIT_FAILED
