"""Importing what is heavy: torch makes half a million objects that stay, and the collector need not look at each of
them time and again. That takes a third off its import, and later collections pass those objects over.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def heavy_imports() -> Iterator[None]:
    """No garbage collection inside; what was imported is left alone by it from then on."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
