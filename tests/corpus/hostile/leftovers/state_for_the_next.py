# tries: changes what the next submission's process would find
# verdict: failed
# keeps: mae
# elsewhere: skip
import builtins
import os
import sys

import torch


def mse(pred, target):
    builtins.descent_hostile = True
    torch.descent_hostile = True
    os.environ["DESCENT_HOSTILE"] = "1"
    sys.path.insert(0, "/tmp")
    sys.modules["losses_of_others"] = sys
    torch.manual_seed(0)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
