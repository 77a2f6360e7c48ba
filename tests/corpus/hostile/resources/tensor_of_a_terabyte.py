# tries: asks torch for a terabyte
# verdict: out_of_memory, error
# keeps: mae
import torch


def mse(pred, target):
    return torch.ones(1 << 38).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
