"""Day 14: a digit classifier, judged on images whose labels stay here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from grader.checks.close import check_close, check_equal, check_finite, check_tensor
from grader.checks.draw import Draw
from grader.model.course import Task
from grader.model.errors import CheckFailed
from grader.model.exhibit import Exhibit
from grader.model.student import Student

from ..classifiers import check_count, check_fresh, check_result, check_trainable, check_training, check_untouched
from . import probes

PARAMETERS = 250_000
CONVOLUTIONS = {
    "convolution", "_convolution", "convolution_overrideable", "conv1d", "conv2d", "conv3d", "im2col", "unfold",
    "mkldnn_convolution", "slow_conv2d_forward", "_slow_conv2d_forward", "conv_depthwise3d", "cudnn_convolution",
    "_conv_depthwise2d", "conv_transpose2d", "thnn_conv2d", "miopen_convolution", "_nnpack_spatial_convolution",
}  # fmt: skip
PARTS = ["", "first", "last", "norm", "frozen", "dropped", "drop"]
MODES = {
    "all train": dict.fromkeys(PARTS, True),
    "all eval": dict.fromkeys(PARTS, False),
    "a frozen part": dict.fromkeys(PARTS, True) | {"frozen": False},
}


@pytest.mark.task("build_model")
@pytest.mark.parametrize("count", [1, 5])
def test_model(student: Student, draw: Draw, count: int) -> None:
    images = draw.uniform(0, 1, count, 1, 28, 28)
    seen = student.probe(probes.built, images)
    logits = check_tensor(seen["together"], shape=(count, 10), dtype=torch.float32, name="the model's output")
    check_finite(logits, name="the model's output")
    check_count(sum(torch.Size(shape).numel() for shape in seen["shapes"]), PARAMETERS)
    if seen["buffers"] > PARAMETERS:
        raise CheckFailed(
            "the model has too many values in buffers", expected=f"at most {PARAMETERS:,}", seen=f"{seen['buffers']:,}"
        )
    if CONVOLUTIONS & {str(name) for name in seen["operations"]}:
        raise CheckFailed("the model has a convolution", expected="a feed-forward network")


@pytest.mark.task("build_model")
def test_model_of_its_own(student: Student, draw: Draw) -> None:
    check_fresh(student, draw, "build_model", PARAMETERS)


@pytest.mark.task("train")
def test_training(student: Student, draw: Draw) -> None:
    check_training(student, draw)


def known_state(draw: Draw) -> probes.State:
    """Weights of a small `probes.Moody`, with statistics of other data."""
    hidden = 8
    state = {
        "first.weight": draw.normal(hidden, 784, std=0.05),
        "first.bias": draw.normal(hidden),
        "last.weight": draw.normal(10, hidden),
        "last.bias": draw.normal(10),
        "dropped.weight": draw.normal(10, 784, std=0.1),
        "dropped.bias": draw.normal(10),
    }
    for part in ("norm", "frozen"):
        state |= {
            f"{part}.weight": draw.uniform(0.5, 1.5, hidden),
            f"{part}.bias": draw.normal(hidden),
            f"{part}.running_mean": draw.normal(hidden),
            f"{part}.running_var": draw.uniform(0.5, 2, hidden),
            f"{part}.num_batches_tracked": torch.tensor(draw.integer(1, 50)),
        }
    return state


def oracle(state: probes.State) -> probes.Moody:
    """The same model in float64."""
    return probes.Moody({name: x.double() if x.is_floating_point() else x for name, x in state.items()})


def clear_cut(draw: Draw, state: probes.State, count: int) -> tuple[Tensor, Tensor]:
    """Images whose best class is ahead by more than rounding, and those classes."""
    images = draw.uniform(0, 1, count + count // 8 + 8, 1, 28, 28)
    with torch.no_grad():
        logits = oracle(state).eval()(images.double())
    best = logits.topk(2, dim=1)
    clear = (best.values[:, 0] - best.values[:, 1] > 1e-3).nonzero().flatten()[:count]
    return images[clear], best.indices[clear, 0]


def check_left(seen: Any, state: probes.State, modes: dict[str, bool], images: Tensor) -> None:
    """The model afterwards is one that was never asked: same modes, same statistics."""
    model = oracle(state)
    probes.set_modes(model, modes)
    for name, tensor in probes.afterwards(model, images.double()).items():
        if tensor.is_floating_point():
            scale = max(1.0, float(tensor.abs().max()))
            label = f"the model's {name.replace('logits', 'answer')} in the mode that it was left in"
            check_close(seen[name], tensor, terms=784, scale=scale, name=label)


@pytest.mark.task("predict")
@pytest.mark.parametrize("modes", MODES)
@pytest.mark.parametrize("count", [1, 37, 1037])
def test_predict(student: Student, draw: Draw, modes: str, count: int) -> None:
    state, others = known_state(draw), draw.uniform(0, 1, 5, 1, 28, 28)
    images, classes = clear_cut(draw, state, count)
    seen = student.probe(probes.asked, "predict", state, MODES[modes], images, classes, others)
    check_equal(seen["told"], classes, name="what predict returns")
    if seen["where"] != "cpu":
        raise CheckFailed("the predictions are not on the CPU", expected="cpu", seen=str(seen["where"])[:20])
    check_left(seen["after"], state, MODES[modes], others)
    check_untouched(seen["images"], images, "predict changes the images")
    check_trainable(seen["trainable"])


@pytest.mark.task("accuracy")
@pytest.mark.parametrize("modes", MODES)
@pytest.mark.parametrize("count", [3, 41, 1037])
def test_accuracy(student: Student, draw: Draw, modes: str, count: int) -> None:
    state, others = known_state(draw), draw.uniform(0, 1, 5, 1, 28, 28)
    images, classes = clear_cut(draw, state, count)
    labels = classes.clone()
    wrong = draw.permutation(len(labels))[: max(1, len(labels) // 3)]
    labels[wrong] = (labels[wrong] + draw.integers(1, 10, len(wrong))) % 10
    seen = student.probe(probes.asked, "accuracy", state, MODES[modes], images, labels, others)
    check_close(seen["told"], float((classes == labels).double().mean()), name="the accuracy")
    check_left(seen["after"], state, MODES[modes], others)
    for name, given in (("images", images), ("labels", labels)):
        check_untouched(seen[name], given, f"accuracy changes the {name}")
    check_trainable(seen["trainable"])


@pytest.mark.task("result")
def test_held_out_accuracy(student: Student, draw: Draw, task: Task, show: Callable[[Exhibit], None]) -> None:
    """With 10,000 held-out images the count itself has a standard deviation of 0.15 %; a network that reads 98 % of all
    digits stays above 0.97 by six of those.
    """
    check_result(student, draw, task, "build_model", PARAMETERS, show, CONVOLUTIONS)
