"""A batch whose parts are killed ends with the gradebook of an undisturbed one. `tools/faults.py` does it at length."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import MINI
from tools.faults import KINDS, Batch, Local, disturbed, find


def test_killed_parts_lose_and_double_nothing(students: Callable[..., Path], tmp_path: Path) -> None:
    batch = Batch(MINI, "day01", students(24))
    assert disturbed(batch, tmp_path / "calm.db", Local(), random.Random(0), 0) == []
    killed = disturbed(batch, tmp_path / "disturbed.db", Local(), random.Random(1), 3)
    assert len(killed) == 3
    expected = batch.rows(tmp_path / "calm.db")
    assert len(expected) == 48
    assert batch.rows(tmp_path / "disturbed.db") == expected


def test_what_is_to_be_killed_is_found(students: Callable[..., Path], tmp_path: Path) -> None:
    process = Batch(MINI, "day01", students(40)).start(tmp_path / "descent.db", Local())
    wanted, deadline = set(KINDS), time.monotonic() + 60
    try:
        while wanted and time.monotonic() < deadline:
            wanted -= {kind for kind in wanted if find(process.pid, kind, Local(), random.Random(0)) is not None}
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    assert not wanted
