"""The judge's side of every engine: grades pieces of work one after another, one pytest session for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.judge.opening import open_early
from grader.model.errors import GraderFault
from grader.model.manifest import load_course
from grader.model.record import Record

from .work import Done, Plan, Work


def serve(plan: Plan, receive: Callable[[], bytes | None], send: Callable[[Done], None]) -> None:
    """Grades what `receive` gives until it gives None. Raises what makes any grading impossible."""
    course = load_course(plan.course)
    day = course.day(plan.day)
    launcher = open_early(plan.isolation, frozenset(day.preload), plan.device)  # before the next line imports torch
    from grader.judge.run import Job, Judge

    with Judge(course, day, device=plan.device, launcher=launcher.result()) as judge:
        if judge.suite.digest != plan.suite:
            raise GraderFault(f"{plan.day}: this judge has another version of the suite; install the same everywhere")
        numbers: list[int] = []

        def jobs() -> Iterator[Job]:
            while (data := receive()) is not None:
                work = Work.unpack(data)
                if work.refusal:
                    send(Done(work.number, judge.refused(work.submission.student, work.refusal).to_json()))
                    continue
                numbers.append(work.number)
                yield Job(work.submission, work.seed)

        def deliver(record: Record) -> None:
            send(Done(numbers.pop(), record.model_dump_json(by_alias=True)))

        judge.grade(jobs(), deliver)
