"""Runs beside student code: stopping, saving, loading and drawing. Imports torch and the standard library only."""

from __future__ import annotations

import copy
import os
import pickle
import tempfile
from os import stat  # by name: what student code puts in its place comes later
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from ..axes_probe import plot_data


def stops(code: Any, cases: list[dict[str, Any]]) -> list[list[Any]]:
    """What each update of an `EarlyStopping` of its own says, in each case."""
    seen = []
    for case in cases:
        model = nn.Linear(2, 1).to(code.device)
        stopper = code.EarlyStopping(*case["arguments"])
        seen.append([stopper.update(loss, model) for loss in case["losses"]])
    return seen


def net() -> nn.Sequential:
    """A model with buffers as well as parameters, in float64."""
    return nn.Sequential(nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 1)).double()


def overwrite(model: nn.Module, state: dict[str, Tensor]) -> None:
    """Changes every parameter and buffer in place, as training does."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            value.copy_(state[name])


def restored(
    code: Any, losses: list[float], states: list[dict[str, Tensor]], later: list[dict[str, Tensor]]
) -> dict[str, Any]:
    """What `restore` brings back, each time after the model went on to one of the later states.

    `moved` are the numbers of the updates that changed the model, though it was not time to stop.
    """
    model = net().to(code.device)
    stopper = code.EarlyStopping(len(losses))
    moved, seen = [], []
    for number, (loss, state) in enumerate(zip(losses, states, strict=True), 1):
        overwrite(model, state)
        stopper.update(loss, model)
        if any(not torch.equal(value, state[name].to(value.device)) for name, value in model.state_dict().items()):
            moved.append(number)
    for state in later:
        overwrite(model, state)
        stopper.restore(model)
        seen.append({name: value.detach().clone() for name, value in model.state_dict().items()})
    return {"restored": seen, "moved": moved}


def modes(code: Any, losses: list[float]) -> list[list[bool]]:
    """Which parts of the model are in train mode after each update; before it all were, or, every other time, none."""
    model = net().to(code.device)
    stopper = code.EarlyStopping(len(losses))
    seen = []
    for number, loss in enumerate(losses):
        model.train(number % 2 == 0)
        stopper.update(loss, model)
        seen.append([part.training for part in model.modules()])
    return seen


class Training:
    """One model and its optimizer on batches given; the learning rate falls once, before the checkpoint."""

    def __init__(self, code: Any, run: dict[str, Any], state: dict[str, Tensor]) -> None:
        self.model, self.run, self.device = net().to(code.device), run, code.device
        overwrite(self.model, state)
        self.optimizer: Any = getattr(torch.optim, run["optimizer"])(self.model.parameters(), **run["options"])

    def steps(self, first: int, last: int) -> list[Tensor]:
        """Every number of the model, after each step."""
        seen = []
        for step in range(first, last):
            if step == self.run["slower_from"]:
                for group in self.optimizer.param_groups:
                    group["lr"] *= 0.5
            self.optimizer.zero_grad()
            x, y = (self.run[name][step].to(self.device) for name in ("x", "y"))
            torch.autograd.backward(((self.model(x) - y) ** 2).mean())
            self.optimizer.step()
            seen.append(torch.cat([value.detach().double().reshape(-1) for value in self.model.state_dict().values()]))
        return seen


def resumed(code: Any, run: dict[str, Any], epoch: int, as_path: bool) -> dict[str, Any]:
    """A run without interruption, and three that a checkpoint interrupts; the steps after it, (steps, numbers).

    `whole` never meets the student's code; `saver` saves and goes on; `fresh` is a new model that loads; `again` is
    the saver, which loads after it has gone on. The file's folder moves in between, and another checkpoint is saved, so
    that it counts what is in the file.
    """
    middle, end = run["middle"], len(run["x"])
    whole, saver, fresh = (Training(code, run, run[name]) for name in ("start", "start", "other"))
    seen: dict[str, Any] = {"whole": torch.stack([*whole.steps(0, middle), *whole.steps(middle, end)])}
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        before.mkdir()
        saver.steps(0, middle)
        code.save_checkpoint(_path(before, as_path), saver.model, saver.optimizer, epoch)
        code.save_checkpoint(_path(Path(folder), as_path), fresh.model, fresh.optimizer, epoch + 1)
        seen["saver"] = torch.stack(saver.steps(middle, end))
        before.rename(after)
        epochs = []
        for name, training in (("fresh", fresh), ("again", saver)):
            epochs.append(code.load_checkpoint(_path(after, as_path), training.model, training.optimizer))
            training.model.train()  # loading may leave it in either mode; saving leaves it as it was
            seen[name] = torch.stack(training.steps(middle, end))
    return {**seen, "epochs": epochs}


def _path(folder: Path, as_path: bool) -> Any:
    return folder / "run.pt" if as_path else str(folder / "run.pt")


class Payload:
    """Whoever unpickles it makes a folder: code that a file brought along."""

    def __init__(self, marker: str) -> None:
        self.marker = marker

    def __reduce__(self) -> Any:
        return os.mkdir, (self.marker,)


def runs_code(code: Any, form: str) -> bool:
    """Whether `load_checkpoint` runs code that a checkpoint holds. It may refuse the file in any way it likes."""
    with tempfile.TemporaryDirectory() as folder:
        path, marker = os.path.join(folder, "run.pt"), os.path.join(folder, "marker")  # noqa: PTH118 - plain strings
        payload = Payload(marker)
        if form == "torch":
            torch.save({"model": payload, "optimizer": payload, "epoch": 1}, path)
        else:
            Path(path).write_bytes(pickle.dumps(payload, protocol=2))
        model = net().to(code.device)
        try:
            code.load_checkpoint(path, model, torch.optim.SGD(model.parameters(), lr=0.1))
        except NotImplementedError:
            raise
        except Exception:
            pass
        return _exists(marker)


def _exists(path: str) -> bool:
    try:
        stat(path)  # noqa: PTH116 - a Path's method can be replaced
    except FileNotFoundError:
        return False
    return True


def words(code: Any, cases: list[tuple[list[float], list[float]]]) -> dict[str, Any]:
    """What `diagnose` says of each pair of curves, and whether it leaves the curves as they are."""
    before = copy.deepcopy(cases)  # the same floats in lists of their own: a NaN equals itself there
    return {"words": [code.diagnose(*case) for case in cases], "left": cases == before}


def history(code: Any, train_losses: list[float], val_losses: list[float]) -> dict[str, Any]:
    """What `plot_history` leaves on the Axes."""
    return plot_data(code.plot_history, train_losses, val_losses)
