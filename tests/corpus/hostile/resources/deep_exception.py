# tries: raises an exception with a chain of a hundred thousand causes and frames
# verdict: error
# keeps: mae
def mse(pred, target):
    problem = ValueError("first")
    for _ in range(100_000):
        new = ValueError("again")
        new.__cause__ = problem
        problem = new
    raise ExceptionGroup("all", [problem] * 1000)


def mae(pred, target):
    return (pred - target).abs().mean()
