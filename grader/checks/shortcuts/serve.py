"""The throwaway process: it reads lines of JSON from standard input and answers in JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from .find import find_shortcuts

# of ours it finds the modules of `checks` alone, and asks for none but this package
START = "import sys; sys.path.append(sys.argv[1]); from shortcuts.serve import main; main()"
COMMAND = (sys.executable, "-I", "-S", "-c", START, str(Path(__file__).parents[1]))
ANSWER_BYTES = 1 << 20


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the caller's timeout is the only bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


def main() -> None:
    """Serves requests until its input ends, each a line of JSON, answered by a line of JSON, empty where it failed.

    Where there is `fork`, this process parses nothing: a child does, and ends.
    """
    for line in sys.stdin.buffer:
        if not hasattr(os, "fork"):  # Windows: whoever asks starts another
            _limit()
        answer = _apart(line) if hasattr(os, "fork") else _answer(line)
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
        if not hasattr(os, "fork"):
            return


def _answer(line: bytes) -> bytes:
    request: dict[str, Any] = json.loads(line)
    found = find_shortcuts(request["cells"], request["rules"])
    return json.dumps({task: [each.name, each.cell, each.line] for task, each in found.items()}).encode()


def _apart(line: bytes) -> bytes:
    """`_answer` in a child under limits."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            _limit()
            os.close(ours)
            with os.fdopen(theirs, "wb") as stream:
                stream.write(_answer(line))
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        answer = stream.read(ANSWER_BYTES)
    return answer if os.waitpid(child, 0)[1] == 0 and b"\n" not in answer else b""
