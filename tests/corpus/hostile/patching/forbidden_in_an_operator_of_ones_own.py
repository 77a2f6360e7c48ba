# tries: registers it as an operator of its own, below which no mode of torch's is asked
# verdict: forbidden
# day: day13
# task: tanh
# elsewhere: no counterpart
# keeps: relu
import torch

library = torch.library.Library("mine", "DEF")
library.define("f(Tensor x) -> Tensor")
library.impl("f", torch.tanh, "CompositeExplicitAutograd")


def tanh(x):
    return torch.ops.mine.f(x)


def relu(x):
    return x.clamp(min=0)
