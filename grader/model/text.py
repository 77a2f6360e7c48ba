"""Hostile text made safe to store and to show."""

from __future__ import annotations

import re
from typing import Any

# what terminals, browsers and parsers obey: control characters but tab and line feed, directions, line separators,
# surrogates, and what XML cannot hold
_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
MESSAGE = 600


def plain(text: str) -> str:
    """The text with a replacement character for each one that would do something."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)


def bounded(text: str, limit: int) -> str:
    """At most `limit` characters, an ellipsis for what is left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clean(text: Any, limit: int = MESSAGE) -> str:
    """A hostile text made safe to store and print: one type, encodable, no control or direction characters, bounded."""
    safe = plain(text if isinstance(text, str) else "")
    return safe if len(safe) <= limit else safe[:limit] + "…"
