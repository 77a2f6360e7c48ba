# tries: takes what is forbidden by an attribute getter made of characters
# verdict: forbidden
# keeps: mae
import operator

import torch


def mse(pred, target):
    name = ".".join(["nn", "functional", "".join(map(chr, (109, 115, 101, 95, 108, 111, 115, 115)))])
    return operator.attrgetter(name)(torch)(pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
