# tries: a dict whose keys are equal on the way and different before: True and 1, NaN twice, texts of escapes
# verdict: failed
# keeps: mae
def mse(pred, target):
    nan = float("nan")
    return {True: pred, 1.5: pred, float("nan"): target, nan: pred, "\\ud800": pred, "\ud800": target, (1, (True,)): pred}


def mae(pred, target):
    return (pred - target).abs().mean()
