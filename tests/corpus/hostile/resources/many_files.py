# tries: makes a hundred thousand files
# verdict: failed, error, timeout, out_of_memory
# keeps: mae
# elsewhere: skip
import os


def mse(pred, target):
    os.makedirs("/tmp/descent_hostile", exist_ok=True)
    try:
        for number in range(100_000):
            os.close(os.open(f"/tmp/descent_hostile/{number}", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pass
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
