# tries: blocks every signal and spins
# verdict: timeout
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    import signal

    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True:
        pass
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
