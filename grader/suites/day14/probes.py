"""Runs beside student code: models are built, trained and asked here; only numbers go back. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

State = dict[str, Tensor]


def as_images(pixels: Tensor) -> Tensor:
    """(N, 28, 28) uint8 as float32 in [0, 1], (N, 1, 28, 28)."""
    return pixels.unsqueeze(1).float() / 255


def built(code: Any, images: Tensor) -> dict[str, Any]:
    """A fresh model: its parameters' shapes, its parts, and its logits of these images, together and one by one."""
    model = code.build_model().to(code.device)
    model.eval()
    moved = images.to(code.device)
    return {
        "shapes": [tuple(each.shape) for each in model.parameters()],
        "parts": [type(part).__name__ for part in model.modules()],
        "together": model(moved),
        "alone": [model(image) for image in torch.split(moved, 1)],
    }


def trained(code: Any, pixels: Tensor, labels: Tensor, seed: int, start: int, other: int) -> Tensor:
    """A model of ours, built from the global seed `start`, after training: its logits of the images trained on.

    It ends in a log-softmax, so that cross-entropy and nll_loss both fit. The global generator then stands at `other`,
    since what it holds is not the student's to rely on.
    """
    torch.manual_seed(start)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10), nn.LogSoftmax(dim=1))
    torch.manual_seed(other)
    return _logits(code.train(model, as_images(pixels), labels, code.device, seed), pixels, code.device)


def learnt(code: Any, pixels: Tensor, labels: Tensor, held_out: Tensor, seed: int) -> dict[str, Any]:
    """The classes, (N,) int64, that a model trained on these images and labels reads in the held-out ones.

    Once as `predict` tells them, which may prepare the images as `train` did, and once from the model's own logits,
    so that a slip in `predict` costs the points of `predict` alone.
    """
    model = code.train(code.build_model(), as_images(pixels), labels, code.device, seed)
    try:
        told = code.predict(model, as_images(held_out), code.device)
    except Exception:
        told = None
    return {"told": told, "read": _logits(model, held_out, code.device).argmax(dim=1)}


def _logits(model: nn.Module, pixels: Tensor, device: torch.device) -> Tensor:
    model.to(device).eval()
    with torch.no_grad():
        return torch.cat([model(as_images(part).to(device)).cpu() for part in torch.split(pixels, 1000)])


class Moody(nn.Module):
    """A classifier whose logits show the mode of each of its parts."""

    def __init__(self, state: State) -> None:
        super().__init__()
        hidden = len(state["first.bias"])
        self.first, self.last = nn.Linear(784, hidden), nn.Linear(hidden, 10)
        self.norm, self.frozen = nn.BatchNorm1d(hidden), nn.BatchNorm1d(hidden)
        self.dropped, self.drop = nn.Linear(784, 10), nn.Dropout(1.0)
        self.to(state["first.weight"].dtype).load_state_dict(state)

    def forward(self, images: Tensor) -> Tensor:
        x = images.flatten(1)
        logits: Tensor = self.last(self.frozen(F.relu(self.norm(self.first(x))))) + self.drop(self.dropped(x))
        return logits.flip(1) if self.training else logits


def set_modes(model: nn.Module, modes: dict[str, bool]) -> None:
    """Puts single parts into train or eval mode; the part '' is the whole, without its parts."""
    for name, part in model.named_modules():
        part.training = modes[name]


def afterwards(model: nn.Module, images: Tensor) -> dict[str, Tensor]:
    """One more forward pass in the mode that the model stands in: its logits, and the statistics that it leaves."""
    with torch.no_grad():
        logits = model(images)
    return {"logits": logits, **{name: each.clone() for name, each in model.state_dict().items()}}


def asked(
    code: Any, name: str, state: State, modes: dict[str, bool], images: Tensor, labels: Tensor, others: Tensor
) -> dict[str, Any]:
    """`predict` or `accuracy` of a model of known weights, and what the model afterwards does with `others`."""
    model = Moody(state).to(code.device)
    set_modes(model, modes)
    arguments = (images, code.device) if name == "predict" else (images, labels, code.device)
    told = getattr(code, name)(model, *arguments)
    where = told.device.type if isinstance(told, Tensor) else ""
    left = afterwards(model.to(code.device), others.to(code.device))
    return {"told": told, "where": where, "after": left}
