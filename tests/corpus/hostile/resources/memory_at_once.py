# tries: takes 6 GiB in one piece
# verdict: out_of_memory, error
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    hog = bytearray(6 << 30)
    hog[:: 4096] = b"x" * len(hog[:: 4096])
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
