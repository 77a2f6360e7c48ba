"""Runs beside student code: gradients, networks that are built and trained here. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..classifier_probe import fresh as fresh
from ..classifier_probe import learnt as learnt
from ..classifier_probe import relative, trainable
from ..classifier_probe import trained as trained


def gradients(code: Any, name: str, tensors: list[Tensor], numbers: list[int], weight: Tensor) -> Any:
    """The gradients of the sum of `name(*tensors, *numbers)` times `weight`; None where none flows."""
    leaves = [tensor.to(code.device).requires_grad_() for tensor in tensors]
    result = getattr(code, name)(*leaves, *numbers)
    if not isinstance(result, Tensor) or not result.requires_grad:
        return [None] * len(leaves)
    total = (result * weight.to(code.device)).sum()
    return list(torch.autograd.grad(total, leaves, allow_unused=True))


def new_cnn(code: Any, counts: list[int]) -> Any:
    """What a new network makes of images, and the shapes of its parameters."""
    model = code.build_cnn()
    if not isinstance(model, nn.Module):
        return type(model).__name__
    model.to(code.device).eval()
    with torch.no_grad():
        outputs = [model(torch.rand(count, 1, 28, 28).to(code.device)) for count in counts]
    return {
        "shapes": [list(output.shape) for output in outputs],
        "dtype": str(outputs[0].dtype),
        "finite": all(bool(output.isfinite().all()) for output in outputs),
        "parameters": [list(parameter.shape) for parameter in model.parameters()],
    }


class Moody(nn.Module):
    """A network whose three parts each answer differently in train and in eval mode."""

    def __init__(self, weight: Tensor, first: tuple[Tensor, Tensor], last: tuple[Tensor, Tensor]) -> None:
        super().__init__()
        self.first = _normalisation(*first)
        self.linear = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
        self.linear.weight.data = weight
        self.last = _normalisation(*last)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.last(self.linear(self.first(relative(x.flatten(1)))))
        return F.normalize(logits, dim=1) if self.training else logits


def _normalisation(mean: Tensor, var: Tensor) -> nn.Module:
    layer = nn.BatchNorm1d(len(mean), affine=False)
    layer.running_mean, layer.running_var = mean.clone(), var.clone()
    return layer


def predicted(code: Any, parts: list[Any], modes: list[bool], images: Tensor, later: Tensor) -> Any:
    """The student's predictions, and what the same network says later in the modes that it was left in."""
    model = Moody(parts[0], tuple(parts[1]), tuple(parts[2]))
    for part, mode in zip((model, model.first, model.last), modes, strict=True):
        part.training = mode
    classes = code.predict(model, images, code.device)
    able = trainable(model)
    place = str(classes.device.type) if isinstance(classes, Tensor) else ""
    model.to(code.device)
    with torch.no_grad():
        after = model(later.to(code.device))
    return {"classes": classes, "place": place, "later": after, "images": images, "trainable": able}
