"""Named mistakes: plausible wrong implementations of a task, each with one sentence that helps.

They prove that a suite catches them, and when a student's values equal one of theirs, the feedback says which slip it
is without showing the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

Implementation = TypeVar("Implementation", bound=Callable[..., Any])


@dataclass(frozen=True)
class Mistake:
    """One slip: its id, the task, the sentence for the student, and the symbols as that student would have them."""

    id: str
    task: str
    advice: str
    namespace: dict[str, Any]


@dataclass
class Mistakes:
    """A day's mistakes, in the order in which they are tried."""

    entries: list[Mistake] = field(default_factory=list)

    def add(
        self, task: str, advice: str, *, symbol: str = "", **beside: Callable[..., Any]
    ) -> Callable[[Implementation], Implementation]:
        """A decorator: the function or class below is `symbol` (default: the task's id) done wrong in one way.

        `beside` are the task's other symbols as that student would have them, where a check asks for both. The
        mistake's id is the function's name; it is stable, since records hold it.
        """

        def register(implementation: Implementation) -> Implementation:
            name: str = implementation.__name__
            if any(entry.id == name for entry in self.entries):
                raise ValueError(f"two mistakes are called {name}")
            self.entries.append(Mistake(name, task, advice, {symbol or task: implementation, **beside}))
            return implementation

        return register

    def of(self, task: str) -> Iterator[Mistake]:
        """The mistakes of one task."""
        return (entry for entry in self.entries if entry.task == task)


@dataclass(frozen=True)
class Alternative:
    """An unusual but right implementation of one task."""

    id: str
    task: str
    namespace: dict[str, Any]


@dataclass
class Alternatives:
    """A day's alternative solutions; every one must pass. `solutions/dayNN/alternatives.py` holds them."""

    entries: list[Alternative] = field(default_factory=list)

    def add(
        self, task: str, *, symbol: str = "", **beside: Callable[..., Any]
    ) -> Callable[[Implementation], Implementation]:
        """A decorator: the function or class below is `symbol` (default: the task's id) done right in another way."""

        def register(implementation: Implementation) -> Implementation:
            namespace = {symbol or task: implementation, **beside}
            self.entries.append(Alternative(implementation.__name__, task, namespace))
            return implementation

        return register
