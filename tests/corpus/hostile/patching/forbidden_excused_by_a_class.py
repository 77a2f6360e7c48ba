# tries: has a class with an attribute of that name, so that the name is its own
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import numpy as np
import torch

lent = np


class Excuse:
    tanh = None


def tanh(x):
    return torch.from_numpy(np.asarray(lent.tanh(x.numpy())))


def relu(x):
    return x.clamp(min=0)
