"""Draws docs/pictures/speed.svg from what compare.py wrote: `python benchmarks/plot.py [results.json]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "pictures" / "speed.svg"


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "results.json"
    results = json.loads(source.read_text(encoding="utf-8"))
    matplotlib.rcParams.update({"svg.hashsalt": "descent", "font.size": 9})
    figure, (bars, lines) = plt.subplots(1, 2, figsize=(8, 2.6), layout="constrained")
    rows = results["compared"]
    names, rates = [row["name"] for row in rows], [row["per_minute"] for row in rows]
    drawn = bars.barh(names, rates, color=["#9aa5b1"] * (len(rows) - 1) + ["#2b7a4b"])
    bars.bar_label(drawn, [f"{rate:.0f}" for rate in rates], padding=3)
    bars.set(xscale="log", xlim=(min(rates) / 2, max(rates) * 4), title="submissions a minute, 2 cores")
    curve = results["curve"]
    lines.plot(
        [at["submissions"] for at in curve], [at["each"] for at in curve], "o-", color="#9aa5b1", label="with start-up"
    )
    lines.plot(
        [at["submissions"] for at in curve], [at["steady_each"] for at in curve], "o-", color="#2b7a4b", label="without"
    )
    lines.set(xscale="log", ylim=(0, None), title="seconds a submission, by class size")
    lines.legend(frameon=False)
    for each in (bars, lines):
        each.spines[["top", "right"]].set_visible(False)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
