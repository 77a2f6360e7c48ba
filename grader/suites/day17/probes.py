"""Runs beside student code: what an iterator gives, and what a plot holds."""

from __future__ import annotations

from typing import Any

from ..axes_probe import plot_data


def pieces(code: Any, n: int, batch_size: int, seed: int) -> list[Any]:
    """Everything that `minibatches` gives; more than 4 n pieces are too many to wait for."""
    found = []
    for piece in code.minibatches(n, batch_size, seed):
        found.append(piece)
        if len(found) > 4 * n:
            break
    return found


def convergence(code: Any, results: dict[str, Any]) -> dict[str, Any]:
    """The plot of these results."""
    return plot_data(code.plot_convergence, results)
