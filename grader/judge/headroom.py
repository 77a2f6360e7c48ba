"""How much memory a judge may take to look at what came back.

Frames are bounded, and so is each tensor in them; what a check makes of two of them is not. A column and a row of a
megabyte each broadcast to a hundred gigabytes, and a judge that is ended for them costs everybody else their place.
With an end to the address space, such an operation is an ordinary error, and the check trips over the reply (`doubt`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

HEADROOM = 3 << 30
STATM = Path("/proc/self/statm")


@contextlib.contextmanager
def headroom(more: int = HEADROOM) -> Iterator[None]:
    """Inside, this process may take so many bytes more than it has. Without effect where the system has no such limit.

    Processes that are started inside inherit it and may put it back (`boot.py`).
    """
    if not STATM.exists():
        yield
        return
    import resource

    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    has = int(STATM.read_text().split()[0]) * resource.getpagesize()
    limits = [limit for limit in (has + more, before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))
