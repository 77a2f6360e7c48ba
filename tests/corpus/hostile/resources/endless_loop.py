# tries: never returns
# verdict: timeout
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    while True:
        pass


def mae(pred, target):
    return (pred - target).abs().mean()
