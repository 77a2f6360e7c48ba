# tries: keeps the imported one under another name before it writes its own of that name
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import torch
from numpy import tanh


def tanh(x, lent=tanh):
    return torch.as_tensor(lent(x.numpy())).to(x.dtype)


def relu(x):
    return x.clamp(min=0)
