"""Probe source that days 14 and 21 share: classifiers are trained and asked here; only data go back.

`from ..classifier_probe import …` in a day's probes.py is written out in the text that goes to the worker.
Imports torch only.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


def as_images(pixels: Tensor) -> Tensor:
    """(N, 28, 28) uint8 as float32 in [0, 1], (N, 1, 28, 28)."""
    return pixels.unsqueeze(1).float() / 255


def relative(images: Tensor) -> Tensor:
    """Images, (N, 784), relative to their own mean and spread; negatives where that is no image's, as after / 255.

    To a network that sees images like this, who standardises them in `train` and `predict` alike is as right as who
    never does.
    """
    centred = images - images.mean(dim=1, keepdim=True)
    spread = centred.square().mean(dim=1, keepdim=True).sqrt()
    return centred / torch.where((spread > 0.1) & (spread < 10), spread, -spread)


class Masked(nn.Module):
    """Images without the pixels where `mask`, (28, 28), is 0: nothing behind it can know them."""

    def __init__(self, mask: Tensor) -> None:
        super().__init__()
        self.register_buffer("mask", mask)
        self.mask: Tensor

    def forward(self, images: Tensor) -> Tensor:
        return images * self.mask


def fresh(code: Any, build: str, images: Tensor) -> dict[str, bool | int]:
    """What is true of new models of `build`, in eval mode, whatever weights they draw.

    `alike`: images get the same outputs alone as together; `steady`: and twice the same.
    `foreign`: it computes with weights that are not among its parameters; `brought`: with how many values in all.
    `bounded`: the outputs stay in [0, 1] with any weights; `sums`: and add up to 1. No check asks for it: by it a
    softmax is told from a sigmoid where a slip is looked for.
    `shared`: a second model has weights of the first. `kept`: the images are what they were.
    """
    first, second = (getattr(code, build)().to(code.device).eval() for _ in range(2))
    moved = images.to(code.device, copy=True)
    with torch.no_grad():
        together = first(moved)  # lazy layers have weights now
        alone = torch.cat([first(image) for image in torch.split(moved, 1)])
        close = 1e-3 * max(1.0, float(together.abs().max()))
        told: dict[str, bool | int] = {"alike": bool(((alone - together).abs() <= close).all())}
        told["foreign"] = strangers(first, moved) > 0
        told["brought"] = operations_of(first, moved)[1]
        told["steady"] = bool(((first(moved) - together).abs() <= close).all())
        kept = [each.clone() for each in first.parameters()]
        told["bounded"] = all(_in_unit(first, moved) for _ in range(4))
        told["sums"] = bool(((first(moved).sum(dim=1) - 1).abs() < 1e-3).all())
        for each in first.parameters():
            each.fill_(torch.nan)
        told["shared"] = bool(second(moved).isnan().any())
        told["kept"] = bool((moved == images.to(code.device)).all())
        for each, values in zip(first.parameters(), kept, strict=True):
            each.copy_(values)
    return told


def _in_unit(model: nn.Module, images: Tensor) -> bool:
    """Whether the outputs are in [0, 1] with weights drawn so wide that logits are not."""
    for each in model.parameters():
        each.normal_()
    outputs = model(images)
    return bool(((outputs >= 0) & (outputs <= 1)).all())


def given_model(mask: Tensor) -> nn.Module:
    """A network of ours to train. It ends in a log-softmax, so that cross-entropy and nll_loss both fit."""
    layers = [nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10), nn.LogSoftmax(dim=1)]
    return nn.Sequential(Masked(mask), nn.Flatten(), *layers)


def trained(
    code: Any, pixels: Tensor, labels: Tensor, mask: Tensor, noise: Tensor, seed: int, starts: list[int]
) -> dict[str, Any]:
    """The given model after `train`, once for each of `starts`, which the global generator then holds.

    `logits` of the images trained on, from each; `changed`, the last one's logits of the first images with `noise`
    where the mask is; `images` and `labels` as `train` left them.
    """
    torch.manual_seed(seed)
    fresh, images, own = given_model(mask), as_images(pixels), labels.clone()
    answers = []
    for start in starts:
        torch.manual_seed(start)
        model = code.train(copy.deepcopy(fresh), images, own, code.device, seed)
        if not isinstance(model, nn.Module):
            return {"kind": type(model).__name__}
        answers.append(logits_of(model, as_images(pixels), code.device))
    other = torch.where(mask > 0, as_images(pixels[: len(noise)]), noise.unsqueeze(1))
    changed = logits_of(model, other, code.device)
    return {"logits": answers, "changed": changed, "images": images[:50], "labels": own}


def learnt(
    code: Any, build: str, pixels: Tensor, labels: Tensor, held_out: Tensor, some: Tensor, seed: int
) -> dict[str, Any]:
    """A model of `build` trained on these images and labels, and the classes, (N,) int64, that it reads in others.

    `told` as `predict` says, which may prepare the images as `train` did; `again`, the same of the images `some` alone;
    `read` from the model's own logits, so that a slip in `predict` costs the points of `predict` alone. `sizes` are the
    numbers of values in the trained model's parameters, in its buffers, and in all that it brings to compute with;
    `operations` are what it computes. Instead of all this the `kind` of what `train` returned, where that is no model.
    """
    model = code.train(getattr(code, build)(), as_images(pixels), labels, code.device, seed)
    if not isinstance(model, nn.Module):
        return {"kind": type(model).__name__}
    images = as_images(held_out)
    read = logits_of(model, images, code.device).argmax(dim=1)
    operations, brought = operations_of(model, images[:2].to(code.device))
    sizes = [sum(each.numel() for each in group) for group in (model.parameters(), model.buffers())]
    try:
        told, again = (code.predict(model, part, code.device) for part in (images, images[some]))
    except Exception:
        told = again = None
    return {"told": told, "again": again, "read": read, "sizes": [*sizes, brought], "operations": operations}


def trainable(model: nn.Module) -> list[bool]:
    """Whether gradients are on, and whether every parameter asks for one."""
    return [torch.is_grad_enabled(), all(each.requires_grad for each in model.parameters())]


def logits_of(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    """The model's answers in eval mode, on the CPU."""
    model.to(device).eval()
    with torch.no_grad():
        return torch.cat([model(part.to(device)).cpu() for part in torch.split(images, 1000)])


class _Operations(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Notes each operation, however the code spells it, and the tensors that no operation before has made."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # skipping would import torch._dynamo, a second or more

    def __init__(self, given: Tensor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.names: set[str] = set()
        self.brought: list[Tensor] = []
        self.known = {id(given): given}  # kept, so that no other tensor gets its id

    def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.names.add(function.overloadpacket.__name__)
        self.brought += self._new((args, kwargs))
        result = function(*args, **(kwargs or {}))
        self._new(result)
        return result

    def _new(self, tree: Any) -> list[Tensor]:
        found = {id(leaf): leaf for leaf in tree_leaves(tree) if isinstance(leaf, Tensor)}
        fresh = [leaf for key, leaf in found.items() if key not in self.known]
        self.known |= found
        return fresh


def strangers(model: nn.Module, images: Tensor) -> int:
    """How many values want a gradient in these images' logits and belong to no parameter: layers in a plain list."""
    own = {id(each) for each in model.parameters()}
    with torch.no_grad(), _Operations(images) as noted:
        model(images)
    return sum(each.numel() for each in noted.brought if each.requires_grad and id(each) not in own)


def operations_of(model: nn.Module, images: Tensor) -> tuple[list[str], int]:
    """The operations that the model computes these images' logits with, and how many values it brings for that.

    Those are its parameters and buffers, and whatever it keeps elsewhere: images in an attribute, layers in a list.
    """
    with torch.no_grad(), _Operations(images) as noted:
        model(images)
    return sorted(noted.names), sum(each.numel() for each in noted.brought)
