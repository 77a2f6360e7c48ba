# tries: sleeps, which costs no processor time
# verdict: timeout
# keeps: mae
# elsewhere: skip
import time


def mse(pred, target):
    time.sleep(60)


def mae(pred, target):
    return (pred - target).abs().mean()
