# tries: defines a task without a loop and puts one with a loop in its place while the file is read
# verdict: forbidden
# day: day07
# task: normalize_rows
# elsewhere: no counterpart
import torch


def normalize_rows(x):
    return x / x.sum(dim=1, keepdim=True)


def by_rows(x):
    return torch.stack([row / row.sum() for row in x])


globals().update(normalize_rows=by_rows)
