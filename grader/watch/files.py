"""The student's file on disk, looked at often: what an editor does to it shows in its time, size and inode."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from grader.model.course import Day

Stamp = tuple[tuple[int, int, int] | None, ...]


class Work:
    """What is watched: a folder that holds the day's module or notebook or both, or one file."""

    def __init__(self, path: Path, day: Day) -> None:
        self.path, self.day = path, day
        self.files = [path / day.module, path / day.notebook] if path.is_dir() else [path]

    def stamp(self) -> Stamp:
        """Something that differs after every save, whether the editor writes in place or renames a new file over it."""
        return tuple(map(_stamp, self.files))

    def there(self) -> bool:
        """Whether there is anything to check."""
        return any(self.stamp())

    def saved(self) -> float:
        """When it was last saved, in seconds since the epoch."""
        return max((found[0] / 1e9 for found in self.stamp() if found is not None), default=0.0)

    def latest(self) -> Literal["module", "notebook"]:
        """Which face of the day was saved last: the one that counts where both were edited."""
        times = [found[0] if found else 0 for found in map(_stamp, self.files)]
        newest = self.files[times.index(max(times))]
        return "notebook" if newest.suffix == ".ipynb" else "module"


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None  # deleted, or between the two steps of a rename
    return status.st_mtime_ns, status.st_size, status.st_ino
