"""Charts as inline SVG: text for whoever cannot see them, colours from the page's style sheet, no script."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from grader.model.picture import Plot
from grader.model.text import clean

WIDTH, HEIGHT = 380, 230
LEFT, RIGHT, TOP, BOTTOM = 48, 88, 26, 40
SMALLEST = 1e-290  # less than that apart is the same, and a step of it would be no number
LABEL = 14  # the least distance between two labels


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """About `count` round numbers that span `low` to `high`: steps of 1, 2 or 5 times a power of ten."""
    if high - low < SMALLEST:
        half = abs(low) / 2 if abs(low) > SMALLEST else 0.5
        low, high = low - half, high + half
    rough = (high - low) / count
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [float(f"{place * step:.12g}") for place in range(first, last + 1)]


@dataclass(frozen=True)
class Scale:
    """From a value to a place in the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 2)


def curves(plot: Plot, name: str) -> Markup:
    """The plot's lines, each labelled at its end. `name` makes the ids of the drawing its own on the page."""
    finite = [value for values in plot.lines.values() for value in values if value is not None]
    longest = max(map(len, plot.lines.values()), default=0)
    if not finite:
        return Markup()
    marks = ticks(min(finite), max(finite))
    across = Scale(plot.first, plot.first + plot.every * max(longest - 1, 0), LEFT, WIDTH - RIGHT)
    up = Scale(marks[0], marks[-1], HEIGHT - BOTTOM, TOP)
    body = Markup("").join([_frame(plot, marks, across, up), *_lines(plot, across, up)])
    return drawing(WIDTH, HEIGHT, name, plot.title, _in_words(plot), body)


def drawing(
    width: float, height: float, name: str, title: str, words: str, body: Markup, kind: str = "chart"
) -> Markup:
    """An SVG that a screen reader announces by its title and describes in words."""
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title>'
        '<desc id="{}-d">{}</desc>{}</svg>'
    ).format(kind, width, height, name, name, name, clean(title), name, clean(words, 5_000), body)


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> Markup:
    return Markup('<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>').format(x, y, kind, anchor, clean(words))


def rule(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> Markup:
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(x1, y1, x2, y2, kind)


def box(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(
        round(x, 2), round(y, 2), round(max(0.0, width), 2), round(max(0.0, height), 2), kind
    )


def short(value: float) -> str:
    """A tick's label."""
    return f"{value:.4g}"


def _frame(plot: Plot, marks: Sequence[float], across: Scale, up: Scale) -> Markup:
    parts = []
    for mark in marks:
        parts += [rule(LEFT, up(mark), WIDTH - RIGHT, up(mark)), text(LEFT - 6, up(mark) + 4, short(mark), "", "end")]
    last = int(across.high)
    whole = [step for step in ticks(across.low, across.high) if across.low <= step <= last and step == int(step)]
    for step in whole or [across.low]:
        parts.append(text(across(step), HEIGHT - BOTTOM + 17, short(step), "", "middle"))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, plot.x_label, "axis", "middle"))
    parts.append(text(LEFT - 6, 11, plot.y_label, "axis", "end" if len(plot.y_label) <= 8 else "start"))
    return Markup("").join(parts)


def _lines(plot: Plot, across: Scale, up: Scale) -> Iterator[Markup]:
    ends = []
    for number, (name, values) in enumerate(plot.lines.items()):
        points = [
            None if value is None else (across(plot.first + plot.every * place), up(value))
            for place, value in enumerate(values)
        ]
        drawn = [point for point in points if point is not None]
        if not drawn:
            continue
        yield Markup('<path class="line l{}" d="{}"/>').format(number, _path(points))
        if len(values) <= 30 or len(drawn) < 3:
            for x, y in drawn:
                yield Markup('<circle class="dot l{}" cx="{}" cy="{}" r="2.5"/>').format(number, x, y)
        ends.append((drawn[-1][1], number, name))
    x = WIDTH - RIGHT + 7
    for y, (_, number, name) in zip(_apart([end[0] for end in sorted(ends)]), sorted(ends), strict=True):
        yield text(x, y + 4, clean(name, 14), f"l{number}")


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """A path with a gap wherever a value was not finite."""
    pieces = [
        f"{'L' if before is not None else 'M'}{point[0]} {point[1]}"
        for before, point in pairwise([None, *points])
        if point is not None
    ]
    return "".join(pieces)


def _apart(places: Sequence[float]) -> list[float]:
    """Places from top to bottom, moved down where two labels would overlap, and up again at the lower edge."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + LABEL) if moved else place)
    over = max(0.0, moved[-1] - (HEIGHT - BOTTOM)) if moved else 0.0
    return [place - over for place in moved]


def _in_words(plot: Plot) -> str:
    told = []
    for name, values in plot.lines.items():
        finite = [value for value in values if value is not None]
        if finite:
            missing = len(values) - len(finite)
            note = f", {missing} of {len(values)} not finite" if missing else ""
            told.append(f"{name}: from {short(finite[0])} to {short(finite[-1])}{note}")
        else:
            told.append(f"{name}: no finite value")
    return f"{plot.y_label} over {plot.x_label}. {'; '.join(told)}."
