# tries: gives tensors a method with a loop and calls that
# verdict: forbidden
# day: day07
# task: normalize_rows
# elsewhere: no counterpart
import torch
from torch import Tensor


def by_rows(x):
    return torch.stack([row / row.sum() for row in x])


Tensor.normalized = by_rows


def normalize_rows(x):
    return x.normalized()
