# tries: sends itself every deadly signal
# verdict: crashed, failed
# keeps: mae
import os
import signal


def mse(pred, target):
    for number in (signal.SIGTERM, signal.SIGABRT, signal.SIGKILL):
        os.kill(os.getpid(), number)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
