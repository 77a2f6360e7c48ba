"""A batch: what is new among the found submissions is graded, and entered as it is done by one writer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.gradebook.entry import Basis, Entry, digest_of, enrol, enter
from grader.gradebook.known import Graded, Known
from grader.gradebook.queries import record_of
from grader.gradebook.store import Gradebook
from grader.judge.findings import CELL_NOTE
from grader.judge.seed import grading_seed
from grader.model.course import Course, Day
from grader.model.record import Record
from grader.model.released import read_released
from grader.model.submission import Submission, SubmissionError

from .layouts import HandIn
from .taking import take
from .work import Done, Engine, Plan, Work


@dataclass(frozen=True)
class Row:
    """What became of one found submission.

    `graded`: by this run; `copied`: the same content was graded before, or for another student; `unchanged`: it is in
    the gradebook already, as `before`; `fault`: the grader could not, and `fault` says why: nothing was entered.
    """

    found: HandIn
    state: Literal["graded", "copied", "unchanged", "fault"]
    record: Record | None = None
    before: Graded | None = None
    fault: str = ""

    @property
    def passed(self) -> bool:
        return self.record.passed if self.record else self.before is not None and self.before.passed

    @property
    def faulty(self) -> bool:
        return self.state == "fault" or (self.record is not None and self.record.faulty)


class Batch:
    """Submissions of one day on their way into a gradebook. `again` grades what has been graded as well."""

    def __init__(
        self, book: Gradebook, course: Course, day: Day, plan: Plan, secret: str, *, again: bool = False
    ) -> None:
        self.book, self.day, self.plan, self.secret, self.again = book, day, plan, secret, again
        self.released = read_released(course.root / course.assignments / day.id)
        self._numbers = itertools.count()
        self._waiting: dict[int, list[tuple[HandIn, Submission]]] = {}
        self._under_way: dict[str, int] = {}  # digest → number of the work
        self._fresh: dict[str, int] = {}  # digest → grading of this run
        self._rows: list[Row] = []

    def run(self, found: Sequence[HandIn], engine: Engine) -> Iterator[Row]:
        """A row for each found submission, each entered before it is told. Raises `GraderFault`, `GradebookError`."""
        with self.book.writing() as session:
            enrol(session, {each.person.key: each.person for each in found}.values())
        with self.book.session() as session:
            self.known = Known(session, self.day.id, Basis(self.plan.suite, self.plan.policy))
        for done in engine.grade(self.plan, self._work(found)):
            yield from self._told()
            yield from self._finish(done)
        yield from self._told()

    def _told(self) -> Iterator[Row]:
        rows, self._rows = self._rows, []
        yield from rows

    def _work(self, found: Sequence[HandIn]) -> Iterator[Work]:
        """The pieces of work; what needs none, or cannot be read, goes to `_rows`."""
        for each in found:
            try:
                submission, refusal = take(each, self.day, self.released), ""
            except SubmissionError as error:
                submission, refusal = self._unread(each, str(error)), str(error)
            except Exception as problem:  # a broken disk, or a fault of ours: never a zero, and never the end
                self._rows.append(Row(each, "fault", fault=f"cannot be taken in: {type(problem).__name__}: {problem}"))
                continue
            if work := self._new(each, submission, refusal):
                yield work

    def _unread(self, each: HandIn, sentence: str) -> Submission:
        return Submission(each.person.key, "", self.day.module, (), "module", (sentence,))

    def _new(self, each: HandIn, submission: Submission, refusal: str) -> Work | None:
        """The work that an entry makes; None where the gradebook, or work under way, has what it needs."""
        digest = digest_of(submission.digest, submission.notes)
        before = None if self.again else self.known.of(each.person.key, digest, each.received_at)
        if before is not None:
            self._rows.append(Row(each, "unchanged", before=before))
            return None
        if not refusal:
            number = self._fresh.get(digest) or (None if self.again else self.known.same_content(digest))
            if number is not None:
                copy = _as_of(record_of(self.book, number), submission)
                self._enter([(each, copy)])
                self._rows.append(Row(each, "copied", copy))
                return None
            if digest in self._under_way:
                self._waiting[self._under_way[digest]].append((each, submission))
                return None
        number = next(self._numbers)
        self._waiting[number] = [(each, submission)]
        self._under_way[digest] = number
        return Work(number, submission, "" if refusal else grading_seed(self.secret, submission), refusal)

    def _finish(self, done: Done) -> Iterator[Row]:
        owners = self._waiting.pop(done.number)
        (first, taken), *others = owners
        digest = digest_of(taken.digest, taken.notes)
        self._under_way.pop(digest, None)
        if done.fault:
            yield from (Row(each, "fault", fault=done.fault) for each, _ in owners)
            return
        try:
            record = self._checked(done.record, taken)
        except ValueError as problem:
            why = f"a judge sent what is no record of it: {problem}"
            yield from (Row(each, "fault", fault=why) for each, _ in owners)
            return
        copies = [(each, _as_of(record, mine)) for each, mine in others]
        entered = self._enter([(first, record), *copies])
        if entered[0] is not None and not record.faulty:
            self._fresh[digest] = entered[0]
        yield Row(first, "graded", record)
        yield from (Row(each, "copied", copy) for each, copy in copies)

    def _checked(self, text: str, taken: Submission) -> Record:
        """The record, wherever it came from. Raises `ValueError` where it is not of this submission and suite."""
        record = Record.model_validate_json(text)
        told = (record.day, record.suite.digest, record.submission.digest, record.submission.student)
        if told != (self.day.id, self.plan.suite, taken.digest, taken.student):
            raise ValueError("another day, suite, submission or student")
        return record

    def _enter(self, records: Sequence[tuple[HandIn, Record]]) -> list[int | None]:
        entries = [
            Entry(each.person, each.received_at, each.source, self.plan.policy, record) for each, record in records
        ]
        with self.book.writing() as session:
            return enter(session, entries, again=self.again)


def _as_of(record: Record, submission: Submission) -> Record:
    """The record of the same content as this student's: their own notes, and what running it said."""
    said = tuple(note for note in record.submission.notes if note.startswith(CELL_NOTE))
    update = {"student": submission.student, "notes": (*submission.notes, *said)}
    return record.model_copy(update={"submission": record.submission.model_copy(update=update)})
