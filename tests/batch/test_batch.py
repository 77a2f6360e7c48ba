"""What is new is graded, once; what is there is left alone; nothing is lost to a fault."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch.batch import Row
from grader.batch.fairness import FairEngine
from grader.batch.local import LocalEngine, _Pool
from grader.batch.work import Done, Plan, Work
from grader.gradebook.queries import history, read_term
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from grader.model.errors import GraderFault
from tests.conftest import DOUBLE, SOLUTION

Run = Callable[..., list[Row]]


def states(rows: list[Row]) -> dict[str, str]:
    return {row.found.source: row.state for row in rows}


def test_nothing_is_graded_twice_and_force_grades_again(
    run: Run, students: Callable[..., Path], book: Gradebook, mini: Course
) -> None:
    folder = students(3)
    (folder / "same.py").write_bytes((folder / "s000.py").read_bytes())
    (folder / "broken.py").write_bytes(b"\xff\xfe\x00")
    first = run(folder)
    assert Counter(states(first).values()) == {"graded": 4, "copied": 1}
    assert {row.record.points for row in first if row.record and row.found.source in ("s000.py", "same.py")} == {10}
    assert {row.record.submission.student for row in first if row.record} == {"s000", "s001", "s002", "same", "broken"}

    (folder / "late.py").write_bytes((folder / "s001.py").read_bytes())
    (folder / "s002.py").write_text(SOLUTION)
    second = run(folder)
    assert states(second) == {
        "broken.py": "unchanged", "s000.py": "unchanged", "s001.py": "unchanged", "same.py": "unchanged",
        "late.py": "copied", "s002.py": "graded",
    }  # fmt: skip
    assert len(run(folder, again=True)) == 6
    assert [each.points for each in history(book, "s000", "day01")] == [10, 10]
    assert read_term(book, mini).standings["s002", "day01"].attempts == 2


def test_large_submissions_and_their_large_records_do_not_wait_for_each_other(
    run: Callable[..., list[Row]], students: Callable[[int], Path]
) -> None:
    """A judge that tells of one, while it is handed the next, and neither fits into the pipe between them."""
    folder = students(5)
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "# nothing\n" * 70_000, encoding="utf-8")
    assert [row.state for row in run(folder, LocalEngine(1))] == ["graded"] * 5


def test_the_first_run_and_the_re_run_draw_the_same_inputs(run: Run, students: Callable[..., Path]) -> None:
    folder = students(1)
    (first,), (second,) = run(folder), run(folder, again=True)
    assert first.record is not None
    assert second.record is not None
    assert first.record.seed == second.record.seed
    assert first.record.verdicts() == second.record.verdicts()


class Deadly(_Pool):
    """Kills the judge that has just been given certain work."""

    victims: set[int]

    def _give(self, judge, work) -> None:  # type: ignore[no-untyped-def]
        super()._give(judge, work)
        if work.number in self.victims:
            os.kill(judge.process.pid, signal.SIGKILL)


class DeadlyEngine(LocalEngine):
    def __init__(self, *victims: int, once: bool) -> None:
        super().__init__(2)
        self.victims, self.once = set(victims), once

    def grade(self, plan: Plan, work: Iterable[Work]) -> Iterator[Done]:
        pool = Deadly(plan, iter(work), self.jobs)
        pool.victims = self.victims
        for done in pool.run():
            if self.once:
                pool.victims.discard(done.number)
            yield done


def test_a_judge_that_dies_gives_its_work_to_another(run: Run, students: Callable[..., Path]) -> None:
    engine = DeadlyEngine(2, once=False)
    rows = run(students(5), engine)
    assert Counter(states(rows).values()) == {"graded": 4, "fault": 1}
    (fault,) = [row for row in rows if row.state == "fault"]
    assert fault.found.source == "s002.py"
    assert "3 judges died" in fault.fault


def test_a_judge_of_another_suite_is_refused(run: Run, students: Callable[..., Path], plan: Plan) -> None:
    engine = LocalEngine(1)
    other = replace(plan, suite="another")
    with pytest.raises(GraderFault, match="another version of the suite"):
        list(engine.grade(other, [Work(0, _submission(), "seed")]))


def _submission():  # type: ignore[no-untyped-def]
    from grader.model.submission import Submission

    return Submission("ada", "d", "numbers_lab.py", (SOLUTION,), "module")


class Forging:
    """An engine whose records are of something else."""

    def __init__(self, text: str) -> None:
        self.text = text

    def grade(self, plan: Plan, work: Iterable[Work]) -> Iterator[Done]:
        for each in work:
            yield Done(each.number, self.text)


@pytest.mark.parametrize("text", ["", "{}", "nonsense", '{"schema": "descent/record/v1"}'])
def test_what_is_no_record_of_the_submission_is_not_entered(
    run: Run, students: Callable[..., Path], text: str, book: Gradebook
) -> None:
    rows = run(students(1), Forging(text or "[]"))
    assert [row.state for row in rows] == ["fault"]
    assert history(book, "s000", "day01") == []


def test_a_record_of_another_submission_is_not_entered(
    run: Run, students: Callable[..., Path], tmp_path: Path, book: Gradebook
) -> None:
    (row,) = run(students(1))
    assert row.record is not None
    stranger = students(1) / "stranger.py"
    stranger.write_text(SOLUTION + "# mine\n")
    rows = run(stranger.parent, Forging(row.record.to_json()))
    assert {each.state for each in rows} == {"unchanged", "fault"}
    assert history(book, "stranger", "day01") == []


def test_a_timeout_is_tried_again_alone_only_where_the_processor_was_busy(
    mini: Course, run: Run, students: Callable[..., Path]
) -> None:
    folder = students(1)
    path = folder / "s000.py"
    path.write_text(SOLUTION.replace(DOUBLE, "    import time; time.sleep(9); return 2 * x\n"))
    (row,) = run(folder)
    assert row.record is not None
    fair = FairEngine(mini.day("day01"), 2)
    assert fair._starved(row.record.to_json()), "it slept"
    busy = row.record.model_copy(update={"usage": row.record.usage.model_copy(update={"cpu_seconds": 4.9})})
    assert not fair._starved(busy.to_json())
