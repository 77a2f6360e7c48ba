# tries: a thread ends the process with success while the check waits
# verdict: crashed, timeout
# keeps: mae
import os
import threading
import time


def mse(pred, target):
    threading.Timer(0.1, os._exit, [0]).start()
    time.sleep(30)


def mae(pred, target):
    return (pred - target).abs().mean()
