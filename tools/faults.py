"""Kills parts of a batch at random moments and compares the gradebook with that of an undisturbed run, row for row.

    python tools/faults.py [times] [--count 200] [--kills 3] [--seed N] [--engine local|dask]

Each time a fresh gradebook is filled by `grader grade`; at some random moments the command itself, a judge, a zygote or
a worker gets SIGKILL; the command is run again as often as it takes. Then every row must be the same: students,
submissions, gradings with points, verdicts and seeds; and no process may be left. With dask the judges are the nodes of
a cluster of three, each killed one is replaced as a deployer would, and the undisturbed run is a local one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from grader.gradebook.queries import history, read_term, record_of
from grader.gradebook.store import Gradebook
from grader.model.course import Course
from grader.model.manifest import load_course

ROOT = Path(__file__).parent.parent
RUNS = 12
"""So often is the command started again before it counts as stuck."""
KINDS = ("command", "judge", "zygote", "worker")
Row = tuple[object, ...]


class Local:
    """Judges are the command's own children."""

    arguments = ("-j", "2")

    def judges(self, command: int) -> list[psutil.Process]:
        return [each for each in psutil.Process(command).children() if "spawn_main" in " ".join(each.cmdline())]

    def mend(self) -> None:
        """Nothing: the command starts what it needs, and ends it."""

    close = mend


class Dask:
    """A scheduler and nodes on this machine, a process each; a node is a judge."""

    NODES = 3

    def __init__(self) -> None:
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", stderr=subprocess.PIPE)
        assert self.scheduler.stderr is not None
        found = None
        while not found and (line := self.scheduler.stderr.readline()):
            found = re.search(rb"Scheduler at:\s+(tcp://\S+)", line)
        if not found:
            raise SystemExit("the Dask scheduler did not start")
        # the pipe stays open and has room for what a scheduler says in the minutes of one batch
        self.arguments = ("--engine", "dask", "--scheduler", found[1].decode())
        self.nodes: list[subprocess.Popen[bytes]] = []
        self.mend()

    def judges(self, command: int) -> list[psutil.Process]:
        return [psutil.Process(node.pid) for node in self.nodes if node.poll() is None]

    def mend(self) -> None:
        """As many nodes as there should be."""
        self.nodes = [node for node in self.nodes if node.poll() is None]
        while len(self.nodes) < self.NODES:
            address = self.arguments[-1]
            self.nodes.append(self._start("worker", address, "--no-nanny", "--nthreads", "1", "--memory-limit", "0"))

    def close(self) -> None:
        for process in (*self.nodes, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, *arguments: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"], env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr,
        )  # fmt: skip


Engine = Local | Dask
ENGINES: dict[str, type[Engine]] = {"local": Local, "dask": Dask}


class Batch:
    """A class, and the command that grades it."""

    def __init__(self, course: Path, day: str, folder: Path) -> None:
        self.manifest, self.day, self.folder = course, day, folder
        self.course: Course = load_course(course / "course.yaml")

    def start(self, db: Path, engine: Engine) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "grader", "grade", self.folder, "--day", self.day, "--db", db]
        command += engine.arguments
        environment = {
            **os.environ, "GRADER_COURSE": str(self.manifest), "GRADER_SECRET": "faults", "OMP_NUM_THREADS": "1",
        }  # fmt: skip
        return subprocess.Popen(
            list(map(str, command)), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def rows(self, db: Path) -> list[Row]:
        """Everything that must be the same, whatever happened on the way; gradings without a score are set aside."""
        found: list[Row] = []
        with Gradebook(db, create=False) as book:
            day = self.course.day(self.day)
            term = read_term(book, self.course, [day])
            for student in term.students:
                standing = term.standings[student.key, day.id]
                found.append(("student", student.key, standing.points, standing.attempts))
                for each in history(book, student.key, day.id):
                    if each.points is not None:
                        record = record_of(book, each.grading)
                        verdicts = tuple(sorted(record.verdicts().items()))
                        found.append(
                            (
                                "grading", student.key, each.digest, str(each.received_at), each.suite, each.policy,
                                each.points, each.isolation, record.seed, verdicts,
                            )
                        )  # fmt: skip
        return found


def disturbed(batch: Batch, db: Path, engine: Engine, random_: random.Random, kills: int) -> list[str]:
    """Fills a gradebook while parts of the command are killed; what was killed."""
    killed: list[str] = []
    for _ in range(RUNS):
        process = batch.start(db, engine)
        while len(killed) < kills and process.poll() is None:
            time.sleep(random_.uniform(0.2, 6.0))
            kind = random_.choice(KINDS)
            if (victim := find(process.pid, kind, engine, random_)) is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    killed.append(kind)
            engine.mend()
        if process.wait() in (0, 1):
            return killed
    raise SystemExit(f"{RUNS} runs did not finish the batch; killed: {killed}")


def find(command: int, kind: str, engine: Engine, random_: random.Random) -> int | None:
    """A process of this kind, if there is one at the moment; zygotes and workers are known by their places below."""
    if kind == "command":
        return command
    with contextlib.suppress(psutil.Error):
        found = engine.judges(command)
        if kind != "judge":
            found = [each for judge in found for each in judge.children() if "boot.py" in " ".join(each.cmdline())]
        if kind == "worker":
            found = [worker for outer in found for zygote in outer.children() for worker in zygote.children()]
        return random_.choice(found).pid if found else None
    return None


def left_behind(before: set[int], seconds: float = 20.0) -> list[str]:
    """Command lines of processes of this interpreter that were not there before, once they had time to end."""
    deadline = time.monotonic() + seconds
    while True:
        found = []
        for each in psutil.process_iter(["pid", "cmdline"]):
            line = each.info["cmdline"] or [""]
            if line[0] == sys.executable and each.info["pid"] not in before:
                found.append(" ".join(line)[:200])
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.2)


def compare(batch: Batch, place: Path, engine: str, times: int, random_: random.Random, kills: int) -> int:
    """How many of the disturbed gradebooks equal the undisturbed one."""
    calm = place / "calm.db"
    assert disturbed(batch, calm, Local(), random_, 0) == []
    expected, equal = batch.rows(calm), 0
    before = set(psutil.pids())
    for number in range(times):
        db = place / f"{number}.db"
        with contextlib.closing(ENGINES[engine]()) as started:
            killed = disturbed(batch, db, started, random_, kills)
        rows, left = batch.rows(db), left_behind(before)
        same = rows == expected
        equal += same and not left
        told = ("equal" if same else "DIFFERENT") + "".join(f"\n    LEFT BEHIND: {line}" for line in left)
        print(f"{number + 1}/{times}: killed {', '.join(killed) or 'nothing'}: {told}", flush=True)
        for row in sorted(set(map(str, expected)) ^ set(map(str, rows)))[:6]:
            print(f"    {row[:400]}")
        db.unlink()
    print(f"{equal} of {times} equal, {len(expected)} rows each")
    return equal


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("times", type=int, nargs="?", default=50)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3, help="how many a batch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=ENGINES, default="local")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from classes import COURSE, write_class

    with tempfile.TemporaryDirectory(prefix="descent-faults-") as folder:
        place = Path(folder)
        batch = Batch(COURSE, "day01", write_class(place / "class", chosen.count))
        equal = compare(batch, place, chosen.engine, chosen.times, random.Random(chosen.seed), chosen.kills)
    return 0 if equal == chosen.times else 1


if __name__ == "__main__":
    sys.exit(main())
