"""Opens a launcher before torch is imported here: a zygote needs as long for that as we do, so both go at once."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal

from .launch import Launcher, PlainLauncher, open_launcher

AnyLauncher = Launcher | PlainLauncher
Wish = Literal["best", "full", "none"]


def device_named(wish: str) -> str:
    """What `--device` comes to on this machine. Raises `DeviceError`. That there is a CPU is known without torch."""
    if wish == "cpu":
        return wish
    from .device import pick_device

    return str(pick_device(wish))


def open_early(isolation: Wish, preload: frozenset[str], device: str = "cpu") -> Future[AnyLauncher]:
    """`open_launcher` in the background; the caller imports torch meanwhile."""
    with_one_thread = ThreadPoolExecutor(1)
    future = with_one_thread.submit(_open, isolation, preload, device)
    with_one_thread.shutdown(wait=False)
    return future


def _open(isolation: Wish, preload: frozenset[str], device: str) -> AnyLauncher:
    if device == "auto":
        device = device_named(device).partition(":")[0]
    return open_launcher(isolation, preload, device)
