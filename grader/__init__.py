"""Descent: auto-graded assignments for PyTorch courses. Importing this imports no torch."""

from __future__ import annotations

import sys
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "check"]


if (_ipython := sys.modules.get("IPython")) is not None and (_shell := _ipython.get_ipython()) is not None:
    from grader.cell_magic import register

    register(_shell)


def __getattr__(name: str) -> Any:
    if name == "check":
        from grader.notebook import check

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
