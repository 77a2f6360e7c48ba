# tries: opens ten thousand files and keeps them
# verdict: error, failed
# elsewhere: skip
import os


def mse(pred, target):
    held = [os.open("/dev/null", os.O_RDONLY) for _ in range(10_000)]
    return (pred * len(held)).sum()
