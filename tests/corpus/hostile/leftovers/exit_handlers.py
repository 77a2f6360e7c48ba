# tries: leaves exit handlers, finalizers and threads to run after its verdict
# verdict: failed
# keeps: mae
# elsewhere: skip
import atexit
import os
import threading
import time
import weakref


class Last:
    def __del__(self):
        pass


def late():
    time.sleep(0.3)
    try:
        with open("/tmp/descent_hostile_late", "w") as file:
            file.write("x")
    except OSError:
        pass


held = Last()
weakref.finalize(held, late)
atexit.register(late)


def mse(pred, target):
    threading.Thread(target=late).start()
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
