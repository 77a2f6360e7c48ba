"""What works where students write their code and would not in a worker: a kernel's names, windows, a compiler.

The worker loads it: the standard library and torch only.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import re
import site
import sys
import types
from collections.abc import Iterator
from typing import Any

import torch


class _Nothing:
    """What there is of a part of IPython: called, it does nothing, and all that is in it is as empty."""

    def __call__(self, *_: Any, **__: Any) -> None:
        return None

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __getattr__(self, name: str) -> _Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _Quiet(types.ModuleType):
    """IPython where there is none: every name of it is there, and has nothing in it."""

    def __getattr__(self, name: str) -> _Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing()


def kernel_names() -> dict[str, Any]:
    """What a kernel gives each notebook unasked, and a script saved from one asks for. `IPython` can be imported."""
    if "IPython" not in sys.modules and importlib.util.find_spec("IPython") is None:
        shell, display = _Quiet("IPython"), _Quiet("IPython.display")
        vars(shell).update(display=display, version_info=(9, 0, 0))  # matplotlib asks for the version
        sys.modules.update({"IPython": shell, "IPython.display": display})
    return {"display": print, "get_ipython": lambda: _Quiet("shell")}


class _NoScreen(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """matplotlib's backends that want a screen, as `matplotlib.use("TkAgg")` names one: each draws into memory."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if re.match(r"matplotlib\.backends\.backend_(?:tk|qt|gtk|wx|web|nb|macosx)", name):
            return importlib.machinery.ModuleSpec(name, self)
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        agg = vars(importlib.import_module("matplotlib.backends.backend_agg"))
        vars(module).update({name: value for name, value in agg.items() if not name.startswith("__")})


def _as_it_is(model: Any = None, **_: Any) -> Any:
    """`torch.compile` where there is no compiler."""
    return model if model is not None else lambda model: model


def furnish() -> None:
    """Makes this process such a place."""
    site.sethelper()  # a Python without its site has neither help() nor exit()
    site.setquit()
    sys.breakpointhook = lambda *_, **__: None  # nobody is there to go on
    sys.meta_path.insert(0, _NoScreen())
    torch.compile = _as_it_is
    torch.set_num_interop_threads = lambda nthreads: None  # it may be called once, and was: before the fork
