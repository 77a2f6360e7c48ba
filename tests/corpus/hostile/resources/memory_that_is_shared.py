# tries: memory that is shared and anonymous
# verdict: out_of_memory error
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    import mmap

    kept = []
    while True:
        m = mmap.mmap(-1, 1 << 26)
        for i in range(0, 1 << 26, 4096):
            m[i] = 1
        kept.append(m)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
