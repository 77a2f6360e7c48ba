# tries: returns infinity, which is near to nothing
# verdict: failed
# keeps: mae
def mse(pred, target):
    return (pred * 0).sum() + float("inf")


def mae(pred, target):
    return (pred - target).abs().mean()
