# tries: starts five hundred threads that never rest
# verdict: failed, error, crashed, timeout
# elsewhere: skip
import threading


def spin():
    while True:
        pass


def mse(pred, target):
    for _ in range(500):
        threading.Thread(target=spin, daemon=True).start()
    return (pred * 0).sum()
