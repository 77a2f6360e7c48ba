"""Files that are written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .errors import CourseError


def write(path: Path, content: str | bytes) -> None:
    """Writes by rename, so that a full disk or a kill leaves the old file or the new one, never half of one.

    Text is written as UTF-8, and the folder is made where it is missing. Raises `CourseError` that names the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise CourseError(f"{path}: cannot be written: {error.strerror}") from None


def write_changed(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Brings these files of a folder up to date, each as `write` does; returns those that were not as given."""
    changed = []
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write(path, content)
            changed.append(path)
    return changed
