"""Bar charts of counts, as inline SVG: upright ones for distributions, lying ones for shares of a whole."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .numbers import Bar, TaskNumbers
from .svg import Scale, box, drawing, rule, text, ticks

LEFT, RIGHT, TOP, BOTTOM = 34, 8, 18, 24
WIDEST = 72
NEXT = 64  # the least distance of two labels under the bars


def upright(
    title: str, bars: Sequence[Bar], name: str, *, width: int = 420, height: int = 190, edges: Sequence[str] = ()
) -> Markup:
    """A bar for each count. `edges` name the borders of the bars, one more than there are; else bars are named."""
    most = max((bar.count for bar in bars), default=0)
    if not most:
        return Markup()
    marks = [mark for mark in ticks(0, most, 4) if mark == int(mark)]
    up = Scale(0, marks[-1], height - BOTTOM, TOP)
    step = min(WIDEST, (width - LEFT - RIGHT) / len(bars))
    parts = [rule(LEFT, up(mark), width - RIGHT, up(mark)) for mark in marks]
    parts += [text(LEFT - 7, up(mark) + 4, f"{mark:g}", "", "end") for mark in marks]
    every = max(1, -(-NEXT // max(1, int(step))))
    for place, bar in enumerate(bars):
        x = LEFT + place * step
        gap = min(2.0, step / 8)
        parts.append(box(x + gap, up(bar.count), step - 2 * gap, up(0) - up(bar.count), "fill bar"))
        if bar.count and step >= 22:
            parts.append(text(x + step / 2, up(bar.count) - 4, str(bar.count), "count", "middle"))
        if not edges and place % every == 0:
            under, anchor = (x + step / 2, "middle") if every == 1 else (x, "start")
            parts.append(text(under, height - 6, bar.label, "", anchor))
    parts += [text(LEFT + place * step, height - 6, edge, "", "middle") for place, edge in enumerate(edges)]
    words = ", ".join(f"{bar.label}: {bar.count}" for bar in bars if bar.count)
    kind = "chart broad" if width > 600 else "chart"
    return drawing(width, height, name, title, words, Markup("").join(parts), kind)


def lying(task: TaskNumbers) -> Markup:
    """One bar a task: passed, in part, failed, not started or blocked. Its numbers stand beside it in a table."""
    total = task.graded or 1
    parts, x = [], 0.0
    for count, kind in (
        (task.passed, "good"), (task.partly, "partly"), (task.failed, "bad"), (task.waiting, "wait-soft"),
    ):  # fmt: skip
        parts.append(box(x, 0, 100 * count / total, 8, f"fill {kind}"))
        x += 100 * count / total
    frame = Markup('<svg class="lying" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
    return frame.format(Markup("").join(parts))
