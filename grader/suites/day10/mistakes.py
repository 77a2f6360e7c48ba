"""Day 10: what goes wrong in losses, and one sentence for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Slip = Callable[..., Tensor]


class OneIntoBackward(torch.autograd.Function):
    """A value with a gradient of its own, whatever flows back into it."""

    @staticmethod
    def forward(ctx: Any, first: Tensor, value: Tensor, gradient: Tensor) -> Tensor:
        ctx.save_for_backward(gradient)
        return value.clone()

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Tensor) -> tuple[Tensor, None, None]:
        return ctx.saved_tensors[0], None, None


# --- mse --------------------------------------------------------------------------------------------------------------


@MISTAKES.add("mse", "The subtraction is done in place, which changes the caller's predictions; make a new tensor.")
def mse_in_place(pred: Tensor, target: Tensor) -> Tensor:
    pred -= target
    return (pred**2).mean()


@MISTAKES.add("mse", "The value is right, but no gradient flows through it: something cuts the loss off its graph.")
def mse_detached(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean().detach()


@MISTAKES.add("mse", "backward ignores the gradient that it is given; by the chain rule it is a factor of its own.")
def mse_without_chain_rule(pred: Tensor, target: Tensor) -> Tensor:
    off = (pred - target).detach()
    loss: Tensor = OneIntoBackward.apply(pred, (off**2).mean(), 2 * off / off.numel())
    return loss


@MISTAKES.add("mse", "It adds the squared errors up; the mean divides by how many elements there are.")
def mse_sum(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).sum()


@MISTAKES.add("mse", "It divides by the number of rows; the mean is over every element, in all dimensions.")
def mse_over_rows(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).sum() / len(pred)


@MISTAKES.add("mse", "The mean is taken along one dimension, so several numbers are left; a loss is one number.")
def mse_along_one_dimension(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean(dim=-1)


@MISTAKES.add("mse", "Every element's squared error comes back; the mean of them is missing.")
def mse_not_reduced(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target) ** 2


@MISTAKES.add("mse", "That is the root of the mean squared error; the formula has no root.")
def mse_root(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean().sqrt()


@MISTAKES.add("mse", "There is a factor of one half that the formula does not have.")
def mse_halved(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean() / 2


@MISTAKES.add("mse", "The differences are averaged first and squared afterwards, so that errors cancel each other.")
def mse_square_of_mean(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).mean() ** 2


@MISTAKES.add("mse", "The square is missing: errors with opposite signs cancel each other.")
def mse_without_square(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).mean()


@MISTAKES.add("mse", "Each error counts by its size, not by its square.")
def mse_absolute(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).abs().mean()


@MISTAKES.add("mse", "Prediction and target are squared each on their own; the formula squares their difference.")
def mse_difference_of_squares(pred: Tensor, target: Tensor) -> Tensor:
    return (pred**2 - target**2).mean()


@MISTAKES.add("mse", "It divides by one less than the number of elements, as a sample variance would.")
def mse_of_a_sample(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).sum() / (pred.numel() - 1)


@MISTAKES.add("mse", "It comes back as float32 whatever came in; the loss keeps its input's dtype.")
def mse_in_float32(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred.float() - target.float()) ** 2).mean()


@MISTAKES.add("mse", "It returns a Python number; a loss is a tensor, or nothing can be trained with it.")
def mse_python_number(pred: Tensor, target: Tensor) -> float:
    return ((pred - target) ** 2).mean().item()


# --- mae --------------------------------------------------------------------------------------------------------------


@MISTAKES.add("mae", "The subtraction is done in place, which changes the caller's predictions; make a new tensor.")
def mae_in_place(pred: Tensor, target: Tensor) -> Tensor:
    return pred.sub_(target).abs().mean()


@MISTAKES.add("mae", "The value is right, but no gradient flows through it: something cuts the loss off its graph.")
def mae_detached(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).abs().mean().detach()


@MISTAKES.add("mae", "It adds the errors up; the mean divides by how many elements there are.")
def mae_sum(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).abs().sum()


@MISTAKES.add("mae", "It divides by the number of rows; the mean is over every element, in all dimensions.")
def mae_over_rows(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).abs().sum() / len(pred)


@MISTAKES.add("mae", "The mean is taken along one dimension, so several numbers are left; a loss is one number.")
def mae_along_one_dimension(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).abs().mean(dim=-1)


@MISTAKES.add("mae", "Errors keep their sign, so that one too high and one too low cancel each other.")
def mae_signed(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).mean()


@MISTAKES.add("mae", "The sign is taken away after averaging; by then the errors have cancelled each other.")
def mae_absolute_of_mean(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).mean().abs()


@MISTAKES.add("mae", "Errors are squared; here each counts by its size alone.")
def mae_squared(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean()


@MISTAKES.add(
    "mae", "That is the root of the mean squared error, which weighs large errors more than the mean distance does."
)
def mae_root_of_mse(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean().sqrt()


@MISTAKES.add(
    "mae", "Prediction and target lose their signs before they are compared; take the size of the difference."
)
def mae_of_sizes(pred: Tensor, target: Tensor) -> Tensor:
    return (pred.abs() - target.abs()).abs().mean()


@MISTAKES.add("mae", "That is the median of the errors, the middle one; the task asks for their mean.")
def mae_median(pred: Tensor, target: Tensor) -> Tensor:
    return (pred - target).abs().median()


@MISTAKES.add("mae", "It comes back as float32 whatever came in; the loss keeps its input's dtype.")
def mae_in_float32(pred: Tensor, target: Tensor) -> Tensor:
    return (pred.float() - target.float()).abs().mean()


# --- binary cross-entropy ---------------------------------------------------------------------------------------------


def _log(prob: Tensor) -> Tensor:
    return torch.log(prob).clamp(min=-100)


def _bce(prob: Tensor, target: Tensor) -> Tensor:
    return -(target * _log(prob) + (1 - target) * _log(1 - prob))


@MISTAKES.add("binary_cross_entropy", "1 - prob is made in place, which changes the caller's tensor.")
def bce_in_place(prob: Tensor, target: Tensor) -> Tensor:
    first = target * _log(prob)
    return -(first + (1 - target) * _log(prob.neg_().add_(1))).mean()


@MISTAKES.add(
    "binary_cross_entropy", "The value is right, but no gradient flows through it; keep the loss in its graph."
)
def bce_detached(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(prob, target).mean().detach()


@MISTAKES.add("binary_cross_entropy", "The sign is wrong: a logarithm of a probability is negative, a loss is not.")
def bce_without_minus(prob: Tensor, target: Tensor) -> Tensor:
    return -_bce(prob, target).mean()


@MISTAKES.add("binary_cross_entropy", "It adds up over the elements; the loss is their mean.")
def bce_sum(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(prob, target).sum()


@MISTAKES.add("binary_cross_entropy", "It divides by the number of rows; the mean is over every element.")
def bce_over_rows(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(prob, target).sum() / len(prob)


@MISTAKES.add("binary_cross_entropy", "Only targets of 1 are counted; the formula has a second half for the others.")
def bce_first_half(prob: Tensor, target: Tensor) -> Tensor:
    return -(target * _log(prob)).mean()


@MISTAKES.add("binary_cross_entropy", "Only targets of 0 are counted; the formula has another half for the others.")
def bce_second_half(prob: Tensor, target: Tensor) -> Tensor:
    return -((1 - target) * _log(1 - prob)).mean()


@MISTAKES.add(
    "binary_cross_entropy", "Prediction and target have changed places: the logarithm belongs to the prediction."
)
def bce_swapped(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(target, prob).mean()


@MISTAKES.add(
    "binary_cross_entropy", "The two halves are paired the wrong way round: which logarithm belongs to a target of 1?"
)
def bce_halves_crossed(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(1 - prob, target).mean()


@MISTAKES.add(
    "binary_cross_entropy", "At a probability of exactly 0 or 1 the logarithm is infinite; clamp each logarithm."
)
def bce_not_clamped(prob: Tensor, target: Tensor) -> Tensor:
    return -(target * torch.log(prob) + (1 - target) * torch.log(1 - prob)).mean()


@MISTAKES.add("binary_cross_entropy", "The sum of the two halves is clamped; each logarithm has a bound of its own.")
def bce_sum_clamped(prob: Tensor, target: Tensor) -> Tensor:
    halves = target * torch.log(prob) + (1 - target) * torch.log(1 - prob)
    return -halves.nan_to_num(0).clamp(min=-100).mean()


@MISTAKES.add("binary_cross_entropy", "The logarithm has base 2 (or 10); the formula uses the natural one.")
def bce_base_2(prob: Tensor, target: Tensor) -> Tensor:
    return -(target * torch.log2(prob) + (1 - target) * torch.log2(1 - prob)).clamp(min=-100).mean()


@MISTAKES.add("binary_cross_entropy", "A sigmoid is applied, but prob is a probability already.")
def bce_sigmoid_again(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(prob.sigmoid(), target).mean()


@MISTAKES.add("binary_cross_entropy", "Targets are rounded to 0 or 1; those between count with both halves.")
def bce_hard_targets(prob: Tensor, target: Tensor) -> Tensor:
    return torch.where(target > 0.5, -_log(prob), -_log(1 - prob)).mean()


@MISTAKES.add(
    "binary_cross_entropy", "Clamping the probability gives a milder bound than asked for: clamp the logarithm."
)
def bce_probability_clamped(prob: Tensor, target: Tensor) -> Tensor:
    return _bce(prob.clamp(1e-7, 1 - 1e-7), target).mean()


# a slip is recognised by its values: each of these has its own
EPSILONS = {"": 1e-8, "_7": 1e-7, "_9": 1e-9, "_10": 1e-10, "_12": 1e-12}


def each_epsilon(task: str, advice: str) -> Callable[[Slip], Slip]:
    """Registers a slip, which takes an epsilon after its inputs, once for every epsilon."""

    def register(slip: Slip) -> Slip:
        for suffix, epsilon in EPSILONS.items():

            def with_epsilon(*inputs: Tensor, epsilon: float = epsilon) -> Tensor:
                return slip(*inputs, epsilon)

            with_epsilon.__name__ = slip.__name__ + suffix
            MISTAKES.add(task, advice)(with_epsilon)
        return slip

    return register


@each_epsilon("binary_cross_entropy", "A small number inside the logarithm is not the bound that is asked for.")
def bce_epsilon_inside(prob: Tensor, target: Tensor, epsilon: float) -> Tensor:
    return -(target * torch.log(prob + epsilon) + (1 - target) * torch.log(1 - prob + epsilon)).mean()


# --- binary cross-entropy of logits -----------------------------------------------------------------------------------

LOGITS = "binary_cross_entropy_with_logits"


def _bce_logits(logits: Tensor, target: Tensor) -> Tensor:
    return logits.clamp(min=0) - logits * target + torch.log1p(torch.exp(-logits.abs()))


@MISTAKES.add(LOGITS, "The logits are overwritten in place, which changes the caller's tensor.")
def logits_in_place(logits: Tensor, target: Tensor) -> Tensor:
    linear = logits.clamp(min=0) - logits * target
    return (linear + torch.log1p(logits.abs_().neg_().exp_())).mean()


@MISTAKES.add(LOGITS, "The value is right, but no gradient flows through it; keep the loss in its graph.")
def logits_detached(logits: Tensor, target: Tensor) -> Tensor:
    return _bce_logits(logits, target).mean().detach()


@MISTAKES.add(
    LOGITS, "Written through the sigmoid as it stands: at large logits it rounds to 0 or 1 and the log is infinite."
)
def logits_through_sigmoid(logits: Tensor, target: Tensor) -> Tensor:
    prob = logits.sigmoid()
    return -(target * torch.log(prob) + (1 - target) * torch.log(1 - prob)).mean()


@MISTAKES.add(LOGITS, "Clamped logarithms stop the infinities but not the error: the loss must grow with the logit.")
def logits_sigmoid_clamped(logits: Tensor, target: Tensor) -> Tensor:
    return _bce(logits.sigmoid(), target).mean()


@each_epsilon(LOGITS, "A small number inside the logarithm stops the infinities but makes large losses too small.")
def logits_sigmoid_epsilon(logits: Tensor, target: Tensor, epsilon: float) -> Tensor:
    return bce_epsilon_inside(logits.sigmoid(), target, epsilon)


@MISTAKES.add(LOGITS, "Simplified, but one exponential still has a positive exponent, which overflows.")
def logits_exponent_overflows(logits: Tensor, target: Tensor) -> Tensor:
    return (torch.log(1 + torch.exp(logits)) - logits * target).mean()


@MISTAKES.add(
    LOGITS, "The other exponential overflows: it is safe for large positive logits but not for negative ones."
)
def logits_exponent_overflows_below(logits: Tensor, target: Tensor) -> Tensor:
    return (torch.log(1 + torch.exp(-logits)) + logits * (1 - target)).mean()


@MISTAKES.add(
    LOGITS, "where() hides the infinity in the value, not in the gradient: both of its branches are differentiated."
)
def logits_overflow_in_gradient(logits: Tensor, target: Tensor) -> Tensor:
    return (torch.where(logits > 30, logits, torch.log1p(torch.exp(logits))) - logits * target).mean()


@MISTAKES.add(LOGITS, "Logits beyond a bound are cut off, so their loss stops growing.")
def logits_cut_off(logits: Tensor, target: Tensor) -> Tensor:
    return _bce_logits(logits.clamp(-50, 50), target).mean()


@MISTAKES.add(LOGITS, "The logits are taken for probabilities: the sigmoid is missing.")
def logits_as_probabilities(logits: Tensor, target: Tensor) -> Tensor:
    return _bce(logits.clamp(0, 1), target).mean()


@MISTAKES.add(LOGITS, "The sign is wrong: the loss is never negative.")
def logits_without_minus(logits: Tensor, target: Tensor) -> Tensor:
    return -_bce_logits(logits, target).mean()


@MISTAKES.add(LOGITS, "The term logit times target has the wrong sign: a right and confident logit must cost little.")
def logits_target_sign(logits: Tensor, target: Tensor) -> Tensor:
    return (logits.clamp(min=0) + logits * target + torch.log1p(torch.exp(-logits.abs()))).mean()


@MISTAKES.add(LOGITS, "Targets of 0 and 1 have changed places.")
def logits_targets_crossed(logits: Tensor, target: Tensor) -> Tensor:
    return _bce_logits(logits, 1 - target).mean()


@MISTAKES.add(LOGITS, "The correction term log(1 + exp(-|z|)) is missing; it matters for logits near 0.")
def logits_without_correction(logits: Tensor, target: Tensor) -> Tensor:
    return (logits.clamp(min=0) - logits * target).mean()


@MISTAKES.add(LOGITS, "It adds up over the elements; the loss is their mean.")
def logits_sum(logits: Tensor, target: Tensor) -> Tensor:
    return _bce_logits(logits, target).sum()


@MISTAKES.add(LOGITS, "It divides by the number of rows; the mean is over every element.")
def logits_over_rows(logits: Tensor, target: Tensor) -> Tensor:
    return _bce_logits(logits, target).sum() / len(logits)


# --- log-softmax ------------------------------------------------------------------------------------------------------


def _log_softmax(logits: Tensor, dim: int = 1) -> Tensor:
    return logits - logits.logsumexp(dim=dim, keepdim=True)


@MISTAKES.add("log_softmax", "The shift is subtracted in place, which changes the caller's logits.")
def log_softmax_in_place(logits: Tensor) -> Tensor:
    logits -= logits.amax(dim=1, keepdim=True)
    return _log_softmax(logits)


@MISTAKES.add("log_softmax", "The values are right, but no gradient flows through them.")
def log_softmax_detached(logits: Tensor) -> Tensor:
    return _log_softmax(logits).detach()


@MISTAKES.add("log_softmax", "It normalises the columns; each row is one sample, and the classes run along it.")
def log_softmax_of_columns(logits: Tensor) -> Tensor:
    return _log_softmax(logits, dim=0)


@MISTAKES.add("log_softmax", "One sum over the whole table is used; each row has a sum of its own.")
def log_softmax_of_all(logits: Tensor) -> Tensor:
    return logits - logits.flatten().logsumexp(dim=0)


@MISTAKES.add("log_softmax", "That is the softmax; its logarithm is asked for.")
def log_softmax_without_log(logits: Tensor) -> Tensor:
    return _log_softmax(logits).exp()


@MISTAKES.add("log_softmax", "The sign is wrong: a logarithm of a probability is never positive.")
def log_softmax_negated(logits: Tensor) -> Tensor:
    return -_log_softmax(logits)


@MISTAKES.add("log_softmax", "The exponentials overflow at large logits; make the exponents small first.")
def log_softmax_overflows(logits: Tensor) -> Tensor:
    return logits - logits.exp().sum(dim=1, keepdim=True).log()


@MISTAKES.add(
    "log_softmax", "where() hides the infinity in the value, not in the gradient: both its branches are differentiated."
)
def log_softmax_infinite_gradient(logits: Tensor) -> Tensor:
    shifted = logits - logits.amax(dim=1, keepdim=True)
    prob = shifted.exp() / shifted.exp().sum(dim=1, keepdim=True)
    return torch.where(prob > 1e-30, prob.log(), shifted)


@MISTAKES.add("log_softmax", "The softmax is stable, but where it rounds to 0 its logarithm is minus infinity.")
def log_softmax_log_of_zero(logits: Tensor) -> Tensor:
    shifted = (logits - logits.amax(dim=1, keepdim=True)).exp()
    return (shifted / shifted.sum(dim=1, keepdim=True)).log()


@each_epsilon(
    "log_softmax", "A small number inside the logarithm hides the infinity and gives a wrong value far from 0."
)
def log_softmax_epsilon(logits: Tensor, epsilon: float) -> Tensor:
    return (_log_softmax(logits).exp() + epsilon).log()


@MISTAKES.add(
    "log_softmax", "The largest logit of the whole table is subtracted; a row far below it then loses everything."
)
def log_softmax_one_shift(logits: Tensor) -> Tensor:
    shifted = logits - logits.max()
    return shifted - shifted.exp().sum(dim=1, keepdim=True).log()


@MISTAKES.add("log_softmax", "The logits are shifted, but the logarithm of the sum is never subtracted.")
def log_softmax_shift_only(logits: Tensor) -> Tensor:
    return logits - logits.amax(dim=1, keepdim=True)


@MISTAKES.add("log_softmax", "The shift was taken off for the sum and not put back: both terms need the same logits.")
def log_softmax_shift_forgotten(logits: Tensor) -> Tensor:
    shifted = logits - logits.amax(dim=1, keepdim=True)
    return logits - shifted.exp().sum(dim=1, keepdim=True).log()


@MISTAKES.add("log_softmax", "It divides by the logarithm of the sum; the logarithm of a quotient is a difference.")
def log_softmax_divided(logits: Tensor) -> Tensor:
    shifted = logits - logits.amax(dim=1, keepdim=True)
    return shifted / shifted.exp().sum(dim=1, keepdim=True).log()


@MISTAKES.add("log_softmax", "It works in float32 whatever came in; the result keeps its input's dtype.")
def log_softmax_in_float32(logits: Tensor) -> Tensor:
    return _log_softmax(logits.float())


# --- cross-entropy ----------------------------------------------------------------------------------------------------


def _picked(logits: Tensor, labels: Tensor) -> Tensor:
    return _log_softmax(logits).gather(1, labels[:, None]).squeeze(1)


@MISTAKES.add("cross_entropy", "There are ten classes in it; how many there are is to be read from the logits.")
def cross_entropy_ten_classes(logits: Tensor, labels: Tensor) -> Tensor:
    rows = torch.eye(10, dtype=logits.dtype, device=logits.device)[labels.clamp(max=9)]
    rows = torch.nn.functional.pad(rows, (0, max(0, logits.shape[1] - 10)))[:, : logits.shape[1]]
    return -(rows * _log_softmax(logits)).sum(dim=1).mean()


@MISTAKES.add("cross_entropy", "The shift is subtracted in place, which changes the caller's logits.")
def cross_entropy_in_place(logits: Tensor, labels: Tensor) -> Tensor:
    logits -= logits.amax(dim=1, keepdim=True)
    return -_picked(logits, labels).mean()


@MISTAKES.add("cross_entropy", "The value is right, but no gradient flows through it; keep the loss in its graph.")
def cross_entropy_detached(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels).mean().detach()


@MISTAKES.add("cross_entropy", "backward ignores the gradient that it is given; it is a factor of its own.")
def cross_entropy_without_chain_rule(logits: Tensor, labels: Tensor) -> Tensor:
    z = logits.detach()
    gradient = (_log_softmax(z).exp() - (labels[:, None] == torch.arange(z.shape[1], device=z.device)).to(z)) / len(z)
    loss: Tensor = OneIntoBackward.apply(logits, -_picked(z, labels).mean(), gradient)
    return loss


@MISTAKES.add("cross_entropy", "The sign is wrong: the loss falls to 0 from above as the prediction gets better.")
def cross_entropy_without_minus(logits: Tensor, labels: Tensor) -> Tensor:
    return _picked(logits, labels).mean()


@MISTAKES.add("cross_entropy", "It adds the samples' losses up; the loss is their mean.")
def cross_entropy_sum(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels).sum()


@MISTAKES.add("cross_entropy", "It divides by samples times classes; each sample has one loss, so divide by N alone.")
def cross_entropy_over_table(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels).sum() / logits.numel()


@MISTAKES.add("cross_entropy", "A loss for each sample comes back; their mean is missing.")
def cross_entropy_not_reduced(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels)


@MISTAKES.add(
    "cross_entropy", "Indexing with all labels at once takes them for every row; each row has only its own label."
)
def cross_entropy_every_label(logits: Tensor, labels: Tensor) -> Tensor:
    return -_log_softmax(logits)[:, labels].mean()


@MISTAKES.add("cross_entropy", "The largest log-probability of each row is used, whatever the label says.")
def cross_entropy_of_the_winner(logits: Tensor, labels: Tensor) -> Tensor:
    return -_log_softmax(logits).amax(dim=1).mean()


@MISTAKES.add("cross_entropy", "The softmax runs over the batch; it belongs to the classes of each sample.")
def cross_entropy_of_columns(logits: Tensor, labels: Tensor) -> Tensor:
    return -_log_softmax(logits, dim=0).gather(1, labels[:, None]).mean()


@MISTAKES.add("cross_entropy", "The probability of the label is used, not its logarithm.")
def cross_entropy_without_log(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels).exp().mean()


@MISTAKES.add("cross_entropy", "The logarithm is taken after averaging the probabilities; average the logarithms.")
def cross_entropy_log_of_mean(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels).exp().mean().log()


@MISTAKES.add("cross_entropy", "The softmax is missing: the label's logit itself is used.")
def cross_entropy_without_softmax(logits: Tensor, labels: Tensor) -> Tensor:
    return -logits.gather(1, labels[:, None]).mean()


@MISTAKES.add("cross_entropy", "The softmax is applied twice: to the logits, and once more to the probabilities.")
def cross_entropy_softmax_twice(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(_log_softmax(logits).exp(), labels).mean()


@MISTAKES.add("cross_entropy", "The exponentials overflow at large logits; make the exponents small first.")
def cross_entropy_overflows(logits: Tensor, labels: Tensor) -> Tensor:
    exp = logits.exp()
    prob = exp / exp.sum(dim=1, keepdim=True)
    return -prob.gather(1, labels[:, None]).log().mean()


@MISTAKES.add("cross_entropy", "The softmax is stable, but where it rounds to 0 its logarithm is minus infinity.")
def cross_entropy_log_of_zero(logits: Tensor, labels: Tensor) -> Tensor:
    return -_picked(logits, labels).exp().log().mean()


@each_epsilon(
    "cross_entropy", "A small number inside the logarithm hides the infinity and makes large losses too small."
)
def cross_entropy_epsilon(logits: Tensor, labels: Tensor, epsilon: float) -> Tensor:
    return -(_picked(logits, labels).exp() + epsilon).log().mean()


# --- compare_losses ---------------------------------------------------------------------------------------------------


def _gradients(prob: Tensor, label: int) -> tuple[Tensor, Tensor]:
    """The two gradients, written out."""
    wrong = prob.clone()
    wrong[label] -= 1
    return 2 / len(prob) * prob * (wrong - (prob * wrong).sum()), wrong


@MISTAKES.add("compare_losses", "Both gradients are collected in one place: the second still holds the first.")
def compare_piled_up(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": mse_grad, "ce_grad": mse_grad + ce_grad}


@MISTAKES.add(
    "compare_losses", "Both entries are the same tensor: the second backward pass adds to the first one's result."
)
def compare_same_tensor(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": mse_grad + ce_grad, "ce_grad": mse_grad + ce_grad}


@MISTAKES.add("compare_losses", "The squared errors are added up over the classes; the loss is their mean.")
def compare_sum(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": mse_grad * len(logits), "ce_grad": ce_grad}


@MISTAKES.add("compare_losses", "The cross-entropy of one sample is divided by the number of classes.")
def compare_ce_over_classes(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": mse_grad, "ce_grad": ce_grad / len(logits)}


@MISTAKES.add(
    "compare_losses",
    "MSE is taken of the logits themselves; the comparison is between the softmax and the one-hot label.",
)
def compare_mse_of_logits(logits: Tensor, label: int) -> dict[str, Tensor]:
    _, ce_grad = _gradients(logits.softmax(dim=0), label)
    one_hot = torch.zeros_like(logits)
    one_hot[label] = 1
    return {"mse_grad": 2 / len(logits) * (logits - one_hot), "ce_grad": ce_grad}


@MISTAKES.add(
    "compare_losses",
    "The gradient of MSE is with respect to the probabilities; go on through the softmax to the logits.",
)
def compare_stops_at_softmax(logits: Tensor, label: int) -> dict[str, Tensor]:
    _, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": 2 / len(logits) * ce_grad, "ce_grad": ce_grad}


@MISTAKES.add(
    "compare_losses", "Softmax is taken for a function of each class alone; every probability depends on every logit."
)
def compare_softmax_alone(logits: Tensor, label: int) -> dict[str, Tensor]:
    prob = logits.softmax(dim=0)
    _, ce_grad = _gradients(prob, label)
    return {"mse_grad": 2 / len(logits) * ce_grad * prob * (1 - prob), "ce_grad": ce_grad}


@MISTAKES.add(
    "compare_losses", "The gradient of cross-entropy is with respect to the log-probabilities, not to the logits."
)
def compare_ce_stops_at_log_softmax(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, _ = _gradients(logits.softmax(dim=0), label)
    ce_grad = torch.zeros_like(logits)
    ce_grad[label] = -1
    return {"mse_grad": mse_grad, "ce_grad": ce_grad}


@MISTAKES.add("compare_losses", "Cross-entropy gets probabilities, and applies its softmax to them a second time.")
def compare_softmax_twice(logits: Tensor, label: int) -> dict[str, Tensor]:
    prob = logits.softmax(dim=0)
    mse_grad, _ = _gradients(prob, label)
    _, upper = _gradients(prob.softmax(dim=0), label)
    return {"mse_grad": mse_grad, "ce_grad": prob * (upper - (prob * upper).sum())}


@MISTAKES.add("compare_losses", "The two gradients have changed places.")
def compare_swapped(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": ce_grad, "ce_grad": mse_grad}


@MISTAKES.add("compare_losses", "The factor 2 from the square is missing.")
def compare_without_2(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": mse_grad / 2, "ce_grad": ce_grad}


@MISTAKES.add("compare_losses", "The losses themselves come back; their gradients are asked for.")
def compare_losses_themselves(logits: Tensor, label: int) -> dict[str, Tensor]:
    _, wrong = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": (wrong**2).mean(), "ce_grad": -_log_softmax(logits, dim=0)[label]}


@MISTAKES.add(
    "compare_losses", "Both gradients point the other way: they are those of the negative losses, or a step downhill."
)
def compare_downhill(logits: Tensor, label: int) -> dict[str, Tensor]:
    mse_grad, ce_grad = _gradients(logits.softmax(dim=0), label)
    return {"mse_grad": -mse_grad, "ce_grad": -ce_grad}


@MISTAKES.add("compare_losses", "The logits that came in require gradients afterwards; ask that of a copy of your own.")
def compare_marks_its_input(logits: Tensor, label: int) -> dict[str, Tensor]:
    logits.requires_grad_()
    mse_grad, ce_grad = _gradients(logits.detach().softmax(dim=0), label)
    return {"mse_grad": mse_grad, "ce_grad": ce_grad}
