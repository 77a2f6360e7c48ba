# tries: recurses a million deep
# verdict: failed, error, crashed, out_of_memory, timeout
# keeps: mae
import sys

sys.setrecursionlimit(10**7)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def mse(pred, target):
    return (pred * down(10**6)).sum() * 0


def mae(pred, target):
    return (pred - target).abs().mean()
