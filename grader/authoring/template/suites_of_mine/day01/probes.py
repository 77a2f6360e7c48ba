"""Runs beside student code, behind walls: standard library and torch only. `code.centre` is the student's function."""

import torch


def weighted_gradient(code, x, weight):
    """The gradient with respect to `x` of the sum of centre(x) times `weight`."""
    leaf = x.to(code.device).requires_grad_()
    return torch.autograd.grad((code.centre(leaf) * weight.to(code.device)).sum(), leaf)[0]
