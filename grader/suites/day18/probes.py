"""Runs beside student code: optimizers built on fresh parameters, and where their steps lead. Imports torch only."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from sys import getprofile, setprofile  # by name: what student code puts in their place comes later
from types import FrameType
from typing import Any

import torch
from torch import Tensor, nn


def follow(
    code: Any, name: str, start: list[Tensor], gradients: list[list[Tensor | None]], lr: float, options: dict[str, Any]
) -> dict[str, Any]:
    """Sets each step's gradients and steps; where a step has none ([]), the last ones are left as they are.

    `path` is each parameter after each step, (steps, *shape); `borrowed`, whether code of torch.optim ran.
    """
    params = [p.to(code.device).clone().requires_grad_() for p in start]

    def run() -> list[Tensor]:
        optimizer = getattr(code, name)((p for p in params), lr, **options)
        return _path(params, [lambda given=given: _step(code, optimizer, params, given) for given in gradients])

    return _watched(run)


def _watched(run: Callable[[], Any]) -> dict[str, Any]:
    """What `run` gives, and whether a function of torch.optim was entered meanwhile, under whatever name."""
    borrowed = False

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal borrowed
        place = frame.f_code.co_filename.replace("\\", "/")
        borrowed |= event == "call" and "/torch/optim/" in place and frame.f_code.co_name != "<module>"

    before = getprofile()
    setprofile(note)
    try:
        path = run()
        borrowed |= getprofile() is not note  # taken away meanwhile: nothing that an optimizer has to do
    finally:
        setprofile(before)
    return {"path": path, "borrowed": borrowed}


def _step(code: Any, optimizer: Any, params: list[Tensor], gradients: list[Tensor | None]) -> None:
    for p, gradient in zip(params, gradients, strict=bool(gradients)):
        p.grad = None if gradient is None else gradient.to(code.device).clone()
    optimizer.step()


def _path(params: list[Tensor], steps: list[Any]) -> list[Tensor]:
    seen = []
    for step in steps:
        step()
        seen.append([p.detach().clone() for p in params])
    return [torch.stack(values) for values in zip(*seen, strict=True)]


def follow_with_decay(
    code: Any,
    name: str,
    start: list[Tensor],
    gradients: list[list[Tensor | None]],
    lr: float,
    options: dict[str, Any],
    decay: float,
) -> dict[str, Any]:
    """As `follow`, with `weight_decay` where the class has such an argument. `decayed` says whether it has."""
    decayed = "weight_decay" in inspect.signature(getattr(code, name)).parameters
    options = {**options, "weight_decay": decay} if decayed else options
    return {"decayed": decayed, **follow(code, name, start, gradients, lr, options)}


def train(
    code: Any, name: str, groups: list[dict[str, list[Tensor]]], steps: int, lr: float, options: dict[str, Any]
) -> list[list[Tensor]]:
    """Trains two models in turn, an optimizer each: `zero_grad`, `backward`, `step`.

    A model's loss is the sum of weight · (p − target)² / 2; parameters beyond the targets take no part in it.
    """
    runs: list[Any] = []
    for group in groups:
        params = [nn.Parameter(p.to(code.device).clone()) for p in group["start"]]
        targets = [
            (t.to(code.device), w.to(code.device)) for t, w in zip(group["target"], group["weight"], strict=True)
        ]
        runs.append((params, targets, getattr(code, name)(iter(params), lr, **options), []))
    for _ in range(steps):
        for params, targets, optimizer, seen in runs:
            optimizer.zero_grad()
            torch.autograd.backward(_loss(params, targets))
            optimizer.step()
            seen.append([p.detach().clone() for p in params])
    return [[torch.stack(values) for values in zip(*seen, strict=True)] for *_, seen in runs]


def _loss(params: list[Any], targets: list[tuple[Tensor, Tensor]]) -> Tensor:
    pairs = zip(params, targets, strict=False)
    return torch.stack([(w * (p - t) ** 2).sum() / 2 for p, (t, w) in pairs]).sum()


def curves_at_rest(code: Any, names: list[str], seed: int) -> Any:
    """What `compare_optimizers` says while these classes take no step, None where it then ends in an error."""
    classes = [getattr(code, name) for name in names]
    before = [vars(each).get("step") for each in classes]
    for each in classes:
        each.step = lambda self, *_: None
    try:
        return code.compare_optimizers(seed)
    except Exception:
        return None
    finally:
        for each, step in zip(classes, before, strict=True):
            if step is None:
                del each.step
            else:
                each.step = step


def clip(code: Any, gradients: list[Tensor | None], max_norm: float) -> dict[str, Any]:
    """What `clip_gradients` returns, and the gradients that it leaves."""
    params = []
    for gradient in gradients:
        p = torch.zeros(3) if gradient is None else torch.empty_like(gradient).zero_()
        p = p.to(code.device).requires_grad_()
        p.grad = None if gradient is None else gradient.to(code.device).clone()
        params.append(p)
    norm = code.clip_gradients((p for p in params), max_norm)
    return {"norm": norm, "gradients": [p.grad for p in params]}


def values(code: Any, name: str, cases: list[tuple[Any, ...]]) -> list[Any]:
    """The function's value in each case."""
    return [getattr(code, name)(*case) for case in cases]
