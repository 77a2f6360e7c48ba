"""The list beside a released day: which bytes its files had, so that an edited one is told from an untouched one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

NAME = ".released"


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def released_list(files: Mapping[str, bytes]) -> bytes:
    """The list of these files, in the form of `sha256sum`."""
    return "".join(f"{digest(content)}  {name}\n" for name, content in files.items()).encode()


def read_released(folder: Path) -> dict[str, str]:
    """File name to digest, from the list in `folder`; empty where there is none that can be read."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: value for value, _, name in (line.partition("  ") for line in lines) if name}
