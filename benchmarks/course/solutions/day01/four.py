"""Four functions of a training step."""

import torch
from torch import Tensor


def mse(pred: Tensor, target: Tensor) -> Tensor:
    """Mean squared error, a scalar."""
    return ((pred - target) ** 2).mean()


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy of logits (N, C) and labels (N,), a scalar."""
    shifted = logits - logits.max(dim=1, keepdim=True).values
    log_prob = shifted - shifted.exp().sum(dim=1, keepdim=True).log()
    return -log_prob[torch.arange(len(labels)), labels].mean()


def linear_backward(x: Tensor, weight: Tensor, grad: Tensor) -> dict[str, Tensor]:
    """Gradients of x (N, D) @ weight (D, M) + bias, given the gradient (N, M) of its output."""
    return {"x": grad @ weight.T, "weight": x.T @ grad, "bias": grad.sum(dim=0)}


def sgd(x: Tensor, y: Tensor, lr: float, steps: int) -> Tensor:
    """The weight (D,) after full-batch gradient steps from 0 on the mean squared error of x @ weight against y."""
    weight = torch.zeros(x.shape[1])
    for _ in range(steps):
        weight = weight - lr * 2 / len(x) * (x.T @ (x @ weight - y))
    return weight
