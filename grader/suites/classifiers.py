"""What days 14 and 21 ask of a classifier: `train` on a small set, and the accuracy on images that it never saw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from grader.checks.accuracy import accuracy, check_accuracy, check_learnt
from grader.checks.close import NOTHING, check_close, check_finite, check_keys, check_length, check_tensor
from grader.checks.draw import Draw
from grader.checks.held_out import DataSet, digits, strokes
from grader.model.course import Task
from grader.model.errors import CheckFailed
from grader.model.exhibit import Confusion, Exhibit, Misread
from grader.model.student import Student

from . import classifier_probe as probes

SMALL = 6_000
"""Images of a small training: several batches, whatever the batch size."""


def small_training(student: Student, draw: Draw) -> tuple[dict[str, Any], DataSet]:
    """What `train` makes, twice with one seed, of a given model that cannot see a quarter of the pixels."""
    data = digits(draw, SMALL, 1, renamed=True)
    mask, noise = (draw.uniform(0, 1, 28, 28) < 0.75).float(), draw.uniform(0, 10, 100, 28, 28)
    starts = [draw.seed(), draw.seed()]
    seen = student.probe(probes.trained, data.train_images, data.train_labels, mask, noise, draw.seed(), starts)
    return answers(seen, {"logits", "changed", "images", "labels"}), data


def answers(seen: Any, keys: set[str]) -> dict[str, Any]:
    """`seen` with these keys. Raises `CheckFailed` where `train` gave no model back."""
    if isinstance(seen, dict) and "kind" in seen:
        kind = str(seen["kind"])
        told = NOTHING if kind == "NoneType" else f"a {kind}"
        raise CheckFailed("train should return the trained model", expected="an nn.Module", seen=told)
    return check_keys(seen, keys)


def check_training(student: Student, draw: Draw) -> None:
    """`train` learns from all that it is given, with the model that it is given, and the same for the same seed.

    Of 6,000 digits under secret names a training that would read 0.9 of all digits knows 0.73 or more; one that stops
    after a single batch at most 0.42; guessing gives 0.1.
    """
    seen, data = small_training(student, draw)
    first, again = check_length(seen["logits"], list, 2, name="the trained models")
    shape, scale = (SMALL, 10), 1.0
    for logits in (first, again):
        check_finite(check_tensor(logits, shape=shape, name="what the trained model says"), name="what it says")
        scale = max(scale, float(logits.abs().max()))
    reached = accuracy(first.argmax(dim=1), data.train_labels)
    if reached < 0.45:
        raise CheckFailed(
            "after training, the model does not know the very images that it was trained on",
            expected="at least 45% right (guessing gives 10%)", seen=f"{reached:.1%}",
        )  # fmt: skip
    # before the second training, which got the images and labels as the first had left them
    check_untouched(seen["images"], probes.as_images(data.train_images[:50]), "train changes the images", rounding=1e-6)
    check_untouched(seen["labels"], data.train_labels, "train changes the labels")
    check_close(again, first.double(), terms=10_000, scale=scale, name="the same training with the same seed")
    changed = check_tensor(seen["changed"], shape=(100, 10), dtype=first.dtype, name="what the trained model says")
    if float((changed - first[:100]).abs().max()) > 1e-3 * scale:
        raise CheckFailed(
            "the model that comes back sees more than the one that was given",
            expected="the given model, trained", seen="another model",
        )  # fmt: skip


def check_untouched(seen: Any, given: Tensor, told: str, rounding: float = 0.0) -> None:
    """A tensor that was handed over holds what it held before."""
    kept = check_tensor(seen, shape=tuple(given.shape), dtype=given.dtype, name="the tensor that was handed over")
    if not torch.allclose(kept, given, rtol=0.0, atol=rounding):
        raise CheckFailed(f"{told} that it is given", expected="the tensor left as it was")


def check_fresh(student: Student, draw: Draw, build: str, limit: int) -> None:
    """A new model is new, its weights are its own, and it gives each image logits that depend on nothing else."""
    seen = student.probe(probes.fresh, build, draw.uniform(0, 1, 6, 1, 28, 28))
    check_keys(seen, {"alike", "steady", "foreign", "brought", "bounded", "sums", "shared", "kept"})
    if seen["kept"] is not True:
        raise CheckFailed("the model changes the images that it is given", expected="the tensor left as it was")
    if seen["foreign"] is not False:
        raise CheckFailed(
            "the model computes with weights that are not among its parameters, so no optimizer would train them",
            expected="layers that belong to the model", seen="layers that do not",
        )  # fmt: skip
    check_size(seen["brought"], 2 * limit, "the model has too many values that it computes with")
    if seen["bounded"] is not False:
        raise CheckFailed("the model gives probabilities", expected="logits", seen="numbers from 0 to 1, always")
    if seen["steady"] is not True:
        raise CheckFailed("in eval mode the model says another thing of the same images each time", expected="the same")
    if seen["alike"] is not True:
        raise CheckFailed(
            "in eval mode the model says something else of an image alone than of the same image among others",
            expected="the same logits", seen="others",
        )  # fmt: skip
    if seen["shared"] is not False:
        raise CheckFailed("a second network shares its weights with the first", expected="a new network at each call")


def check_count(parameters: int, most: int) -> None:
    """A model has parameters, and no more than this of them."""
    if parameters == 0:
        raise CheckFailed(
            "the model has no parameters", expected="layers that are its attributes", seen="layers in a list, or none"
        )
    check_size(parameters, most, "the model has too many parameters")


def check_size(size: Any, most: int, told: str) -> None:
    """A model has no more than this of parameters, of values in buffers, or of all that it brings to compute with."""
    if not isinstance(size, int) or size > most:
        raise CheckFailed(told, expected=f"at most {most:,}", seen=f"{size:,}")


def check_trainable(seen: Any) -> None:
    """A step of training could follow what was only to look at the model."""
    for what, on in zip(("gradients", "some parameters"), check_length(seen, list, 2), strict=True):
        if on is not True:
            raise CheckFailed(
                "the model cannot be trained any further afterwards",
                expected="gradients as they were", seen=f"{what} switched off",
            )  # fmt: skip


def better(seen: dict[str, Any], some: Tensor, labels: Tensor) -> Tensor:
    """Of what `predict` told and what the model's own logits say, what is right more often.

    What `predict` tells counts only where it says the same of an image in other company.
    """
    read = check_tensor(seen["read"], shape=tuple(labels.shape), dtype=torch.int64, name="the classes read")
    told, again = seen["told"], seen["again"]
    if not (_classes(told, len(labels)) and _classes(again, len(some))):
        return read
    alike = float((told[some] == again).double().mean()) >= 0.98
    return told if alike and accuracy(told, labels) > accuracy(read, labels) else read


def _classes(seen: Any, count: int) -> bool:
    return isinstance(seen, Tensor) and seen.shape == (count,) and seen.dtype == torch.int64


def held_out(student: Student, draw: Draw, build: str, data: DataSet, limit: int, barred: set[str]) -> Tensor:
    """The classes that a model trained on `data` reads in its test images, in the better of both ways."""
    some = draw.permutation(len(data.test_labels))[:500]
    arguments = (data.train_images, data.train_labels, data.test_images, some, draw.seed())
    keys = {"told", "again", "read", "sizes", "operations"}
    seen = answers(student.probe(probes.learnt, build, *arguments), keys)
    # reports from a worker may cost points, and never give any
    kinds = {"parameters": limit, "values in buffers": limit, "values that it computes with": 2 * limit}
    for (what, most), size in zip(kinds.items(), check_length(seen["sizes"], list, 3), strict=True):
        check_size(size, most, f"the trained model has too many {what}")
    found = sorted(barred & {str(name) for name in seen["operations"]})
    if found:
        raise CheckFailed("the trained model has a convolution", expected="a feed-forward network", seen=found[0])
    return better(seen, some, data.test_labels)


def check_result(
    student: Student,
    draw: Draw,
    task: Task,
    build: str,
    limit: int,
    show: Callable[[Exhibit], None],
    barred: set[str] = frozenset(),  # type: ignore[assignment]
) -> None:
    """Accuracy on 10,000 held-out digits under secret names, after a training on glyphs that exist for this alone.

    The glyphs come first: what is not written yet, or breaks, need not wait for 60,000 images. That they do is no
    secret worth keeping, since the images themselves say which set they are. 10,000 glyphs suffice: whatever reads 0.9
    of the digits reads 0.95 of the glyphs or more, what came along ready-made less than 0.4, and 0.8 is asked.
    """
    glyphs = strokes(draw, 10_000, 2_000)
    check_learnt(held_out(student, draw, build, glyphs, limit, barred), glyphs.test_labels)
    data = digits(draw, 60_000, 10_000, renamed=True)
    read = held_out(student, draw, build, data, limit, barred)
    exhibit(show, data, read)
    check_accuracy(read, data.test_labels, task)


def exhibit(show: Callable[[Exhibit], None], data: DataSet, read: Tensor) -> None:
    """The confusion matrix and the misread digits. Classes are under the names that this grading gave them."""
    read = read.clamp(0, 9)
    show(Confusion("confusion", "Held-out digits (classes renamed)", read.tolist(), data.test_labels.tolist()))
    misread = (read != data.test_labels).nonzero().flatten()[:24]
    images, labels = data.test_images[misread].tolist(), data.test_labels[misread].tolist()
    show(Misread("misread", "Misread digits (classes renamed)", images, read[misread].tolist(), labels))
