# tries: four processes print without pause, and there is no answer
# verdict: timeout
# keeps: mae
# elsewhere: skip
import os
import time


def mse(pred, target):
    end = time.monotonic() + 20
    for _ in range(3):
        if os.fork() == 0:
            break
    while time.monotonic() < end:
        os.write(1, b"y" * 4096)


def mae(pred, target):
    return (pred - target).abs().mean()
