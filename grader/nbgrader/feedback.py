"""`nbgrader generate_feedback`: rubrics, which graders read in the autograded notebook, stay with them."""

from __future__ import annotations

from typing import Any

import traitlets
from nbgrader.preprocessors import ClearMarkScheme


class WithoutRubrics(ClearMarkScheme):
    """nbgrader's ClearMarkScheme for the feedback page: the same regions, in whatever cell they stand."""

    display_data_priority: Any = traitlets.List().tag(config=True)  # an HTML exporter sets it on every step

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cell.metadata.get("nbgrader", {}).get("locked"):  # a student's own text is not searched for our marks
            self._remove_mark_scheme_region(cell)
        return cell, resources
