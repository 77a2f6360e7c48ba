# tries: compiles a text with what is forbidden, for an interpreter that is not Python's
# verdict: forbidden, error
# keeps: mae
import torch

TEXT = "def f(a: Tensor, b: Tensor):\n    return torch." + "mse" + "_" + "loss(a, b)\n"


def mse(pred, target):
    return torch.jit.CompilationUnit(TEXT).f(pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
