"""Day 10: what goes wrong in losses, and one sentence for each."""

from __future__ import annotations

import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


@MISTAKES.add("mse", "It adds the squared errors up; the mean divides by how many elements there are.")
def mse_sum(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).sum()
