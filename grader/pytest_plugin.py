"""`pytest assignments/day12`: the entry point that every pytest run loads, so it stays small.

It only recognises a day's file; everything else is imported when the first one is collected.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.desk import Desk

DESK: pytest.StashKey[Desk] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("grader", "Descent assignments")
    group.addoption("--device", default="cpu", help="where checks run: cpu (default), auto, cuda, mps, or sim")
    group.addoption("--seed", default=None, help="draw other inputs than the usual ones")
    group.addoption("--isolation", default="none", choices=("none", "best", "full"),
                    help="none: your code runs in this process, so that --pdb and prints work (default)")  # fmt: skip
    group.addoption("--day", default=None, help="the day that the given file answers, if its folder does not say")
    group.addoption("--course", default=None, help="the course.yaml to check against")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "task(id): the manifest's task that a check belongs to")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    day = parent.config.getoption("--day") or file_path.parent.name
    if file_path.suffix not in (".py", ".ipynb") or not _may_be_a_day(file_path, parent.config):
        return None
    from grader.heavy import heavy_imports
    from grader.model.errors import DescentError

    with heavy_imports():
        from grader.desk import Desk

    config = parent.config
    try:
        if DESK not in config.stash:
            config.stash[DESK] = Desk.of(config, file_path)
        return config.stash[DESK].collect(file_path, parent, day)
    except DescentError as error:
        raise parent.CollectError(str(error)) from None  # pytest prints the sentence, not a traceback


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """pytest takes any .py file that is named for a test module, and would import a student's file a second time."""
    if DESK in parent.config.stash and parent.config.stash[DESK].has(module_path):
        from grader.judge.suite import NoTests

        return NoTests.from_parent(parent, path=module_path)
    return None


def _may_be_a_day(path: Path, config: pytest.Config) -> bool:
    """Whether it is worth asking the manifest: `dayNN/some_module.py`, or any file with --day."""
    return bool(config.getoption("--day")) or (not path.name.startswith("test_") and path.name != "conftest.py"
                                               and any(part.isdigit() for part in path.parent.name))  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    report = yield
    if DESK in item.config.stash:
        item.config.stash[DESK].report(item, call, report)
    return report


def pytest_report_teststatus(report: Any) -> Any:
    told = getattr(report, "descent", None)
    if told is None or not report.failed:
        return None
    words = told["words"]
    if told["verdict"] == "not_implemented":
        return words, "-", (words.upper(), {"yellow": True})
    if told["again"]:  # one explanation a task is enough: pytest prints a section only for "failed"
        return "failed again", "f", (words.upper(), {"red": True})
    return "failed", "F", (words.upper(), {"red": True})


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    reports = [r for found in terminalreporter.stats.values() for r in found if hasattr(r, "descent")]
    if reports:
        from grader.desk import summarise

        summarise(terminalreporter, reports, config.stash.get(DESK, None))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if DESK in session.config.stash and session.config.stash[DESK].faulty:
        from grader.desk import EXIT_GRADER_FAULT

        session.exitstatus = EXIT_GRADER_FAULT
