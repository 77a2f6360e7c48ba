"""Looks for forbidden shortcuts in a hostile text, each in a throwaway process: such a text can hurt only that.

Starting Python for each would cost as much as the grading of a small day does. So one clean process is kept, which
reads no text itself: it forks one child a request, under limits, and passes on what that answers
(`checks/shortcuts/serve.py`). When it dies or is late it is replaced.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import threading
from typing import Any

from grader.checks.shortcuts.serve import COMMAND
from grader.model.course import Day
from grader.model.submission import Submission
from grader.model.verdict import Finding, Verdict

from .findings import forbidden

SCAN_SECONDS = 20
ANSWER_BYTES = 1 << 20
UNREADABLE = Finding(Verdict.ERROR, "The file's text is nested too deeply, or too long, to be read.")


class Scanner:
    """The kept process, started at the first request. A context manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Scanner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(self, day: Day, submission: Submission) -> dict[str, Finding]:
        """Each task's forbidden shortcut. A text that cannot be scanned says so for every task with a rule."""
        rules = {t.id: {"symbols": list(t.symbols), "forbidden": list(t.forbidden)} for t in day.graded if t.forbidden}
        if not rules:
            return {}
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            found = json.loads(self._ask({"cells": list(submission.cells), "rules": rules}))
            return {task: forbidden(name, cell, line) for task, (name, cell, line) in found.items()}
        return dict.fromkeys(rules, UNREADABLE)

    def close(self) -> None:
        """Ends the process and whatever it forked."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        process.wait()

    def _ask(self, request: dict[str, Any]) -> bytes:
        """The answer's line; empty where there was none in time."""
        line = json.dumps(request).encode() + b"\n"
        for _ in range(2):  # the kept process may have been ended from outside: that is not the text's doing
            process = self._living()
            try:
                assert process.stdin is not None
                process.stdin.write(line)
                process.stdin.flush()
                answer = self._read(process)
            except OSError:
                answer = b""
            if answer.endswith(b"\n"):
                return answer
            self.close()
        return b""

    def _living(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={},
                start_new_session=True,
            )  # fmt: skip
        return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None
        late = threading.Timer(SCAN_SECONDS, _kill, [process])  # which ends the line that is waited for
        late.start()
        try:
            return process.stdout.readline(ANSWER_BYTES)
        finally:
            late.cancel()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
