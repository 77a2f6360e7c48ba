"""Kills parts of a batch at random moments and compares the gradebook with that of an undisturbed run, row for row.

    python tools/faults.py [times] [--count 200] [--kills 3] [--seed N]

Each time a fresh gradebook is filled by `grader grade`; at some random moments the command itself, a judge, a zygote or
a worker gets SIGKILL; the command is run again as often as it takes. Then every row must be the same: students,
submissions, gradings with points, verdicts and seeds; and no process may
be left. (Dask nodes are killed by tests/batch/test_cluster.py.)
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
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


class Batch:
    """A class, and the command that grades it."""

    def __init__(self, course: Path, day: str, folder: Path) -> None:
        self.manifest, self.day, self.folder = course, day, folder
        self.course: Course = load_course(course / "course.yaml")

    def start(self, db: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "grader", "grade", self.folder, "--day", self.day, "--db", db, "-j", "2"]
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


def disturbed(batch: Batch, db: Path, random_: random.Random, kinds: tuple[str, ...], kills: int) -> list[str]:
    """Fills a gradebook while parts of the command are killed; what was killed."""
    killed: list[str] = []
    for _ in range(RUNS):
        process = batch.start(db)
        while len(killed) < kills and process.poll() is None:
            time.sleep(random_.uniform(0.2, 6.0))
            kind = random_.choice(kinds)
            if (victim := find(process.pid, kind, random_)) is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    killed.append(kind)
        if process.wait() in (0, 1):
            return killed
    raise SystemExit(f"{RUNS} runs did not finish the batch; killed: {killed}")


def find(pid: int, kind: str, random_: random.Random) -> int | None:
    """A process of this kind below the command, if there is one at the moment.

    Judges are its Python children that spawn; zygotes and workers are known by their places below a judge.
    """
    if kind == "command":
        return pid
    with contextlib.suppress(psutil.Error):
        judges = [each for each in psutil.Process(pid).children() if "spawn_main" in " ".join(each.cmdline())]
        below = {
            "judge": lambda judge: [judge],
            "zygote": lambda judge: [each for each in judge.children() if "boot.py" in " ".join(each.cmdline())],
            "worker": lambda judge: [
                worker
                for outer in judge.children() if "boot.py" in " ".join(outer.cmdline())
                for zygote in outer.children()
                for worker in zygote.children()
            ],
        }[kind]  # fmt: skip
        found = [each.pid for judge in judges for each in below(judge)]
        return random_.choice(found) if found else None
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


def compare(batch: Batch, place: Path, times: int, random_: random.Random, kills: int) -> int:
    """How many of the disturbed gradebooks equal the undisturbed one."""
    calm = place / "calm.db"
    assert disturbed(batch, calm, random_, KINDS, 0) == []
    expected, equal = batch.rows(calm), 0
    before = set(psutil.pids())
    for number in range(times):
        db = place / f"{number}.db"
        killed = disturbed(batch, db, random_, KINDS, kills)
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
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from classes import COURSE, write_class

    with tempfile.TemporaryDirectory(prefix="descent-faults-") as folder:
        place = Path(folder)
        batch = Batch(COURSE, "day01", write_class(place / "class", chosen.count))
        equal = compare(batch, place, chosen.times, random.Random(chosen.seed), chosen.kills)
    return 0 if equal == chosen.times else 1


if __name__ == "__main__":
    sys.exit(main())
