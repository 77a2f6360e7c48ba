# tries: leaves files wherever it may write
# verdict: failed
# keeps: mae
# elsewhere: skip
import os
import pathlib


def mse(pred, target):
    for folder in ("/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), os.getcwd(), "/", "/run", "/etc", "/srv", ".."):
        try:
            pathlib.Path(folder, "descent_hostile.txt").write_text("still here")
        except OSError:
            pass
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
