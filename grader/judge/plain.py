"""A worker without walls, in a fresh process of its own: for systems that have none.

What is left: the verdict is still made in another process, the environment is rebuilt, and the limits on resources that
this system knows are set.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any


def main(control: socket.socket, config: dict[str, Any], modules: Callable[[], list[ModuleType]]) -> None:
    os.chdir(config["scratch"])
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), config["scratch"]))
    worker = modules()[-1]
    limit(config["limits"])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
    control.sendall(b"up")
    control.close()
    code, connection = 0, socket.socket(fileno=config["connection"])
    try:
        worker.serve(connection, scratch=config["scratch"])
    except BaseException:
        traceback.print_exc()
        code = 1
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    os._exit(code)


def limit(values: dict[str, int]) -> None:
    """The rlimits that this system knows, by name."""
    try:
        import resource
    except ImportError:
        return
    for name, value in values.items():
        with contextlib.suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (value, value))
