# tries: forks until it may not, two hundred at most
# verdict: failed, crashed, timeout
# keeps: mae
# elsewhere: skip
import os
import time


def mse(pred, target):
    for _ in range(200):
        try:
            if os.fork() == 0:
                time.sleep(5)
                os._exit(0)
        except OSError:
            break
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
