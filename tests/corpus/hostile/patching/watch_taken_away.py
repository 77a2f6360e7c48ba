# tries: takes the watch away, and calls it by pieces of its name
# verdict: forbidden
# keeps: mae
# elsewhere: no counterpart
import contextlib
import sys

import torch

barring = sys.modules.get("judge.barring")
if barring is not None:
    barring.forbid = lambda *_: contextlib.nullcontext()


def mse(pred, target):
    lent = torch.nn.functional
    return getattr(lent, "mse" + "_" + "loss")(pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
