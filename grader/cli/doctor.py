"""What this machine gives: versions, devices, data, and the walls of a grading."""

from __future__ import annotations

import platform

import torch
from rich.console import Console
from rich.text import Text

import grader
from grader.data import DataError, mnist
from grader.judge.device import devices_here
from grader.judge.isolation import LAYERS, advice, probe


def examine() -> int:
    """Prints it all; 0 where a grading here is walled in full, else 1."""
    console = Console(highlight=False)

    def row(name: str, told: str, good: bool = True) -> None:
        line = Text(f"  {'✓' if good else '✗'} {name:<12} ", style="green" if good else "yellow")
        console.print(line + Text(told, style=""), soft_wrap=True)

    console.print(f"grader {grader.__version__}, Python {platform.python_version()}, torch {torch.__version__}")
    row("devices", ", ".join(devices_here()))
    try:
        row("data", f"MNIST, {len(mnist('train')[1])} and {len(mnist('test')[1])} images")
        sound = True
    except DataError as error:
        row("data", str(error), False)
        sound = False
    isolation = probe()
    console.print(f"walls of a grading: {isolation.level}")
    for layer in isolation.layers:
        told = LAYERS[layer.name][1] + (f" ({layer.why})" if layer.why else "")
        row(layer.name, told if layer.on else f"off. {advice(layer)}", layer.on)
    return 0 if sound and isolation.level == "full" else 1
