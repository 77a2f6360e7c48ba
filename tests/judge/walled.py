"""What the tests of the walls share: a launcher for `echo_worker.py`, and a worker that runs what it is sent."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pytest

from grader.judge import process
from grader.judge.isolation import Isolation
from grader.judge.launch import Launcher, Limits, WorkerProcess, supported

REPO = Path(__file__).parents[2]
ECHO = {"worker": Path(__file__).parent / "echo_worker.py"}
ECHO_WITH_TORCH = {"wire": process.SERVE["wire"], **ECHO}
needs_linux = pytest.mark.skipif(bool(supported()), reason=supported())
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or "DESCENT_INNER" in os.environ,
    reason="needs root, once, to become another",
)
MIB = 1 << 20


def need_all_walls(isolation: Isolation) -> None:
    """Skips where this machine does not give full isolation; in CI that is a failure."""
    if isolation.level != "full":
        missing = ", ".join(f"{layer.name} ({layer.why})" for layer in isolation.missing)
        (pytest.fail if "CI" in os.environ else pytest.skip)(f"this machine does not give all walls: {missing}")


def launcher(
    without: Mapping[str, str] | None = None, isolation: Literal["best", "full", "none"] = "best", torch: bool = False
) -> Launcher:
    """A launcher of echo workers; without torch it is there in a quarter of a second."""
    return Launcher(serve=ECHO_WITH_TORCH if torch else ECHO, without=without, isolation=isolation)


class Inside:
    """A worker, and a way to run Python in it."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.worker = worker
        worker.socket.settimeout(60)
        self.stream = worker.socket.makefile("rw", encoding="utf-8")

    def __enter__(self) -> Inside:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()
        self.worker.kill()

    def tell(self, source: str) -> None:
        self.stream.write(json.dumps(source) + "\n")
        self.stream.flush()

    def ask(self, source: str) -> dict[str, Any]:
        """The worker's whole answer: `{"result": ...}` or `{"error": type, "text": message}`."""
        self.tell(source)
        answer: dict[str, Any] = json.loads(self.stream.readline())
        return answer

    def get(self, source: str) -> Any:
        """What `source` calls `result`; its error fails the test."""
        answer = self.ask(source)
        assert "error" not in answer, answer["trace"]
        return answer["result"]

    def error(self, source: str) -> str:
        """The type of the error that `source` must end with."""
        answer = self.ask(source)
        assert "error" in answer, answer
        return str(answer["error"])


def inside(launcher: Launcher, **limits: int) -> Inside:
    return Inside(launcher.start(Limits(**limits)))


def end_of(worker: WorkerProcess, seconds: float = 30) -> process.Ended:
    """How a worker ended, once its socket says that it did."""
    poll = select.poll()
    poll.register(worker.socket, select.POLLIN)
    assert poll.poll(seconds * 1000), "the worker still lives"
    return worker.kill()


def wait_until(condition: Any, seconds: float = 10) -> bool:
    """For what the kernel does a moment later."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def as_ordinary_user(*arguments: str) -> None:
    """Runs pytest with these arguments as `nobody`; fails with what it printed."""
    script = Path(__file__).parent / "as_ordinary_user.py"
    command = [sys.executable, str(script), sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    own = {name: value for name, value in os.environ.items() if name != "TORCHINDUCTOR_CACHE_DIR"}  # a folder of root's
    environment = {**own, "DESCENT_INNER": "1", "PYTHONPATH": str(REPO), "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(command, cwd=REPO, env=environment, stdout=out, stderr=out, timeout=600, check=False)
        out.seek(0)
        assert done.returncode == 0, out.read().decode()[-8000:]
