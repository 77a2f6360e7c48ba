# tries: reads address 0
# verdict: crashed
# keeps: mae
import ctypes


def mse(pred, target):
    ctypes.string_at(0)


def mae(pred, target):
    return (pred - target).abs().mean()
