"""`%%check mse` on top of a cell: runs the cell, then checks the task."""

from __future__ import annotations

from typing import Any


def register(shell: Any) -> None:
    """Makes the magic known to this IPython shell. Nothing heavy is imported before it is used."""

    def check_cell(line: str, cell: str) -> Any:
        from grader.notebook import check

        if not shell.run_cell(cell).success:
            return None  # IPython has shown the error
        task, _, day = line.strip().partition(" ")
        return check(task, day.strip() or None)

    shell.register_magic_function(check_cell, "cell", "check")
