"""One grading as one HTML file that a student reads: nothing is loaded, and nothing in it runs."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from grader.model.picture import Gallery, GreyImage, Matrix, Plot
from grader.model.record import Line, Record, TaskResult
from grader.model.text import clean
from grader.model.verdict import Verdict

from . import svg
from .page import show, tone
from .words import WITHHELD, hidden, shown

AROUND = 2  # lines of source shown before and after the one that matters
WIDEST = 200
SHADES = 9


@dataclass(frozen=True)
class Link:
    """Where the page leads to; an empty `href` is the place itself."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Earlier:
    """One of the student's gradings of this day, in a row of attempts."""

    graded_at: str
    points: float | None
    max_points: float


@dataclass(frozen=True)
class Source:
    """Lines of the submission: `(number, text, whether it is the one)`, and what to call their place."""

    place: str
    lines: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True)
class Share:
    """Points of one kind of task, earned and possible."""

    name: str
    earned: float
    possible: float


def render(
    record: Record,
    *,
    title: str = "",
    trail: Sequence[Link] = (),
    attempts: Sequence[Earlier] = (),
    reveal: bool = False,
    marks: Mapping[str, float] = MappingProxyType({}),
    counts: str = "",
) -> str:
    """The page. `title` is the day's, `trail` leads to pages around this one, `attempts` are shown where several.

    Without `reveal` nothing is told about withheld tasks but how many points they are worth. With it (an instructor's
    own page) they are shown, and their points apart from the visible ones. `marks` are points that a person gave, by
    task or question; `counts` is a sentence about what counts in the end.
    """
    if not reveal:
        record = shown(record, reveal=False)
    record = record.model_copy(update={"tasks": tuple(_marked(task, marks) for task in record.tasks)})
    told = [task for task in record.tasks if reveal or not hidden(task)]
    sources = {task.id: list(_sources(record, task)) for task in record.tasks}
    return show(
        "student.html", record=record, title=title, trail=trail, attempts=attempts, shares=list(shares(record)),
        told=told, strip=_strip(record, told), next=next_tasks(told), sources=sources, withheld=WITHHELD,
        marks=marks, counts=counts, questions=_questions(record, marks),
        drawn={task.id: list(_drawn(task)) for task in record.tasks},
    )  # fmt: skip


def shares(record: Record) -> Iterator[Share]:
    """Points of visible and of withheld tasks apart, the latter only where there are any."""
    for name in ("visible", "withheld"):
        tasks = [task for task in record.tasks if task.visibility == name]
        if tasks or name == "visible":
            yield Share(name, sum(task.points for task in tasks), sum(task.max_points for task in tasks))


def _marked(task: TaskResult, marks: Mapping[str, float]) -> TaskResult:
    return task.model_copy(update={"points": marks[task.id]}) if task.id in marks else task


def _questions(record: Record, marks: Mapping[str, float]) -> Share:
    """Points of the questions that a person has read."""
    read = [question for question in record.manual if question.id in marks]
    return Share("questions", sum(marks[each.id] for each in read), sum(each.max_points for each in read))


def next_tasks(tasks: Sequence[TaskResult]) -> list[TaskResult]:
    """What to work on, in order: what went wrong, then what is not started; what only waits for another comes last."""
    order = {"bad": 0, Verdict.NOT_IMPLEMENTED: 1, Verdict.BLOCKED: 2}
    open_ = [task for task in tasks if task.verdict not in (Verdict.PASSED, Verdict.GRADER_ERROR)]
    return sorted(open_, key=lambda task: order.get(task.verdict, 0))


def _strip(record: Record, told: Sequence[TaskResult]) -> Markup:
    """One bar, a piece a task, as wide as its points; what is not told yet is an empty piece."""
    total = sum(task.max_points for task in record.tasks) or 1.0
    parts, x = [], 0.0
    for task in record.tasks:
        width = 100 * task.max_points / total
        known = task in told
        parts.append(svg.box(x, 0, width - 0.5, 3, f"fill {tone(task.verdict)}-soft" if known else "fill line"))
        share = task.points / task.max_points if task.max_points and known else 0.0
        parts.append(svg.box(x, 0, (width - 0.5) * share, 3, "fill good"))
        x += width
    return Markup(
        '<svg class="strip" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
    ).format(Markup("").join(parts))


def _sources(record: Record, task: TaskResult) -> Iterator[Source]:
    """The innermost line of the trace among its neighbours; without a trace, where the task's own code begins."""
    cells = record.submission.cells
    if task.trace:
        yield _source(record, task.trace[-1])
    elif task.verdict not in (Verdict.PASSED, Verdict.NOT_IMPLEMENTED, Verdict.BLOCKED):
        for symbol in task.symbols:
            begins = re.compile(rf"[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+{re.escape(symbol)}\b")
            for cell, text in enumerate(cells, 1):
                found = [number for number, line in enumerate(text.split("\n"), 1) if begins.match(line)]
                if found:
                    whole = _source(record, Line(cell=cell, line=found[-1], function=symbol, text=""), before=0)
                    yield Source(whole.place, tuple((number, line, False) for number, line, _ in whole.lines))


def _source(record: Record, frame: Line, before: int = AROUND) -> Source:
    cells = record.submission.cells
    lines = cells[frame.cell - 1].split("\n") if 0 < frame.cell <= len(cells) else []
    shown = range(max(1, frame.line - before), min(len(lines), frame.line + AROUND) + 1)
    cell = f", cell {frame.cell}" if record.submission.kind == "notebook" else ""
    inside = f", in {frame.function}" if frame.function else ""
    return Source(
        f"{record.file}{cell}, line {frame.line}{inside}",
        tuple((number, clean(lines[number - 1], WIDEST), number == frame.line) for number in shown),
    )


@dataclass(frozen=True)
class Drawn:
    """A picture and what the page shows of it."""

    picture: Plot | Matrix | Gallery
    chart: str = ""
    images: tuple[tuple[str, GreyImage], ...] = ()
    shades: tuple[tuple[int, ...], ...] = ()


def _drawn(task: TaskResult) -> Iterator[Drawn]:
    for place, picture in enumerate(task.pictures):
        match picture:
            case Plot():
                yield Drawn(picture, svg.curves(picture, f"p-{task.id}-{place}"))
            case Matrix():
                most = max(map(max, picture.counts)) or 1
                shades = tuple(tuple(-(-SHADES * count // most) for count in row) for row in picture.counts)
                yield Drawn(picture, shades=shades)
            case Gallery():
                yield Drawn(picture, images=tuple((_png(picture, image), image) for image in picture.images))


def _png(gallery: Gallery, image: GreyImage) -> str:
    """The image as a data address, dark on light as on paper."""
    from PIL import Image, ImageOps

    held = io.BytesIO()
    size = (gallery.width, gallery.height)
    ImageOps.invert(Image.frombytes("L", size, image.levels)).save(held, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"
