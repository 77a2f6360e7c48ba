"""Accuracy against thresholds, and the data that trainings are judged on."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from grader.checks.accuracy import accuracy, check_accuracy, check_learnt
from grader.checks.draw import Draw
from grader.checks.held_out import digits, strokes
from grader.data import mnist
from grader.model.course import Task
from grader.model.errors import CheckFailed

LABELS = torch.arange(100) % 10
THRESHOLDS = [{"at": 0.90, "points": 3}, {"at": 0.94, "points": 6}, {"at": 0.97, "points": 9}]
TASK = Task.model_validate({"id": "result", "points": 9, "thresholds": THRESHOLDS})


def with_errors(count: int) -> torch.Tensor:
    """Predictions of which `count` are wrong."""
    return torch.where(torch.arange(100) < count, (LABELS + 1) % 10, LABELS)


@pytest.mark.parametrize("wrong, earned", [(4, 6), (6, 6), (7, 3), (10, 3), (11, 0), (100, 0)])
def test_a_threshold_that_was_reached_earns_its_points(wrong: int, earned: float) -> None:
    with pytest.raises(CheckFailed, match="short of 97") as failure:
        check_accuracy(with_errors(wrong), LABELS, TASK)
    assert failure.value.earned == pytest.approx(earned / 9)


@pytest.mark.parametrize("wrong", [0, 3])
def test_the_last_threshold_passes(wrong: int) -> None:
    assert check_accuracy(with_errors(wrong), LABELS, TASK) == pytest.approx(1 - wrong / 100)


@pytest.mark.parametrize("seen", [LABELS.float(), LABELS[:, None], LABELS[:50], LABELS.tolist(), None])
def test_predictions_in_another_form_are_refused(seen: Any) -> None:
    with pytest.raises(CheckFailed):
        accuracy(seen, LABELS)


def test_what_did_not_learn_earns_nothing() -> None:
    check_learnt(with_errors(20), LABELS)
    with pytest.raises(CheckFailed, match="learnt too little") as failure:
        check_learnt(with_errors(21), LABELS)
    assert failure.value.earned == 0


def test_digits_and_glyphs_are_alike_in_form() -> None:
    for data in (digits(Draw("a seed"), 300, 200, renamed=True), strokes(Draw("a seed"), 300, 200)):
        assert data.train_images.shape == (300, 28, 28)
        assert data.test_images.shape == (200, 28, 28)
        assert data.train_images.dtype == data.test_images.dtype == torch.uint8
        assert data.train_labels.dtype == data.test_labels.dtype == torch.int64
        assert set(data.train_labels.tolist()) == set(data.test_labels.tolist()) == set(range(10))


def test_digits_keep_their_classes_together_under_other_names() -> None:
    data = digits(Draw("a seed"), 60_000, 10_000, renamed=True)
    for seen, true in ((data.train_labels, mnist("train")[1]), (data.test_labels, mnist("test")[1])):
        assert sorted(seen.bincount().tolist()) == sorted(true.bincount().tolist())
    assert data.train_labels.bincount().tolist() != mnist("train")[1].bincount().tolist()
