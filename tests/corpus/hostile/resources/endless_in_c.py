# tries: is in C code that no Python signal handler interrupts
# verdict: timeout
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    return 7 ** (10**8)


def mae(pred, target):
    return (pred - target).abs().mean()
