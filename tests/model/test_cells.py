"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.model.cells import bare, guarded


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.text(alphabet="a';=+-@\uff1d\t\r\n 1", max_size=8))
@example("a;'=1")
@example("'+1")
@example("\n\n=1")
def test_a_guarded_cell_holds_no_formula_and_comes_back_as_it_was(cell: str) -> None:
    assert not re.search(r"(^|[;\r\n])\s*[=+\-@\uff1d\t]", guarded(cell))
    assert bare(guarded(cell)) == cell
