# tries: raises an error whose class has no name
# verdict: error, crashed
# keeps: mae
class Nameless(type):
    __name__ = __mro__ = property(lambda self: 1 / 0)


class Strange(Exception, metaclass=Nameless):
    pass


def mse(pred, target):
    raise Strange


def mae(pred, target):
    return (pred - target).abs().mean()
