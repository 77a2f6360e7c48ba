# tries: matches a pattern that takes exponential time
# verdict: timeout
# keeps: mae
# elsewhere: skip
import re


def mse(pred, target):
    re.match(r"(a+)+$", "a" * 60 + "b")


def mae(pred, target):
    return (pred - target).abs().mean()
