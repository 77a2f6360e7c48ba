"""What a check has to show becomes a small plain picture of the record, and a PNG file that holds something."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from grader.model.exhibit import Confusion, Curves, Exhibit, Misread
from grader.model.picture import picture_of
from grader.reports.plots import draw

EXHIBITS: list[Exhibit] = [
    Curves("loss", "Loss", {"training": [2.0, 1.0, 0.5], "validation": [2.1, math.nan, 0.9]}),
    Confusion("confusion", "Confusion", [0, 1, 2, 2, 99], [0, 1, 1, 2, 0]),
    Misread("misread", "Misread", [[[0, 255], [255, 0]]] * 30, [1] * 30, [2] * 30),
    Misread("none", "Nothing misread", [], [], []),
]


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.name)
def test_an_exhibit_is_drawn(exhibit: Exhibit, tmp_path: Path) -> None:
    path = draw(picture_of(exhibit), tmp_path / "pictures")
    assert path.name == f"{exhibit.name}.png"
    assert path.read_bytes().startswith(b"\x89PNG")
