"""Day 16: unusual solutions that are right."""

from __future__ import annotations

import math

import numpy
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()
Descent = tuple[Tensor, Tensor, list[float]]


@ALTERNATIVES.add("predict")
def einsum(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.einsum("nd,d->n", X, w) + b


@ALTERNATIVES.add("predict")
def row_by_row(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.stack([sum((x * v for x, v in zip(row, w, strict=True)), b) for row in X])


@ALTERNATIVES.add("predict")
def functional_linear(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return F.linear(X, w[None], b.reshape(1)).squeeze(1)


@ALTERNATIVES.add("mse_gradients")
def rows_averaged(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    errors = 2 * ((X * w).sum(dim=1) + b - y)
    return (errors[:, None] * X).mean(dim=0), errors.mean()


@ALTERNATIVES.add("mse_gradients")
def with_a_column_of_ones(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    whole = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype, device=X.device)], dim=1)
    gradient = -2 / len(X) * (y - whole @ torch.cat([w, b.reshape(1)])) @ whole
    return gradient[:-1], gradient[-1]


@ALTERNATIVES.add("mse_gradients")
def summed_in_a_loop(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    grad_w, grad_b = torch.zeros_like(w), torch.zeros_like(b)
    for row, target in zip(X, y, strict=True):
        error = row.dot(w) + b - target
        grad_w += 2 * error * row
        grad_b += 2 * error
    return grad_w / len(X), grad_b / len(X)


@ALTERNATIVES.add("gradient_descent")
def by_normal_matrix(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    """The gradient from XᵀX and Xᵀy, which are computed once."""
    whole = torch.cat([X, X.new_ones(len(X), 1)], dim=1).double()
    target = y.double()
    square, mixed, constant = whole.T @ whole, whole.T @ target, target @ target
    theta, losses = torch.zeros(whole.shape[1], dtype=torch.float64, device=X.device), []
    for _ in range(steps):
        losses.append(float((theta @ square @ theta - 2 * theta @ mixed + constant) / len(X)))
        theta = theta - lr * 2 / len(X) * (square @ theta - mixed)
    return theta[:-1].to(X.dtype), theta[-1].to(X.dtype), losses


@ALTERNATIVES.add("gradient_descent")
def in_numpy(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    a, t = X.cpu().numpy(), y.cpu().numpy()
    w, b = numpy.zeros(a.shape[1], dtype=a.dtype), a.dtype.type(0)
    losses = []
    for _ in range(steps):
        errors = a @ w + b - t
        losses.append(float(numpy.mean(errors**2)))
        w, b = w - lr * 2 * a.T @ errors / len(a), b - lr * 2 * errors.mean()
    return torch.from_numpy(w).to(X), torch.tensor(b).to(X), losses


@ALTERNATIVES.add("gradient_descent")
def in_place_with_vector_bias(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    w, b = torch.zeros(X.size(1), 1).to(X), torch.zeros(1).to(X)
    losses = torch.zeros(steps)
    for step in range(steps):
        errors = X.mm(w).add(b) - y.view(-1, 1)
        losses[step] = errors.square().mean()
        w.sub_(X.t().mm(errors).mul(2 * lr / X.size(0)))
        b.sub_(errors.mean().mul(2 * lr))
    return w.flatten(), b, losses.tolist()


@ALTERNATIVES.add("gradient_descent_autograd")
def with_backward(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    w = nn.Parameter(torch.zeros(X.shape[1], dtype=X.dtype, device=X.device))
    b = nn.Parameter(torch.zeros(1, dtype=X.dtype, device=X.device))
    losses = []
    for _ in range(steps):
        w.grad = b.grad = None
        loss = F.mse_loss(X @ w + b, y)
        loss.backward()
        losses.append(loss.item())
        w.data -= lr * w.grad
        b.data -= lr * b.grad
    return w, b, losses


@ALTERNATIVES.add("gradient_descent_autograd")
def with_functional_grad(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    def loss(w: Tensor, b: Tensor) -> Tensor:
        return ((X @ w + b - y) ** 2).mean()

    both = torch.func.grad_and_value(loss, argnums=(0, 1))
    w, b, losses = torch.zeros_like(X[0]), torch.zeros_like(y[0]), []
    for _ in range(steps):
        (grad_w, grad_b), value = both(w, b)
        losses.append(float(value))
        w, b = w - lr * grad_w, b - lr * grad_b
    return w, b, losses


@ALTERNATIVES.add("gradient_descent_autograd")
def with_a_module(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    model = nn.Linear(X.shape[1], 1).to(X)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(X).squeeze(1), y)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return model.weight.detach()[0], model.bias.detach()[0], losses


@ALTERNATIVES.add("largest_stable_lr")
def by_singular_values(X: Tensor) -> float:
    whole = torch.cat([torch.ones(len(X), 1, dtype=X.dtype, device=X.device), X], dim=1)
    return len(X) / float(torch.linalg.matrix_norm(whole, ord=2)) ** 2


@ALTERNATIVES.add("largest_stable_lr")
def by_power_iteration(X: Tensor) -> float:
    whole = torch.cat([X.double(), X.new_ones(len(X), 1, dtype=torch.float64)], dim=1)
    hessian = 2 / len(X) * whole.T @ whole
    vector = torch.ones(len(hessian), dtype=torch.float64, device=X.device)
    for _ in range(2000):
        vector = hessian @ vector
        vector = vector / vector.norm()
    return 2 / (vector @ hessian @ vector).item()


@ALTERNATIVES.add("largest_stable_lr")
def in_numpy_unsymmetric(X: Tensor) -> float:
    whole = numpy.column_stack([X.cpu().numpy(), numpy.ones(len(X))])
    values = numpy.linalg.eigvals(2 * whole.T @ whole / len(X))
    return 2.0 / float(max(value for value in values.real if not math.isnan(value)))
