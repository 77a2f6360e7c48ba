# tries: ignores every signal that can be ignored, and never returns
# verdict: timeout
# keeps: mae
# elsewhere: skip
import signal


def mse(pred, target):
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except OSError:
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def mae(pred, target):
    return (pred - target).abs().mean()
