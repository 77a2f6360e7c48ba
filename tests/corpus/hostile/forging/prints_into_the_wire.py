# tries: prints into the wire
# verdict: crashed failed
# keeps: mae
# elsewhere: no counterpart
def mse(pred, target):
    import os

    os.dup2(3, 1)
    os.dup2(3, 2)
    print("hello")
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
