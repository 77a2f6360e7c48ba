# tries: raises an error that ends whoever shows it
# verdict: error
# keeps: mae
class Loud(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def mse(pred, target):
    raise Loud


def mae(pred, target):
    return (pred - target).abs().mean()
