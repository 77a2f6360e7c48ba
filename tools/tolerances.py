"""How much of its tolerance rounding takes up: references and alternatives over seeds × threads × devices.

python tools/tolerances.py                            # every day, 1 seed, 1 and 2 threads, cpu and sim
python tools/tolerances.py day10 --seeds 20 --threads 1 2 4

Every comparison of a right submission with its oracle is measured in allowances: 1 would fail. A row for each dtype,
number of accumulated terms (by powers of four) and device; the day that came closest is named. Over torch versions: run
it once with each. The table itself is in grader/checks/close.py.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

import torch

from grader.authoring.verify import Verification
from grader.checks.close import LISTENERS, Measured
from grader.judge.device import pick_device
from grader.judge.loop import with_suite
from grader.model.manifest import load_course

ROOT = Path(__file__).parent.parent
Row = tuple[str, int, str]


class Noise:
    """The largest error and the number of comparisons of each row."""

    def __init__(self) -> None:
        self.worst: dict[Row, tuple[float, str]] = {}
        self.count: dict[Row, int] = {}
        self.where = ""
        self.device = ""

    def hear(self, measured: Measured) -> None:
        bucket = 4 ** math.ceil(math.log(max(1, measured.terms), 4))
        row = (str(measured.dtype).removeprefix("torch."), bucket, self.device)
        self.count[row] = self.count.get(row, 0) + 1
        if math.isfinite(measured.error):
            self.worst[row] = max(self.worst.get(row, (0.0, "")), (measured.error, self.where))

    def __str__(self) -> str:
        rows = [f"{'dtype':<9}{'terms up to':>12}{'device':>8}{'comparisons':>13}{'largest error':>15}  in"]
        for row in sorted(self.count):
            dtype, terms, device = row
            error, where = self.worst.get(row, (0.0, ""))
            rows.append(f"{dtype:<9}{terms:>12}{device:>8}{self.count[row]:>13}{error:>15.3f}  {where}")
        return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("days", nargs="*")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--devices", nargs="+", default=["cpu", "sim"])
    chosen = parser.parse_args()
    devices = {name: pick_device(name, here=True) for name in chosen.devices}
    course, noise = load_course(ROOT / "course.yaml"), Noise()
    LISTENERS.append(noise.hear)
    for day in course.days if not chosen.days else [course.day(name) for name in chosen.days]:
        for noise.device, device in devices.items():
            proof = Verification(course, day, 0, frozenset(), ("solution", "alternative"), device)

            def visit(perform, proof=proof, day=day):  # type: ignore[no-untyped-def]
                for threads in chosen.threads:
                    torch.set_num_threads(threads)
                    for seed in range(chosen.seeds):
                        noise.where = f"{day.id}, seed {seed}, {threads} threads"
                        for _ in proof.trials(perform, f"noise-{seed}"):
                            pass

            with_suite(proof.suite, visit)
        print(f"{day.id} measured", file=sys.stderr, flush=True)
    print(f"torch {torch.__version__}\n{noise}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
