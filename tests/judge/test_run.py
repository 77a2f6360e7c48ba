"""A graded run: real workers behind walls, records, and submissions that lie, hang and die."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.judge.run import Job, Judge
from grader.judge.scanner import Scanner
from grader.judge.seed import grading_seed
from grader.model.course import Course
from grader.model.manifest import load_course
from grader.model.record import Record
from grader.model.submission import SubmissionError

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def judge(mini: Course) -> Iterator[Judge]:
    with Judge(mini, mini.day("day01")) as opened:
        yield opened


@pytest.fixture
def grade(judge: Judge, submission: Write) -> Callable[..., Record]:
    def run(*parts: str, **named: str) -> Record:
        return judge.one(Job(judge.intake(submission(*parts, **named)), "a seed"))

    return run


def verdicts(record: Record) -> dict[str, str]:
    return {task.id: task.verdict.value for task in record.tasks}


def test_a_right_submission_earns_everything(grade: Callable[..., Record]) -> None:
    record = grade()
    assert set(verdicts(record).values()) == {"passed"}
    assert (record.points, record.max_points) == (10, 10)
    assert [question.id for question in record.manual] == ["question"]


def test_a_withheld_task_is_graded(grade: Callable[..., Record]) -> None:
    assert verdicts(grade())["secret"] == "passed"


def test_partial_credit_is_given_by_the_thresholds(grade: Callable[..., Record]) -> None:
    record = grade(after="\ndef guess(x): return (x > 0.6).long()\n")
    result = next(task for task in record.tasks if task.id == "guess")
    assert (result.verdict.value, result.points) == ("failed", 1)


HABITS = """
import matplotlib, sys
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
plt.figure()
plt.show()
torch.set_num_interop_threads(2)
breakpoint()
@torch.compile(fullgraph=True)
def double(x): return 2 * x
mean = torch.compile(mean)
exit()
"""


def test_what_works_at_a_students_desk_does_where_it_is_graded(grade: Callable[..., Record]) -> None:
    record = grade(after=HABITS)
    assert set(verdicts(record).values()) == {"passed"}


SABOTAGE = {
    "exit": ("    import os\n    os._exit(0)\n", "crashed", "exit code 0"),
    "sys.exit": ("    import sys\n    sys.exit(0)\n", "error", "SystemExit"),
    "signal": ("    import os\n    os.kill(os.getpid(), 9)\n", None, ""),
    "endless": ("    while True: pass\n", "timeout", "5 seconds"),
    "memory": ("    return torch.ones(3_000_000_000)\n", "out_of_memory", ""),
    "raise": ("    raise ValueError('no')\n", "error", "ValueError: no"),
    "object": ("    return object()\n", "failed", "object"),
    "hostile message": (
        "    class E(Exception):\n        def __str__(self): raise SystemExit\n    raise E\n",
        "error",
        "cannot be shown",
    ),
    "control characters": ("    raise ValueError('\\x1b[2J\\u202e')\n", "error", "\N{REPLACEMENT CHARACTER}[2J"),
    "deep": ("    y = []\n    for _ in range(9999): y = [y]\n    return y\n", "failed", "nested"),
    "huge": ("    return torch.zeros(100_000_000)\n", "failed", "256 MiB"),
    "nothing": ("    2 * x\n", "failed", "should be a tensor"),
    "closed": ("    import os\n    os.closerange(3, 100)\n    return 2 * x\n", None, ""),
}


@pytest.mark.parametrize("body, verdict, words", SABOTAGE.values(), ids=SABOTAGE.keys())
def test_one_bad_task_costs_that_task_and_no_other(
    grade: Callable[..., Record], body: str, verdict: str | None, words: str
) -> None:
    record = grade(body)
    double = record.tasks[0]
    assert double.points == 0
    assert double.verdict != "grader_error"
    if verdict:
        assert (double.verdict.value, words in double.message) == (verdict, True), double
    others = {name: found for name, found in verdicts(record).items() if name != "double"}
    assert set(others.values()) == {"passed"}
    assert not record.faulty


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Submissions run whatever stands in them: the source rules would stop some of these attacks before they begin."""
    monkeypatch.setattr(Scanner, "find", lambda *_: {})


FORGERY = """
import gc, json, socket, struct
def send(number, times=1, kind="value"):
    header = json.dumps({"id": number, "kind": kind, "changed": [], "value": None, "tensors": []}).encode()
    for found in gc.get_objects():
        if type(found) is socket.socket:
            try:
                found.sendall((struct.pack("<4sIQ", b"DWF1", len(header), 0) + header) * times)
            except OSError:
                pass
"""


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize(
    "body",
    [
        "    send('guessed')\n    return 2 * x\n",
        "    send('guessed', 3)\n    return 2 * x\n",
        "    send([1, 2])\n    return 2 * x\n",
        "    send('x', kind='loaded')\n    return 2 * x\n",
    ],
)
def test_a_forged_reply_ends_the_worker_and_earns_nothing(grade: Callable[..., Record], body: str) -> None:
    record = grade(body, before=FORGERY)
    assert (record.tasks[0].verdict.value, record.tasks[0].points) == ("crashed", 0)
    assert verdicts(record)["mean"] == "passed"


@pytest.mark.usefixtures("unread")
def test_a_reply_written_before_its_question_is_not_taken(grade: Callable[..., Record]) -> None:
    body = """    import threading, time
    if x.requires_grad:  # this task's second question: the reply to it is already there
        time.sleep(0.3)
    threading.Timer(0.05, send, ["early"]).start()
    return 2 * x
"""
    assert verdicts(grade(body, before=FORGERY)) == {
        "double": "crashed", "mean": "passed", "guess": "passed", "secret": "passed"
    }  # fmt: skip


LATE = {
    "forged replies": "send('late', 3)",
    "death": "__import__('os')._exit(0)",
    "memory": "hold = [torch.ones(25_000_000) for _ in range(9)]",
}


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("deed", LATE.values(), ids=LATE)
def test_what_one_task_does_while_the_next_is_asked_costs_that_nothing(grade: Callable[..., Record], deed: str) -> None:
    body = f"""    import threading, time
    def later():
        time.sleep(0.1)
        {deed}
    if x.requires_grad:  # the last check of this task
        threading.Thread(target=later).start()
    return 2 * x
"""
    slow = "\nimport time\ndef mean(x):\n    time.sleep(0.3)\n    return x.mean()\n"
    assert set(verdicts(grade(body, before=FORGERY, after=slow)).values()) == {"passed"}


def test_loading_the_file_takes_none_of_a_tasks_time(mini_copy: Path, submission: Write, judge: Judge) -> None:
    manifest = mini_copy / "course.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("seconds: 5", "seconds: 0.7"), encoding="utf-8")
    course = load_course(manifest)
    own = Judge(course, course.day("day01"), launcher=judge.launcher)
    record = own.one(Job(own.intake(submission(before="import time\ntime.sleep(1)\n")), "seed"))
    assert set(verdicts(record).values()) == {"passed"}


def test_a_task_that_ends_its_worker_pays_for_loading_the_file_again(
    mini_copy: Path, submission: Write, judge: Judge
) -> None:
    """Else a file that is slow to load and dies at each request would take the longest load for every check."""
    manifest = mini_copy / "course.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("seconds: 5", "seconds: 0.7"), encoding="utf-8")
    course = load_course(manifest)
    own = Judge(course, course.day("day01"), launcher=judge.launcher)
    hostile = submission("    import os\n    os._exit(0)\n", before="import time\ntime.sleep(1)\n")
    told = own.one(Job(own.intake(hostile), "seed"))
    assert [check.verdict for check in told.tasks[0].checks] == ["crashed", "timeout"]
    assert verdicts(told) | {"double": ""} == {"double": "", "mean": "passed", "guess": "passed", "secret": "passed"}


@pytest.mark.parametrize("form", ["None", "[]", "{'x': 1}", "'text'", "2**127", "[[x]]", "{(1, 2): x, 'b': [x]}"])
def test_a_reply_of_a_form_that_no_check_asked_for_is_the_students_verdict(
    form: str, mini_copy: Path, submission: Write, judge: Judge
) -> None:
    """The probe of this suite returns a dict; a worker that was taken over sends what it likes in its place."""
    suite = mini_copy / "mini_suites" / "day01"
    probes, checks = suite / "probes.py", next(suite.glob("test_*.py"))
    probes.write_text(
        probes.read_text() + "\ndef told(code, x):\n    return {'a': {'b': [code.double(x), x]}}\n", encoding="utf-8"
    )
    checks.write_text(
        checks.read_text()
        + '\n@pytest.mark.task("double")\ndef test_told(student, draw):\n    x = draw.normal(2)\n'
        + "    seen = student.probe(probes.told, x)['a']['b'][0]\n    check_close(seen + 0, 2 * x.double())\n",
        encoding="utf-8",
    )
    taken_over = f"""
import sys
wire = sys.modules["judge.wire"]
pack = wire.pack
def packed(message, value=None, *rest):
    x = value
    return pack(message, ({form}) if message.get("kind") == "value" and type(value) is dict else value, *rest)
wire.pack = packed
"""
    course = load_course(mini_copy / "course.yaml")
    own = Judge(course, course.day("day01"), launcher=judge.launcher)
    honest = own.one(Job(own.intake(submission()), "seed"))
    record = own.one(Job(own.intake(submission(before=taken_over, folder="eve")), "seed"))
    assert (honest.tasks[0].verdict, honest.points) == ("passed", 10)
    assert not record.faulty
    assert (record.tasks[0].verdict, record.tasks[0].points) == ("failed", 0)
    assert record.tasks[0].message.startswith(("What came back cannot be judged", "the result"))


AFTER_A_REPLY = {
    "whatever came back": ("seen.nothing", "grader_error"),
    "a value that only the wrong one has": ("{2.0: 1}[float((seen / x).mean().round())]", "failed"),
    "more memory than there is": (
        "torch.empty(int((seen / x).mean().round()) ** 2 << 29, dtype=torch.uint8)",
        "failed",
    ),
    "an iterator's end": ("seen.sum().item() > 1e9 or next(iter(()))", "grader_error"),
    "the machine": ("open('/nonexistent/file')", "grader_error"),
}


@pytest.mark.parametrize("line, verdict", AFTER_A_REPLY.values(), ids=AFTER_A_REPLY)
def test_a_check_that_trips_over_a_reply_is_our_fault_where_the_reference_fares_no_better(
    line: str, verdict: str, mini_copy: Path, submission: Write, judge: Judge
) -> None:
    suite = next((mini_copy / "mini_suites" / "day01").glob("test_*.py"))
    check = f'\n@pytest.mark.task("secret")\ndef test_tripping(student, draw):\n    x = draw.normal(2)\n    seen = student.call("double", x)\n    {line}\n'
    suite.write_text(suite.read_text() + check, encoding="utf-8")
    course = load_course(mini_copy / "course.yaml")
    own = Judge(course, course.day("day01"), launcher=judge.launcher)
    record = own.one(Job(own.intake(submission("    return 3 * x\n")), "seed"))
    assert verdicts(record)["double"] == "failed"
    assert verdicts(record)["secret"] == verdict, record.tasks[-1]
    assert record.faulty == (verdict == "grader_error")


def test_a_suite_that_fails_by_itself_is_still_our_own_fault(mini_copy: Path, submission: Write, judge: Judge) -> None:
    suite = next((mini_copy / "mini_suites" / "day01").glob("test_*.py"))
    broken = '\n@pytest.mark.task("double")\ndef test_broken(student, draw):\n    draw.normal(2).nothing\n'
    suite.write_text(suite.read_text() + broken, encoding="utf-8")
    course = load_course(mini_copy / "course.yaml")
    own = Judge(course, course.day("day01"), launcher=judge.launcher)
    record = own.one(Job(own.intake(submission()), "seed"))
    assert record.faulty
    assert record.tasks[0].verdict == "grader_error"


@pytest.mark.usefixtures("unread")
def test_what_one_task_leaves_on_the_wire_costs_the_next_one_nothing(grade: Callable[..., Record]) -> None:
    body = """    import sys
    frame = sys._getframe()
    while x.requires_grad and "message" not in frame.f_locals:
        frame = frame.f_back
    if x.requires_grad:  # the last check of this task: the worker's own reply is the second one
        send(frame.f_locals["message"]["id"])
    return 2 * x
"""
    assert verdicts(grade(body, before=FORGERY)) == {
        "double": "failed", "mean": "passed", "guess": "passed", "secret": "passed"
    }  # fmt: skip


def test_a_file_that_does_not_run_is_told_once_with_its_line(grade: Callable[..., Record]) -> None:
    record = grade(before="\n\nraise RuntimeError('early')\n")
    assert set(verdicts(record).values()) == {"error"}, "no task stands behind another: nothing ran"
    assert "RuntimeError: early (line 3)" in record.tasks[0].message
    assert record.tasks[0].trace[0].text == "raise RuntimeError('early')"


def test_help_is_there_as_in_every_python(grade: Callable[..., Record]) -> None:
    assert verdicts(grade(before="help(len)\n"))["double"] == "passed"


def test_a_file_that_never_ends_is_a_timeout_and_is_not_tried_again(
    grade: Callable[..., Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.judge.session.LOAD_SECONDS", 0.5)
    record = grade(before="while True: pass\n")
    assert set(verdicts(record).values()) <= {"timeout"}
    assert record.usage.seconds < 5


def test_what_a_submission_prints_is_kept_to_a_cap_and_cannot_block_it(grade: Callable[..., Record]) -> None:
    record = grade("    print('hello')\n    print('x' * 5_000_000)\n    return 2 * x\n")
    assert record.tasks[0].verdict == "passed"
    assert record.tasks[0].output.startswith("hello")
    assert len(record.tasks[0].output) <= 4_000


def test_a_forbidden_name_is_found_in_the_text(grade: Callable[..., Record]) -> None:
    assert verdicts(grade("    return torch.add(x, x)\n"))["double"] == "forbidden"


def test_a_forbidden_call_behind_a_made_up_name_is_found_when_it_runs(grade: Callable[..., Record]) -> None:
    assert verdicts(grade("    return getattr(torch, 'a' + 'dd')(x, x)\n"))["double"] == "forbidden"


def test_a_text_that_breaks_the_parser_is_the_students_error(grade: Callable[..., Record]) -> None:
    record = grade(after="\nx = " + "(" * 5000 + ")" * 5000 + "\n")
    assert not record.faulty
    assert record.points == 0


def test_the_named_mistake_is_in_the_record(grade: Callable[..., Record]) -> None:
    record = grade("    return x * x\n")
    assert record.tasks[0].mistake == "squares"


def test_the_same_seed_gives_the_same_inputs_and_another_one_others(judge: Judge, submission: Write) -> None:
    taken = judge.intake(submission("    return x\n"))
    seen = [judge.one(Job(taken, seed)).tasks[0].seen for seed in ("one", "one", "two")]
    assert seen[0] == seen[1] != seen[2]


def test_seeds_differ_between_students_and_secrets(judge: Judge, submission: Write) -> None:
    first = judge.intake(submission())
    second = judge.intake(submission("    return x + x\n", folder="other"))
    seeds = {grading_seed(secret, taken) for secret in ("s", "t") for taken in (first, second)}
    assert len(seeds) == 4
    assert all(len(seed) == 32 for seed in seeds)


def test_a_record_holds_all_that_a_replay_needs(judge: Judge, submission: Write) -> None:
    record = judge.one(Job(judge.intake(submission("    return x * x\n")), "seed"))
    again = Record.model_validate_json(record.to_json())
    assert again == record
    assert "return x * x" in again.submission.cells[0]
    assert (again.seed, again.suite.digest) == ("seed", judge.suite.digest)


def test_a_submission_that_cannot_be_read_has_a_record_that_says_why(judge: Judge, tmp_path: Path) -> None:
    empty = tmp_path / "nobody"
    empty.mkdir()
    with pytest.raises(SubmissionError) as caught:
        judge.intake(empty)
    record = judge.refused("nobody", str(caught.value))
    assert record.points == 0
    assert "numbers_lab.py" in record.submission.notes[0]


def test_a_notebook_is_graded_cell_by_cell(judge: Judge, tmp_path: Path) -> None:
    import json

    sources = [
        "import torch\n",
        "%matplotlib inline\ndef double(x):\n    return 2 * x",
        "1 / 0",
        "def mean(x):\n    return x.mean()",
    ]
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": s} for s in sources
    ]
    path = tmp_path / "day01.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    record = judge.one(Job(judge.intake(path), "seed"))
    assert verdicts(record) | {"guess": "", "secret": ""} == {
        "double": "passed",
        "mean": "passed",
        "guess": "",
        "secret": "",
    }
    assert any("ZeroDivisionError" in note and "Cell 3" in note for note in record.submission.notes)


def test_an_error_just_over_the_tolerance_counts_only_where_float64_shows_it_too(grade: Callable[..., Record]) -> None:
    off = "1 + 1.5 * 64 * torch.finfo(torch.float32).eps"
    rounding = f"    return 2 * x * ({off} if x.dtype == torch.float32 else 1)\n"
    assert verdicts(grade(rounding))["double"] == "passed"
    wrong = grade(f"    return 2 * x * ({off})\n")
    assert verdicts(wrong)["double"] == "failed"
    assert "off by up to" in wrong.tasks[0].message
    assert verdicts(grade(rounding.replace("1.5", "2.5")))["double"] == "failed"
