# tries: takes what is forbidden out of the module's dictionary, by pieces of its name
# verdict: forbidden
# keeps: mae
import torch.nn.functional as F


def mse(pred, target):
    return vars(F)["_".join(["mse", "loss"])](pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
