"""What days 14 and 21 refuse of a trained model, whatever it reads."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from grader.checks.draw import Draw
from grader.checks.held_out import strokes
from grader.model.errors import CheckFailed
from grader.suites.classifiers import held_out

LIMIT = 10_000


class Beside:
    """A student whose functions run right here."""

    device = torch.device("cpu")

    def __init__(self, model: nn.Module, predict: Callable[..., Any] | None = None) -> None:
        def told(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
            return model.eval()(images).argmax(dim=1)

        train = lambda model, images, labels, device, seed: model  # noqa: E731 - what came along is what comes back
        self.code = SimpleNamespace(
            device=self.device, build=lambda: model, train=train, predict=predict or told
        )  # fmt: skip

    def probe(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        return function(self.code, *args, **kwargs)

    def call(self, symbol: str, /, *args: Any, **kwargs: Any) -> Any:
        return getattr(self.code, symbol)(*args, **kwargs)


def linear(*before: nn.Module) -> nn.Sequential:
    return nn.Sequential(*before, nn.Flatten(), nn.Linear(784, 10))


def read(model: nn.Module, predict: Callable[..., Any] | None = None) -> tuple[Tensor, Tensor]:
    """What `held_out` makes of a model that comes back untrained, and the right classes."""
    data = strokes(Draw("a seed", "glyphs"), 20, 300)
    seen = held_out(Beside(model, predict), Draw("a seed"), "build", data, LIMIT, {"convolution"})
    return seen, data.test_labels


def test_an_ordinary_model_is_read_by_its_logits() -> None:
    model = linear()
    data = strokes(Draw("a seed", "glyphs"), 20, 300)
    classes = model(data.test_images[:, None].float() / 255).argmax(dim=1)
    assert torch.equal(read(model)[0], classes)


class Stored(nn.Module):
    """Keeps images as nearest neighbours do."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(784, 10))
        self.register_buffer("kept", torch.zeros(20, 784))

    def forward(self, images: Tensor) -> Tensor:
        return images.flatten(1) @ self.weight


@pytest.mark.parametrize(
    "model, words",
    [
        (nn.Sequential(nn.Flatten(), nn.Linear(784, 20), nn.Linear(20, 10)), "too many parameters"),
        (Stored(), "too many values in buffers"),
        (linear(nn.Conv2d(1, 1, 3, padding=1)), "has a convolution"),
    ],
    ids=["parameters", "buffers", "convolution"],
)
def test_a_model_beyond_the_limits_is_refused_after_the_training_too(model: nn.Module, words: str) -> None:
    with pytest.raises(CheckFailed, match=words):
        read(model)


def test_a_prediction_that_depends_on_the_other_images_does_not_count() -> None:
    _, labels = read(linear())

    def by_place(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
        return labels[: len(images)] if len(images) == len(labels) else labels[: len(images)].flip(0)

    seen, _ = read(linear(), by_place)
    assert not torch.equal(seen, labels)


def test_a_prediction_that_prepares_its_images_counts() -> None:
    data = strokes(Draw("a seed", "glyphs"), 20, 300)
    known = {
        image.numpy().tobytes(): int(label) for image, label in zip(data.test_images, data.test_labels, strict=True)
    }

    def better_prepared(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
        pixels = (images[:, 0] * 255).round().to(torch.uint8)
        return torch.tensor([known[image.numpy().tobytes()] for image in pixels])

    seen, labels = read(linear(), better_prepared)
    assert torch.equal(seen, labels)


class Hidden(nn.Module):
    """A model whose weights are no parameters: layers in a list of Python's own."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layers = [nn.Linear(784, width), nn.Linear(width, 10)]
        self.bias = nn.Parameter(torch.zeros(10))

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.layers[1](self.layers[0](images.flatten(1))) + self.bias
        return logits


class Neighbours(nn.Module):
    """A model that keeps images, and answers with the class of the nearest."""

    def __init__(self) -> None:
        super().__init__()
        data = strokes(Draw("a seed", "glyphs"), 20, 300)
        self.images, self.labels = data.test_images.flatten(1).float(), data.test_labels

    def forward(self, images: Tensor) -> Tensor:
        nearest = torch.cdist(images.flatten(1), self.images).argmin(dim=1)
        return nn.functional.one_hot(self.labels[nearest], 10).float()


@pytest.mark.parametrize("model", [Hidden(40), Neighbours()], ids=["a list of layers", "kept images"])
def test_what_a_model_keeps_beside_its_parameters_counts(model: nn.Module) -> None:
    with pytest.raises(CheckFailed, match="too many values that it computes with"):
        read(model)


def test_a_training_that_returns_nothing_is_told_so() -> None:
    with pytest.raises(CheckFailed, match="train should return the trained model"):
        read(None)  # type: ignore[arg-type]
