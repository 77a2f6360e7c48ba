"""Runs beside student code: models are built, trained and asked here; only numbers go back. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..classifier_probe import fresh as fresh
from ..classifier_probe import learnt as learnt
from ..classifier_probe import operations_of, relative, trainable
from ..classifier_probe import trained as trained

State = dict[str, Tensor]


def built(code: Any, images: Tensor) -> dict[str, Any]:
    """A fresh model: the shapes of its parameters, the size of its buffers, its operations, and its logits."""
    model = code.build_model().to(code.device)
    model.eval()
    moved = images.to(code.device)
    together = model(moved)  # lazy layers have no shapes before this
    return {
        "shapes": [tuple(each.shape) for each in model.parameters()],
        "buffers": sum(each.numel() for each in model.buffers()),
        "operations": operations_of(model, moved)[0],
        "together": together,
    }


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
        x = relative(images.flatten(1))
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
    """`predict` or `accuracy` of a model of known weights; what the model does with `others` afterwards; the inputs."""
    model = Moody(state).to(code.device)
    set_modes(model, modes)
    arguments = (images, code.device) if name == "predict" else (images, labels, code.device)
    told = getattr(code, name)(model, *arguments)
    able = trainable(model)
    where = told.device.type if isinstance(told, Tensor) else ""
    left = afterwards(model.to(code.device), others.to(code.device))
    return {"told": told, "where": where, "after": left, "images": images, "labels": labels, "trainable": able}
