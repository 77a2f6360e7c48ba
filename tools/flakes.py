"""The whole corpus of right and wrong submissions over seeds × threads × devices: what is rejected or accepted falsely.

python tools/flakes.py                                  # every day: 1 seed, 1 thread, cpu and sim
python tools/flakes.py day07 day10 --seeds 100 --threads 1 2 4
python tools/flakes.py day14 --task result --kinds solution alternative --devices cpu

For each device and number of threads: how many right submissions were rejected, how many wrong ones accepted, and the
95 % bounds of both rates (Clopper and Pearson, Biometrika 26, 1934; with none seen in n the upper is about 3.7 / n).
Rows share their seeds, so they are not independent and are not added up. Verdicts that differ between rows are listed
as well, mistakes' names not: layers that are never moved fail on the CPU and are an error on a device. Exits with 1
where a verdict is wrong or points differ.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch

from grader.authoring.verify import KINDS, Kind, Trial, Verification, told
from grader.judge.device import pick_device
from grader.judge.loop import Outcome, Run, with_suite
from grader.model.course import Course, Day
from grader.model.manifest import load_course

ROOT = Path(__file__).parent.parent
ALPHA = 0.05
Setting = tuple[str, int]


def bounds(count: int, total: int) -> tuple[float, float]:
    """The exact 95 % confidence bounds of a rate seen `count` times in `total`."""

    def below(rate: float, most: int) -> float:
        """P(X <= most) of a binomial."""
        if not 0 < rate < 1:
            return float(rate <= 0 or most >= total)
        logs = (
            math.lgamma(total + 1) - math.lgamma(k + 1) - math.lgamma(total - k + 1)
            + k * math.log(rate) + (total - k) * math.log1p(-rate)
            for k in range(most + 1)
        )  # fmt: skip
        return min(1.0, math.fsum(map(math.exp, logs)))

    def solve(falls: Callable[[float], float], goal: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if falls(middle) > goal else (low, middle)
        return high

    if not total:
        return 0.0, 1.0
    lower = 0.0 if count == 0 else solve(lambda rate: below(rate, count - 1), 1 - ALPHA / 2)
    upper = 1.0 if count == total else solve(lambda rate: below(rate, count), ALPHA / 2)
    return lower, upper


@dataclass
class Tally:
    """What was seen at one device and number of threads."""

    right: int = 0
    wrong: int = 0
    rejected: int = 0
    accepted: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, trial: Trial, where: str) -> None:
        if trial.kind == "mistake":
            self.wrong += 1
            self.accepted += not trial.sound
        else:
            self.right += 1
            self.rejected += not trial.sound
        if not trial.sound:
            self.faults.append(f"{where} {trial.kind} {trial.id}: {told(trial.result)}")

    def __str__(self) -> str:
        return f"{_rate(self.rejected, self.right)} right rejected, {_rate(self.accepted, self.wrong)} wrong accepted"


def _rate(count: int, total: int) -> str:
    lower, upper = bounds(count, total)
    return f"{count}/{total} [{100 * lower:.3g} %, {100 * upper:.3g} %]"


class Corpus:
    """Verdicts by day, seed and submission, and where they were given."""

    def __init__(self, settings: list[Setting]) -> None:
        self.settings = settings
        self.tallies = {setting: Tally() for setting in settings}
        self.verdicts: dict[str, dict[Setting, tuple[str, float]]] = defaultdict(dict)

    def run(self, course: Course, day: Day, seeds: range, only: frozenset[str], kinds: Collection[Kind]) -> None:
        devices = {name: pick_device(name, here=True) for name in self.devices}
        proofs = {name: Verification(course, day, 0, only, kinds, device) for name, device in devices.items()}

        def visit(perform: Callable[[Run], Outcome]) -> None:
            for seed in seeds:
                for device, threads in self.settings:
                    torch.set_num_threads(threads)
                    for trial in proofs[device].trials(perform, f"flakes-{seed}"):
                        self.note(f"{day.id}, seed {seed},", (device, threads), trial)

        with_suite(next(iter(proofs.values())).suite, visit)

    @property
    def devices(self) -> list[str]:
        return list(dict.fromkeys(device for device, _ in self.settings))

    def note(self, where: str, setting: Setting, trial: Trial) -> None:
        self.tallies[setting].add(trial, where)
        verdict = (trial.result.verdict.value, trial.result.points)
        self.verdicts[f"{where} {trial.kind} {trial.id}"][setting] = verdict

    def differing(self) -> Iterator[str]:
        for subject, seen in self.verdicts.items():
            if len(set(seen.values())) > 1:
                yield f"{subject}: " + ", ".join(f"{_named(each)} {verdict}" for each, (verdict, _) in seen.items())

    def report(self) -> Iterator[str]:
        for setting, tally in self.tallies.items():
            yield f"{_named(setting)}: {tally}"
            yield from (f"  {fault}" for fault in tally.faults[:40])
        differing = list(self.differing())
        yield f"{len(self.verdicts)} submissions and seeds, {len(differing)} of them with verdicts that differ"
        yield from (f"  {line}" for line in differing[:40])

    @property
    def sound(self) -> bool:
        points_differ = any(len({points for _, points in seen.values()}) > 1 for seen in self.verdicts.values())
        return not points_differ and not any(tally.faults for tally in self.tallies.values())


def _named(setting: Setting) -> str:
    device, threads = setting
    return f"{device}, {threads} thread{'s' if threads > 1 else ''}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("days", nargs="*")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first seed's number, to go on where a run ended")
    parser.add_argument("--threads", type=int, nargs="+", default=[1])
    parser.add_argument("--devices", nargs="+", default=["cpu", "sim"])
    parser.add_argument("--task", action="append", default=[])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="what is tried (default: all)")
    chosen = parser.parse_args()
    for device in chosen.devices:  # before any backward pass
        pick_device(device, here=True)
    course = load_course(ROOT / "course.yaml")
    whole = Corpus([(device, threads) for device in chosen.devices for threads in chosen.threads])
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    for day in course.days if not chosen.days else [course.day(name) for name in chosen.days]:
        started = time.monotonic()
        whole.run(course, day, seeds, frozenset(chosen.task), chosen.kinds)
        print(f"{day.id}: {time.monotonic() - started:.0f} s", flush=True)
    print(*whole.report(), sep="\n")
    return 0 if whole.sound else 1


if __name__ == "__main__":
    sys.exit(main())
