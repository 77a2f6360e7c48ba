# tries: returns and raises text that cannot be written down
# verdict: failed, error
# keeps: mae
class Odd(str):
    encode = __str__ = __repr__ = lambda self, *_: 1 / 0


def mse(pred, target):
    if pred.dim() == 1:
        raise ValueError("\ud800\x1b]8;;x\x1b\\\u202e")
    return {Odd("\udfff" * 100): Odd("\ud800")}


def mae(pred, target):
    return (pred - target).abs().mean()
