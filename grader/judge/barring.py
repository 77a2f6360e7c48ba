"""What a task rules out, seen while student code runs: torch's functions and operators, optimizers, loops.

It runs beside student code, which may undo it: the source scan in `grader.checks.shortcuts` and the judge's own view of
values stand beside it. The worker loads it: the standard library, torch and `sim` only.
"""

from __future__ import annotations

import contextlib
import fnmatch
import functools
import re
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import torch
from torch.optim.optimizer import register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from . import sim

OPERATORS = ("aten", "prim", "prims", "profiler")  # torch's own; below one of the submission's nothing is seen
ROUNDS = 24  # a line is run for each row of an input where it is run more often; one of a long expression, a few times


class ForbiddenCall(Exception):
    """Student code called something that its task rules out."""


@functools.cache
def _any_of(patterns: tuple[str, ...]) -> Callable[[str], Any]:
    return re.compile("|".join(map(fnmatch.translate, patterns))).match


class Watch:
    """Names that a task rules out, as shell patterns such as `*_loss` or `torch.nn.*`, and the first one called."""

    def __init__(self, patterns: list[str]) -> None:
        self.matches = _any_of(tuple(patterns))
        self.called: str | None = None

    def saw(self, name: str) -> None:
        if self.matches(name):
            self.bar(name)

    def bar(self, name: str) -> NoReturn:
        self.called = self.called or name
        raise ForbiddenCall(name)


class _Functions(TorchFunctionMode):
    """Sees each call of a public torch function or tensor method, in any spelling."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch = watch

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        # an attribute that is only read computes nothing, and nn.Module.to() reads `grad`: its name is "__get__" here
        name = getattr(func, "__name__", "")
        self.watch.saw(name)
        self.watch.saw(f"{getattr(func, '__module__', '')}.{name}")
        return func(*args, **(kwargs or {}))


class _Operators(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees each operator below the functions: `torch.ops`, `torch._C._nn` and whatever else leads there."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # skipping would import torch._dynamo at the first operator, a second or more

    def __init__(self, watch: Watch) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.watch = watch

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        space, _, name = func._schema.name.rpartition("::")
        if space not in OPERATORS:
            self.watch.bar(f"torch.ops.{space}.{name}")
        self.watch.saw(name.strip("_"))
        if torch._C._current_graph_task_id() >= 0:  # autograd's engine, however it was started
            self.watch.saw("backward")
        return func(*args, **(kwargs or {}))


@contextlib.contextmanager
def _optimizers(watch: Watch) -> Iterator[None]:
    """Sees each step of one of torch's optimizers, where `torch.optim` is ruled out."""
    if not watch.matches("optim"):
        yield
        return
    hook = register_optimizer_step_pre_hook(lambda used, *_: watch.bar(f"torch.optim.{type(used).__name__}"))
    try:
        yield
    finally:
        hook.remove()


class _Rounds:
    """Where loops are ruled out: sees a line or a function of the submission that is run again and again.

    A trace function. Recursion, a function that sorting or `apply_` calls for each element, and a loop in a text that
    is executed count like any other; what C does of itself does not.
    """

    def __init__(self, watch: Watch, file: str) -> None:
        self.watch, self.places = watch, (file, "<string>", "<unknown>") if file else ("<string>", "<unknown>")
        self.counted: Counter[tuple[types.CodeType, int]] = Counter()

    def __call__(self, frame: types.FrameType, event: str, arg: Any) -> _Rounds | None:
        if not frame.f_code.co_filename.startswith(self.places):
            return None
        if event == "line":
            place = frame.f_code, frame.f_lineno
            self.counted[place] += 1
            if self.counted[place] > ROUNDS:
                self.watch.bar("a loop")
        return self


@contextlib.contextmanager
def _rounds(watch: Watch, file: str) -> Iterator[None]:
    if not watch.matches("loops") or sys.gettrace() is not None:  # a debugger of the student's goes first
        yield
        return
    sys.settrace(_Rounds(watch, file))
    try:
        yield
    finally:
        sys.settrace(None)


@contextlib.contextmanager
def forbid(patterns: list[str], device: torch.device = sim.CPU, file: str = "") -> Iterator[None]:
    """Raises `ForbiddenCall` where a torch function of such a name is called inside, also if student code caught it.

    `optim` stands for a step of torch's optimizers, `loops` for a line of the submission `file` that is run over and
    over.
    """
    if not patterns:
        yield
        return
    watch = Watch(patterns)
    # sim tells its operators itself: with a dispatch mode around it, torch cannot make a tensor of a list there
    operators = sim.telling(watch.saw) if device.type == sim.NAME else _Operators(watch)
    with _Functions(watch), operators, _optimizers(watch), _rounds(watch, file):
        yield
    if watch.called:
        raise ForbiddenCall(watch.called)
