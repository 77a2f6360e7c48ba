# tries: puts its own wrong loss in the place of torch's
# verdict: failed, forbidden
# keeps: mae
import torch.nn.functional as F


def mse(pred, target):
    return (pred * 0).sum()


F.mse_loss = mse


def mae(pred, target):
    return (pred - target).abs().mean()
