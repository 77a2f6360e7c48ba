# tries: raises SystemExit(0) where a harness may let it through
# verdict: error
# keeps: mae
import sys


def mse(pred, target):
    sys.exit(0)


def mae(pred, target):
    return (pred - target).abs().mean()
