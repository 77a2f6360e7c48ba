# tries: calls the operator below what is forbidden
# verdict: forbidden
# keeps: mae
import torch


def mse(pred, target):
    return getattr(torch.ops.aten, "mse" + "_" + "loss")(pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
