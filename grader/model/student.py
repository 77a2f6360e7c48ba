"""The one seam between a suite and student code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Student(Protocol):
    """What a suite may ask of a submission. Values that come back are plain data and CPU tensors."""

    @property
    def device(self) -> Any:
        """The torch.device that the checks run on."""

    def call(self, symbol: str, /, *args: Any, **kwargs: Any) -> Any:
        """Runs one of the student's functions, its tensor arguments moved to `device`, and returns its result.

        Fails the check where the function changes one of its inputs.
        """

    def probe(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Runs `function(code, *args, **kwargs)` of the day's probes.py beside the student's code."""
