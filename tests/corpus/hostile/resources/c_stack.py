# tries: overflows the C stack
# verdict: crashed, error, timeout, out_of_memory
import sys

sys.setrecursionlimit(10**9)


class Loop:
    __getattr__ = lambda self, name: getattr(self, name + "x")
    __repr__ = lambda self: repr([self])


def mse(pred, target):
    value = ()
    for _ in range(5_000_000):
        value = (value,)
    hash(value)
    return (pred * 0).sum()
