"""Ways into `submitted/`: a student who hands in the module alone gets the released notebook beside it.

nbgrader passes over a submission without a registered notebook; an untouched one stands in, and the module is graded.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from grader.model.manifest import find_course, load_course


def student_files() -> dict[str, list[str]]:
    """The modules that students hand in, by day: nbgrader is not to put the released ones in their place."""
    return {day.id: [day.module] for day in load_course(find_course()).days}


def add_notebook(folder: Path, coursedir: Any, day_id: str) -> bool:
    """Puts the released notebook into a submission without one; whether it did."""
    course = load_course(find_course())
    day = next((day for day in course.days if day.id == day_id), None)
    if day is None or not folder.is_dir() or any(folder.glob("*.ipynb")):
        return False
    released = Path(coursedir.format_path(coursedir.release_directory, ".", day_id)) / day.notebook
    if not released.is_file():
        return False
    shutil.copy(released, folder / day.notebook)
    return True


class Collect(ExchangeCollect):
    """`nbgrader collect`."""

    def copy_files(self) -> None:
        super().copy_files()
        folders = self.coursedir
        for record in self.src_records:
            path = folders.format_path(folders.submitted_directory, record["username"], folders.assignment_id)
            add_notebook(Path(path), folders, folders.assignment_id)


class Extractor(ExtractorPlugin):
    """`nbgrader zip_collect`, its first half: archives are unpacked, and single modules get their notebook."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        super().extract(archive_path, extracted_path)
        folders = self.parent.coursedir
        day = next((day for day in load_course(find_course()).days if day.id == folders.assignment_id), None)
        if day is None:
            return
        for module in Path(extracted_path).rglob(day.module):
            add_notebook(module.parent, folders, day.id)
        for module in Path(extracted_path).glob(f"*_{day.module}"):
            notebook = module.with_name(module.name.removesuffix(day.module) + day.notebook)
            released = Path(folders.format_path(folders.release_directory, ".", day.id)) / day.notebook
            if not notebook.exists() and released.is_file():
                shutil.copy(released, notebook)


class Collector(FileNameCollectorPlugin):
    """`nbgrader zip_collect`, its second half: whose a file is.

    `ada/day10.ipynb` (a folder a student, or `ada.zip`) and `ada_day10.ipynb`; files of other names are passed over.
    With `FileNameCollectorPlugin.named_regexp` set, nbgrader's own rule holds.
    """

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        if self.named_regexp:
            return super().collect(submitted_file)
        path, folders = Path(submitted_file), self.parent.coursedir
        day = next((day for day in load_course(find_course()).days if day.id == folders.assignment_id), None)
        for name in (day.notebook, day.module, "timestamp.txt") if day else ():
            if path.name == name:
                return {"student_id": _owner(path), "file_id": name}
            found = re.fullmatch(rf"(.+)_{re.escape(name)}", path.name)
            if found:
                return {"student_id": found[1], "file_id": name}
        self.log.info("Passed over %s: no file of %s", path, folders.assignment_id)
        return None


def _owner(path: Path) -> str:
    """The student's folder: the topmost one below what was extracted."""
    parts = path.parts
    return parts[len(parts) - parts[::-1].index("extracted")] if "extracted" in parts else path.parent.name
