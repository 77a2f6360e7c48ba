"""Day 1: unusual, and right. `grader verify` proves that each passes."""

import torch

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("centre")
def centre_by_projection(x):
    ones = torch.ones(len(x), len(x), dtype=x.dtype, device=x.device) / len(x)
    return x - ones @ x
