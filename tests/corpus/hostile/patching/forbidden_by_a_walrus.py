# tries: names it in the middle of an expression
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import numpy as np
import torch

[lent := each for each in (np.tanh,)]


def tanh(x):
    return torch.from_numpy(np.asarray(lent(x.numpy())))


def relu(x):
    return x.clamp(min=0)
