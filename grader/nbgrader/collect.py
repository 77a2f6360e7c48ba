"""Ways into `submitted/`: a student who hands in the module alone gets the released notebook beside it.

nbgrader passes over a submission without a registered notebook; an untouched one stands in, and the module is graded.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc

from grader.batch.layouts import HandIn, find_submissions
from grader.gradebook.entry import Person
from grader.judge.intake import declared_files
from grader.judge.intake.listing import shown
from grader.model.course import Day
from grader.model.manifest import find_course, load_course
from grader.model.submission import SubmissionError

STAMP_BYTES = 200


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


def make_usable(folder: Path) -> list[str]:
    """Takes out of a submission what nbgrader stops at, or waits for: pipes and devices, a time stamp that is no time.

    Returns the names. A link is passed over: whoever reads a file here follows none, but for the time stamp.
    """
    stamp = folder / "timestamp.txt"
    bad = [path for path in folder.rglob("*") if not (path.is_symlink() or path.is_file() or path.is_dir())]
    if os.path.lexists(stamp) and stamp not in bad and not _is_time(stamp):
        bad.append(stamp)
    for path in bad:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return sorted(path.relative_to(folder).as_posix() for path in bad)


def _is_time(stamp: Path) -> bool:
    if stamp.is_symlink() or not stamp.is_file() or stamp.stat().st_size > STAMP_BYTES:
        return False
    try:
        text = stamp.read_text(encoding="utf-8").strip()
        return not text or isinstance(parse_utc(text), datetime)
    except Exception:  # whatever a parser of dates says of such a text
        return False


class Collect(ExchangeCollect):
    """`nbgrader collect`. Students own what lies in the exchange: no link in it is followed, and none ends the run.

    A link would be read with the instructor's rights, and could name the solution.
    """

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        plain = partial(shutil.copy2, follow_symlinks=False)
        with tempfile.TemporaryDirectory(prefix="descent-collect-") as folder:
            copy = Path(folder) / "copy"
            try:
                shutil.copytree(src, copy, symlinks=True, copy_function=plain)
                for link in [path for path in copy.rglob("*") if path.is_symlink()]:
                    self.log.error("%s is a link and is left out: %s", link.relative_to(copy), src)
                    link.unlink()
                for name in make_usable(copy):
                    self.log.error("%s cannot be used and is left out: %s", shown(name), src)
                super().do_copy(str(copy), dest, log)
            except (OSError, RuntimeError) as error:  # too large, or not to be read
                self.log.error("%s is not collected: %s", src, error)

    def copy_files(self) -> None:
        super().copy_files()
        folders = self.coursedir
        for record in self.src_records:
            path = folders.format_path(folders.submitted_directory, record["username"], folders.assignment_id)
            add_notebook(Path(path), folders, folders.assignment_id)


class Extractor(ExtractorPlugin):
    """`nbgrader zip_collect`, its first half: of each entry, the day's two files and nothing else.

    Whose an entry is, its name tells, as the usual systems write it, with the help of the gradebook's students.
    Archives are read under intake's limits. With `FileNameCollectorPlugin.named_regexp` set, nbgrader's own way holds.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        folders = self.parent.coursedir
        day = next((day for day in load_course(find_course()).days if day.id == folders.assignment_id), None)
        if day is None or self.parent.collector_plugin_inst.named_regexp:
            super().extract(archive_path, extracted_path)
            return
        with Gradebook(folders.db_url, folders.course_id) as gradebook:
            people = [_person(student) for student in gradebook.students]
        for found in find_submissions(Path(archive_path), people):
            try:
                owner, files = _files(found, day)
            except SubmissionError as error:
                self.log.warning("%s is left out: %s", found.source, error)
                continue
            place = Path(extracted_path) / owner
            place.mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                (place / name).write_bytes(data)
            add_notebook(place, folders, day.id)


class Collector(FileNameCollectorPlugin):
    """`nbgrader zip_collect`, its second half: the folders that `Extractor` made, one a student."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        if self.named_regexp:
            return super().collect(submitted_file)
        path = Path(submitted_file)
        return {"student_id": path.parent.name, "file_id": path.name}


def _files(found: HandIn, day: Day) -> tuple[str, dict[str, bytes]]:
    """Whose an entry is, and the day's files in it. `ada_losses.py` is Ada's, beside what systems write."""
    files: dict[str, bytes] = {}
    owner = found.person.key
    for name, path in found.paths.items():
        own = re.fullmatch(rf"(.+)_({re.escape(day.module)}|{re.escape(day.notebook)})", name)
        if own and len(found.paths) == 1 and found.label == Path(name).stem:
            owner, name = own[1], own[2]
        taken = declared_files(path, day.module, day.notebook)
        declared = name in (day.module, day.notebook)
        files |= dict.fromkeys([name], *taken.values()) if declared else taken
    return owner, files


def _person(student: Any) -> Person:
    name = " ".join(filter(None, (student.first_name, student.last_name)))
    return Person(student.id, name, student.email or "", {"lms": student.lms_user_id or ""}, on_roster=True)
