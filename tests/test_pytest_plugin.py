"""`pytest dayNN`: what a student types and reads. The small course, in pytest processes of their own."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.judge import worker
from grader.judge.settings import Settings
from tests.conftest import MINI, SOLUTION

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(MINI))


def run(pytester: pytest.Pytester, *arguments: object) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", *map(str, arguments))


def test_a_right_day_passes_and_every_task_has_a_row(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission().parent)
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        ["*day01: Numbers*", "  double * 2/2 *passed", "  guess * 4/4 *passed", "  question *read by*"]
    )
    result.assert_outcomes(passed=5)


def test_node_ids_start_with_the_students_file(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission().parent, "-v")
    result.stdout.fnmatch_lines(["*day01/numbers_lab.py::test_mean?1? PASSED*"])


def test_one_task_can_be_chosen(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission().parent, "-k", "mean")
    result.assert_outcomes(passed=2, deselected=3)
    result.stdout.fnmatch_lines(["  double * not run"])


def test_a_file_and_a_single_check_can_be_named(pytester: pytest.Pytester, submission: Write) -> None:
    path = submission()
    run(pytester, path).assert_outcomes(passed=5)
    run(pytester, f"{path}::test_guess").assert_outcomes(passed=1)


def test_a_file_that_is_named_is_no_test_module_besides(pytester: pytest.Pytester, submission: Write) -> None:
    path = submission(after="\ndef test_of_my_own(): assert False\nraise RuntimeError('early')\n")
    result = run(pytester, path, "-k", "double")
    assert result.ret == 1
    result.assert_outcomes(failed=1, deselected=3)
    result.stdout.fnmatch_lines(["numbers_lab.py: The file does not run: RuntimeError: early (line *"])
    result.stdout.no_fnmatch_line("*ERRORS*")


def test_files_of_one_name_in_two_folders_are_both_checked(pytester: pytest.Pytester, submission: Write) -> None:
    first, second = submission(), submission("    return x\n", folder="two/day01")
    run(pytester, first, second, "-k", "double").assert_outcomes(passed=2, failed=1, deselected=6)


def test_a_stub_reads_as_not_started_and_not_as_an_error(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission("    raise NotImplementedError\n").parent, "-k", "double")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["  double * 0/2 *not started", "*2 not started*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*FAILURES*")


def test_a_wrong_task_says_what_was_expected_and_seen_and_names_the_slip(
    pytester: pytest.Pytester, submission: Write
) -> None:
    result = run(pytester, submission("    return x * x\n").parent)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "double: the result is off by up to *",
            "    expected    * at ?*",
            "    seen        *",
            "    looks like  It squares; *",
            "    hint        Two of everything.",
        ]
    )


def test_a_task_is_explained_once_however_many_of_its_checks_fail(
    pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # there pytest's own last lines repeat each failure whole
    result = run(pytester, submission("    return x * x\n").parent)
    assert result.stdout.str().count("Two of everything.") == 1
    result.stdout.fnmatch_lines(["*1 failed*1 failed again*"])


def test_an_exception_shows_the_students_own_line_and_none_of_ours(
    pytester: pytest.Pytester, submission: Write
) -> None:
    result = run(pytester, submission("    y = 3 * x\n    return y.nonsense\n").parent)
    result.stdout.fnmatch_lines(
        ["double: AttributeError: *nonsense*", "*numbers_lab.py:* in double: return y.nonsense"]
    )
    result.stdout.no_fnmatch_line("*worker.py*")


def test_a_file_that_does_not_run_is_an_error_of_every_task_and_told_once_with_its_line(
    pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    result = run(pytester, submission(after="\nx = = 1\n").parent)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["numbers_lab.py: The file does not run: SyntaxError: * (line *"])
    result.stdout.fnmatch_lines(["  double * 0/2 *error: The file does not run*", "  mean * 0/3 *error: The file *"])
    result.stdout.fnmatch_lines(["*1 failed*4 failed again*"])
    result.stdout.no_fnmatch_line("*    hint *")


def test_the_error_of_a_file_that_does_not_run_stays_as_long_as_it_is(
    pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []

    def count(problem: BaseException, name: str) -> dict[str, Any]:
        depths.append(sum(1 for _ in traceback.walk_tb(problem.__traceback__)))
        return describe(problem, name)

    describe = worker.describe
    monkeypatch.setattr(worker, "describe", count)
    run(pytester, submission(after="\nx = = 1\n").parent)
    assert len(depths) == 5
    assert len(set(depths)) == 1


def test_a_function_with_other_arguments_is_told_that_its_first_line_stays(
    pytester: pytest.Pytester, submission: Write
) -> None:
    result = run(pytester, submission(after="\ndef double(x, y): return x + y\n").parent)
    result.stdout.fnmatch_lines(
        [
            "double: double is called with the arguments that the stub gave it; *",
            "    | TypeError: double() missing 1 *",
        ]
    )


def test_a_forbidden_shortcut_is_reported_by_its_name(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission("    return torch.add(x, x)\n").parent)
    result.stdout.fnmatch_lines(["double: Uses torch.add (line *"])


def test_a_withheld_task_is_not_run_and_its_points_are_shown(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission().parent, "-v")
    result.stdout.no_fnmatch_line("*test_secret*")
    result.stdout.fnmatch_lines(["  secret * –/1 *after you hand in"])


def test_an_input_changed_in_place_fails(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission("    x *= 2\n    return x\n").parent)
    result.stdout.fnmatch_lines(["double: double changes its input in place*"])


def test_an_endless_loop_ends_with_the_tasks_budget(
    pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch, mini_copy: Path
) -> None:
    manifest = mini_copy / "course.yaml"
    text = manifest.read_text(encoding="utf-8").replace("{seconds: 5, mebibytes: 512}", "{seconds: 0.2}", 1)
    manifest.write_text(text, encoding="utf-8")
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy))
    result = run(pytester, submission("    while True: pass\n").parent, "-k", "double")
    result.stdout.fnmatch_lines(["double: Took longer than the 0.2 seconds*"])


def test_a_fault_of_the_grader_has_an_exit_code_of_its_own(
    pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch, mini_copy: Path
) -> None:
    suite = mini_copy / "mini_suites" / "day01" / "test_numbers.py"
    suite.write_text(suite.read_text(encoding="utf-8").replace("x = draw.normal(3, 2)", "x = 1 / 0"), encoding="utf-8")
    monkeypatch.setenv("GRADER_COURSE", str(mini_copy))
    result = run(pytester, submission().parent)
    assert result.ret == 70
    result.stdout.fnmatch_lines(["  double * grader error: ZeroDivisionError*"])


def test_two_processes_share_the_checks(pytester: pytest.Pytester, submission: Write) -> None:
    pytest.importorskip("xdist")
    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "-n", "2", str(submission("    return x\n").parent)
    )
    assert result.ret == 1
    result.stdout.fnmatch_lines(["  double * 0/2 *failed*", "  guess * 4/4 *passed"])


def test_the_last_failures_can_be_run_again(pytester: pytest.Pytester, submission: Write) -> None:
    path = submission("    return x\n")
    pytester.runpytest_inprocess(str(path.parent))
    result = pytester.runpytest_inprocess("--lf", str(path.parent))
    result.stdout.fnmatch_lines(["run-last-failure: rerun previous 2 failures*"])


def test_other_inputs_are_drawn_for_another_seed(pytester: pytest.Pytester, submission: Write) -> None:
    path = submission("    return x * x\n")
    texts = {run(pytester, path, f"--seed={seed}").stdout.str().split("seen")[1][:40] for seed in ("1", "2")}
    assert len(texts) == 2


def test_what_was_left_out_of_a_notebook_is_told(pytester: pytest.Pytester, tmp_path: Path) -> None:
    path = tmp_path / "day01" / "day01.ipynb"
    path.parent.mkdir()
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "%%bash\nls"}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}), encoding="utf-8")
    run(pytester, path).stdout.fnmatch_lines(["  Code cell 1 starts with a magic * left out."])


SETTINGS = {
    "dtype": "torch.set_default_dtype(torch.float64)",
    "device": "torch.set_default_device('meta')",
    "gradients": "torch.set_grad_enabled(False)",
}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS.keys())
def test_settings_of_torch_that_a_file_makes_are_its_own_affair(
    pytester: pytest.Pytester, submission: Write, setting: str
) -> None:
    before = Settings.now()
    run(pytester, submission(after=f"\n{setting}\n").parent).assert_outcomes(passed=5)
    assert Settings.now() == before


def test_a_scripts_arguments_are_not_pytests(pytester: pytest.Pytester, submission: Write) -> None:
    path = submission(after="\nimport argparse\nargparse.ArgumentParser().parse_args()\n")
    run(pytester, path.parent).assert_outcomes(passed=5)


def test_a_walled_run_gives_the_same_verdicts(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission("    return x * x\n").parent, "--isolation=best")
    result.stdout.fnmatch_lines(["    looks like  It squares; *", "  double * 0/2 *failed*", "  mean * 3/3 *passed"])


def test_a_module_of_that_name_in_another_folder_is_left_alone(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, submission(folder="elsewhere").parent)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_file_under_any_name_can_be_checked_for_a_day(pytester: pytest.Pytester, submission: Write) -> None:
    path = submission(folder="elsewhere").rename(pytester.path / "mine.py")
    run(pytester, "--day=day01", path).assert_outcomes(passed=5)


def test_an_unknown_day_is_answered_with_the_known_ones(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, "--day=day99", submission())
    assert result.ret in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR)
    result.stdout.fnmatch_lines(["*no day 'day99'; it has day01*"])


def test_a_device_that_is_not_there_is_a_usage_error(pytester: pytest.Pytester, submission: Write) -> None:
    result = run(pytester, "--device=nonsense", submission())
    assert result.ret in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR)
    result.stdout.fnmatch_lines(["*--device nonsense: this machine cannot use it*"])


def test_a_broken_manifest_is_named_with_its_line(
    pytester: pytest.Pytester, submission: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "course.yaml"
    broken.write_text("schema: 1\nid: x\ntitel: y\n", encoding="utf-8")
    monkeypatch.setenv("GRADER_COURSE", str(broken))
    result = run(pytester, submission().parent)
    assert result.ret in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR)
    result.stdout.fnmatch_lines(["*course.yaml:3: titel: unknown key*"])


def test_the_small_course_is_not_collected_with_our_tests(request: pytest.FixtureRequest) -> None:
    assert not [item.nodeid for item in request.session.items if "mini_course" in item.nodeid]


def test_an_unrelated_project_is_not_touched(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_other="def test_one(): assert True", losses="raise RuntimeError")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*day*")


def test_the_reference_text_is_what_the_tests_think() -> None:
    assert SOLUTION.count("### BEGIN SOLUTION") == 4
