# tries: has a function put it into a list
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import numpy as np
import torch

box = []


def prepare(what):
    box.append(what)


prepare(np.tanh)


def tanh(x):
    return torch.from_numpy(np.asarray(box[0](x.numpy())))


def relu(x):
    return x.clamp(min=0)
