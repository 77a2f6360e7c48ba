# tries: ends the process with success in the middle of a check
# verdict: crashed
# keeps: mae
import os


def mse(pred, target):
    os._exit(0)


def mae(pred, target):
    return (pred - target).abs().mean()
