# tries: imports it below a statement that is not looked into
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import numpy as np
import torch

match 1:
    case _:
        from numpy import tanh as lent


def tanh(x):
    return torch.from_numpy(np.asarray(lent(x.numpy())))


def relu(x):
    return x.clamp(min=0)
