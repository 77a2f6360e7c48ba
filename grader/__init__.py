"""Descent: auto-graded assignments for PyTorch courses. Importing this imports no torch."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "check"]


def __getattr__(name: str) -> Any:
    if name == "check":
        from grader.notebook import check

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
