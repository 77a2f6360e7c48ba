"""The golden files, a file a format and sample. `python -m tests.reports.golden` writes them anew: read the diff."""

from __future__ import annotations

import os
from pathlib import Path

from grader.model.errors import GraderFault
from grader.reports.formats import FORMATS, log, render

from .samples import RUNNER, SAMPLES

FOLDER = Path(__file__).with_name("golden")
# pages have tests of their own, the record's schema has too, sheets are filled in and not made
NAMES = [name for name, each in FORMATS.items() if not each.sheet and name not in ("html", "json")]
CASES = [(name, sample) for name in NAMES for sample in SAMPLES]


def rendered(name: str, sample: str) -> str:
    """What the golden file holds: the format's log, if it has one, and what it renders or why it does not."""
    os.environ.update(RUNNER)
    try:
        return log(name, SAMPLES[sample], folder="work") + render(name, [SAMPLES[sample]], folder="work")
    except GraderFault as fault:
        return f"refused: {fault}\n"


def path(name: str, sample: str) -> Path:
    return FOLDER / f"{sample}.{name}"


if __name__ == "__main__":
    for each in CASES:
        path(*each).write_text(rendered(*each), encoding="utf-8", newline="")
