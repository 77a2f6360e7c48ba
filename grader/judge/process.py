"""What a session knows of a worker, and how a clean process is started for one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from grader.model.errors import GraderFault

from . import visible

HERE = Path(__file__).parent
# as a script, boot.py would be known to its process by an absolute path
BOOT = "exec(compile(open('boot.py', encoding='utf-8').read(), 'boot.py', 'exec'))"
SERVE = {name: HERE / f"{name}.py" for name in ("wire", "sim", "barring", "home", "worker")}

# The whole environment. One thread for each numeric library: a zygote must have a single one when it forks.
ENVIRONMENT = {
    "HOME": "/tmp", "TMPDIR": "/tmp", "MPLCONFIGDIR": "/tmp", "USER": "student", "LANG": "C.UTF-8",  # noqa: S108
    "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMEXPR_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "", "TORCH_DEVICE_BACKEND_AUTOLOAD": "0", "MPLBACKEND": "Agg",
}  # fmt: skip


# What a driver of a GPU reads, where one was asked for.
OF_A_GPU = ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "NVIDIA_VISIBLE_DEVICES", "LD_LIBRARY_PATH")


def environment(gpu: bool) -> dict[str, str]:
    """A clean process's environment: without a GPU, unless one was asked for."""
    if not gpu:
        return ENVIRONMENT
    own = {name: os.environ[name] for name in OF_A_GPU if name in os.environ}
    return {name: value for name, value in ENVIRONMENT.items() if name not in OF_A_GPU} | own


class LaunchError(GraderFault):
    """No worker could be started: the grader's fault or the machine's, never the submission's."""


@dataclass(frozen=True)
class Limits:
    """What one worker, with all that it starts, may use. Memory is counted on top of what its zygote shares with it."""

    memory_bytes: int = 2 << 30
    cpu_seconds: int = 600
    processes: int = 64
    open_files: int = 256
    scratch_bytes: int = 256 << 20
    file_bytes: int = 256 << 20


@dataclass(frozen=True)
class Ended:
    """How a worker ended: with an exit code, by a signal (SIGXCPU: its processor time), or over its memory.

    `lost` says that its zygote died under it, which is never the submission's doing; `killed`, that it got a SIGKILL
    which neither we nor anything inside its walls can have sent: the machine's, short of memory, or a person's.
    """

    kind: Literal["exit", "signal", "out_of_memory", "lost", "killed"]
    code: int

    @classmethod
    def of(cls, status: int, cpu_seconds: float, limits: Limits) -> Ended:
        """From a wait status. The first process of a pid namespace cannot get SIGXCPU: the kernel kills it."""
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGKILL and cpu_seconds >= limits.cpu_seconds - 0.5:
            return cls("signal", signal.SIGXCPU)
        return cls("exit", code) if code >= 0 else cls("signal", -code)


class WorkerProcess(Protocol):
    """A process that runs `worker.serve`, from outside."""

    @property
    def socket(self) -> socket.socket:
        """The connected stream to `serve`."""

    @property
    def output(self) -> int:
        """The read end of its stdout and stderr, non-blocking; -1 once it was killed."""

    def cpu_seconds(self) -> float:
        """Processor time of the whole tree, as seen from outside."""

    def peak_memory(self) -> int | None:
        """The most memory that the whole tree had at once, in bytes, where that is known."""

    def ended(self, seconds: float = 0.0) -> Ended | None:
        """How it ended, or None where it still lives after that long."""

    def kill(self) -> Ended:
        """Ends the whole tree and lets go of all that belongs to it. May be called again."""


def spawn(
    config: Mapping[str, Any],
    serve: Mapping[str, Path],
    kind: socket.SocketKind,
    pass_fds: Sequence[int] = (),
    **io: Any,
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A clean interpreter running `boot.py`, told `config`; and our end of its control socket.

    `-I -S`: no environment, no site folder and so no `.pth` file, not even that of an editable install of ours.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    told = {**config, "path": visible.search_path(), "serve": {name: str(path) for name, path in serve.items()}}
    with theirs:
        command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", BOOT, str(theirs.fileno())]
        try:
            process = subprocess.Popen(
                command, cwd=HERE, env=environment(config.get("gpu", False)), stdin=subprocess.DEVNULL,
                start_new_session=True, pass_fds=(theirs.fileno(), *pass_fds), **io,
            )  # fmt: skip
        except OSError as problem:
            ours.close()
            raise LaunchError(f"no process for submissions: {problem}; may this user run {sys.executable}?") from None
    ours.sendall(json.dumps(told).encode() + b"\n")
    return process, ours
