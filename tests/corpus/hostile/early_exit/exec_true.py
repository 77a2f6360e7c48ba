# tries: replaces the process by a program that succeeds
# verdict: error
# keeps: mae
import os


def mse(pred, target):
    os.execvp("true", ["true"])


def mae(pred, target):
    return (pred - target).abs().mean()
