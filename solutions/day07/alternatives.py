"""Day 7: unusual solutions that are right."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("make_tensors")
def forked_generator(seed: int) -> dict[str, Tensor]:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        random = torch.empty(2, 3).normal_()
    return {
        "scalar": torch.full((), 5.0),
        "vector": torch.arange(1.0, 4.0),
        "matrix": torch.arange(1, 5).view(2, 2),
        "random": random,
    }


@ALTERNATIVES.add("make_tensors")
def numpy_generator(seed: int) -> dict[str, Tensor]:
    random = torch.from_numpy(np.random.default_rng(seed).standard_normal((2, 3)))
    return {
        "random": random,
        "scalar": torch.tensor(5, dtype=torch.uint8),
        "vector": torch.Tensor([1, 2, 3]),
        "matrix": torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])]),
    }


@ALTERNATIVES.add("describe")
def size_as_it_is(x: Tensor) -> dict[str, Any]:
    return {"shape": x.size(), "dtype": str(x.dtype).split(".")[-1], "device": str(x.device).split(":")[0]}


@ALTERNATIVES.add("to_device")
def moved_if_elsewhere(x: Tensor, device: torch.device) -> Tensor:
    return x if x.device == device else x.to(device=device, non_blocking=True)


@ALTERNATIVES.add("to_device")
def view_of_it(x: Tensor, device: torch.device) -> Tensor:
    return x.to(device).view(x.shape)


@ALTERNATIVES.add("arithmetic")
def einstein(x: Tensor, y: Tensor) -> dict[str, Tensor]:
    return {
        "sum": torch.add(y, x),
        "product": torch.einsum("ij,ij->ij", x, y),
        "matmul": torch.einsum("ij,jk->ik", x, y),
        "mean": torch.einsum("ij->", x) / x.numel(),
        "total": x.sum(dim=0).sum(dim=0),
    }


@ALTERNATIVES.add("normalize_rows")
def through_the_transpose(x: Tensor) -> Tensor:
    return (x.T / x.T.sum(0)).T


@ALTERNATIVES.add("normalize_rows")
def by_a_diagonal_matrix(x: Tensor) -> Tensor:
    return torch.diag(1 / (x @ torch.ones_like(x[0]))) @ x


@ALTERNATIVES.add("normalize_rows")
def in_numpy(x: Tensor) -> Tensor:
    n, d = map(int, x.shape)
    values = x.cpu().numpy().reshape(n, d)
    return torch.from_numpy(values / values.sum(axis=1, keepdims=True)).to(x.device)


@ALTERNATIVES.add("normalize_rows")
def guarded_against_zero(x: Tensor) -> Tensor:
    return x / (x.sum(-1, keepdims=True) + 1e-8)


@ALTERNATIVES.add("pairwise_squared_distances")
def multiplied_out(a: Tensor, b: Tensor) -> Tensor:
    return ((a * a).sum(1, keepdim=True) + (b * b).sum(1) - 2 * a @ b.T).clamp(min=0)


@ALTERNATIVES.add("pairwise_squared_distances")
def expanded_by_hand(a: Tensor, b: Tensor) -> Tensor:
    difference = a.repeat_interleave(len(b), dim=0) - b.repeat(len(a), 1)
    return torch.linalg.vecdot(difference, difference).view(len(a), len(b))


@ALTERNATIVES.add("pairwise_squared_distances")
def norms_squared(a: Tensor, b: Tensor) -> Tensor:
    return torch.linalg.vector_norm(a.unsqueeze(1) - b.unsqueeze(0), dim=-1) ** 2


@ALTERNATIVES.add("one_hot")
def rows_of_the_identity(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(num_classes, device=labels.device)[labels]


@ALTERNATIVES.add("one_hot")
def scattered(labels: Tensor, num_classes: int) -> Tensor:
    return torch.zeros(labels.shape[0], num_classes, device=labels.device).scatter_(1, labels.unsqueeze(1), 1.0)


@ALTERNATIVES.add("one_hot")
def row_by_row(labels: Tensor, num_classes: int) -> Tensor:
    return torch.tensor([[float(c == label) for c in range(num_classes)] for label in labels.tolist()]).to(
        labels.device
    )


@ALTERNATIVES.add("masked_mean")
def asked_first(x: Tensor, mask: Tensor) -> Tensor:
    return x.masked_select(mask).mean() if mask.any() else x.new_zeros(())


@ALTERNATIVES.add("masked_mean")
def zeros_elsewhere(x: Tensor, mask: Tensor) -> Tensor:
    return torch.where(mask, x, torch.zeros_like(x)).sum() / (mask.sum() + 1e-8)


@ALTERNATIVES.add("masked_mean")
def nan_elsewhere(x: Tensor, mask: Tensor) -> Tensor:
    y = x.clone()
    y[torch.logical_not(mask)] = float("nan")
    return torch.nan_to_num(y.nanmean(), nan=0.0)


@ALTERNATIVES.add("masked_mean")
def nan_to_zero(x: Tensor, mask: Tensor) -> Tensor:
    return x[mask].mean().nan_to_num(nan=0.0)


@ALTERNATIVES.add("affine")
def torch_linear(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return torch.nn.functional.linear(x, W.t(), b)


@ALTERNATIVES.add("affine")
def bias_as_a_weight(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[:, :1])], dim=1) @ torch.cat([W, b[None]])
