"""Day 17: what goes wrong in batches, in training with them and in measuring their noise, and one sentence for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


def permuted(n: int, seed: int | None) -> Tensor:
    return torch.randperm(n, generator=None if seed is None else torch.Generator().manual_seed(seed))


def cut(order: Tensor, size: int) -> Iterator[Tensor]:
    return (order[start : start + size] for start in range(0, len(order), size))


@MISTAKES.add("minibatches", "The rows come in their own order; shuffle them first.")
def pieces_unshuffled(n: int, batch_size: int, seed: int) -> Any:
    return cut(torch.arange(n), batch_size)


@MISTAKES.add("minibatches", "Only the pieces are shuffled: inside each the rows still stand in order.")
def pieces_shuffled_as_blocks(n: int, batch_size: int, seed: int) -> Any:
    blocks = list(cut(torch.arange(n), batch_size))
    short = [block for block in blocks if len(block) < batch_size]
    whole = [block for block in blocks if len(block) == batch_size]
    return [*(whole[i] for i in permuted(len(whole), seed).tolist()), *short]


@MISTAKES.add("minibatches", "The last, shorter piece is lost: every row should come.")
def pieces_without_the_short_one(n: int, batch_size: int, seed: int) -> Any:
    return (piece for piece in cut(permuted(n, seed), batch_size) if len(piece) == batch_size)


@MISTAKES.add("minibatches", "The last piece is lost even where it is whole: the end of the range is too early.")
def pieces_without_the_last_one(n: int, batch_size: int, seed: int) -> Any:
    order = permuted(n, seed)
    return (order[start : start + batch_size] for start in range(0, n - batch_size, batch_size))


@MISTAKES.add("minibatches", "An empty piece comes last where batch_size divides n.")
def pieces_with_an_empty_one(n: int, batch_size: int, seed: int) -> Any:
    order = permuted(n, seed)
    return (order[start : start + batch_size] for start in range(0, n + 1, batch_size))


@MISTAKES.add("minibatches", "Rows are drawn with replacement: some come twice, others never.")
def pieces_with_replacement(n: int, batch_size: int, seed: int) -> Any:
    return cut(torch.randint(n, (n,), generator=torch.Generator().manual_seed(seed)) % max(n - 1, 1), batch_size)


@MISTAKES.add("minibatches", "The numbers go from 1 to n; rows are numbered from 0.")
def pieces_from_one(n: int, batch_size: int, seed: int) -> Any:
    return cut(permuted(n, seed) + 1, batch_size)


@MISTAKES.add("minibatches", "The pieces overlap: each should begin where the last one ended.")
def pieces_overlapping(n: int, batch_size: int, seed: int) -> Any:
    order = permuted(n, seed)
    return (order[start : start + batch_size + 1] for start in range(0, n, batch_size))


@MISTAKES.add("minibatches", "The pieces are lists; tensors are asked for.")
def pieces_as_lists(n: int, batch_size: int, seed: int) -> Any:
    return (piece.tolist() for piece in cut(permuted(n, seed), batch_size))


@MISTAKES.add("minibatches", "The numbers are floats; indices are whole numbers, int64.")
def pieces_of_floats(n: int, batch_size: int, seed: int) -> Any:
    return cut(permuted(n, seed).float(), batch_size)


@MISTAKES.add("minibatches", "There are batch_size pieces; it is the size of each, not their number.")
def pieces_by_number(n: int, batch_size: int, seed: int) -> Any:
    return permuted(n, seed).tensor_split(batch_size)


@MISTAKES.add("minibatches", "It is one piece with all rows in it: batch_size is not used.")
def pieces_uncut(n: int, batch_size: int, seed: int) -> Any:
    return iter([permuted(n, seed)])


@MISTAKES.add("minibatches", "The pieces are evened out; all but the last hold batch_size rows.")
def pieces_evened_out(n: int, batch_size: int, seed: int) -> Any:
    return permuted(n, seed).chunk(-(-n // batch_size))


@MISTAKES.add("minibatches", "It goes on with a second epoch; one call is one epoch.")
def pieces_of_two_epochs(n: int, batch_size: int, seed: int) -> Any:
    return [*cut(permuted(n, seed), batch_size), *cut(permuted(n, seed + 1), batch_size)]


@MISTAKES.add("minibatches", "The seed given is not used: the order differs each time.")
def pieces_without_seed(n: int, batch_size: int, seed: int) -> Any:
    return cut(permuted(n, None), batch_size)


@MISTAKES.add("minibatches", "Seed 0 is not used, as if it were no seed: `if seed:` is false for it.")
def pieces_without_seed_0(n: int, batch_size: int, seed: int) -> Any:
    return cut(permuted(n, seed or None), batch_size)


@MISTAKES.add("minibatches", "The seed is a fixed number, so that every seed gives the same order.")
def pieces_with_fixed_seed(n: int, batch_size: int, seed: int) -> Any:
    return cut(permuted(n, 42), batch_size)


Note = Callable[[list[float], float], Any]


def mean_of_batches(during: list[float], after: float) -> float:
    return sum(during) / len(during)


def fit(
    X: Tensor,
    y: Tensor,
    size: int,
    lr: float,
    epochs: int,
    seed: int | None,
    *,
    note: Note = mean_of_batches,
    divide: Callable[[int], float] = float,
    factor: float = 2.0,
    start: float = 0.0,
    carry: float = 0.0,
    frozen_b: bool = False,
    order: Callable[[Tensor], Tensor] = lambda rows: rows,
    stop: Callable[[list[float]], bool] = lambda losses: False,
    keep: Callable[[list[Tensor]], list[Tensor]] = lambda batches: batches,
    decay: float = 1.0,
) -> dict[str, Any]:
    """Training with one thing wrong: `divide` says by what a batch's sum is divided."""
    w, b = X.new_full((X.shape[1],), start), X.new_full((), start)
    pile_w, pile_b = torch.zeros_like(w), torch.zeros_like(b)
    losses, updates = [], 0
    for epoch in range(epochs):
        during = []
        for rows in keep(list(cut(order(permuted(len(X), None if seed is None else seed + epoch)), size))):
            r = X[rows] @ w + b - y[rows]
            during.append(float((r**2).mean()))
            pile_w = carry * pile_w + factor * X[rows].T @ r / divide(len(rows))
            pile_b = carry * pile_b + factor * r.sum() / divide(len(rows))
            w, b = w - lr * pile_w, b if frozen_b else b - lr * pile_b
            updates += 1
        lr *= decay
        losses.append(note(during, float(((X @ w + b - y) ** 2).mean())))
        if stop(losses):
            break
    return {"w": w, "b": b, "losses": losses, "updates": updates}


@MISTAKES.add("train", "The batch's gradient is a sum; divide by how many rows it has.")
def train_on_sums(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, divide=lambda rows: 1.0)


@MISTAKES.add("train", "Every batch is divided by batch_size, the last one too, which may have fewer rows.")
def train_dividing_by_batch_size(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, divide=lambda rows: float(batch_size))


@MISTAKES.add("train", "Every batch is divided by N, as if it were the whole set: small batches take small steps.")
def train_dividing_by_n(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, divide=lambda rows: float(len(X)))


@MISTAKES.add("train", "It takes half the step: the square's factor 2 is missing in the gradient.")
def train_without_factor(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, factor=1.0)


@MISTAKES.add("train", "It adds the gradient: uphill. Descent takes it away.")
def train_uphill(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, factor=-2.0)


@MISTAKES.add("train", "Gradients pile up from step to step; clear them before each.")
def train_with_gradients_piling_up(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, carry=1.0)


@MISTAKES.add("train", "b stays 0: it has a gradient and a step of its own.")
def train_without_bias(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, frozen_b=True)


@MISTAKES.add("train", "It starts from ones; start from zeros.")
def train_from_ones(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, start=1.0)


@MISTAKES.add("train", "The last, shorter batch is left out.")
def train_dropping_the_short_batch(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    def whole(batches: list[Tensor]) -> list[Tensor]:
        return [rows for rows in batches if len(rows) == min(batch_size, len(X))]

    return fit(X, y, batch_size, lr, epochs, seed, keep=whole)


@MISTAKES.add("train", "Only the first batch of each epoch is used.")
def train_on_first_batches(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, keep=lambda batches: batches[:1])


@MISTAKES.add("train", "batch_size is not used: every step is on all rows.")
def train_always_on_all_rows(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, len(X), lr, epochs, seed)


@MISTAKES.add("train", "Rows are drawn with replacement, so that an epoch sees some twice and others never.")
def train_with_replacement(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, order=lambda rows: rows[rows // 2])


@MISTAKES.add("train", "updates counts epochs; it should count steps.")
def train_counting_epochs(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return {**fit(X, y, batch_size, lr, epochs, seed), "updates": epochs}


@MISTAKES.add("train", "updates is rounded down: the last, shorter batch is a step as well.")
def train_rounding_updates_down(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return {**fit(X, y, batch_size, lr, epochs, seed), "updates": epochs * max(len(X) // batch_size, 1)}


@MISTAKES.add("train", "There is a loss for every step; one for each epoch is asked for.")
def train_with_a_loss_for_each_step(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    result = fit(X, y, batch_size, lr, epochs, seed, note=lambda during, after: during)
    return {**result, "losses": [loss for epoch in result["losses"] for loss in epoch]}


@MISTAKES.add("train", "An epoch's loss is the sum over its batches; their mean is asked for.")
def train_with_summed_losses(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, note=lambda during, after: sum(during))


@MISTAKES.add("train", "An epoch's loss is that of its last batch alone; the mean over all rows is asked for.")
def train_noting_the_last_batch(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, note=lambda during, after: during[-1])


@MISTAKES.add("train", "The losses are tensors; they should be Python numbers.")
def train_with_tensor_losses(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(
        X, y, batch_size, lr, epochs, seed, note=lambda during, after: torch.tensor(mean_of_batches(during, after))
    )


@MISTAKES.add("train", "The losses are square roots (RMSE); the mean squared error is asked for.")
def train_with_root_losses(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, note=lambda during, after: mean_of_batches(during, after) ** 0.5)


@MISTAKES.add("train", "Only the first epoch trains: its batches are an iterator, which is spent after one round.")
def train_on_spent_batches(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    first = fit(X, y, batch_size, lr, 1, seed, note=lambda during, after: after)
    return {**first, "losses": first["losses"] * epochs}


@MISTAKES.add("train", "The learning rate shrinks from epoch to epoch; it should stay as given.")
def train_with_decaying_rate(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, decay=0.9)


@MISTAKES.add("train", "It stops where the loss rises; it should take all the epochs that are asked for.")
def train_stopping_early(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, seed, stop=lambda losses: losses[-1] > min(losses))


@MISTAKES.add("train", "The seed given is not used: the batches differ each time.")
def train_without_seed(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, None)


@MISTAKES.add("train", "The seed is a fixed number, so that every seed gives the same batches.")
def train_with_fixed_seed(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, 42)


@MISTAKES.add("train", "The batches are not shuffled: the seed has no say in them.")
def train_unshuffled(X: Tensor, y: Tensor, batch_size: int, lr: float, epochs: int, seed: int) -> Any:
    return fit(X, y, batch_size, lr, epochs, 0, order=lambda rows: rows.sort().values)


def variants(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int | None, **sizes: int) -> dict[str, Any]:
    sizes = {"batch": len(X), "mini_batch": 32, "sgd": 1, **sizes}
    return {name: fit(X, y, size, lr, epochs, seed) for name, size in sizes.items()}


@MISTAKES.add("compare_variants", "The mini-batches do not have 32 rows.")
def variants_with_batches_of_16(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return variants(X, y, lr, epochs, seed, mini_batch=16)


@MISTAKES.add("compare_variants", "batch takes 100 rows a step, however many there are; it should take all.")
def variants_with_batches_of_100(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return variants(X, y, lr, epochs, seed, batch=100)


@MISTAKES.add("compare_variants", "batch and sgd have changed places.")
def variants_swapped(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return variants(X, y, lr, epochs, seed, batch=1, sgd=len(X))


@MISTAKES.add("compare_variants", "sgd takes one row a step; here it takes more.")
def variants_with_sgd_of_32(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return variants(X, y, lr, epochs, seed, sgd=32)


@MISTAKES.add("compare_variants", "Only the losses come back; all that train returns is asked for.")
def variants_of_losses(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return {name: result["losses"] for name, result in variants(X, y, lr, epochs, seed).items()}


@MISTAKES.add("compare_variants", "The entry is called minibatch; it should be mini_batch.")
def variants_by_another_name(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    found = variants(X, y, lr, epochs, seed)
    return {"batch": found["batch"], "minibatch": found["mini_batch"], "sgd": found["sgd"]}


@MISTAKES.add("compare_variants", "Each variant goes on where the last one ended; each starts from zeros.")
def variants_one_after_the_other(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    found, w, b = {}, X.new_zeros(X.shape[1]), X.new_zeros(())
    for name, size in {"batch": len(X), "mini_batch": 32, "sgd": 1}.items():
        # from (w, b) on y is the same as from zeros on what (w, b) leaves of y
        result = fit(X, y - (X @ w + b), size, lr, epochs, seed)
        w, b = w + result["w"], b + result["b"]
        found[name] = {**result, "w": w, "b": b}
    return found


@MISTAKES.add("compare_variants", "All take the same number of updates; all should run for the same number of epochs.")
def variants_with_equal_updates(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    found = variants(X, y, lr, epochs, seed)
    return {**found, "batch": fit(X, y, len(X), lr, epochs * len(X), seed)}


@MISTAKES.add("compare_variants", "Each variant has a learning rate of its own; one is given for all.")
def variants_with_scaled_rates(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return {**variants(X, y, lr, epochs, seed), "sgd": fit(X, y, 1, lr / 10, epochs, seed)}


@MISTAKES.add("compare_variants", "The seed given is not used: the batches differ each time.")
def variants_without_seed(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return variants(X, y, lr, epochs, None)


@MISTAKES.add("compare_variants", "The seed is a fixed number, so that every seed gives the same batches.")
def variants_with_fixed_seed(X: Tensor, y: Tensor, lr: float, epochs: int, seed: int) -> Any:
    return variants(X, y, lr, epochs, 42)


def sampled(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, size: int, trials: int, seed: int | None, factor: float = 2.0
) -> Tensor:
    """The gradients of `trials` batches, (trials, D + 1)."""
    generator = None if seed is None else torch.Generator().manual_seed(seed)
    rows = torch.randint(len(X), (trials, size), generator=generator)
    r = X[rows] @ w + b - y[rows]
    return factor * (r[..., None] * torch.cat([X[rows], torch.ones_like(r)[..., None]], dim=-1)).mean(dim=1)


def scatter(gradients: Tensor) -> Any:
    return float(((gradients - gradients.mean(dim=0)) ** 2).sum(dim=1).mean())


Args = tuple[Tensor, Tensor, Tensor, Tensor, int, int, int]


def of_gradients(advice: str, measure: Callable[..., Any]) -> None:
    """A mistake in what is made of right gradients; its id is the measure's name."""

    def implementation(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> Any:
        return measure(sampled(X, y, w, b, batch_size, trials, seed), batch_size)

    implementation.__name__ = measure.__name__
    MISTAKES.add("gradient_variance", advice)(implementation)


def variance_rooted(g: Tensor, size: int) -> float:
    return float(scatter(g) ** 0.5)


def variance_as_second_moment(g: Tensor, size: int) -> float:
    return float((g**2).sum(dim=1).mean())


def variance_of_sums(g: Tensor, size: int) -> float:
    return float(scatter(g * size))


def variance_divided_twice(g: Tensor, size: int) -> float:
    return float(scatter(g) / size)


def variance_between_components(g: Tensor, size: int) -> float:
    return float(g.var(dim=1, correction=0).mean())


def variance_of_all_numbers(g: Tensor, size: int) -> float:
    return float(g.var(correction=0))


def variance_as_mean_distance(g: Tensor, size: int) -> float:
    return float((g - g.mean(dim=0)).norm(dim=1).mean())


def variance_of_the_mean(g: Tensor, size: int) -> float:
    return float(scatter(g) / len(g))


def variance_as_squared_mean(g: Tensor, size: int) -> float:
    return float((g.mean(dim=0) ** 2).sum())


def variance_as_tensor(g: Tensor, size: int) -> Any:
    return ((g - g.mean(dim=0)) ** 2).sum(dim=1).mean()


of_gradients("It is a standard deviation: the square root of what is asked for.", variance_rooted)
of_gradients("The mean gradient is not taken away first: that is the size of gradients, not their scatter.",
             variance_as_second_moment)  # fmt: skip
of_gradients("The batch's gradient is a sum; divide by batch_size.", variance_of_sums)
of_gradients("It is divided by batch_size once too often: the batches' mean has done that.", variance_divided_twice)
of_gradients("It is the variance among the components of one gradient; compare batch with batch.",
             variance_between_components)  # fmt: skip
of_gradients("All components are thrown together; each has a mean of its own.", variance_of_all_numbers)
of_gradients("It is the mean distance; its square is asked for.", variance_as_mean_distance)
of_gradients("It is divided by the number of trials twice.", variance_of_the_mean)
of_gradients(
    "It is the squared length of the mean gradient, which does not depend on the batches.", variance_as_squared_mean
)
of_gradients("The result is a tensor; return a Python number.", variance_as_tensor)


@MISTAKES.add("gradient_variance", "The factor 2, which the square leaves behind, is missing in the gradient.")
def variance_without_factor(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int
) -> float:
    return float(scatter(sampled(X, y, w, b, batch_size, trials, seed, factor=1.0)))


@MISTAKES.add("gradient_variance", "The gradients are taken at zero; take them at the w and b given.")
def variance_at_zero(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    return float(scatter(sampled(X, y, torch.zeros_like(w), torch.zeros_like(b), batch_size, trials, seed)))


@MISTAKES.add("gradient_variance", "Every trial draws the same batch: the seed is set anew in each.")
def variance_of_one_batch(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    return float(scatter(sampled(X, y, w, b, batch_size, 1, seed).repeat(trials, 1)))


@MISTAKES.add("gradient_variance", "It is the variance of the batches' losses; that of their gradients is asked for.")
def variance_of_losses(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    rows = torch.randint(len(X), (trials, batch_size), generator=torch.Generator().manual_seed(seed))
    return float(((X[rows] @ w + b - y[rows]) ** 2).mean(dim=1).var(correction=0))


@MISTAKES.add("gradient_variance", "batch_size is not used: these are gradients of single rows.")
def variance_of_single_rows(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int
) -> float:
    return float(scatter(sampled(X, y, w, b, 1, trials, seed)))


@MISTAKES.add("gradient_variance", "A batch's rows are neighbours in the data; draw every row on its own.")
def variance_of_neighbours(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int
) -> float:
    starts = torch.randint(len(X) - batch_size + 1, (trials, 1), generator=torch.Generator().manual_seed(seed))
    rows = starts + torch.arange(batch_size)
    errors = 2 * (X[rows] @ w + b - y[rows])
    of_w, of_b = (errors[..., None] * X[rows]).mean(dim=1), errors.mean(dim=1, keepdim=True)
    return float(scatter(torch.cat([of_w, of_b], dim=1)))


@MISTAKES.add("gradient_variance", "`trials` is not used: the number of batches is always the same.")
def variance_of_ten_batches(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int
) -> float:
    return float(scatter(sampled(X, y, w, b, batch_size, 10, seed)))


@MISTAKES.add("gradient_variance", "The seed given is not used: the batches differ each time.")
def variance_without_seed(X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int) -> float:
    return float(scatter(sampled(X, y, w, b, batch_size, trials, None)))


@MISTAKES.add("gradient_variance", "The seed is a fixed number, so that every seed gives the same batches.")
def variance_with_fixed_seed(
    X: Tensor, y: Tensor, w: Tensor, b: Tensor, batch_size: int, trials: int, seed: int
) -> float:
    return float(scatter(sampled(X, y, w, b, batch_size, trials, 42)))


def curves(
    results: dict[str, Any],
    ax: Any,
    *,
    legend: bool = True,
    names: tuple[str, str] = ("epoch", "loss"),
    label: Callable[[str], str] = str,
    x: Callable[[Any], Any] = lambda result: range(1, len(result["losses"]) + 1),
    y: Callable[[Any], Any] = lambda result: result["losses"],
    style: str = "-",
) -> None:
    for name, result in results.items():
        ax.plot(x(result), y(result), style, label=label(name))
    ax.set_xlabel(names[0])
    ax.set_ylabel(names[1])
    if legend:
        ax.legend()


@MISTAKES.add("plot_convergence", "There is no legend: nobody can tell the lines apart.")
def plot_without_legend(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, legend=False)


@MISTAKES.add("plot_convergence", "The axes have no names.")
def plot_without_axis_names(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, names=("", ""))


@MISTAKES.add("plot_convergence", "The y axis has no name.")
def plot_without_y_name(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, names=("epoch", ""))


@MISTAKES.add("plot_convergence", "All lines have the same label; each has the name of its variant.")
def plot_with_one_label(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, label=lambda name: "loss")


@MISTAKES.add("plot_convergence", "The labels stand at the wrong lines.")
def plot_with_labels_mixed_up(results: dict[str, Any], ax: Any) -> None:
    names = list(results)
    curves(results, ax, label=lambda name: names[names.index(name) - 1])


@MISTAKES.add("plot_convergence", "It draws on a figure of its own; draw on the ax that is given.")
def plot_elsewhere(results: dict[str, Any], ax: Any) -> None:
    from matplotlib.figure import Figure

    curves(results, Figure().subplots())


@MISTAKES.add("plot_convergence", "The x axis runs over updates; epochs are asked for.")
def plot_over_updates(results: dict[str, Any], ax: Any) -> None:
    def updates(result: Any) -> list[float]:
        count = len(result["losses"])
        return [(epoch + 1) * result["updates"] / count for epoch in range(count)]

    curves(results, ax, x=updates)


@MISTAKES.add("plot_convergence", "The lines show logarithms; draw the losses themselves, the axis may be logarithmic.")
def plot_of_logarithms(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, y=lambda result: torch.tensor(result["losses"]).log().tolist())


@MISTAKES.add("plot_convergence", "These are points; a line for each variant is asked for.")
def plot_of_points(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, style="o")


@MISTAKES.add("plot_convergence", "Only one of the variants is drawn.")
def plot_of_one_variant(results: dict[str, Any], ax: Any) -> None:
    curves(dict(list(results.items())[-1:]), ax)


@MISTAKES.add("plot_convergence", "x and y have changed places: epochs go to the right.")
def plot_lying_on_its_side(results: dict[str, Any], ax: Any) -> None:
    curves(results, ax, x=lambda r: r["losses"], y=lambda r: range(1, len(r["losses"]) + 1))
