"""Day 10: unusual solutions that are right."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("mse")
def mse_as_a_dot_product(pred: Tensor, target: Tensor) -> Tensor:
    error = (target - pred).reshape(-1)
    return error @ error / error.shape[0]


@ALTERNATIVES.add("mse")
def mse_multiplied_out(pred: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    return (pred * pred - 2 * pred * target + target * target).sum() / math.prod(pred.shape)


@ALTERNATIVES.add("mse")
def mse_one_dimension_after_the_other(pred: Tensor, target: Tensor) -> Tensor:
    loss = torch.square(torch.sub(pred, target))
    while loss.dim():
        loss = loss.mean(dim=-1)
    return loss


@ALTERNATIVES.add("mae")
def mae_larger_minus_smaller(pred: Tensor, target: Tensor) -> Tensor:
    return (torch.maximum(pred, target) - torch.minimum(pred, target)).mean()


@ALTERNATIVES.add("mae")
def mae_with_signs(pred: Tensor, target: Tensor) -> Tensor:
    error = pred - target
    return torch.einsum("i,i->", error.flatten(), error.flatten().sign()) / error.numel()


@ALTERNATIVES.add("mae")
def mae_element_by_element(pred: Tensor, target: Tensor) -> Tensor:
    pairs = list(zip(pred.flatten(), target.flatten(), strict=True))
    return torch.stack([p - t if p > t else t - p for p, t in pairs]).mean()


@ALTERNATIVES.add("binary_cross_entropy")
def bce_of_the_right_probability(prob: Tensor, target: Tensor) -> Tensor:
    floor = torch.tensor(-100.0, dtype=prob.dtype, device=prob.device)
    log_p = torch.maximum(prob.log(), floor)
    log_q = torch.maximum(torch.log1p(-prob), floor)
    return torch.lerp(-log_q, -log_p, target).mean()


@ALTERNATIVES.add("binary_cross_entropy")
def bce_in_two_stacked_rows(prob: Tensor, target: Tensor) -> Tensor:
    logs = torch.stack([prob, 1 - prob]).log().clamp(-100, 0)
    return -(torch.stack([target, 1 - target]) * logs).sum() / prob.numel()


@ALTERNATIVES.add("binary_cross_entropy_with_logits")
def logits_with_logaddexp(logits: Tensor, target: Tensor) -> Tensor:
    return (torch.logaddexp(logits, torch.zeros_like(logits)) - target * logits).mean()


@ALTERNATIVES.add("binary_cross_entropy_with_logits")
def logits_as_two_classes(logits: Tensor, target: Tensor) -> Tensor:
    both = torch.stack([torch.zeros_like(logits), logits])
    return (torch.logsumexp(both, dim=0) - target * logits).sum().div(logits.numel())


@ALTERNATIVES.add("binary_cross_entropy_with_logits")
def logits_case_by_case(logits: Tensor, target: Tensor) -> Tensor:
    tail = torch.log(1 + torch.exp(-torch.abs(logits)))
    return torch.where(logits > 0, logits * (1 - target) + tail, tail - logits * target).mean()


@ALTERNATIVES.add("log_softmax")
def log_softmax_with_logsumexp(logits: Tensor) -> Tensor:
    return logits - torch.logsumexp(logits, dim=-1).unsqueeze(-1)


@ALTERNATIVES.add("log_softmax")
def log_softmax_row_by_row(logits: Tensor, dim: int = 1) -> Tensor:
    rows = [row - row.max().detach() for row in logits]
    return torch.stack([row - row.exp().sum().log() for row in rows])


@ALTERNATIVES.add("log_softmax")
def log_softmax_of_the_transpose(logits: Tensor) -> Tensor:
    columns = logits.T
    shifted = columns - columns.max(0).values
    return (shifted - shifted.exp().sum(0).log()).T


@ALTERNATIVES.add("cross_entropy")
def cross_entropy_with_a_mask(logits: Tensor, labels: Tensor) -> Tensor:
    one_hot = labels[:, None] == torch.arange(logits.shape[1], device=logits.device)
    return (torch.logsumexp(logits, dim=1) - logits[one_hot]).mean()


@ALTERNATIVES.add("cross_entropy")
def cross_entropy_by_differences(logits: Tensor, labels: Tensor) -> Tensor:
    own = torch.gather(logits, 1, labels.view(-1, 1))
    return (logits - own).logsumexp(1).sum() / len(labels)


@ALTERNATIVES.add("cross_entropy")
def cross_entropy_sample_by_sample(logits: Tensor, labels: Tensor) -> Tensor:
    loss = logits.new_zeros(())
    for row, label in zip(logits, labels.tolist(), strict=True):
        loss = loss + row.logsumexp(0) - row[label]
    return loss / logits.size(0)


@ALTERNATIVES.add("compare_losses")
def compare_by_hand(logits: Tensor, label: int) -> dict[str, Tensor]:
    p = torch.softmax(logits, 0)
    error = p - torch.eye(len(p), dtype=p.dtype, device=p.device)[label]
    jacobian = torch.diag(p) - torch.outer(p, p)
    return {"ce_grad": error, "mse_grad": jacobian @ (2 * error / len(p))}


@ALTERNATIVES.add("compare_losses")
def compare_with_backward(logits: Tensor, label: int) -> dict[str, Tensor]:
    gradients = {}
    for name in ("mse", "ce"):
        z = logits.clone().requires_grad_(True)
        one_hot = torch.nn.functional.one_hot(torch.tensor(label), len(z)).to(z)
        if name == "mse":
            loss: Tensor = torch.nn.MSELoss()(z.softmax(-1), one_hot)
        else:
            loss = torch.nn.functional.cross_entropy(z.unsqueeze(0), torch.tensor([label], device=z.device))
        torch.autograd.backward(loss)
        assert z.grad is not None
        gradients[f"{name}_grad"] = z.grad
    return gradients


@ALTERNATIVES.add("compare_losses")
def compare_with_functions(logits: Tensor, label: int) -> dict[str, Tensor]:
    one_hot = torch.nn.functional.one_hot(torch.tensor(label), len(logits)).to(logits)

    def mse(z: Tensor) -> Tensor:
        return (torch.softmax(z, 0) - one_hot).square().mean()

    def ce(z: Tensor) -> Tensor:
        return torch.nn.functional.cross_entropy(z, one_hot)

    return {"mse_grad": torch.func.grad(mse)(logits), "ce_grad": torch.func.grad(ce)(logits)}
