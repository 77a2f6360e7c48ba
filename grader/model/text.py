"""Hostile text made safe to store and to show."""

from __future__ import annotations

import re
from typing import Any

# what terminals and browsers obey: control characters but tab and line feed, directions, line separators, surrogates
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
MESSAGE = 600


def clean(text: Any, limit: int = MESSAGE) -> str:
    """A hostile text made safe to store and print: one type, encodable, no control or direction characters, bounded."""
    safe = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text if isinstance(text, str) else "")
    return safe if len(safe) <= limit else safe[:limit] + "…"
