"""A student's page says what the record says, and where there is a picture also says it in words and numbers."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from grader.model.course import Course
from grader.model.picture import LARGEST, LINES, Gallery, GreyImage, Plot
from grader.model.record import Line, Record, TaskResult
from grader.model.verdict import Verdict
from grader.reports.student_page import next_tasks, render, shares
from grader.reports.svg import curves, ticks

from .made_up import made_up_class, with_pictures


class Words(HTMLParser):
    """What a page says, without its tags, its style and its symbols."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.mute = False
        self.feed(page)
        self.text = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.mute = tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.mute:
            self.said.append(data)


@pytest.fixture
def record(mini: Course) -> Record:
    return next(made_up_class(mini, mini.day("day01"), 1))


def put(record: Record, *tasks: TaskResult, **more: object) -> Record:
    points = None if any(task.verdict is Verdict.GRADER_ERROR for task in tasks) else sum(task.points for task in tasks)
    return record.model_copy(update={"tasks": tasks, "points": points, **more})


def task(name: str = "double", verdict: Verdict = Verdict.FAILED, **more: object) -> TaskResult:
    about = {"id": name, "title": name.title(), "max_points": 2.0, "points": 2.0 if verdict is Verdict.PASSED else 0.0}
    return TaskResult.model_validate({**about, "verdict": verdict, **more})


def said(record: Record, **options: object) -> str:
    return Words(render(record, **options)).text  # type: ignore[arg-type]


def test_it_tells_everything_about_what_went_wrong(record: Record) -> None:
    told = {
        "message": "off by up to 0.5", "expected": "1.5 (float32)", "seen": "1 (float64)", "advice": "Old gradients stay.",
        "hint": "Two of everything.", "output": "epoch 1: 2.31", "mistake": "piles_up",
    }  # fmt: skip
    page = said(put(record, task(**told)))
    assert [text for name, text in told.items() if name != "mistake" and text not in page] == []
    for fact in (
        "0 of 2 points",
        "0 of 1 tasks pass",
        "python 3.11.7",
        "device cpu",
        record.seed,
        record.suite.digest[:16],
    ):
        assert fact in page


def test_it_shows_the_line_among_its_neighbours_as_they_were_handed_in(record: Record) -> None:
    cells = ("import torch\n\ndef f(x):\n    y = x\n    return y + '1'  # <here>\n\nz = 1\n",)
    held = record.submission.model_copy(update={"cells": cells, "module": "lab.py"})
    page = render(put(record, task(trace=(Line(cell=1, line=5, function="f", text="?"),)), submission=held))
    assert "lab.py, line 5, in f" in page
    here = re.search(r'class="here"><i>5</i>(.*)\n', page)
    assert here is not None
    assert here[1] == "    return y + &#39;1&#39;  # &lt;here&gt;"
    assert re.findall(r"<i>(\d+)</i>", page) == ["3", "4", "5", "6", "7"]


@pytest.mark.parametrize("cell, line", [(1, 99), (9, 1), (1, 0), (0, 1)])
def test_a_line_that_is_not_there_is_not_shown(cell: int, line: int, record: Record) -> None:
    page = render(put(record, task(trace=(Line(cell=cell, line=line, function="f", text="forged"),))))
    assert "forged" not in page


def test_without_a_trace_it_shows_where_the_tasks_own_code_begins(record: Record) -> None:
    held = record.submission.model_copy(update={"cells": ("x = 1", "async  def g(): 0\n\nclass double:\n    pass\n")})
    page = render(put(record, task(symbols=("double",)), submission=held.model_copy(update={"kind": "notebook"})))
    assert "day01.ipynb, cell 2, line 3, in double" in page
    assert 'class="here"' not in page


def test_of_a_withheld_task_only_the_points_it_is_worth_are_told(record: Record) -> None:
    held = task("secret", visibility="withheld", message="the secret is 42", hint="think of 42", points=1.25)
    page = said(put(record, task("double", Verdict.PASSED), held))
    assert "42" not in page
    assert "1.25" not in page
    assert "2 of 2 points" in page
    assert "2 more points are withheld until after the deadline" in page
    assert "Everything passes so far" in page


def test_an_instructor_sees_visible_and_withheld_points_apart(record: Record) -> None:
    graded = put(record, task("double", Verdict.PASSED), task("secret", visibility="withheld", message="it is 42"))
    page = said(graded, reveal=True)
    assert "it is 42" in page
    assert "Visible tasks: 2/2 ; Withheld tasks: 0/2" in page
    assert [(share.name, share.earned, share.possible) for share in shares(graded)] == [
        ("visible", 2, 2),
        ("withheld", 0, 2),
    ]


def test_points_that_a_person_gave_stand_in_place_of_the_machines(record: Record) -> None:
    graded = put(record, task("double"), task("mean"))
    page = said(graded, marks={"double": 1.5, "question": 0.5}, counts="1.8 of 6 points count, handed in 1 days late.")
    assert "2 of 6 points" in page  # 1.5 and 0.5, of two tasks and the question
    assert "points set by your instructor" in page
    assert "that your instructor reads" not in page
    assert "1.8 of 6 points count" in page


def test_what_went_wrong_comes_first_and_what_waits_for_another_last() -> None:
    tasks = [
        task("a", Verdict.BLOCKED),
        task("b", Verdict.NOT_IMPLEMENTED),
        task("c", Verdict.PASSED),
        task("d", Verdict.ERROR),
    ]
    assert [each.id for each in next_tasks(tasks)] == ["d", "b", "a"]


def test_a_fault_of_the_grader_is_no_score_and_not_the_students(record: Record) -> None:
    page = said(put(record, task(verdict=Verdict.GRADER_ERROR)))
    assert "No score" in page
    assert "not your doing" in page


def test_a_submission_that_could_not_be_read_says_why(record: Record) -> None:
    held = record.submission.model_copy(
        update={"digest": "", "cells": (), "notes": ("The archive is broken; pack it again.",)}
    )
    page = said(put(record, task(verdict=Verdict.ERROR), submission=held))
    assert "The archive is broken; pack it again." in page
    assert "Nothing could be graded yet" in page


def test_a_picture_is_also_told_in_words_and_numbers(record: Record) -> None:
    shown = with_pictures(put(record, task(verdict=Verdict.PASSED)))
    page = render(shown)
    plot, matrix, _ = shown.tasks[0].pictures
    assert isinstance(plot, Plot)
    assert "train_loss: from 2.1 to 0.17; val_loss: from 1.2 to 0.43, 1 of 5 not finite." in page
    assert all(f"<td>{value:g}</td>" in page for value in plot.lines["train_loss"] if value is not None)
    assert "<td>not finite</td>" in page
    cells = re.findall(r'<td class="s\d(?: right)?">([\d·]+)</td>', page)
    assert [0 if cell == "·" else int(cell) for cell in cells] == [count for row in matrix.counts for count in row]  # type: ignore[union-attr]
    assert 'alt="An image of class 3"' in page


def test_misread_images_are_dark_on_light(record: Record) -> None:
    pixels = base64.b64encode(bytes([0, 255, 128, 0])).decode()
    gallery = Gallery(name="g", title="G", width=2, height=2, images=(GreyImage(pixels=pixels, read=1, right=2),))
    page = render(put(record, task(pictures=(gallery,))))
    address = re.search(r"data:image/png;base64,([^\"]+)", page)
    assert address is not None
    drawn = Image.open(io.BytesIO(base64.b64decode(address[1])))
    assert list(drawn.tobytes()) == [255, 0, 127, 255]
    assert "2 read as 1" in page


VALUES = st.none() | st.floats(-LARGEST, LARGEST) | st.sampled_from([0.0, 5e-324, -5e-324, LARGEST, -LARGEST, 1.0])


@given(st.dictionaries(st.text(max_size=20), st.lists(VALUES, max_size=40), max_size=LINES), st.integers(1, 10**6))
@settings(max_examples=150, deadline=None)
def test_any_curve_can_be_drawn(lines: dict[str, list[float | None]], every: int) -> None:
    plot = Plot(
        name="p",
        title="P",
        x_label="epoch",
        y_label="loss",
        every=every,
        lines={name: tuple(v) for name, v in lines.items()},
    )
    drawn = str(curves(plot, "p"))
    numbers = re.findall(r' (?:x|y|cx|cy|x1|x2|y1|y2)="([^"]*)"', drawn)
    assert all(-100 <= float(number) <= 500 for number in numbers)
    assert "nan" not in "".join(numbers)


@given(st.floats(-LARGEST, LARGEST), st.floats(-LARGEST, LARGEST))
@settings(max_examples=300, deadline=None)
def test_ticks_span_what_they_are_for_and_are_few(first: float, second: float) -> None:
    low, high = sorted((first, second))
    marks = ticks(low, high)
    assert 2 <= len(marks) <= 12
    far = (marks[-1] - marks[0]) * 1e-8  # less than anyone can see
    assert marks[0] - far <= low
    assert marks[-1] + far >= high


@pytest.mark.parametrize(
    "low, high, marks",
    [(0, 10, [0, 2, 4, 6, 8, 10]), (0.17, 2.1, [0, 0.5, 1, 1.5, 2, 2.5]), (3, 3, [1, 2, 3, 4, 5])],
)
def test_ticks_are_round(low: float, high: float, marks: list[float]) -> None:
    assert ticks(low, high) == marks
