# tries: takes 6 GiB a little at a time
# verdict: out_of_memory, timeout
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    hog = [b"x" * (8 << 20) + bytes([n % 256]) for n in range(768)]
    return (pred * len(hog)).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
