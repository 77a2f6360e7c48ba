"""Day 12: what goes wrong in training loops, and one sentence for each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, RandomSampler, Sampler, TensorDataset

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


# --- make_loader ------------------------------------------------------------------------------------------------------


def _loader(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int, **more: Any) -> Any:
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(TensorDataset(images, labels), batch_size, shuffle=shuffle, generator=generator, **more)


@MISTAKES.add("make_loader", "The last batch is thrown away where it is short; every example counts.")
def loader_drops_last(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, batch_size, shuffle, seed, drop_last=True)


@MISTAKES.add("make_loader", "The order is random even with shuffle=False.")
def loader_always_shuffles(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, batch_size, True, seed)


@MISTAKES.add("make_loader", "The order is the given one even with shuffle=True.")
def loader_never_shuffles(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, batch_size, False, seed)


@MISTAKES.add("make_loader", "shuffle does the opposite of what it says.")
def loader_shuffles_the_wrong_way(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, batch_size, not shuffle, seed)


@MISTAKES.add("make_loader", "The seed is never used, so the same seed gives another order each time.")
def loader_without_seed(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return DataLoader(TensorDataset(images, labels), batch_size, shuffle=shuffle)


@MISTAKES.add("make_loader", "The random order is fixed inside the function and does not follow the seed given.")
def loader_with_a_seed_of_its_own(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, batch_size, shuffle, 0)


@MISTAKES.add(
    "make_loader", "The images are put in a random order and the labels are not: they no longer belong together."
)
def loader_tears_pairs_apart(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    return _loader(images[order] if shuffle else images, labels, batch_size, False, seed)


@MISTAKES.add("make_loader", "Examples are drawn with replacement: some come twice in an epoch and some not at all.")
def loader_draws_with_replacement(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    data: Any = TensorDataset(images, labels)
    generator = torch.Generator().manual_seed(seed)
    sampler = RandomSampler(data, replacement=True, generator=generator) if shuffle else None
    return DataLoader(data, batch_size, sampler=sampler)


@MISTAKES.add("make_loader", "The batch size is not passed on: every batch has one example.")
def loader_without_batches(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, 1, shuffle, seed)


@MISTAKES.add("make_loader", "batch_size is taken for the number of batches.")
def loader_counts_batches(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images, labels, -(-len(images) // batch_size), shuffle, seed)


@MISTAKES.add("make_loader", "The images are divided by 255, but they are in [0, 1] already.")
def loader_divides_by_255(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images / 255, labels, batch_size, shuffle, seed)


@MISTAKES.add("make_loader", "The images are standardised on the way; they should come out as they were given.")
def loader_standardises(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader((images - 0.1307) / 0.3081, labels, batch_size, shuffle, seed)


@MISTAKES.add(
    "make_loader", "The images are flattened on the way; they should come out in the shape they were given in."
)
def loader_flattens(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(images.flatten(1), labels, batch_size, shuffle, seed)


@MISTAKES.add("make_loader", "Labels come first and images second; it should be the other way round.")
def loader_swaps(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return _loader(labels, images, batch_size, shuffle, seed)


@MISTAKES.add("make_loader", "It returns the data set; a DataLoader around it makes the batches.")
def loader_is_a_data_set(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    return TensorDataset(images, labels)


@MISTAKES.add("make_loader", "Seed 0 is taken for no seed at all: `if seed:` is false for 0.")
def loader_without_seed_0(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    generator = torch.Generator().manual_seed(seed) if seed else None
    return DataLoader(TensorDataset(images, labels), batch_size, shuffle=shuffle, generator=generator)


@MISTAKES.add("make_loader", "Only the first epoch follows the seed; the later ones come in another order in each run.")
def loader_seeds_one_epoch(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    class Order(Sampler[int]):
        generator: torch.Generator | None = torch.Generator().manual_seed(seed)

        def __iter__(self) -> Iterator[int]:
            order = torch.randperm(len(images), generator=self.generator)
            self.generator = None
            return iter(order.tolist())

    return DataLoader(TensorDataset(images, labels), batch_size, sampler=Order() if shuffle else None)


# --- train_step -------------------------------------------------------------------------------------------------------


def _step(
    model: nn.Module,
    images: Tensor,
    labels: Tensor,
    loss_fn: Callable[..., Any],
    optimizer: Any,
    device: torch.device,
    *,
    mode: bool = True,
    zero: bool = True,
    steps: int = 1,
    factor: float = 1.0,
) -> Tensor:
    model.train(mode)
    loss: Tensor = loss_fn(model(images.to(device)), labels.to(device))
    if zero:
        optimizer.zero_grad()
    torch.autograd.backward(loss * factor)
    for _ in range(steps):
        optimizer.step()
    return loss.detach()


@MISTAKES.add("train_step", "Old gradients are never cleared, so each step also repeats the ones before.")
def step_piles_up(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, loss_fn, optimizer, device, zero=False).item()


@MISTAKES.add("train_step", "The weights never move: what has to happen between the gradients and the next batch?")
def step_without_step(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, loss_fn, optimizer, device, steps=0).item()


@MISTAKES.add("train_step", "The optimizer steps twice on one batch.")
def step_twice(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, loss_fn, optimizer, device, steps=2).item()


@MISTAKES.add("train_step", "The model is not put into train mode.")
def step_in_the_mode_found(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, loss_fn, optimizer, device, mode=False).item()


@MISTAKES.add("train_step", "The loss is measured again after the update; return the one from before it.")
def step_loss_afterwards(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    _step(model, images, labels, loss_fn, optimizer, device)
    with torch.no_grad():
        value: float = loss_fn(model(images.to(device)), labels.to(device)).item()
    return value


@MISTAKES.add(
    "train_step", "It returns a tensor; a Python number is asked for, and a graph kept for its sake fills the memory."
)
def step_returns_a_tensor(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> Tensor:
    return _step(model, images, labels, loss_fn, optimizer, device)


@MISTAKES.add("train_step", "The loss comes back as the batch's total; loss_fn gives the mean already, return that.")
def step_total(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, loss_fn, optimizer, device).item() * len(labels)


@MISTAKES.add(
    "train_step", "The loss is divided by the batch size, though loss_fn has taken the mean: the steps are too small."
)
def step_divides_again(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    loss = _step(model, images, labels, loss_fn, optimizer, device, factor=1 / len(labels))
    return loss.item() / len(labels)


@MISTAKES.add("train_step", "A loss of your own choice is used; the one to use is given as loss_fn.")
def step_own_loss(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, F.cross_entropy, optimizer, device).item()


@MISTAKES.add("train_step", "A softmax is applied before loss_fn, which expects logits.")
def step_softmax_first(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    def softmax_first(logits: Tensor, target: Tensor) -> Any:
        return loss_fn(logits.softmax(dim=1), target)

    return _step(model, images, labels, softmax_first, optimizer, device).item()


@MISTAKES.add("train_step", "The step goes uphill: the loss is maximised.")
def step_uphill(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images, labels, loss_fn, optimizer, device, factor=-1).item()


@MISTAKES.add("train_step", "The forward pass runs without a graph, so there is nothing to go backward through.")
def step_without_graph(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    with torch.no_grad():
        return _step(model, images, labels, loss_fn, optimizer, device).item()


@MISTAKES.add("train_step", "The gradients are clipped to a certain length, which nobody asked for.")
def step_clips(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    loss = _step(model, images, labels, loss_fn, optimizer, device, steps=0)
    nn.utils.clip_grad_norm_(model.parameters(), 0.1)
    optimizer.step()
    return loss.item()


@MISTAKES.add("train_step", "It returns how many answers were right, not the loss.")
def step_returns_accuracy(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    model.train()
    logits = model(images.to(device))
    optimizer.zero_grad()
    loss_fn(logits, labels.to(device)).backward()
    optimizer.step()
    right: float = (logits.argmax(dim=1) == labels.to(device)).float().mean().item()
    return right


@MISTAKES.add("train_step", "The images are flattened on the way to the model, which may want them in two dimensions.")
def step_flattens(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _step(model, images.flatten(1), labels, loss_fn, optimizer, device).item()


@MISTAKES.add(
    "train_step", "Only the first of the optimizer's parameter groups is cleared; zero_grad() clears them all."
)
def step_clears_one_group(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    for parameter in optimizer.param_groups[0]["params"]:
        parameter.grad = None
    return _step(model, images, labels, loss_fn, optimizer, device, zero=False).item()


# --- train_epoch ------------------------------------------------------------------------------------------------------


def _losses(
    model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any, **how: Any
) -> tuple[list[float], list[int]]:
    pairs = [(_step(model, x, y, loss_fn, optimizer, device, **how).item(), len(y)) for x, y in loader]
    return [loss for loss, _ in pairs], [size for _, size in pairs]


def _weighted(losses: list[float], sizes: list[int]) -> float:
    return sum(loss * size for loss, size in zip(losses, sizes, strict=True)) / sum(sizes)


@MISTAKES.add("train_epoch", "The mean over batches lets a short last batch weigh as much as a full one.")
def epoch_mean_of_batches(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    losses, _ = _losses(model, loader, loss_fn, optimizer, device)
    return sum(losses) / len(losses)


@MISTAKES.add("train_epoch", "The batches' losses are added up; the mean a sample is asked for.")
def epoch_sum_of_batches(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    losses, _ = _losses(model, loader, loss_fn, optimizer, device)
    return sum(losses)


@MISTAKES.add(
    "train_epoch", "The losses are weighed by the batches' sizes, but never divided by the number of samples."
)
def epoch_total(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    losses, sizes = _losses(model, loader, loss_fn, optimizer, device)
    return _weighted(losses, sizes) * sum(sizes)


@MISTAKES.add("train_epoch", "Losses that are means already are divided by the number of samples.")
def epoch_mean_of_means(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    losses, sizes = _losses(model, loader, loss_fn, optimizer, device)
    return sum(losses) / sum(sizes)


@MISTAKES.add("train_epoch", "Weighed by the sizes, but divided by the number of batches.")
def epoch_total_over_batches(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    losses, sizes = _losses(model, loader, loss_fn, optimizer, device)
    return _weighted(losses, sizes) * sum(sizes) / len(losses)


@MISTAKES.add("train_epoch", "Only the last batch's loss comes back.")
def epoch_last_loss(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _losses(model, loader, loss_fn, optimizer, device)[0][-1]


@MISTAKES.add("train_epoch", "It stops after the first batch: look at how far the return is indented.")
def epoch_of_one_batch(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _losses(model, [next(iter(loader))], loss_fn, optimizer, device)[0][0]


@MISTAKES.add("train_epoch", "The last batch is left out.")
def epoch_without_last_batch(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    batches = list(loader)
    return _weighted(*_losses(model, batches[:-1] or batches[:1] * 2, loss_fn, optimizer, device))


@MISTAKES.add("train_epoch", "Gradients are cleared once an epoch at most; each batch needs its own alone.")
def epoch_piles_up(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    optimizer.zero_grad()
    return _weighted(*_losses(model, loader, loss_fn, optimizer, device, zero=False))


@MISTAKES.add("train_epoch", "There is one update an epoch; each batch should give one.")
def epoch_of_one_step(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    optimizer.zero_grad()
    losses, sizes = _losses(model, loader, loss_fn, optimizer, device, zero=False, steps=0)
    optimizer.step()
    return _weighted(losses, sizes)


@MISTAKES.add("train_epoch", "The model is not put into train mode.")
def epoch_in_the_mode_found(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _weighted(*_losses(model, loader, loss_fn, optimizer, device, mode=False))


@MISTAKES.add("train_epoch", "The weights never move during the epoch.")
def epoch_without_steps(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    return _weighted(*_losses(model, loader, loss_fn, optimizer, device, steps=0))


@MISTAKES.add("train_epoch", "The loss is measured in a second pass, after the epoch; measure it on the way.")
def epoch_loss_afterwards(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    _losses(model, loader, loss_fn, optimizer, device)
    return float(_evaluation(model, loader, loss_fn, device)["loss"])


@MISTAKES.add("train_epoch", "It returns a tensor; a Python number is asked for.")
def epoch_returns_a_tensor(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> Tensor:
    return torch.tensor(_weighted(*_losses(model, loader, loss_fn, optimizer, device)))


@MISTAKES.add("train_epoch", "The list of all losses comes back; one number is asked for.")
def epoch_returns_a_list(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> list[float]:
    return _losses(model, loader, loss_fn, optimizer, device)[0]


# --- evaluate ---------------------------------------------------------------------------------------------------------


def _modes(model: nn.Module) -> list[tuple[nn.Module, bool]]:
    return [(part, part.training) for part in model.modules()]


def _give_back(modes: list[tuple[nn.Module, bool]]) -> None:
    for part, training in modes:
        part.training = training


def _passes(model: Any, loader: Any, loss_fn: Any, device: Any) -> list[tuple[float, int, int]]:
    """Loss, right answers and samples of each batch."""
    told = []
    for images, labels in loader:
        logits, target = model(images.to(device)), labels.to(device)
        told.append((loss_fn(logits, target).item(), int((logits.argmax(dim=1) == target).sum()), len(labels)))
    return told


def _score(told: list[tuple[float, int, int]]) -> dict[str, Any]:
    count = sum(size for _, _, size in told)
    return {
        "loss": sum(loss * size for loss, _, size in told) / count,
        "accuracy": sum(right for _, right, _ in told) / count,
    }


def _evaluation(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    modes = _modes(model)
    model.eval()
    with torch.no_grad():
        told = _passes(model, loader, loss_fn, device)
    _give_back(modes)
    return _score(told)


def _batches(model: Any, loader: Any, loss_fn: Any, device: Any) -> list[tuple[float, int, int]]:
    modes = _modes(model)
    model.eval()
    with torch.no_grad():
        told = _passes(model, loader, loss_fn, device)
    _give_back(modes)
    return told


@MISTAKES.add("evaluate", "The model is evaluated in the mode it was found in; dropout and BatchNorm need eval mode.")
def evaluate_in_the_mode_found(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    with torch.no_grad():
        return _score(_passes(model, loader, loss_fn, device))


@MISTAKES.add("evaluate", "The model is left in eval mode; put it back into the mode in which it was.")
def evaluate_leaves_eval_mode(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    model.eval()
    with torch.no_grad():
        return _score(_passes(model, loader, loss_fn, device))


@MISTAKES.add("evaluate", "The modes are put back part by part, but train() also sets everything inside a part.")
def evaluate_outer_modes_only(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    whole, modes = model.training, [(part, part.training) for part in model.children()]
    score = _evaluation(model, loader, loss_fn, device)
    model.training = whole
    for part, training in modes:
        part.train(training)
    return score


@MISTAKES.add("evaluate", "The model is put into train mode at the end, whatever mode it was in before.")
def evaluate_leaves_train_mode(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    score = _evaluation(model, loader, loss_fn, device)
    model.train()
    return score


@MISTAKES.add(
    "evaluate", "Only the whole model's mode is put back; a part that was in another mode of its own is changed."
)
def evaluate_forgets_the_parts(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    was = model.training
    score = _evaluation(model, loader, loss_fn, device)
    model.train(was)
    return score


@MISTAKES.add("evaluate", "A graph is built for every batch, though nothing is learnt here; detach() only cuts it off.")
def evaluate_with_graph(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    modes = _modes(model)
    model.eval()
    told = _passes(model, loader, loss_fn, device)
    _give_back(modes)
    return _score(told)


@MISTAKES.add("evaluate", "Gradients are switched off and never on again: nothing can be trained afterwards.")
def evaluate_leaves_gradients_off(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    score = _evaluation(model, loader, loss_fn, device)
    torch.set_grad_enabled(False)
    return score


@MISTAKES.add(
    "evaluate", "Parameters that were frozen ask for gradients afterwards; no_grad() leaves them as they are."
)
def evaluate_thaws(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    model.requires_grad_(False)
    score = _evaluation(model, loader, loss_fn, device)
    model.requires_grad_(True)
    return score


@MISTAKES.add("evaluate", "The parameters no longer ask for gradients afterwards: nothing can be trained any more.")
def evaluate_freezes(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    score = _evaluation(model, loader, loss_fn, device)
    model.requires_grad_(False)
    return score


@MISTAKES.add(
    "evaluate", "The gradients are cleared, which a step of training may still need; evaluate changes nothing."
)
def evaluate_clears_gradients(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    model.zero_grad()
    return _evaluation(model, loader, loss_fn, device)


@MISTAKES.add("evaluate", "The mean over batches lets a short last batch weigh as much as a full one.")
def evaluate_mean_of_batches(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    told = _batches(model, loader, loss_fn, device)
    mean = sum(loss for loss, _, _ in told) / len(told)
    return {"loss": mean, "accuracy": sum(right / size for _, right, size in told) / len(told)}


@MISTAKES.add("evaluate", "The accuracy is right, but in the loss a short last batch weighs as much as a full one.")
def evaluate_loss_of_batches(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    told = _batches(model, loader, loss_fn, device)
    return {**_score(told), "loss": sum(loss for loss, _, _ in told) / len(told)}


@MISTAKES.add("evaluate", "The batches' losses are added up; the mean a sample is asked for.")
def evaluate_sum_of_losses(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    told = _batches(model, loader, loss_fn, device)
    return {**_score(told), "loss": sum(loss for loss, _, _ in told)}


@MISTAKES.add("evaluate", "Losses that are means already are divided by the number of samples.")
def evaluate_mean_of_means(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    told = _batches(model, loader, loss_fn, device)
    return {**_score(told), "loss": sum(loss for loss, _, _ in told) / sum(size for _, _, size in told)}


@MISTAKES.add("evaluate", "Only the last batch is counted.")
def evaluate_last_batch(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    return _score(_batches(model, loader, loss_fn, device)[-1:])


@MISTAKES.add("evaluate", "The accuracy is in percent; a fraction between 0 and 1 is asked for.")
def evaluate_in_percent(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    score = _evaluation(model, loader, loss_fn, device)
    return {**score, "accuracy": 100 * score["accuracy"]}


@MISTAKES.add("evaluate", "The accuracy is the number of right answers; a fraction is asked for.")
def evaluate_counts(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    told = _batches(model, loader, loss_fn, device)
    return {**_score(told), "accuracy": sum(right for _, right, _ in told)}


@MISTAKES.add("evaluate", "The number of right answers is divided by the number of batches, not of samples.")
def evaluate_right_over_batches(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    told = _batches(model, loader, loss_fn, device)
    return {**_score(told), "accuracy": sum(right for _, right, _ in told) / len(told)}


@MISTAKES.add("evaluate", "It returns tensors; Python numbers are asked for.")
def evaluate_returns_tensors(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    return {name: torch.tensor(value) for name, value in _evaluation(model, loader, loss_fn, device).items()}


@MISTAKES.add("evaluate", "A loss of your own choice is used; the one to use is given as loss_fn.")
def evaluate_own_loss(model: Any, loader: Any, loss_fn: Any, device: Any) -> dict[str, Any]:
    return _evaluation(model, loader, F.cross_entropy, device)


# --- fit --------------------------------------------------------------------------------------------------------------


def _fit(
    model: Any,
    train_loader: Any,
    val_loader: Any,
    epochs: int,
    device: Any,
    optimizer: Any,
    train: Callable[..., float] | None = None,
    score: Callable[..., dict[str, Any]] = _evaluation,
    loss_fn: Any = F.cross_entropy,
) -> list[dict[str, Any]]:
    records = []
    for epoch in range(1, epochs + 1):
        if train is None:
            loss = _weighted(*_losses(model, train_loader, loss_fn, optimizer, device))
        else:
            loss = train(model, train_loader, loss_fn, optimizer, device)
        seen = score(model, val_loader, loss_fn, device)
        records.append({"epoch": epoch, "train_loss": loss, "val_loss": seen["loss"], "val_accuracy": seen["accuracy"]})
    return records


def _sgd(model: Any, lr: float, device: Any) -> Any:
    return torch.optim.SGD(model.to(device).parameters(), lr=lr)


@MISTAKES.add("fit", "The epochs are counted from 0; they count from 1.")
def fit_from_0(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    records = _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device))
    return [{**record, "epoch": record["epoch"] - 1} for record in records]


@MISTAKES.add("fit", "There is one epoch less than asked for.")
def fit_one_epoch_less(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs - 1, device, _sgd(model, lr, device))


@MISTAKES.add("fit", "Only the last epoch's record comes back; there is one for every epoch.")
def fit_last_record(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device))[-1:]


@MISTAKES.add("fit", "All records are one and the same dict, which holds the last epoch; make a new one each time.")
def fit_one_dict(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device))[-1:] * epochs


@MISTAKES.add("fit", "val_loss and val_accuracy are measured on the training data.")
def fit_validates_on_train(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, train_loader, epochs, device, _sgd(model, lr, device))


@MISTAKES.add("fit", "It trains on the validation data.")
def fit_trains_on_val(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, val_loader, val_loader, epochs, device, _sgd(model, lr, device))


@MISTAKES.add("fit", "The model is validated before each epoch instead of after it.")
def fit_validates_first(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    optimizer, records = _sgd(model, lr, device), []
    for epoch in range(1, epochs + 1):
        seen = _evaluation(model, val_loader, F.cross_entropy, device)
        loss = _weighted(*_losses(model, train_loader, F.cross_entropy, optimizer, device))
        records.append({"epoch": epoch, "train_loss": loss, "val_loss": seen["loss"], "val_accuracy": seen["accuracy"]})
    return records


@MISTAKES.add("fit", "The model is validated in train mode.")
def fit_validates_in_train_mode(
    model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any
) -> Any:
    return _fit(
        model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), score=evaluate_in_the_mode_found
    )


@MISTAKES.add("fit", "After the first validation the model stays in eval mode, and trains in it.")
def fit_stays_in_eval_mode(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    def train(model: Any, *rest: Any) -> float:
        return _weighted(*_losses(model, *rest, mode=model.training))

    optimizer = _sgd(model, lr, device)
    model.train()
    return _fit(model, train_loader, val_loader, epochs, device, optimizer, train, score=evaluate_leaves_eval_mode)


@MISTAKES.add("fit", "train_loss is measured in a pass of its own after the epoch; measure it during the epoch.")
def fit_train_loss_afterwards(
    model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any
) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), train=epoch_loss_afterwards)


@MISTAKES.add("fit", "In train_loss a short last batch weighs as much as a full one.")
def fit_mean_of_batches(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), train=epoch_mean_of_batches)


@MISTAKES.add("fit", "train_loss is the last batch's loss, not the epoch's mean.")
def fit_last_loss(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), train=epoch_last_loss)


@MISTAKES.add("fit", "train_loss is the mean since the first epoch: begin each epoch's sum and count at 0.")
def fit_adds_up(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    losses: list[float] = []
    sizes: list[int] = []

    def train(*given: Any) -> float:
        for so_far, more in zip((losses, sizes), _losses(*given), strict=True):
            so_far.extend(more)  # type: ignore[attr-defined]
        return _weighted(losses, sizes)

    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), train)


@MISTAKES.add("fit", "The optimizer steps twice on each batch.")
def fit_steps_twice(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    def train(*given: Any) -> float:
        return _weighted(*_losses(*given, steps=2))

    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), train)


@MISTAKES.add("fit", "The number of epochs is fixed inside the function; it is given.")
def fit_three_epochs(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, 3, device, _sgd(model, lr, device))


@MISTAKES.add("fit", "val_accuracy is in percent; a fraction is asked for.")
def fit_in_percent(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), score=evaluate_in_percent)


@MISTAKES.add("fit", "A softmax is applied before cross-entropy, which contains one already.")
def fit_softmax_first(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    def twice(logits: Tensor, labels: Tensor) -> Tensor:
        return F.cross_entropy(logits.softmax(dim=1), labels)

    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), loss_fn=twice)


@MISTAKES.add("fit", "The learning rate given is not the one that is used.")
def fit_own_lr(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, 0.01, device))


@MISTAKES.add("fit", "The optimizer is not SGD.")
def fit_adam(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, torch.optim.Adam(model.to(device).parameters(), lr=lr))


@MISTAKES.add("fit", "Old gradients are never cleared, so each update also repeats the ones before.")
def fit_piles_up(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, device, _sgd(model, lr, device), train=epoch_piles_up)


@MISTAKES.add("fit", "A copy is trained; the model given stays as it was.")
def fit_trains_a_copy(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    from copy import deepcopy

    own = deepcopy(model)
    return _fit(own, train_loader, val_loader, epochs, device, _sgd(own, lr, device))


# --- batch_size_experiment --------------------------------------------------------------------------------------------


def _experiment(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any, epochs: int = 1) -> dict[Any, Any]:
    results = {}
    for size in batch_sizes:
        torch.manual_seed(0)
        model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10)).to(device)
        loader, optimizer, start = _loader(images, labels, size, True, 0), _sgd(model, 0.1, device), time.perf_counter()
        for _ in range(epochs):
            _losses(model, loader, F.cross_entropy, optimizer, device)
        seconds = time.perf_counter() - start
        told = _batches(model, _loader(images, labels, size, False, 0), F.cross_entropy, device)
        results[size] = {"seconds": seconds, "accuracy": _score(told)["accuracy"], "batches": told}
    return results


def _entries(results: dict[Any, Any], **changed: Callable[[dict[str, Any]], Any]) -> dict[Any, Any]:
    """The results with some values put differently."""
    return {
        size: {key: changed[key](entry) if key in changed else entry[key] for key in ("seconds", "accuracy")}
        for size, entry in results.items()
    }


@MISTAKES.add("batch_size_experiment", "The model is measured untrained.")
def experiment_untrained(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    return _entries(_experiment(batch_sizes, images, labels, device, epochs=0))


@MISTAKES.add("batch_size_experiment", "The keys are texts; the batch sizes themselves, as int, are asked for.")
def experiment_text_keys(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    return {str(size): each for size, each in _entries(_experiment(batch_sizes, images, labels, device)).items()}


@MISTAKES.add("batch_size_experiment", "Only one batch size comes back: look at how far the return is indented.")
def experiment_returns_early(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    return _entries(_experiment(batch_sizes[:1], images, labels, device))


@MISTAKES.add("batch_size_experiment", "The accuracy is in percent; a fraction is asked for.")
def experiment_in_percent(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, accuracy=lambda entry: 100 * entry["accuracy"])


@MISTAKES.add("batch_size_experiment", "The accuracy is the number of right answers; a fraction is asked for.")
def experiment_counts(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, accuracy=lambda entry: sum(right for _, right, _ in entry["batches"]))


@MISTAKES.add("batch_size_experiment", "The accuracy is that of the last batch alone; all the images given count.")
def experiment_last_batch(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, accuracy=lambda entry: _score(entry["batches"][-1:])["accuracy"])


@MISTAKES.add(
    "batch_size_experiment", "The accuracy is a mean over batches, in which a short one weighs as much as a full one."
)
def experiment_mean_of_batches(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)

    def mean(entry: dict[str, Any]) -> float:
        return float(sum(right / size for _, right, size in entry["batches"]) / len(entry["batches"]))

    return _entries(results, accuracy=mean)


@MISTAKES.add("batch_size_experiment", "The accuracy is a tensor; a Python number is asked for.")
def experiment_tensors(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, accuracy=lambda entry: torch.tensor(entry["accuracy"]))


@MISTAKES.add("batch_size_experiment", "The times are in thousandths of a second; seconds are asked for.")
def experiment_in_milliseconds(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, seconds=lambda entry: 1000 * entry["seconds"])


@MISTAKES.add(
    "batch_size_experiment", "seconds is a time of day; a duration is one reading of the clock minus another."
)
def experiment_time_of_day(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, seconds=lambda entry: time.time())


@MISTAKES.add("batch_size_experiment", "The durations are negative: subtract the earlier reading from the later one.")
def experiment_backward_clock(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, seconds=lambda entry: -entry["seconds"])


@MISTAKES.add("batch_size_experiment", "The clock is read once at the start, so each time contains the ones before.")
def experiment_clock_not_reset(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    passed = [entry["seconds"] for entry in results.values()]
    sums = iter([sum(passed[: n + 1]) for n in range(len(passed))])
    return _entries(results, seconds=lambda entry: next(sums))


@MISTAKES.add("batch_size_experiment", "One model is trained on and on; each batch size needs a fresh one.")
def experiment_with_one_model(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer, results = _sgd(model, 0.1, device), {}
    for size in batch_sizes:
        start = time.perf_counter()
        _losses(model, _loader(images, labels, size, True, 0), F.cross_entropy, optimizer, device)
        seconds = time.perf_counter() - start
        told = _batches(model, _loader(images, labels, size, False, 0), F.cross_entropy, device)
        results[size] = {"seconds": seconds, "accuracy": _score(told)["accuracy"]}
    return results


@MISTAKES.add("batch_size_experiment", "Both readings of the clock come before the training, or both after it.")
def experiment_times_nothing(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    results = _experiment(batch_sizes, images, labels, device)
    return _entries(results, seconds=lambda entry: -(time.perf_counter() - time.perf_counter()))


@MISTAKES.add("batch_size_experiment", "The images given are changed in place; compute on a copy.")
def experiment_changes_images(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> Any:
    images -= images.mean()
    return _entries(_experiment(batch_sizes, images, labels, device))
