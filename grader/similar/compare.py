"""Shared code between submissions of one day, by winnowing (Schleimer, Wilkerson, Aiken: SIGMOD 2003), with copydetect.

Names, strings, comments and layout do not count: copydetect compares streams of tokens. What everybody was given (the
stub) and what the task leads to (the course's solution) is subtracted, and so is what a quarter of the class has in
common. Nothing of a submission is run.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import copydetect
from copydetect.utils import get_token_coverage

from grader.judge.intake import intake
from grader.model.course import Course, Day
from grader.model.submission import SubmissionError

TOKENS = 25  # the shortest run of tokens that counts, copydetect's default
LEAST = 8  # fingerprints of their own; with fewer, two works agree by chance
COMMON, SMALL_CLASS = 0.25, 12
MOST = 100  # pairs shown


@dataclass(frozen=True)
class Work:
    """One submission's text and fingerprints."""

    student: str
    text: str
    prints: Any


@dataclass(frozen=True)
class Side:
    """One of a pair: the share of its own code that the other has too, and its lines with whether they are shared."""

    student: str
    share: float
    lines: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Pair:
    first: Side
    second: Side

    @property
    def share(self) -> float:
        return max(self.first.share, self.second.share)


@dataclass(frozen=True)
class Comparison:
    """What was compared, what was found, and who was left out and why."""

    day: Day
    compared: int
    pairs: tuple[Pair, ...]
    left_out: tuple[tuple[str, str], ...]
    at: float


def compare(course: Course, day: Day, paths: Sequence[Path], at: float) -> Comparison:
    """Every pair of submissions that shares at least the fraction `at` of one's own code, the most alike first."""
    works: list[Work] = []
    left_out: list[tuple[str, str]] = []
    for path in paths:
        try:
            submission = intake(path, day.module, day.notebook, prefer="module")
        except SubmissionError as problem:
            left_out.append((path.stem, str(problem)))
        else:
            works.append(_work(submission.student, "\n\n".join(submission.cells)))
    _subtract(works, set(_given(course, day)))
    _subtract(works, _common(works))
    own = [work for work in works if len(work.prints.hashes) >= LEAST]
    left_out += [(work.student, "too little that was not given") for work in works if work not in own]
    found = (_pair(a, b) for a, b in combinations(own, 2) if _may_share(a, b, at))
    pairs = sorted((pair for pair in found if pair.share >= at), key=lambda pair: -pair.share)
    return Comparison(day, len(own), tuple(pairs[:MOST]), tuple(left_out), at)


def _work(student: str, text: str) -> Work:
    return Work(student, text, _prints(text, window=1))


def _prints(text: str, window: int) -> Any:
    # copydetect's own subtraction takes away one occurrence of each; so every fingerprint is kept and ours is used
    return copydetect.CodeFingerprint("work.py", TOKENS, window, language="python", fp=io.StringIO(text))


def _given(course: Course, day: Day) -> Iterator[int]:
    """Fingerprints of what was given out, and of the course's own answer."""
    for folder in (course.assignments, course.solutions):
        for name in (day.module, day.notebook):
            path = course.root / folder / day.id / name
            if path.is_file():
                cells = intake(path, day.module, day.notebook).cells
                yield from _prints("\n\n".join(cells), window=1).hashes


def _common(works: Sequence[Work]) -> set[int]:
    """Fingerprints that so many have that they say nothing about any two."""
    if len(works) < SMALL_CLASS:
        return set()
    counts = Counter(each for work in works for each in work.prints.hashes)
    return {each for each, count in counts.items() if count > len(works) * COMMON}


def _subtract(works: Iterable[Work], known: set[int]) -> None:
    for work in works:
        prints = work.prints
        for each in prints.hashes & known:
            del prints.hash_idx[each]
        prints.hashes = prints.hashes - known
        prints.token_coverage = get_token_coverage(prints.hash_idx, TOKENS, len(prints.filtered_code))


def _may_share(a: Work, b: Work, at: float) -> bool:
    """A quick look: sets of fingerprints, before positions are compared."""
    shared = len(a.prints.hashes & b.prints.hashes)
    return shared >= LEAST and shared >= at / 2 * min(len(a.prints.hashes), len(b.prints.hashes))


def _pair(a: Work, b: Work) -> Pair:
    _, shares, slices = copydetect.compare_files(a.prints, b.prints)
    return Pair(_side(a, shares[0], slices[0]), _side(b, shares[1], slices[1]))


def _side(work: Work, share: float, slices: Any) -> Side:
    spans = [(int(start), int(end)) for start, end in zip(*slices, strict=True)] if len(slices) else []
    lines, place = [], 0
    for line in work.text.split("\n"):
        end = place + len(line)
        lines.append((line, bool(line.strip()) and any(start < end and stop > place for start, stop in spans)))
        place = end + 1
    return Side(work.student, min(1.0, float(share)), tuple(lines))
