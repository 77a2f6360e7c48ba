# tries: returns the end of a graph of a million operations, for whoever lets go of it
# verdict: failed, timeout, crashed, out_of_memory
# keeps: mae
# elsewhere: skip
import torch


def mse(pred, target):
    value = torch.zeros((), requires_grad=True)
    for _ in range(100_000):
        value = value + 0.0
    return value


def mae(pred, target):
    return (pred - target).abs().mean()
