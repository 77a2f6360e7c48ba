"""Day 20: the eight programs as they are given, other slips on the way to their cure, and one sentence for each."""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Pair = tuple[Tensor, Tensor]


# train_linear


def zeros(X: Tensor) -> Pair:
    return torch.zeros(X.shape[1], dtype=X.dtype, device=X.device), torch.zeros((), dtype=X.dtype, device=X.device)


def descend(X: Tensor, y: Tensor, lr: float, steps: int, factor: float = 2.0) -> Pair:
    """The right descent, but for the factor in front of its gradients."""
    w, b = zeros(X)
    for _ in range(steps):
        error = X @ w + b - y
        w, b = w - lr * factor * (error @ X) / len(y), b - lr * factor * error.mean()
    return w, b


def piling_up(X: Tensor, y: Tensor, lr: float, steps: int, keep_w: float, keep_b: float) -> Pair:
    """Descent with this share of each old gradient kept."""
    w, b = zeros(X)
    w_grad, b_grad = torch.zeros_like(w), torch.zeros_like(b)
    for _ in range(steps):
        error = X @ w + b - y
        w_grad, b_grad = keep_w * w_grad + 2 * (error @ X) / len(y), keep_b * b_grad + 2 * error.mean()
        w, b = w - lr * w_grad, b - lr * b_grad
    return w, b


@MISTAKES.add("train_linear", "Each step still carries the gradients of all steps before it; where are they cleared?")
def linear_gradients_pile_up(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return piling_up(X, y, lr, steps, 1.0, 1.0)


@MISTAKES.add("train_linear", "The gradient of w is cleared, that of b still piles up.")
def linear_bias_piles_up(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return piling_up(X, y, lr, steps, 0.0, 1.0)


@MISTAKES.add("train_linear", "The gradient of b is cleared, that of w still piles up.")
def linear_weight_piles_up(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return piling_up(X, y, lr, steps, 1.0, 0.0)


@MISTAKES.add("train_linear", "A part of each old gradient is kept, as momentum does; plain descent is asked for.")
def linear_momentum(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return piling_up(X, y, lr, steps, 0.9, 0.9)


@MISTAKES.add("train_linear", "Nothing moves: the gradients are cleared before they are used.")
def linear_stands_still(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return zeros(X)


@MISTAKES.add("train_linear", "One step too few is made.")
def linear_one_step_less(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return descend(X, y, lr, steps - 1)


@MISTAKES.add("train_linear", "It stops when the loss is small enough for it; make every step that is asked for.")
def linear_stops_when_good(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    w, b = zeros(X)
    for _ in range(steps):
        error = X @ w + b - y
        if error.square().mean() < 1e-2:
            break
        w, b = w - lr * 2 * (error @ X) / len(y), b - lr * 2 * error.mean()
    return w, b


@MISTAKES.add("train_linear", "One step too many is made.")
def linear_one_step_more(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return descend(X, y, lr, steps + 1)


@MISTAKES.add("train_linear", "The steps are half as long as they should be: differentiate the square once more.")
def linear_half_gradients(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return descend(X, y, lr, steps, 1.0)


@MISTAKES.add("train_linear", "The squared errors are added up; the loss is their mean.")
def linear_sum(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return descend(X, y, lr, steps, 2.0 * len(y))


@MISTAKES.add("train_linear", "The steps lead uphill.")
def linear_uphill(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    return descend(X, y, lr, steps, -2.0)


@MISTAKES.add("train_linear", "w learns, b never leaves zero.")
def linear_without_bias(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    w, b = zeros(X)
    for _ in range(steps):
        w = w - lr * 2 * ((X @ w - y) @ X) / len(y)
    return w, b


@MISTAKES.add("train_linear", "The values are right, but they come back as b and w.")
def linear_swapped(X: Tensor, y: Tensor, lr: float, steps: int) -> Pair:
    w, b = descend(X, y, lr, steps)
    return b, w


# classify_loss


@MISTAKES.add("classify_loss", "The loss takes logits and makes probabilities of them itself; here it happens twice.")
def classify_softmax_twice(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits.softmax(dim=1), labels)


@MISTAKES.add("classify_loss", "The logits are squashed one by one before the loss sees them.")
def classify_sigmoid_first(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits.sigmoid(), labels)


@MISTAKES.add("classify_loss", "This loss expects logarithms, and gets probabilities.")
def classify_nll_of_probabilities(logits: Tensor, labels: Tensor) -> Tensor:
    return F.nll_loss(logits.softmax(dim=1), labels)


@MISTAKES.add("classify_loss", "This loss expects logarithms of probabilities, and gets raw logits.")
def classify_nll_of_logits(logits: Tensor, labels: Tensor) -> Tensor:
    return F.nll_loss(logits, labels)


@MISTAKES.add("classify_loss", "A probability that is rounded to 0 has no logarithm: leave both to one function.")
def classify_log_of_softmax(logits: Tensor, labels: Tensor) -> Tensor:
    return F.nll_loss(logits.softmax(dim=1).log(), labels)


@MISTAKES.add("classify_loss", "The samples' losses are added up; their mean is asked for.")
def classify_sum(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits, labels, reduction="sum")


@MISTAKES.add("classify_loss", "There is one loss for each sample; their mean is asked for.")
def classify_each(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits, labels, reduction="none")


@MISTAKES.add(
    "classify_loss", "The probabilities are made down the columns, so that samples compete instead of classes."
)
def classify_wrong_dimension(logits: Tensor, labels: Tensor) -> Tensor:
    return F.nll_loss(logits.log_softmax(dim=0), labels)


@MISTAKES.add("classify_loss", "The sign is wrong: this number grows as the predictions get better.")
def classify_sign(logits: Tensor, labels: Tensor) -> Tensor:
    return -F.cross_entropy(logits, labels)


@MISTAKES.add("classify_loss", "This is the mean squared error of the probabilities.")
def classify_squares(logits: Tensor, labels: Tensor) -> Tensor:
    return F.mse_loss(logits.softmax(dim=1), F.one_hot(labels, logits.shape[1]).to(logits))


@MISTAKES.add("classify_loss", "The value is right, but it is cut off from the graph: nothing can learn from it.")
def classify_cut_off(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits, labels).detach()


@MISTAKES.add("classify_loss", "The labels are smoothed; take them as they are.")
def classify_smoothed(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits, labels, label_smoothing=0.1)


# validate


def share(model: nn.Module, images: Tensor, labels: Tensor, classes: int | None = None) -> float:
    """The accuracy in eval mode without a graph, the modes put back."""
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        right = (model(images)[:, :classes].argmax(dim=1) == labels).double().mean()
    for part, mode in modes:
        part.training = mode
    return float(right)


@MISTAKES.add("validate", "The model is asked in whatever mode it is in, and a graph is built that nobody needs.")
def validate_as_it_is(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return float((model(images).argmax(dim=1) == labels).double().mean())


@MISTAKES.add("validate", "No graph is built, but the model still behaves as in training.")
def validate_in_train_mode(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    with torch.no_grad():
        return float((model(images).argmax(dim=1) == labels).double().mean())


@MISTAKES.add("validate", "The mode is right, but a graph is built that nobody needs.")
def validate_with_a_graph(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    modes = [(part, part.training) for part in model.modules()]
    right = (model.eval()(images).argmax(dim=1) == labels).double().mean()
    for part, mode in modes:
        part.training = mode
    return float(right)


@MISTAKES.add("validate", "The weights require no gradients any more: the model can be trained no further.")
def validate_freezes(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    model.requires_grad_(False)
    return validate_with_a_graph(model, images, labels)


@MISTAKES.add("validate", "The model is in eval mode afterwards, whatever it was in before.")
def validate_leaves_eval(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    result = share(model, images, labels)
    model.eval()
    return result


@MISTAKES.add("validate", "The model is in train mode afterwards, whatever it was in before.")
def validate_leaves_train(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    result = share(model, images, labels)
    model.train()
    return result


@MISTAKES.add("validate", "The whole model's mode is put back, but its parts had modes of their own.")
def validate_restores_the_whole(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    was = model.training
    result = share(model, images, labels)
    model.train(was)
    return result


@MISTAKES.add("validate", "The modes of the model's own parts are put back, but these have parts in turn.")
def validate_restores_children(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    whole, modes = model.training, [child.training for child in model.children()]
    result = share(model, images, labels)
    model.train(whole)
    for child, mode in zip(model.children(), modes, strict=True):
        child.train(mode)
    return result


@MISTAKES.add("validate", "The images are flattened on their way; this model takes images.")
def validate_flattens(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return share(model, images.flatten(1), labels)


@MISTAKES.add("validate", "Only the layers of one kind are in eval mode; other parts notice the mode too.")
def validate_with_norms_in_eval(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    norms = [part for part in model.modules() if isinstance(part, nn.BatchNorm1d)]
    modes = [norm.training for norm in norms]
    for norm in norms:
        norm.eval()
    with torch.no_grad():
        right = (model(images).argmax(dim=1) == labels).double().mean()
    for norm, mode in zip(norms, modes, strict=True):
        norm.train(mode)
    return float(right)


@MISTAKES.add("validate", "Images beyond the first batch are left out; all of them count.")
def validate_first_batch(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return share(model, images[:64], labels[:64])


@MISTAKES.add("validate", "Only ten classes can win here; this model may have more.")
def validate_ten_classes(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return share(model, images, labels, 10)


@MISTAKES.add("validate", "The fraction is rounded to two decimals; give all of them.")
def validate_two_decimals(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return round(share(model, images, labels), 2)


@MISTAKES.add("validate", "The number is a percentage; a fraction is asked for.")
def validate_percent(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return 100 * share(model, images, labels)


@MISTAKES.add("validate", "This counts the right images; a fraction is asked for.")
def validate_counts(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return float(round(len(labels) * share(model, images, labels)))


@MISTAKES.add("validate", "This is the share of images that the model gets wrong.")
def validate_errors(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    return 1 - share(model, images, labels)


@MISTAKES.add("validate", "The accuracy comes back as a tensor; a Python float is asked for.")
def validate_tensor(model: nn.Module, images: Tensor, labels: Tensor) -> Tensor:
    return torch.tensor(share(model, images, labels))


@MISTAKES.add("validate", "The fraction is rounded to a whole number on its way.")
def validate_rounded(model: nn.Module, images: Tensor, labels: Tensor) -> int:
    return int(share(model, images, labels) * len(labels)) // len(labels)


# regression_loss


@MISTAKES.add("regression_loss", "Each prediction is compared with every target; print the shape of the difference.")
def regression_table(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).mean()


@MISTAKES.add("regression_loss", "The squared errors of the pairs are added up; their mean is asked for.")
def regression_sum(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred[:, 0] - target) ** 2).sum()


@MISTAKES.add("regression_loss", "There is one loss for each pair; their mean is asked for.")
def regression_each(pred: Tensor, target: Tensor) -> Tensor:
    return (pred[:, 0] - target) ** 2


@MISTAKES.add("regression_loss", "These are absolute errors; nothing is squared.")
def regression_absolute(pred: Tensor, target: Tensor) -> Tensor:
    return (pred[:, 0] - target).abs().mean()


@MISTAKES.add("regression_loss", "This is the root of the mean squared error.")
def regression_root(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred[:, 0] - target) ** 2).mean().sqrt()


@MISTAKES.add("regression_loss", "This is half of the mean squared error.")
def regression_half(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred[:, 0] - target) ** 2).mean() / 2


@MISTAKES.add("regression_loss", "The mean comes before the square, so that errors of both signs cancel.")
def regression_mean_first(pred: Tensor, target: Tensor) -> Tensor:
    return (pred[:, 0] - target).mean() ** 2


@MISTAKES.add(
    "regression_loss", "The table of all differences is added up along one side; it should not be there at all."
)
def regression_table_summed(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred - target) ** 2).sum() / len(target)


@MISTAKES.add("regression_loss", "Only the first prediction is compared with the targets.")
def regression_first(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred[0] - target) ** 2).mean()


@MISTAKES.add("regression_loss", "The value is right, but it is cut off from the graph: nothing can learn from it.")
def regression_cut_off(pred: Tensor, target: Tensor) -> Tensor:
    return ((pred[:, 0] - target) ** 2).mean().detach()


# train_recurrent and train_fast


Model = Callable[[Tensor], Tensor]


def recurrent(X: Tensor, seed: int) -> tuple[Model, list[nn.Parameter]]:
    """The recurrent network of the given program, and its parameters."""
    torch.manual_seed(seed)
    rnn = nn.RNN(X.shape[2], 64, nonlinearity="relu", batch_first=True).to(X)
    head = nn.Linear(64, 1).to(X)

    def model(x: Tensor) -> Tensor:
        column: Tensor = head(rnn(x)[0][:, -1])
        return column.squeeze(1)

    return model, [*rnn.parameters(), *head.parameters()]


def perceptron(X: Tensor, seed: int) -> tuple[Model, list[nn.Parameter]]:
    """The network of the given slow program, and its parameters."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(X.shape[1], 32), nn.Tanh(), nn.Linear(32, 1)).to(X)
    return lambda x: net(x).squeeze(1), list(net.parameters())


def losses_of(
    model: Model,
    parameters: list[nn.Parameter],
    data: Pair,
    rates: list[float],
    clip: Callable[[list[nn.Parameter]], Any] | None = None,
) -> list[float]:
    """The losses of plain descent, one step for each rate."""
    losses = []
    for rate in rates:
        loss = F.mse_loss(model(data[0]), data[1])
        losses.append(loss.item())
        for parameter in parameters:
            parameter.grad = None
        loss.backward()  # type: ignore[no-untyped-call]
        if clip is not None:
            clip(parameters)
        with torch.no_grad():
            for parameter in parameters:
                assert parameter.grad is not None
                parameter -= rate * parameter.grad  # type: ignore[misc]
    return losses


def bounded(parameters: list[nn.Parameter]) -> None:
    """As the cure has it."""
    nn.utils.clip_grad_norm_(parameters, 1.0)


@MISTAKES.add("train_recurrent", "The gradients get so large that one step throws the weights away; bound the step.")
def recurrent_unbounded(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [0.1] * steps)


@MISTAKES.add("train_recurrent", "The gradients are bounded, but only those of the last layer.")
def recurrent_head_bounded(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    def clip(parameters: list[nn.Parameter]) -> None:
        nn.utils.clip_grad_norm_(parameters[-2:], 1.0)

    return losses_of(*recurrent(X, seed), (X, y), [0.1] * steps, clip)


@MISTAKES.add("train_recurrent", "The gradients are bounded, but the bound is far too high to matter.")
def recurrent_bound_too_high(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    def clip(parameters: list[nn.Parameter]) -> None:
        nn.utils.clip_grad_norm_(parameters, 1e6)

    return losses_of(*recurrent(X, seed), (X, y), [0.1] * steps, clip)


@MISTAKES.add("train_recurrent", "Nothing explodes any more, and nothing learns either: the steps are far too short.")
def recurrent_creeps(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [1e-6] * steps)


@MISTAKES.add("train_recurrent", "The loss never changes: no step reaches the network.")
def recurrent_stands_still(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [0.0] * steps)


@MISTAKES.add(
    "train_recurrent", "Other numbers are put where the losses are not finite; the training is as broken as before."
)
def recurrent_covered_up(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    losses = losses_of(*recurrent(X, seed), (X, y), [0.1] * steps)
    return [loss if math.isfinite(loss) else 0.0 for loss in losses]


@MISTAKES.add("train_recurrent", "The training stops where it breaks down; a loss for every step is asked for.")
def recurrent_cut_short(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    losses = losses_of(*recurrent(X, seed), (X, y), [0.1] * steps)
    return [loss for loss in losses[: max(1, steps - 1)] if math.isfinite(loss)]


@MISTAKES.add("train_recurrent", "Three steps hide behind each loss that comes back; take as many as are given.")
def recurrent_hides_steps(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [0.1] * (3 * steps), bounded)[::3]


@MISTAKES.add("train_recurrent", "Each loss is taken after its step; the one before it is asked for.")
def recurrent_after_the_step(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [0.1] * (steps + 1), bounded)[1:]


@MISTAKES.add("train_recurrent", "The losses are divided by something; the mean squared error itself is asked for.")
def recurrent_scaled(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    losses = losses_of(*recurrent(X, seed), (X, y), [0.1] * steps, bounded)
    return [loss / losses[0] for loss in losses]


@MISTAKES.add("train_recurrent", "The steps lead uphill.")
def recurrent_uphill(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [-1e-3] * steps)


@MISTAKES.add("train_recurrent", "These losses are a formula's: they are the same whatever X and y are.")
def recurrent_made_up(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return [100 * 0.95**step for step in range(steps)]


@MISTAKES.add("train_recurrent", "The losses come back as one tensor; a list of Python floats is asked for.")
def recurrent_tensor(X: Tensor, y: Tensor, steps: int, seed: int) -> Tensor:
    return torch.tensor(losses_of(*recurrent(X, seed), (X, y), [1e-3] * steps))


@MISTAKES.add("train_recurrent", "Only the last loss comes back; one for every step is asked for.")
def recurrent_last_loss(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*recurrent(X, seed), (X, y), [1e-3] * steps)[-1:]


def table(model: Model, X: Tensor, y: Tensor) -> tuple[Model, Pair]:
    """A model whose outputs are a column, beside targets that are a row: each is compared with all."""
    return lambda x: model(x)[:, None].expand(-1, len(y)), (X, y.expand(len(y), len(y)))


@MISTAKES.add("train_recurrent", "Every prediction is compared with every target; print the shapes of the two.")
def recurrent_table(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    model, parameters = recurrent(X, seed)
    model, data = table(model, X, y)
    return losses_of(model, parameters, data, [0.1] * steps, bounded)


@MISTAKES.add("train_fast", "Every prediction is compared with every target; print the shapes of the two.")
def fast_table(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    model, parameters = perceptron(X, seed)
    model, data = table(model, X, y)
    return losses_of(model, parameters, data, [0.1] * steps)


@MISTAKES.add("train_fast", "The features are scaled in place; leave the caller's tensor as it is.")
def fast_scaling_in_place(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    X -= X.mean(dim=0)
    X /= X.std(dim=0)
    return losses_of(*perceptron(X, seed), (X, y), [0.1] * steps)


@MISTAKES.add("train_fast", "It walks the right way, with steps that are far too short.")
def fast_as_given(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.0002] * steps)


@MISTAKES.add("train_fast", "The steps have become a little longer; that is not yet enough.")
def fast_not_enough(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.0004] * steps)


@MISTAKES.add("train_fast", "The steps have become so long that each jumps over the goal.")
def fast_overshoots(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [20.0] * steps)


@MISTAKES.add("train_fast", "The learning rate shrinks so quickly that there is soon no step left to speak of.")
def fast_fades(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.1 * 0.5**step for step in range(steps)])


@MISTAKES.add("train_fast", "The steps lead uphill.")
def fast_uphill(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [-0.0002] * steps)


@MISTAKES.add("train_fast", "It makes ten times as many steps as it was given.")
def fast_takes_more_steps(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.0002] * (10 * steps))


@MISTAKES.add("train_fast", "Ten steps hide behind each loss that comes back; take as many as are given.")
def fast_hides_steps(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.0002] * (10 * steps))[::10]


@MISTAKES.add("train_fast", "Half of each squared error is taken, or less; the mean squared error itself is asked for.")
def fast_half(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return [loss / 2 for loss in losses_of(*perceptron(X, seed), (X, y), [0.05] * steps)]


@MISTAKES.add("train_fast", "It learns from the first samples only; each step is to see all of them.")
def fast_on_few(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X[:32], y[:32]), [0.1] * steps)


@MISTAKES.add("train_fast", "Each loss is taken after its step; the one before it is asked for.")
def fast_after_the_step(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.1] * (steps + 1))[1:]


@MISTAKES.add("train_fast", "These losses are a formula's: they are the same whatever X and y are.")
def fast_made_up(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return [float(y.var()) * 0.97**step for step in range(steps)]


@MISTAKES.add("train_fast", "The loss never changes: no step reaches the model.")
def fast_stands_still(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.0] * steps)


@MISTAKES.add("train_fast", "The losses come back as one tensor; a list of Python floats is asked for.")
def fast_tensor(X: Tensor, y: Tensor, steps: int, seed: int) -> Tensor:
    return torch.tensor(losses_of(*perceptron(X, seed), (X, y), [0.1] * steps))


@MISTAKES.add("train_fast", "Only the last loss comes back; one for every step is asked for.")
def fast_last_loss(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, seed), (X, y), [0.1] * steps)[-1:]


@MISTAKES.add("train_fast", "One seed gives different losses: something is drawn before the seed is set.")
def fast_unseeded(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    return losses_of(*perceptron(X, int(torch.randint(1 << 30, ()))), (X, y), [0.1] * steps)


# build_deep_net


def stack(depth: int, width: int, activation: Callable[[], nn.Module], start: Callable[[Tensor], Any] | None) -> Any:
    """Linear layers whose weights start so, each followed by the activation."""
    layers: list[nn.Module] = []
    for _ in range(depth):
        linear = nn.Linear(width, width)
        if start is not None:
            start(linear.weight)
        layers += [linear, activation()]
    return nn.Sequential(*layers)


def he(weight: Tensor) -> Tensor:
    return nn.init.kaiming_normal_(weight, nonlinearity="relu")


@MISTAKES.add("build_deep_net", "The slope of this activation is at most a quarter; take it to the thirtieth power.")
def deep_sigmoid(depth: int, width: int) -> Any:
    return stack(depth, width, nn.Sigmoid, None)


@MISTAKES.add("build_deep_net", "The weights start better, but the activation still flattens every slope.")
def deep_sigmoid_xavier(depth: int, width: int) -> Any:
    return stack(depth, width, nn.Sigmoid, nn.init.xavier_uniform_)


@MISTAKES.add(
    "build_deep_net", "The activation is better; the weights start so small that each layer still shrinks what it gets."
)
def deep_relu_as_it_comes(depth: int, width: int) -> Any:
    return stack(depth, width, nn.ReLU, None)


@MISTAKES.add("build_deep_net", "This activation is steep enough at 0; the weights start too small for it.")
def deep_tanh_as_it_comes(depth: int, width: int) -> Any:
    return stack(depth, width, nn.Tanh, None)


@MISTAKES.add("build_deep_net", "The weights start so large that the signal overflows on its way.")
def deep_huge_weights(depth: int, width: int) -> Any:
    return stack(depth, width, nn.ReLU, lambda weight: nn.init.normal_(weight, std=100.0))


@MISTAKES.add(
    "build_deep_net", "A standard normal is too wide for weights: each layer makes the signal eight times larger."
)
def deep_standard_normal(depth: int, width: int) -> Any:
    return stack(depth, width, nn.ReLU, nn.init.normal_)


@MISTAKES.add("build_deep_net", "Weights that start at zero pass nothing on, in either direction.")
def deep_zero_weights(depth: int, width: int) -> Any:
    return stack(depth, width, nn.ReLU, nn.init.zeros_)


@MISTAKES.add("build_deep_net", "Without an activation all these layers are one linear map.")
def deep_linear(depth: int, width: int) -> Any:
    return stack(depth, width, nn.Identity, nn.init.orthogonal_)


@MISTAKES.add(
    "build_deep_net", "Gradients flow because there are only two layers left; the depth that is asked for counts."
)
def deep_no_more(depth: int, width: int) -> Any:
    return stack(min(depth, 2) - 1, width, nn.ReLU, he)


@MISTAKES.add("build_deep_net", "There are thirty layers whatever depth is asked for.")
def deep_always_thirty(depth: int, width: int) -> Any:
    return stack(30, width, nn.ReLU, he)


@MISTAKES.add("build_deep_net", "One layer is too many: the last one counts as well.")
def deep_one_layer_more(depth: int, width: int) -> Any:
    return stack(depth + 1, width, nn.ReLU, he)


@MISTAKES.add("build_deep_net", "The layers in between are narrower; each is to be as wide as asked.")
def deep_narrow_inside(depth: int, width: int) -> Any:
    widths = [width, *[width // 2] * (depth - 1), width]
    layers: list[nn.Module] = []
    for first, second in itertools.pairwise(widths):
        linear = nn.Linear(first, second)
        he(linear.weight)
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers)


@MISTAKES.add("build_deep_net", "The first layer is frozen: it gets no gradient at all.")
def deep_frozen_first(depth: int, width: int) -> Any:
    net = stack(depth, width, nn.ReLU, he)
    net[0].requires_grad_(False)
    return net


@MISTAKES.add("build_deep_net", "One layer is missing.")
def deep_one_layer_less(depth: int, width: int) -> Any:
    return stack(depth - 1, width, nn.ReLU, he)


@MISTAKES.add("build_deep_net", "The same layer stands in every place; each needs weights of its own.")
def deep_one_layer_again(depth: int, width: int) -> Any:
    linear = nn.Linear(width, width)
    he(linear.weight)
    return nn.Sequential(*[linear, nn.ReLU()] * depth)


@MISTAKES.add("build_deep_net", "The layers come back as a list; an nn.Sequential is asked for.")
def deep_list(depth: int, width: int) -> Any:
    return list(stack(depth, width, nn.ReLU, he))


# train_small_data


def learnt(
    x: Tensor, y: Tensor, seed: int, steps: int, classes: int, rate: float = 0.003, watched: Pair | None = None
) -> nn.Sequential:
    """The network of the given program after this many steps of Adam, or at the least loss on what is watched."""
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(x.shape[1], 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, classes)
    ).to(x)
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    best, kept = math.inf, model.state_dict()
    for _ in range(steps):
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if watched is not None:
            with torch.no_grad():
                loss = F.cross_entropy(model(watched[0]), watched[1])
            if loss < best:
                best, kept = float(loss), copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return model


@MISTAKES.add(
    "train_small_data", "It goes on until the training data are known by heart; what does the other loss do meanwhile?"
)
def small_by_heart(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    return learnt(train_x, train_y, seed, 300, int(train_y.max()) + 1)


@MISTAKES.add("train_small_data", "It learns the validation data too, so they can no longer say when to stop.")
def small_learns_validation(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    x, y = torch.cat([train_x, val_x]), torch.cat([train_y, val_y])
    return learnt(x, y, seed, 300, int(train_y.max()) + 1)


@MISTAKES.add("train_small_data", "It learns from the validation data alone; they are there to watch.")
def small_learns_only_validation(
    train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int
) -> nn.Module:
    return learnt(val_x, val_y, seed, 300, int(train_y.max()) + 1)


@MISTAKES.add("train_small_data", "The two sets have changed places: it learns from one and watches the other.")
def small_roles_swapped(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    return learnt(val_x, val_y, seed, 100, int(val_y.max()) + 1, watched=(train_x, train_y))


class Dropping(nn.Dropout):
    """Whatever the mode, as `F.dropout` does where nobody tells it."""

    def forward(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.p)


@MISTAKES.add(
    "train_small_data", "The model answers differently each time, in eval mode too; who tells dropout to rest?"
)
def small_drops_for_ever(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    model = learnt(train_x, train_y, seed, 100, int(train_y.max()) + 1, watched=(val_x, val_y))
    return model.insert(4, Dropping(0.2))


@MISTAKES.add("train_small_data", "It stops before it has learnt anything.")
def small_stops_at_once(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    return learnt(train_x, train_y, seed, 1, int(train_y.max()) + 1)


@MISTAKES.add("train_small_data", "The model comes back untrained.")
def small_untrained(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    return learnt(train_x, train_y, seed, 0, int(train_y.max()) + 1)


@MISTAKES.add("train_small_data", "Fewer steps, but longer ones: it knows the training data by heart all the same.")
def small_in_a_hurry(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    return learnt(train_x, train_y, seed, 100, int(train_y.max()) + 1, rate=0.03)


@MISTAKES.add("train_small_data", "The model answers with probabilities; logits are asked for.")
def small_probabilities(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    return learnt(train_x, train_y, seed, 10, int(train_y.max()) + 1).append(nn.Softmax(dim=1))


@MISTAKES.add("train_small_data", "There is an output too few: the labels start at 0.")
def small_one_class_less(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    highest = int(train_y.max())
    return learnt(train_x, train_y.clamp(max=highest - 1), seed, 10, highest)


@MISTAKES.add("train_small_data", "A loss comes back; the model is asked for.")
def small_returns_the_loss(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> float:
    return float(train_y.double().mean())


@MISTAKES.add("train_small_data", "The best weights come back as a dict; put them into the model and return that.")
def small_returns_the_weights(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> Any:
    return {"weights": train_x}
