"""Named mistakes and alternatives: what a decorator registers."""

from __future__ import annotations

import pytest

from grader.model.mistakes import Alternatives, Mistakes


def load(path: str) -> int:
    return 1


def test_a_mistake_may_bring_the_tasks_other_symbols() -> None:
    mistakes, alternatives = Mistakes(), Alternatives()

    @mistakes.add("save", "It writes nothing.", load=load)
    @alternatives.add("save", load=load)
    def writes_nothing(path: str) -> None: ...

    assert mistakes.entries[0].id == "writes_nothing"
    assert mistakes.entries[0].namespace == alternatives.entries[0].namespace == {"save": writes_nothing, "load": load}


def test_two_mistakes_of_one_name_are_refused() -> None:
    mistakes = Mistakes()
    mistakes.add("save", "It reads.")(load)
    with pytest.raises(ValueError, match="two mistakes are called load"):
        mistakes.add("save", "It reads.")(load)
