"""The false-reject rate, measured: references and alternatives over many seeds, mistakes too.

python tools/seeds.py 1000 day07 day10      # light days
python tools/seeds.py 200 day14 --kinds solution
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from grader.authoring.verify import KINDS, Verification
from grader.model.manifest import load_course

ROOT = Path(__file__).parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=int)
    parser.add_argument("days", nargs="*")
    parser.add_argument("--task", action="append", default=[])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="what is tried (default: all)")
    parser.add_argument("--first", type=int, default=0, help="the first seed's number, to go on where a run ended")
    chosen = parser.parse_args()
    course = load_course(ROOT / "course.yaml")
    sound = True
    for day in course.days if not chosen.days else [course.day(name) for name in chosen.days]:
        started = time.monotonic()
        tasks = frozenset(chosen.task)
        proof = Verification(course, day, chosen.seeds, tasks, chosen.kinds, first=chosen.first)
        faults = proof.faults()
        sound = sound and not faults
        print(
            f"{day.id}: {len(faults)} faults over {chosen.seeds} seeds from {chosen.first}, "
            f"{time.monotonic() - started:.0f} s",
            flush=True,
        )
        for fault in faults[:20]:
            print(f"  {fault.subject}: {fault.message}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
