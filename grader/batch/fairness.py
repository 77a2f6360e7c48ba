"""A second try alone, for those who ran out of time while the other cores were busy with their neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.model.course import Day
from grader.model.record import Record
from grader.model.verdict import Verdict

from .local import LocalEngine
from .work import Done, Plan, Work

BUSY = 0.8
"""Who used this much of their time on a processor was slow on their own."""


class FairEngine:
    """Judges on this machine; a timeout that may be the neighbours' doing is tried again with nobody beside it."""

    def __init__(self, day: Day, jobs: int = 0) -> None:
        self.day, self.engine = day, LocalEngine(jobs)

    def grade(self, plan: Plan, work: Iterable[Work]) -> Iterator[Done]:
        if self.engine.jobs == 1:
            yield from self.engine.grade(plan, work)
            return
        given: dict[int, Work] = {}
        unsure: list[Work] = []
        for done in self.engine.grade(plan, _noted(work, given)):
            mine = given.pop(done.number)
            if done.record and self._starved(done.record):
                unsure.append(mine)
            else:
                yield done
        if unsure:
            yield from LocalEngine(1).grade(plan, unsure)

    def _starved(self, text: str) -> bool:
        if f'"{Verdict.TIMEOUT.value}"' not in text:  # most records need no second look
            return False
        record = Record.model_validate_json(text)
        late = [task.id for task in record.tasks if task.verdict is Verdict.TIMEOUT]
        allowed = sum(self.day.task(task).budget.seconds for task in late)
        return bool(late) and record.usage.cpu_seconds < BUSY * allowed


def _noted(work: Iterable[Work], given: dict[int, Work]) -> Iterator[Work]:
    for each in work:
        given[each.number] = each
        yield each
