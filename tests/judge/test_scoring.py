"""From checks to tasks: only positive evidence earns points."""

from __future__ import annotations

from grader.judge.scoring import score
from grader.model.course import Day, Task
from grader.model.exhibit import Curves
from grader.model.picture import picture_of
from grader.model.record import PICTURES
from grader.model.verdict import CheckResult, Finding, Verdict

DAY = Day(
    id="d",
    title="D",
    module="d.py",
    tasks=(
        Task(id="a", symbols=("a",), points=2),
        Task(id="b", symbols=("b",), points=3, depends_on=("a",), hint="Add."),
    ),
)
EXPECTED = [("a", "one"), ("a", "two"), ("b", "three")]


def passed(task: str, check: str) -> CheckResult:
    return CheckResult(check, task, None, 0.0)


def failed(task: str, check: str, verdict: Verdict = Verdict.FAILED, earned: float = 0.0) -> CheckResult:
    return CheckResult(check, task, Finding(verdict, "why", earned=earned), 0.0)


def outcome(*results: CheckResult) -> list[tuple[Verdict, float]]:
    return [(task.verdict, task.points) for task in score(DAY, EXPECTED, list(results), ())]


def test_every_check_passed_earns_full_points() -> None:
    results = passed("a", "one"), passed("a", "two"), passed("b", "three")
    assert outcome(*results) == [(Verdict.PASSED, 2), (Verdict.PASSED, 3)]


def test_one_failed_check_loses_the_task() -> None:
    results = passed("a", "one"), failed("a", "two"), passed("b", "three")
    assert outcome(*results) == [(Verdict.FAILED, 0), (Verdict.PASSED, 3)]


def test_a_check_that_did_not_report_is_a_fault_of_the_grader_not_a_pass() -> None:
    assert outcome(passed("a", "one"), passed("b", "three"))[0] == (Verdict.GRADER_ERROR, 0)


def test_a_task_without_any_check_does_not_pass() -> None:
    tasks = score(DAY, [], [], ())
    assert [task.verdict for task in tasks] == [Verdict.GRADER_ERROR] * 2


def test_a_check_that_passed_and_then_failed_in_teardown_does_not_pass() -> None:
    results = passed("a", "one"), failed("a", "one"), passed("a", "two"), passed("b", "three")
    assert outcome(*results)[0] == (Verdict.FAILED, 0)


def test_a_failure_behind_a_failed_dependency_reads_as_blocked() -> None:
    results = failed("a", "one"), passed("a", "two"), failed("b", "three")
    assert outcome(*results) == [(Verdict.FAILED, 0), (Verdict.BLOCKED, 0)]


def test_not_started_stays_not_started_behind_a_failed_dependency() -> None:
    results = failed("a", "one"), passed("a", "two"), failed("b", "three", Verdict.NOT_IMPLEMENTED)
    assert outcome(*results)[1] == (Verdict.NOT_IMPLEMENTED, 0)


def test_a_pass_behind_a_failed_dependency_is_kept() -> None:
    results = failed("a", "one"), passed("a", "two"), passed("b", "three")
    assert outcome(*results)[1] == (Verdict.PASSED, 3)


def test_a_file_that_does_not_run_is_no_tasks_affair_so_no_hint_and_no_blocker_is_named() -> None:
    broken = Finding(Verdict.ERROR, "The file does not run.", frames=((1, 1, "<module>"),))
    tasks = score(DAY, EXPECTED, [CheckResult(check, task, broken, 0.0) for task, check in EXPECTED], ("x = (",))
    assert [(task.verdict, task.hint) for task in tasks] == [(Verdict.ERROR, "")] * 2


def test_partial_credit_counts_where_it_is_the_only_failure() -> None:
    results = failed("a", "one", earned=0.5), passed("a", "two"), passed("b", "three")
    assert outcome(*results)[0] == (Verdict.FAILED, 1)


def test_partial_credit_does_not_survive_a_second_failure() -> None:
    results = failed("a", "one", earned=0.5), failed("a", "two"), passed("b", "three")
    assert outcome(*results)[0] == (Verdict.FAILED, 0)


def test_a_fault_of_the_grader_outweighs_a_students_failure() -> None:
    results = failed("a", "one"), failed("a", "two", Verdict.GRADER_ERROR), passed("b", "three")
    assert outcome(*results)[0] == (Verdict.GRADER_ERROR, 0)


def test_a_task_holds_what_its_own_checks_had_to_show() -> None:
    curves = picture_of(Curves("curves", "Loss", {"train": [2.0, 1.0]}))
    shown = [("b", curves)] * (PICTURES + 1)
    first, second = score(DAY, EXPECTED, [passed("a", "one"), passed("a", "two"), passed("b", "three")], (), shown)
    assert first.pictures == ()
    assert second.pictures == (curves,) * PICTURES
