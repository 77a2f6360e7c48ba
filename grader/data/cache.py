"""Unpacked data files in a folder of the user's, shared by every process of theirs."""

import mmap
import os
import sys
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

from grader.data.bundle import RAW, Bundled, unpack

VARIABLE = "DESCENT_CACHE_DIR"
"""Names the environment variable that moves the cache elsewhere."""

# What a file looked like when it was last found good, so that a process reads each file once.
_good: dict[Path, tuple[int, int, int]] = {}


def cache_root() -> Path | None:
    """The folder that holds `MNIST/raw`; None where the user has no home to keep one in."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen).absolute()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        folder = Path(base).expanduser()
    except RuntimeError:  # no home folder
        return None
    return folder / "descent" / "data" if folder.is_absolute() else None


def cached(file: Bundled) -> Path:
    """The path of a good unpacked copy, made if there is none.

    Raises:
        DataError: the bundled file is missing or damaged, and there is no good copy.
        OSError: the copy cannot be written.
    """
    root = cache_root()
    if root is None:
        raise FileNotFoundError(f"no home folder for a cache; set {VARIABLE}")
    path = root / RAW / file.name
    if not _is_good(path, file):
        _write(path, unpack(file))
    return path


def _is_good(path: Path, file: Bundled) -> bool:
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            seen = (status.st_ino, status.st_size, status.st_mtime_ns)
            if status.st_size != file.size:
                return False
            if _good.get(path) == seen:
                return True
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
                if zlib.crc32(view) != file.crc32:
                    return False
    except OSError:
        return False
    _good[path] = seen
    return True


def _write(path: Path, data: bytes) -> None:
    """Write under another name, then rename: no process ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(unfinished).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise
