"""Day 11: unusual but right solutions; every one must pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()
Function = Callable[[Tensor], Tensor]


@ALTERNATIVES.add("grad_three_x_squared")
def three_x_by_numpy(x: Tensor) -> Tensor:
    values = x.cpu().numpy()
    return torch.from_numpy(np.asarray(6 * values, dtype=values.dtype)).reshape(x.shape).to(x.device)


@ALTERNATIVES.add("grad_product_sum")
def product_of_the_very_input(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return torch.ones_like(b).add_(b), a


@ALTERNATIVES.add("linear_backward")
def linear_by_einsum(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    dx = torch.einsum("nh,dh->nd", grad_out, W)
    return dx, torch.einsum("nd,nh->dh", x, grad_out), torch.ones_like(grad_out[:, 0]) @ grad_out


@ALTERNATIVES.add("linear_backward")
def linear_sample_by_sample(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    dx, dW, db = torch.zeros_like(x), torch.zeros_like(W), torch.zeros_like(grad_out[0])
    for n in range(len(x)):
        dx[n] = W.mv(grad_out[n])
        dW += torch.outer(x[n], grad_out[n])
        db += grad_out[n]
    return dx, dW, db


@ALTERNATIVES.add("relu_backward")
def relu_by_index(z: Tensor, grad_out: Tensor) -> Tensor:
    result = grad_out.clone()
    result[z <= 0] = 0
    return result


@ALTERNATIVES.add("relu_backward")
def relu_by_heaviside(z: Tensor, grad_out: Tensor) -> Tensor:
    return torch.heaviside(z, torch.zeros((), dtype=z.dtype)) * grad_out


@ALTERNATIVES.add("softmax_cross_entropy_backward")
def softmax_through_logs(logits: Tensor, labels: Tensor) -> Tensor:
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return (log_p.exp() - F.one_hot(labels, logits.shape[1])).div(labels.numel())


@ALTERNATIVES.add("softmax_cross_entropy_backward")
def softmax_row_by_row(logits: Tensor, labels: Tensor) -> Tensor:
    rows = []
    for row, label in zip(logits, labels.tolist(), strict=True):
        weights = torch.exp(row - row.max())
        weights /= weights.sum()
        weights[label] -= 1.0
        rows.append(weights / len(labels))
    return torch.stack(rows)


@ALTERNATIVES.add("mlp_backward")
def mlp_with_ones_column(x: Tensor, labels: Tensor, params: dict[str, Tensor]) -> dict[str, Tensor]:
    """The biases as one more row of each weight matrix."""
    ones = x.new_ones(len(x), 1)
    first = torch.cat([params["W1"], params["b1"][None]])
    second = torch.cat([params["W2"], params["b2"][None]])
    inputs = torch.cat([x, ones], dim=1)
    hidden = torch.cat([F.relu(inputs @ first), ones], dim=1)
    delta = F.softmax(hidden @ second, dim=1)
    delta[range(len(x)), labels] -= 1
    delta = delta / len(x)
    second_grad = hidden.T @ delta
    back = (delta @ second.T)[:, :-1]
    back[hidden[:, :-1] == 0] = 0
    first_grad = inputs.T @ back
    return {"b2": second_grad[-1], "W2": second_grad[:-1], "b1": first_grad[-1], "W1": first_grad[:-1]}


@ALTERNATIVES.add("mlp_backward")
def mlp_sample_by_sample(x: Tensor, labels: Tensor, params: dict[str, Tensor]) -> dict[str, Tensor]:
    total = {name: torch.zeros_like(value) for name, value in params.items()}
    for row, label in zip(x, labels, strict=True):
        z = params["W1"].T @ row + params["b1"]
        hidden = torch.relu(z)
        delta = torch.softmax(params["W2"].T @ hidden + params["b2"], dim=0)
        delta[label] -= 1
        back = torch.where(z > 0, params["W2"] @ delta, torch.zeros_like(z))
        for name, part in {
            "W1": torch.outer(row, back),
            "b1": back,
            "W2": torch.outer(hidden, delta),
            "b2": delta,
        }.items():
            total[name] += part / len(x)
    return total


@ALTERNATIVES.add("numerical_gradient")
def numerical_in_place(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    """Moves x itself and puts the kept value back, so that every bit is as it was."""
    result = torch.empty_like(x)
    for place in np.ndindex(*x.shape):
        kept = x[place].clone()
        x[place] = kept + eps
        above = f(x).item()
        x[place] = kept - eps
        below = f(x).item()
        x[place] = kept
        result[place] = (above - below) / (2 * eps)
    return result


@ALTERNATIVES.add("numerical_gradient")
def numerical_by_vmap(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    steps = eps * torch.eye(x.numel(), dtype=x.dtype, device=x.device).reshape(-1, *x.shape)
    return ((torch.vmap(f)(x + steps) - torch.vmap(f)(x - steps)) / (2 * eps)).reshape(x.shape)


@ALTERNATIVES.add("numerical_gradient")
def numerical_over_the_real_distance(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    flat = x.flatten().tolist()
    slopes = []
    for i, value in enumerate(flat):
        up, down = [*flat[:i], value + eps, *flat[i + 1 :]], [*flat[:i], value - eps, *flat[i + 1 :]]
        points = [torch.tensor(point, dtype=x.dtype, device=x.device).reshape(x.shape) for point in (up, down)]
        slopes.append((f(points[0]) - f(points[1])) / (up[i] - down[i]))
    return torch.tensor(slopes, dtype=x.dtype, device=x.device).reshape(x.shape)


@ALTERNATIVES.add("gradient_descent_step")
def step_through_data(params: dict[str, Tensor], grads: dict[str, Tensor], lr: float) -> None:
    for name in grads:
        params[name].data.add_(grads[name].data, alpha=-lr)


@ALTERNATIVES.add("gradient_descent_step")
@torch.no_grad()
def step_all_at_once(params: dict[str, Tensor], grads: dict[str, Tensor], lr: float) -> None:
    torch._foreach_add_(list(params.values()), [grads[name] for name in params], alpha=-lr)


@ALTERNATIVES.add("gradient_descent_step")
def step_by_copy(params: dict[str, Tensor], grads: dict[str, Tensor], lr: float) -> Any:
    with torch.inference_mode(False), torch.no_grad():
        for name, param in params.items():
            param.copy_(param.sub(grads[name].mul(lr)))
    return params


@ALTERNATIVES.add("fit_line")
def line_in_numpy(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    xs, ys = x.cpu().numpy().astype(np.float64), y.cpu().numpy().astype(np.float64)
    w = b = np.float64(0)
    for _ in range(steps):
        residual = ys - (w * xs + b)
        w, b = w + 2 * lr * np.mean(residual * xs), b + 2 * lr * np.mean(residual)
    return w, b


@ALTERNATIVES.add("fit_line")
def line_in_plain_python(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    w = b = 0.0
    for _ in range(steps):
        dw = sum(2 * (w * px + b - py) * px for px, py in points) / len(points)
        db = sum(2 * (w * px + b - py) for px, py in points) / len(points)
        w -= lr * dw
        b -= lr * db
    return w, b


@ALTERNATIVES.add("fit_line")
def line_as_a_matrix(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    """The same steps as products with the design matrix."""
    design = torch.stack([x, torch.ones_like(x)], dim=1)
    theta = torch.zeros(2, dtype=x.dtype, device=x.device)
    for _ in range(steps):
        theta -= lr * 2 / len(x) * design.T @ (design @ theta - y)
    return theta[0].item(), theta[1].item()
