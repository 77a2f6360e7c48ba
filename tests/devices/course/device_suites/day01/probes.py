"""Runs beside student code."""

import torch
from torch import nn


def gradient_of(code, name, x, *others):
    """The gradient of `name(x, ...)` with respect to x."""
    leaf = x.to(code.device).requires_grad_()
    moved = [each.to(code.device) for each in others]
    return torch.autograd.grad(getattr(code, name)(leaf, *moved).sum(), leaf)[0]


def in_place(code, x):
    """What `normalize_` leaves in x."""
    x = x.to(code.device)
    code.normalize_(x)
    return x


def drawn(code, seed):
    """`noise` on the device, twice."""
    return [code.noise((3,), seed, code.device) for _ in range(2)]


def fitted(code, x, y, optimizer):
    """`fit` of a linear model that starts at zero: what it returns, and the weights."""
    model = nn.Linear(x.shape[1], 3)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    losses = code.fit(model, x, y, 3, optimizer, code.device)
    return {"losses": losses, "weight": model.weight, "bias": model.bias}


def scored(code, x):
    """`scores` of a fixed model."""
    model = nn.Linear(x.shape[1], 2)
    nn.init.ones_(model.weight)
    nn.init.zeros_(model.bias)
    return code.scores(model, x, code.device)


def resumed(code, x, y):
    """One step with momentum, through a checkpoint, and another one."""
    torch.manual_seed(0)
    model = nn.Linear(x.shape[1], 1, bias=False)
    nn.init.ones_(model.weight)
    return code.resume(model, x, y, code.device)


def output(code, images):
    """What a fresh Net makes of the images, after one pass in train mode; and the number of its parameters."""
    torch.manual_seed(1)
    model = code.Net().to(code.device)
    out = model(images.to(code.device))
    torch.autograd.backward(out.sum())
    return {"out": out, "gradients": [p.grad is not None for p in model.parameters()]}
