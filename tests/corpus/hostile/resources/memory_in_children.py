# tries: takes 6 GiB in eight processes, so that none has much
# verdict: out_of_memory, failed, timeout
# keeps: mae
# elsewhere: skip
import os
import time


def mse(pred, target):
    for _ in range(8):
        if os.fork() == 0:
            hog = [b"y" * (8 << 20) for _ in range(96)]
            time.sleep(3 if hog else 0)
            os._exit(0)
    time.sleep(3)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
