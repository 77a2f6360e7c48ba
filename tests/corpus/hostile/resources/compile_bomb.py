# tries: has a constant that the compiler would need long to fold
# verdict: failed, error, timeout, out_of_memory
# keeps: mae
x = lambda: (((("a" * 4096, ) * 256, ) * 256, ) * 256)
y = lambda: ((1 << 127) ** 100) ** 100


def mse(pred, target):
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
