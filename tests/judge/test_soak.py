"""Fifty gradings in a row leave nothing behind; `tools/soak.py 500` is the long form."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .walled import needs_linux

ROOT = Path(__file__).parents[2]
pytestmark = needs_linux


def test_fifty_gradings_leave_no_descriptor_process_mount_or_cgroup() -> None:
    command = [sys.executable, str(ROOT / "tools" / "soak.py"), "50"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "50 gradings" in done.stdout
