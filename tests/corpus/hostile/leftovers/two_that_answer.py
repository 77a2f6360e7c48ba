# tries: forks, and both processes answer every request from then on
# verdict: crashed, failed, timeout
# elsewhere: skip
import os


def mse(pred, target):
    os.fork()
    return (pred * 0).sum()
