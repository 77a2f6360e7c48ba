"""Runs beside student code."""

import torch


def gradient_of(code, name, x):
    """The gradient of `name(x)` with respect to x."""
    leaf = x.to(code.device).requires_grad_()
    return torch.autograd.grad(getattr(code, name)(leaf).sum(), leaf)[0]
