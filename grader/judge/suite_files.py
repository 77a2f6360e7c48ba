"""A day's suite as it lies on the disk. Nothing of it is imported: to know a suite's digest takes no torch."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.model.course import Course, Day
from grader.model.errors import CourseError

from .probe_source import written_out


@dataclass(frozen=True)
class SuiteFiles:
    """Where one day's suite lies, and what of it travels: its digest, and the probes that a worker gets."""

    course: Course
    day: Day

    @property
    def package(self) -> str:
        return f"{self.course.suites}.{self.day.id}"

    @cached_property
    def folder(self) -> Path:
        """The folder of the day's suite; the course's own folder is made importable where it has to be."""
        root = str(self.course.root)
        if not self.course.suites.startswith("grader.") and root not in sys.path:
            sys.path.insert(0, root)
        try:
            spec = importlib.util.find_spec(self.package)
        except ImportError:
            spec = None
        if spec is None or not spec.origin:
            raise CourseError(
                f"{self.package}: there is no such suite package for {self.day.id}; `suites:` names its parent"
            )
        return Path(spec.origin).parent

    def file(self, stem: str) -> Path:
        """One of the suite's modules. Raises `CourseError` where it is missing."""
        path = self.folder / f"{stem}.py"
        if not path.is_file():
            raise CourseError(f"{path} is missing: every day's suite has one")
        return path

    @cached_property
    def probes_source(self) -> str:
        """The one text that reaches the worker: the day's probes, with each shared probe file that they import in it.

        `from ..axes_probe import plot_data` in probes.py stands for that file's own statements.
        """
        return written_out(self.file("probes").read_text(encoding="utf-8"), f"{self.package}.probes")

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the suite's files and the day's part of the manifest, less what does not touch a verdict."""
        total = hashlib.sha256(self.day.model_dump_json(exclude={"due", "late"}).encode())
        for file in sorted(self.folder.glob("*.py")):
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        total.update(self.probes_source.encode())
        return total.hexdigest()
