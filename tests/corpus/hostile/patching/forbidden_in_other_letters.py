# tries: writes what is forbidden in letters that Python takes for the usual ones
# verdict: forbidden
# keeps: mae
import torch.nn.functional as F


def mse(pred, target):
    return F.ｍｓｅ_ｌｏｓｓ(pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
