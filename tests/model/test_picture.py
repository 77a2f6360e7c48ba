"""What a check has to show is made small and plain, whatever a worker returned."""

from __future__ import annotations

import base64
import json
import math

import pytest
from pydantic import TypeAdapter, ValidationError

from grader.model.exhibit import Confusion, Curves, Exhibit, Misread
from grader.model.picture import CLASSES, IMAGES, LINES, POINTS, Gallery, Matrix, Picture, Plot, picture_of

ADAPTER: TypeAdapter[Picture] = TypeAdapter(Picture)
IMAGE = [[0, 255], [1000, -7]]
HOSTILE: list[Exhibit] = [
    Curves("c", "\x1b[31m" * 99, {f"line {k}": [math.nan, math.inf, 1e308, -1e308, 3] * 5_000 for k in range(50)}),
    Curves("c", "none", {}),
    Curves("c", "not numbers", {"loss": ["<b>", None, 1.5]}),  # type: ignore[list-item]
    Confusion("m", "far off", [10**18, -5, 0], [0, 1, 2]),
    Confusion("m", "more classes than are shown", list(range(99)), list(range(99))),
    Confusion("m", "none", [], []),
    Confusion("m", "not as many", [1], [0, 1, 2]),
    Misread("g", "many", [IMAGE] * 99, [10**30] * 99, [3] * 99),
    Misread("g", "of several sizes", [IMAGE, [[1]], [[1], [1, 2]], []], [1] * 4, [2] * 4),
    Misread("g", "huge", [[[1] * 999] * 999], [1], [2]),
    Misread("g", "none", [], [], []),
]


@pytest.mark.parametrize("exhibit", HOSTILE, ids=lambda exhibit: f"{exhibit.name}, {exhibit.title[:20]!a}")
def test_a_picture_is_bounded_and_reads_back_the_same(exhibit: Exhibit) -> None:
    picture = picture_of(exhibit)
    text = picture.model_dump_json()
    assert len(text) < 150_000
    assert "\x1b" not in json.loads(text)["title"]
    assert ADAPTER.validate_json(text) == picture


def test_a_long_curve_is_thinned_and_keeps_its_last_value() -> None:
    picture = picture_of(Curves("c", "C", {"loss": list(range(100_003))}))
    assert isinstance(picture, Plot)
    values = picture.lines["loss"]
    assert len(values) <= POINTS
    assert values[-1] == 100_002
    assert picture.first + picture.every * (len(values) - 1) == 100_003
    assert values[0] == picture.first - 1


def test_a_short_curve_is_kept_whole_with_gaps_where_it_is_not_finite() -> None:
    picture = picture_of(Curves("c", "C", {"loss": [2.0, math.nan, -math.inf, 0.123456789]}))
    assert isinstance(picture, Plot)
    assert (picture.first, picture.every) == (1, 1)
    assert picture.lines["loss"] == (2.0, None, None, 0.123457)


def test_there_are_only_so_many_lines() -> None:
    picture = picture_of(Curves("c", "C", {str(k): [1.0] for k in range(LINES + 3)}))
    assert isinstance(picture, Plot)
    assert len(picture.lines) == LINES


def test_a_confusion_matrix_counts_true_rows_and_read_columns() -> None:
    picture = picture_of(Confusion("m", "M", [0, 1, 1, 2, 77, -1], [0, 1, 2, 2, 2, 0]))
    assert isinstance(picture, Matrix)
    assert picture.counts == ((1, 0, 0), (0, 1, 0), (0, 1, 1))
    assert picture.no_class == 2


def test_misread_images_keep_their_grey_levels() -> None:
    picture = picture_of(Misread("g", "G", [IMAGE] * 99, [1, CLASSES] + [0] * 97, [2] * 99))
    assert isinstance(picture, Gallery)
    assert len(picture.images) == IMAGES
    assert picture.images[0].levels == bytes([0, 255, 255, 0])
    assert (picture.images[0].read, picture.images[1].read) == (1, -1)


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "matrix", "name": "m", "title": "M", "counts": [[1, 2], [3]]},
        {"kind": "matrix", "name": "m", "title": "M", "counts": [[-1]]},
        {"kind": "gallery", "name": "g", "title": "G", "width": 2, "height": 2, "images": [
            {"pixels": base64.b64encode(b"123").decode(), "read": 1, "right": 2}]},
        {"kind": "gallery", "name": "g", "title": "G", "width": 1, "height": 1, "images": [
            {"pixels": "?!?!", "read": 1, "right": 2}]},
        {"kind": "plot", "name": "p", "title": "P", "x_label": "", "y_label": "", "lines": {"l": [0.0] * (POINTS + 1)}},
        {"kind": "plot", "name": "p", "title": "x" * 500, "x_label": "", "y_label": "", "lines": {}},
        {"kind": "script", "name": "s", "title": "S"},
    ],
    ids=["not square", "negative", "too few pixels", "not base64", "too long", "too wordy", "unknown"],
)  # fmt: skip
def test_a_record_with_a_picture_out_of_bounds_does_not_load(forged: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(forged)
