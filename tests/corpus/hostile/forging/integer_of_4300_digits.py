# tries: returns and raises integers too long to be written
# verdict: failed, error
# keeps: mae
def mse(pred, target):
    if pred.dim() == 1:
        raise ValueError(10**5000)
    return {10**4300: -(10**4301)}


def mae(pred, target):
    return (pred - target).abs().mean()
