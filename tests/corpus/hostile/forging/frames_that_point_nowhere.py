# tries: a traceback that points nowhere
# verdict: error
# keeps: mae
def mse(pred, target):
    import sys

    sys._getframe().f_code
    exec(compile("raise ValueError(1)", "losses.py[99999999]", "exec"))
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
