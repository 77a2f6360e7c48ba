# tries: starts autograd's engine itself, and switches gradients on by a descriptor
# verdict: forbidden
# day: day11
# task: grad_three_x_squared
# elsewhere: no counterpart
import torch
from torch.autograd import Variable

start = Variable._execution_engine.run_backward


def grad_three_x_squared(x):
    leaf = x.detach().clone()
    torch.Tensor.requires_grad.__set__(leaf, True)
    y = (3 * leaf**2).sum()
    return start((y,), (torch.ones_like(y),), False, False, (leaf,), True, False)[0]
