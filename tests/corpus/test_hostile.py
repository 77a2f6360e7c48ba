"""No submission of the corpus gains a point, disturbs a neighbour, or leaves anything behind.

Each names in its first lines what it tries and the verdicts it may end with (`hostile_corpus.py`). They are graded one
after another by one judge, an honest submission after each family; another judge grades honest ones at the same time.
"""

from __future__ import annotations

import contextlib
import functools
import os
import site
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.judge import watch
from grader.judge.launch import Launcher
from grader.judge.run import Job, Judge
from grader.judge.scanner import Scanner
from grader.model.course import Course, Day
from grader.model.manifest import load_course
from grader.model.record import Record
from grader.model.submission import SubmissionError
from tests.judge.walled import as_ordinary_user, descriptors, need_all_walls, needs_linux, needs_root, wait_until

from .hostile_corpus import FAMILIES, REFUSED, Attack, attacks

pytestmark = needs_linux
ROOT = Path(__file__).parents[2]
SECONDS, MEBIBYTES, LOAD_SECONDS = 2.5, 512, 6.0
MARK = "descent_hostile"
ATTACKS = list(attacks())
IN_ORDER = [entry for family in FAMILIES for entry in [*(each for each in ATTACKS if each.family == family), family]]


def short(day: Day) -> Day:
    """The day with budgets that an endless loop has soon used up."""
    tasks = [
        task.model_copy(update={"budget": task.budget.model_copy(update={"seconds": SECONDS, "mebibytes": MEBIBYTES})})
        for task in day.tasks
    ]
    return day.model_copy(update={"tasks": tuple(tasks)})


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT / "course.yaml")


@pytest.fixture(scope="module", autouse=True)
def _here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder that no other test writes to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("here"))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The judge's temporary folder, which must be empty in the end."""
    own = tmp_path_factory.mktemp("judge")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(own))
        yield own


@pytest.fixture(scope="module")
def judges(course: Course, folder: Path) -> Iterator[Callable[[str], Judge]]:
    """A judge for each day, all with one zygote."""
    torch.optim.SGD([torch.zeros(1)], lr=0.1)  # an oracle's first optimizer leaves a folder and a variable of torch's
    preload = frozenset(name for day in course.days for name in day.preload)
    with pytest.MonkeyPatch.context() as patch, Launcher(preload=preload) as launcher:
        patch.setattr("grader.judge.session.LOAD_SECONDS", LOAD_SECONDS)
        need_all_walls(launcher.isolation)
        yield functools.cache(lambda day: Judge(course, short(course.day(day)), launcher=launcher))


@pytest.fixture(scope="module")
def judge(judges: Callable[[str], Judge]) -> Judge:
    return judges("day10")


@pytest.fixture(scope="module")
def neighbour(course: Course, judge: Judge) -> Iterator[subprocess.Popen[str]]:
    """A second judge with workers of its own, grading an honest submission all the while: it must lose nothing."""
    command = [sys.executable, str(Path(__file__).with_name("neighbour.py")), str(course.root / "course.yaml")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        assert process.poll() is None
        assert process.stdin is not None
        process.stdin.write("enough\n")
        process.stdin.flush()
        points = [line.split()[:2] for line in process.stdout]
        assert points
        assert all(earned == possible for earned, possible in points), points
        assert process.wait(60) == 0


@pytest.fixture(scope="module")
def listeners() -> Iterator[list[socket.socket]]:
    """Servers of this machine that the network family would like to reach."""
    places = [(socket.AF_UNIX, f"\0{MARK}"), *((socket.AF_INET, ("127.0.0.1", port)) for port in (8080, 8888, 5000))]
    with contextlib.ExitStack() as stack:
        found = []
        for family, address in places:
            server = stack.enter_context(socket.socket(family))
            with contextlib.suppress(OSError):  # somebody's own server, or that of the test process beside: it is asked
                server.bind(address)
                found.append(server)
        for server in found:
            server.listen()
            server.setblocking(False)
        yield found


def droppings() -> list[str]:
    """Whatever an attack may have left where the judge, its user or its Python would meet it."""
    places = {"/tmp", "/var/tmp", "/dev/shm", "/", str(Path.cwd()), str(Path.home()), *site.getsitepackages()}
    return sorted(str(path) for place in places for path in Path(place).glob(f"*{MARK}*"))


class Judging:
    """What of the judge's process a submission must not change."""

    def __init__(self, judge: Judge, folder: Path, neighbour: subprocess.Popen[str]) -> None:
        assert isinstance(judge.launcher, Launcher)
        self.launcher, self.folder, self.neighbour = judge.launcher, folder, neighbour

    def state(self) -> dict[str, Any]:
        me = f"/proc/self/task/{os.getpid()}/children"
        children = {int(pid) for pid in Path(me).read_text().split()} - {self.neighbour.pid}
        return {
            "processes": sorted({each for child in children for each in watch.tree(child)}),
            "threads": threading.active_count(),
            "descriptors": descriptors(),
            "mounts": Path("/proc/self/mountinfo").read_text().count("\n"),
            "temporary files": sorted(path.name for path in self.folder.iterdir()),
            "files here": sorted(path.name for path in Path.cwd().iterdir()),
            "environment": dict(os.environ) | {"PYTEST_CURRENT_TEST": ""},
            "path": list(sys.path),
            "droppings": droppings(),
        }


@pytest.fixture(scope="module")
def judging(judge: Judge, folder: Path, neighbour: subprocess.Popen[str]) -> Judging:
    return Judging(judge, folder, neighbour)


def grade(judge: Judge, path: Path) -> Record | None:
    """The record; None where what was handed in is refused, which has a record without a point."""
    try:
        submission = judge.intake(path)
    except SubmissionError as error:
        sentence = str(error)
    else:
        return judge.one(Job(submission, "a seed that nobody knows"))
    assert judge.refused("eve", sentence).points == 0
    return None


@pytest.mark.parametrize(
    "entry", IN_ORDER, ids=lambda entry: entry.id if isinstance(entry, Attack) else f"{entry}/an_honest_one_after_it"
)
def test_it_gains_nothing_and_leaves_nothing(
    entry: Attack | str,
    judges: Callable[[str], Judge],
    judging: Judging,
    listeners: list[socket.socket],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = judges("day10" if isinstance(entry, str) else entry.day)
    if isinstance(entry, str):
        solution = judge.suite.course.root / judge.suite.course.solutions / "day10" / "losses.py"
        record = grade(judge, solution)
        assert record is not None
        assert record.points == record.max_points, record.verdicts()
        return
    if "forbidden" not in entry.verdicts:  # what is seen in the text is not run; this is to be tried
        monkeypatch.setattr(Scanner, "find", lambda *_: {})
    path = entry.make(tmp_path / "eve")
    before = judging.state()
    record = grade(judge, path)
    if record is None:
        assert REFUSED in entry.verdicts
    else:
        told = {task.id: (task.verdict.value, task.points, task.message) for task in record.tasks}
        assert not record.faulty, told
        assert told[entry.task][0] in entry.verdicts, told[entry.task]
        for task in record.tasks:
            kept = task.id in entry.keeps
            assert task.points == (task.max_points if kept else 0), told[task.id]
            assert kept == (task.verdict == "passed"), told[task.id]
    wait_until(lambda: judging.state() == before)
    assert judging.state() == before
    for server in listeners:
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("file", sorted((Path(__file__).parent / "limits").glob("*.py")), ids=lambda file: file.stem)
def test_a_limit_that_the_security_page_names_is_still_one(file: Path, judge: Judge) -> None:
    """These get away with it. Where one no longer does, take it off the page and put it into the corpus."""
    record = grade(judge, file)
    assert record is not None
    assert record.tasks[0].verdict == "passed"


SAMPLE = "exit_in_task or wire_pack or descriptors or hundred_replies or memory_at_once or fork_bomb or unix_sockets or daemon"


@needs_root
def test_a_sample_of_it_as_an_ordinary_user() -> None:
    """`make hostile` as that user runs all of it; what differs is how the walls are raised, not what is tried."""
    as_ordinary_user(str(Path(__file__)), "-p", "no:xdist", "-k", SAMPLE)


def test_the_corpus_is_as_large_as_it_is_said_to_be() -> None:
    counted = {family: sum(each.family == family for each in ATTACKS) for family in FAMILIES}
    assert sum(counted.values()) >= 60
    assert min(counted.values()) >= 8, counted
    assert len({each.id for each in ATTACKS}) == len(ATTACKS)
