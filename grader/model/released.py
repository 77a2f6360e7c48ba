"""The list beside a released day: digests of its files, so that an edited one is told from an untouched one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

NAME = ".released"


def released_list(digests: Mapping[str, str]) -> bytes:
    """The list of these `{file name: digest}`, in the form of `sha256sum`."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


def read_released(folder: Path) -> dict[str, str]:
    """File name to digest, from the list in `folder`; empty where there is none that can be read."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}
