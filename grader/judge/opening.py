"""Opens a launcher, also before torch is imported here: a zygote needs as long for that as we do, so both go at once."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal

from .launch import Launcher, PlainLauncher, supported

AnyLauncher = Launcher | PlainLauncher
Wish = Literal["best", "full", "none"]


def open_launcher(isolation: Wish, preload: frozenset[str]) -> AnyLauncher:
    """The launcher for this wish: `best` falls back to plain processes where no zygote can run.

    Raises `IsolationError` where `full` cannot be had.
    """
    if isolation == "none" or (isolation == "best" and supported()):
        return PlainLauncher(why=supported()) if supported() else PlainLauncher()
    return Launcher(isolation=isolation, preload=preload)


def open_early(isolation: Wish, preload: frozenset[str]) -> Future[AnyLauncher]:
    """The same in the background; the caller imports torch meanwhile."""
    with_one_thread = ThreadPoolExecutor(1)
    future = with_one_thread.submit(open_launcher, isolation, preload)
    with_one_thread.shutdown(wait=False)
    return future
