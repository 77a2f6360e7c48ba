"""Real Dask workers as processes: the same gradebook as a local run, also when one is killed in the middle."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.batch.batch import Row
from grader.batch.cluster import DaskEngine
from grader.batch.local import LocalEngine
from grader.gradebook.queries import read_term
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from grader.model.errors import CourseError, GraderFault

Run = Callable[..., list[Row]]
COUNT = 16


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[str]] = []
        scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        assert scheduler.stderr is not None
        self.address = ""
        for line in scheduler.stderr:
            if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
                self.address = found[1]
                break
        threading.Thread(target=scheduler.stderr.read, daemon=True).start()
        assert self.address

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments], env=environment, text=True, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if arguments[0] == "scheduler" else subprocess.DEVNULL,
            )
        )  # fmt: skip
        return self.processes[-1]

    def worker(self, *arguments: str) -> subprocess.Popen[str]:
        return self.start(
            "worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0", *arguments
        )

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.stop()


def verdicts(rows: list[Row]) -> dict[str, object]:
    return {row.found.source: row.record and (row.record.seed, row.record.verdicts()) for row in rows}


def test_a_killed_node_loses_and_doubles_nothing(
    cluster: Cluster, run: Run, students: Callable[..., Path], mini: Course, book: Gradebook, tmp_path: Path
) -> None:
    folder = students(COUNT)
    first, _ = cluster.worker(), cluster.worker()

    class Watched(DaskEngine):
        def grade(self, plan, work):  # type: ignore[no-untyped-def]
            for number, done in enumerate(super().grade(plan, work)):
                if number == 3:
                    first.send_signal(signal.SIGKILL)
                yield done

    rows = run(folder, Watched(cluster.address))
    assert first.wait(10) == -signal.SIGKILL
    assert [row.state for row in rows] == ["graded"] * COUNT
    assert len({row.found.source for row in rows}) == COUNT
    term = read_term(book, mini)
    assert {standing.attempts for standing in term.standings.values()} == {1}
    alone = run(folder, LocalEngine(1), again=True)
    assert verdicts(alone) == verdicts(rows)


def test_a_submission_goes_where_its_resource_is(cluster: Cluster, run: Run, students: Callable[..., Path]) -> None:
    cluster.worker()
    folder = students(1)
    with pytest.raises(GraderFault, match="no Dask worker offers GPU=1"):
        run(folder, DaskEngine(cluster.address, ["GPU=1"]))
    cluster.worker("--resources", "GPU=1")
    deadline = time.monotonic() + 60
    while True:
        try:
            assert [row.state for row in run(folder, DaskEngine(cluster.address, ["GPU=1"]))] == ["graded"]
            break
        except GraderFault:
            assert time.monotonic() < deadline
            time.sleep(0.5)


@pytest.mark.parametrize("scheduler, resources", [(None, []), ("tcp://127.0.0.1:1", ["GPU=many"])])
def test_options_that_do_not_fit_are_sentences(scheduler: str | None, resources: list[str]) -> None:
    with pytest.raises(CourseError, match="--scheduler|--resource"):
        DaskEngine(scheduler, resources)
