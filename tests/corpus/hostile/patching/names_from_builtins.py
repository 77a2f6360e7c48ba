# tries: replaces builtins that the worker and torch look up: isinstance, len, type, getattr
# verdict: crashed, error, failed
# elsewhere: skip
import builtins


def mse(pred, target):
    builtins.isinstance = lambda value, kind: True
    builtins.len = lambda value: 0
    return (pred * 0).sum()
