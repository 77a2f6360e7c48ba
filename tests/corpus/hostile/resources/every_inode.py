# tries: uses up every inode
# verdict: error timeout
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    import os

    for i in range(10**7):
        open(f"/tmp/{i}", "w").close()
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
