# tries: exceptions that cause each other
# verdict: error
# keeps: mae
def mse(pred, target):
    a = ValueError("a")
    b = ValueError("b")
    a.__cause__ = b
    b.__cause__ = a
    a.__context__ = b
    raise a
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
