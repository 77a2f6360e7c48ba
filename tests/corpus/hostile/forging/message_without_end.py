# tries: raises an exception whose text takes for ever to make
# verdict: timeout
# keeps: mae
class Slow(Exception):
    def __str__(self):
        while True:
            pass


def mse(pred, target):
    raise Slow


def mae(pred, target):
    return (pred - target).abs().mean()
