# tries: lifts Python's own limit and returns a value that is nested a million deep
# verdict: crashed, failed, error
# keeps: mae
# elsewhere: skip
import sys


def mse(pred, target):
    sys.setrecursionlimit(1 << 30)
    value = pred
    for _ in range(1_000_000):
        value = (value,)
    return value


def mae(pred, target):
    return (pred - target).abs().mean()
