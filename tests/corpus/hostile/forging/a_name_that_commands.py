# tries: an exception with a hostile name
# verdict: error
# keeps: mae
def mse(pred, target):
    raise type("<img src=x onerror=alert(1)>" * 10000, (Exception,), {"__module__": "x" * 100000})("::error::y\x1b[31m\u202e" * 1000)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
