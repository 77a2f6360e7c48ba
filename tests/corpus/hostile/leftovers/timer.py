# tries: leaves a timer that ends, or interrupts, whatever comes next
# verdict: failed, crashed, error, timeout
# keeps: mae
# elsewhere: skip
import os
import signal


def ring(number, frame):
    os._exit(0)


def mse(pred, target):
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
