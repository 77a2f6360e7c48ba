"""Day 17: unusual solutions that are right."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

import numpy
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, TensorDataset

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("minibatches")
def all_at_once(n: int, batch_size: int, seed: int) -> Any:
    torch.manual_seed(seed)
    return torch.randperm(n).split(batch_size)


@ALTERNATIVES.add("minibatches")
def shuffled_list(n: int, batch_size: int, seed: int) -> Iterator[Tensor]:
    left = list(range(n))
    random.Random(seed).shuffle(left)
    while left:
        taken, left = left[:batch_size], left[batch_size:]
        yield torch.tensor(taken)


@ALTERNATIVES.add("minibatches")
def with_samplers(n: int, batch_size: int, seed: int) -> Any:
    sampler = RandomSampler(range(n), generator=torch.Generator().manual_seed(seed))
    return map(torch.tensor, BatchSampler(sampler, batch_size, drop_last=False))


def _linear(X: Tensor) -> nn.Linear:
    model = nn.Linear(X.shape[1], 1, dtype=X.dtype, device=X.device)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    return model


@ALTERNATIVES.add("train")
def with_loader_and_optimizer(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    """Losses during the epoch, weighted by the rows of each batch."""
    model, data = _linear(X), TensorDataset(X, y)
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(data, batch_size=batch_size, shuffle=True, generator=generator)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses, updates = [], 0
    for _ in range(epochs):
        total = 0.0
        for rows, targets in loader:
            optimizer.zero_grad()
            loss = F.mse_loss(model(rows).squeeze(1), targets)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
            updates += 1
        losses.append(total / len(X))
    return {"w": model.weight.detach().squeeze(0), "b": model.bias.detach(), "losses": losses, "updates": updates}


@ALTERNATIVES.add("train")
def in_numpy(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    """Losses after the epoch; the order is drawn once for all epochs."""
    a, t, rng = X.cpu().numpy(), y.cpu().numpy(), numpy.random.default_rng(seed)
    theta = numpy.zeros(a.shape[1] + 1, dtype=a.dtype)
    whole = numpy.hstack([a, numpy.ones((len(a), 1), dtype=a.dtype)])
    order, losses = rng.permutation(len(a)), []
    for _ in range(epochs):
        for start in range(0, len(a), batch_size):
            rows = whole[order[start : start + batch_size]]
            errors = rows @ theta - t[order[start : start + batch_size]]
            theta -= (2 * lr / len(rows)) * (rows.T @ errors)
        losses.append(float(numpy.square(whole @ theta - t).mean()))
    w, b = torch.from_numpy(theta[:-1]).to(X), torch.tensor(theta[-1]).to(X)
    return {"w": w, "b": b, "losses": losses, "updates": epochs * math.ceil(len(a) / batch_size)}


@ALTERNATIVES.add("train")
def with_autograd(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    """The mean of the batches' losses, short ones counting as much as long ones; more entries than asked for."""
    torch.manual_seed(seed)
    w = torch.zeros(X.shape[1]).to(X).requires_grad_()
    b = torch.zeros(()).to(X).requires_grad_()
    losses, every = [], []
    for _ in range(epochs):
        during = []
        for rows in torch.randperm(len(X)).to(X.device).split(batch_size):
            loss = (X[rows] @ w + b - y[rows]).pow(2).mean()
            loss.backward()
            with torch.no_grad():
                for parameter in (w, b):
                    parameter -= lr * parameter.grad
                    parameter.grad.zero_()
            during.append(loss.item())
        every += during
        losses.append(sum(during) / len(during))
    return {"w": w, "b": b, "losses": losses, "updates": len(every), "epochs": epochs, "every_loss": every}


@ALTERNATIVES.add("compare_variants")
def with_other_seeds(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    result = {}
    for number, (name, size) in enumerate([("sgd", 1), ("mini_batch", min(32, len(X))), ("batch", len(X))]):
        result[name] = with_autograd(X, y, size, lr, epochs, seed + 1000 * number)
    return result


@ALTERNATIVES.add("compare_variants")
def in_numpy_thrice(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return {
        "batch": in_numpy(X, y, X.shape[0], lr, epochs, seed),
        "mini_batch": in_numpy(X, y, 32, lr, epochs, seed),
        "sgd": in_numpy(X, y, 1, lr, epochs, seed),
    }


@ALTERNATIVES.add("gradient_variance")
def without_replacement(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    """By autograd, w alone, the mean of the components' variances."""
    torch.manual_seed(seed)
    gradients = []
    v, c = w.clone().requires_grad_(), b.clone().requires_grad_()
    for _ in range(trials):
        rows = torch.randperm(len(X))[:batch_size].to(X.device)
        (gradient,) = torch.autograd.grad(F.mse_loss(X[rows] @ v + c, y[rows]), v)
        gradients.append(gradient)
    return torch.stack(gradients).var(dim=0).mean().item()


@ALTERNATIVES.add("gradient_variance")
def in_numpy_by_moments(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    """The trace of the covariance as the mean square less the squared mean, over w and b."""
    whole = numpy.column_stack([X.double().cpu().numpy(), numpy.ones(len(X))])
    errors = whole @ [*w.double().tolist(), float(b)] - y.double().cpu().numpy()
    single = 2 * errors[:, None] * whole
    rng = numpy.random.default_rng(seed)
    drawn = numpy.array([single[rng.choice(len(X), batch_size)].mean(axis=0) for _ in range(trials)])
    return float((drawn**2).mean(axis=0).sum() - (drawn.mean(axis=0) ** 2).sum())


@ALTERNATIVES.add("gradient_variance")
def epoch_by_epoch(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    """Batches as training meets them, one epoch after the other; the mean of the components' variances."""
    generator, batches = torch.Generator().manual_seed(seed), []
    while len(batches) < trials:
        order = torch.randperm(len(X), generator=generator).to(X.device)
        batches += [rows for rows in order.split(batch_size) if len(rows) == batch_size]
    errors = 2 * (X @ w + b - y)
    per_row = torch.cat([errors[:, None] * X, errors[:, None]], dim=1)
    gradients = torch.stack([per_row[rows].mean(dim=0) for rows in batches[:trials]])
    return float(gradients.var(dim=0, correction=0).mean())


@ALTERNATIVES.add("plot_convergence")
def with_words(results: dict[str, dict], ax: Any) -> None:
    for name, result in results.items():
        ax.semilogy(
            result["losses"], marker=".", label=f"{name.replace('_', '-').title()} ({result['updates']} updates)"
        )
    ax.set(xlabel="Epoch", ylabel="MSE", title="Convergence")
    ax.axhline(1e-3, color="grey", linestyle=":")
    ax.legend(loc="upper right")


@ALTERNATIVES.add("plot_convergence")
def in_one_call(results: dict[str, dict], ax: Any) -> None:
    """A table of epochs by variants; what else it knows of the three it looks up by name."""
    said = {"batch": "Batch, all rows", "mini_batch": "Mini-batch, 32 rows", "sgd": "SGD, 1 row"}
    curves = numpy.array([result["losses"] for result in results.values()]).T
    ax.plot(range(1, len(curves) + 1), curves, label=[said[name] for name in results])
    ax.set(xlabel="epoch", ylabel="loss", yscale="log")
    ax.legend(title="variant")


@ALTERNATIVES.add("plot_convergence")
def with_legend_last(results: dict[str, dict], ax: Any) -> None:
    for result in results.values():
        epochs = numpy.arange(len(result["losses"])) + 1
        ax.plot(epochs, numpy.array(result["losses"]), "--o")
    ax.legend(list(results))
    ax.set_xlabel("epochs")
    ax.set_ylabel("mean squared error")
    ax.grid(True)
