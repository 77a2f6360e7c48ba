"""Graders side by side on one assignment of four functions, each as its users run it. `make bench` runs it.

    python benchmarks/compare.py [--quick] [--sizes 10,100,1000,10000] [--out benchmarks/results.json]

Prints, and writes as JSON: seconds a submission and submissions a minute of each (on two cores: two processes at a
time where the tool lets one do that), peak memory, ratios; the cost a submission of ours over growing classes; what the
second core is worth; and a second run over a class in which nothing changed. Run it on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import others
from classes import COURSE, write_class
from measure import SCRIPTS, Measured, run


def ours(folder: Path, db: Path, jobs: int) -> Measured:
    """`grader grade` with full walls, into a gradebook."""
    command = [
        SCRIPTS / "grader",
        "grade",
        folder,
        "--day",
        "day01",
        "--db",
        db,
        "-j",
        str(jobs),
        "--isolation",
        "full",
    ]
    found = run(command, GRADER_COURSE=str(COURSE), GRADER_SECRET="benchmark")
    assert found.code in (0, 1), found.lines[-5:]
    return found


def steady(found: Measured) -> float:
    """Seconds a submission from the first result to the last: without the start."""
    times = [at for at, line in found.lines if line.startswith("  s")]
    return (times[-1] - times[0]) / (len(times) - 1)


def compare(place: Path, count: int, ours_count: int) -> list[dict[str, Any]]:
    """One row a tool."""
    rows = []
    for kind in (others.FreshPytest, others.Otter, others.OtterApi, others.Nbgrader):
        folder = place / kind.__name__
        tool = kind(folder, count)
        if hasattr(tool, "grade_all"):
            found = tool.grade_all()
            each, peak, processor = found.seconds / count, found.peak, found.processor / count
            rate = 60 / each
        else:
            runs = [tool.grade(number) for number in range(count)]
            each, peak = statistics.median(run.seconds for run in runs), max(run.peak for run in runs)
            processor = statistics.median(run.processor for run in runs)
            rate = 60 * count / others.two_at_a_time(tool, count)
        rows.append(row(kind.name, each, rate, peak, processor))
        say(rows[-1])
        others.clean(folder)
    found = ours(write_class(place / "ours", ours_count), place / "ours.db", 2)
    rows.append(
        row(
            "ours, full walls",
            found.seconds / ours_count,
            60 * ours_count / found.seconds,
            found.peak,
            found.processor / ours_count,
        )
    )
    say(rows[-1])
    for each_row in rows:
        each_row["ratio"] = round(rows[-1]["per_minute"] / each_row["per_minute"], 1)
    return rows


def row(name: str, seconds: float, rate: float, peak: int, processor: float) -> dict[str, Any]:
    return {
        "name": name, "seconds": round(seconds, 3), "per_minute": round(rate, 1), "processor": round(processor, 3),
        "peak_mib": peak >> 20,
    }  # fmt: skip


def curve(place: Path, sizes: list[int]) -> list[dict[str, Any]]:
    """Ours over growing classes, on two cores."""
    points = []
    for size in sizes:
        found = ours(write_class(place / f"class{size}", size), place / f"{size}.db", 2)
        points.append(
            {
                "submissions": size, "seconds": round(found.seconds, 2), "each": round(found.seconds / size, 4),
                "steady_each": round(steady(found), 4), "processor_each": round(found.processor / size, 4),
                "peak_mib": found.peak >> 20,
            }
        )  # fmt: skip
        say(points[-1])
    return points


def second_core(place: Path, count: int) -> dict[str, Any]:
    """The same class with one judge held to one core and with two judges on two cores.

    Not held, one judge and its worker take turns on both cores and keep some 1.15 of them busy.
    """
    folder = write_class(place / "cores", count)
    cores = sorted(os.sched_getaffinity(0))[:2]
    found = []
    for held in (cores[:1], cores):
        os.sched_setaffinity(0, held)  # the command inherits it
        found.append(steady(ours(folder, place / f"cores{len(held)}.db", len(held))))
    one, two = found
    return {"one": round(one, 4), "two": round(two, 4), "worth": round(one / two, 2)}


def unchanged(place: Path, count: int) -> dict[str, Any]:
    """A second run over a class that is in the gradebook already. Its content is the same, to fill it quickly."""
    folder = place / "unchanged"
    folder.mkdir()
    for number in range(count):
        (folder / f"s{number:05}.py").write_text(others.submission(4))
    ours(folder, place / "unchanged.db", 2)
    again = ours(folder, place / "unchanged.db", 2)
    assert f"{count} unchanged" in again.lines[-1][1], again.lines[-3:]
    return {"submissions": count, "seconds": round(again.seconds, 2), "peak_mib": again.peak >> 20}


def say(what: Any) -> None:
    print(" ", json.dumps(what), flush=True)


def table(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| grader | seconds a submission | submissions a minute, 2 cores | processor seconds | peak memory | ours is |",
        "| --- " * 6 + "|",
    ]
    for each in rows:
        ratio = f"{each['ratio']:g}×" if each["ratio"] != 1 else "–"
        cells = (
            each["name"], f"{each['seconds']:.2f}", f"{each['per_minute']:.0f}", f"{each['processor']:.2f}",
            f"{each['peak_mib']} MiB", ratio,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small classes: some minutes instead of an hour")
    parser.add_argument("--sizes", default="", help="the class sizes of the curve, such as 10,100,1000")
    parser.add_argument("--each", type=int, default=0, help="submissions that each other grader gets")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results.json")
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",") if size] or (
        [10, 100] if chosen.quick else [10, 100, 1000, 10000]
    )
    results: dict[str, Any] = {
        "when": time.strftime("%Y-%m-%d"), "python": platform.python_version(), "cores": len(os.sched_getaffinity(0)),
        "load_before": os.getloadavg()[0],
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="descent-bench-", dir=os.environ.get("BENCH_TMP")) as folder:
        place = Path(folder)
        results["compared"] = compare(place, chosen.each or (3 if chosen.quick else 8), 60 if chosen.quick else 300)
        results["second_core"] = second_core(place, 60 if chosen.quick else 300)
        say(results["second_core"])
        results["curve"] = curve(place, sizes)
        results["unchanged"] = unchanged(place, 1000 if chosen.quick else 10000)
        say(results["unchanged"])
    results["load_after"] = os.getloadavg()[0]
    chosen.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(table(results["compared"]))


if __name__ == "__main__":
    main()
