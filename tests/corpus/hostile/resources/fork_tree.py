# tries: each process forks twice, eight deep
# verdict: failed, crashed, timeout
# keeps: mae
# elsewhere: skip
import os
import time


def mse(pred, target):
    mother = os.getpid()
    try:
        for _ in range(7):
            os.fork()
    except OSError:
        pass
    if os.getpid() != mother:
        time.sleep(5)
        os._exit(0)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
