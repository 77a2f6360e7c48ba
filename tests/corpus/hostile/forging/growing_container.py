# tries: returns containers that grow and change while they are read
# verdict: failed, error, timeout, crashed, out_of_memory
# keeps: mae
class Endless(list):
    def __iter__(self):
        while True:
            yield self

    __len__ = lambda self: -1


class Shifting(dict):
    def items(self):
        while True:
            yield object(), self


def mse(pred, target):
    return [Endless([1]), Shifting(x=Endless([2]))]


def mae(pred, target):
    return (pred - target).abs().mean()
