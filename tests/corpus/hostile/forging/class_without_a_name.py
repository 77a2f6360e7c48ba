# tries: raises an exception whose class says another name each time, or none
# verdict: error, crashed, not_implemented, failed
# keeps: mae
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)

    def __getattribute__(cls, name):
        if name == "__name__":
            return ["NotImplementedError"]
        return super().__getattribute__(name)


class Nameless(Exception, metaclass=Meta):
    pass


def mse(pred, target):
    raise Nameless


def mae(pred, target):
    return (pred - target).abs().mean()
