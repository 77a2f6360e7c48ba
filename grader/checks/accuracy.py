"""Accuracy computed where the labels are, against the manifest's thresholds with partial credit."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from grader.model.course import Task
from grader.model.errors import CheckFailed

from .close import check_tensor

LEARNT = 0.80


def accuracy(predictions: Any, labels: Tensor, name: str = "the predictions") -> float:
    """The fraction of `predictions` that equal `labels`, both (N,) int64. Raises `CheckFailed` for any other form."""
    seen = check_tensor(predictions, shape=tuple(labels.shape), dtype=torch.int64, name=name)
    return float((seen == labels).double().mean())


def check_accuracy(predictions: Any, labels: Tensor, task: Task, name: str = "held-out accuracy") -> float:
    """The accuracy reaches the last of the task's thresholds; a lower one earns its points all the same.

    Returns the accuracy. Raises `CheckFailed` with the fraction of points earned.
    """
    reached = accuracy(predictions, labels)
    earned = max((step.points for step in task.thresholds if reached >= step.at), default=0.0)
    full = task.thresholds[-1]
    if reached < full.at:
        raise CheckFailed(
            f"{name} is {reached:.2%}, short of {full.at:.2%}",
            expected=f"at least {full.at:.2%}",
            seen=f"{reached:.2%} on {labels.numel()} samples",
            earned=earned / full.points if full.points else 0.0,
        )
    return reached


def check_learnt(predictions: Any, labels: Tensor) -> None:
    """The accuracy on signs that nobody can have prepared for: without it no accuracy elsewhere counts.

    Honest training is far above the bound; whatever came along ready-made is far below.
    """
    reached = accuracy(predictions, labels)
    if reached < LEARNT:
        raise CheckFailed(
            f"trained on signs drawn for this grading alone, the model gets {reached:.1%} of further ones right: "
            "it has learnt too little from the images and labels that it was given",
            expected=f"at least {LEARNT:.0%}",
            seen=f"{reached:.2%} on {labels.numel()} samples",
        )
