"""Cells of CSV files that no spreadsheet takes for a formula, and back again."""

from __future__ import annotations

import re

# A cell may be cut at `;` and at line ends: where lists have semicolons, as in much of Europe, a spreadsheet looks for
# no quotes inside a line that commas part. The wide signs count as formulas too, in East Asian settings.
_START = r"(^|[;\r\n])"
_FORMULA = r"('*[^\S\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20\t])"
_OPEN = re.compile(_START + _FORMULA)
_GUARDED = re.compile(_START + "'" + _FORMULA)


def guarded(cell: str) -> str:
    """The cell with an apostrophe before whatever a spreadsheet would take for a formula; numbers with a sign too."""
    return _OPEN.sub(r"\1'\2", cell)


def bare(cell: str) -> str:
    """The cell as it was before it was `guarded`."""
    return _GUARDED.sub(r"\1\2", cell)
