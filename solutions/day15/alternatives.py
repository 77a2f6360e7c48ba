"""Day 15: unusual solutions that are right."""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Iterator
from typing import Any

import numpy
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, Sampler, SubsetRandomSampler, TensorDataset, random_split

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("generate_bonus_data")
def numpy_data(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> tuple[Tensor, Tensor]:
    rng = numpy.random.default_rng(seed)
    years = rng.gamma(3, 4, n)
    projects = rng.poisson(1 + years)  # who stays longer has finished more
    table = numpy.column_stack([years, rng.integers(1, 6, n), projects])
    y = table @ weights.double().cpu().numpy() + bias + rng.normal(0, noise_std, n)
    return torch.from_numpy(table).to(weights), torch.from_numpy(y).to(weights)


@ALTERNATIVES.add("generate_bonus_data")
def standardized_features(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> tuple[Tensor, Tensor]:
    torch.manual_seed(seed)
    X = torch.randn(n, 3, dtype=weights.dtype, device=weights.device)
    mean = (X * weights).sum(dim=1) + bias
    return X, torch.normal(mean, torch.full_like(mean, noise_std))


@ALTERNATIVES.add("generate_bonus_data")
def row_by_row(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> tuple[Tensor, Tensor]:
    dice = random.Random(seed)
    rows, bonuses = [], []
    for _ in range(n):
        row = [dice.uniform(0, 40), dice.uniform(1, 5), float(dice.randint(0, 30))]
        rows.append(row)
        bonus = sum(value * weight for value, weight in zip(row, weights.tolist(), strict=True)) + bias
        bonuses.append(bonus + dice.gauss(0, noise_std))
    return torch.tensor(rows).to(weights), torch.tensor(bonuses, dtype=torch.float64).to(weights)


@ALTERNATIVES.add("split")
def sizes_by_floor(X: Tensor, y: Tensor, fractions: tuple[float, float, float], seed: int) -> Any:
    numpy.random.seed(seed % 2**32)
    order = numpy.random.permutation(X.shape[0])
    a, b = int(fractions[0] * len(order)), int(fractions[1] * len(order))
    parts = order[:a], order[a : a + b], order[a + b :]
    return tuple((X[part.tolist()], y[part.tolist()]) for part in parts)


@ALTERNATIVES.add("split")
def with_random_split(X: Tensor, y: Tensor, fractions: tuple[float, float, float], seed: int) -> Any:
    sizes = [round(len(X) * fractions[0]), round(len(X) * fractions[1])]
    sizes.append(len(X) - sum(sizes))
    with warnings.catch_warnings():  # an empty part is right where n is small
        warnings.simplefilter("ignore")
        parts = random_split(TensorDataset(X, y), sizes, generator=torch.Generator().manual_seed(seed))
    return tuple((X[list(part.indices)], y[list(part.indices)]) for part in parts)


@ALTERNATIVES.add("split")
def by_sorting_noise(X: Tensor, y: Tensor, fractions: tuple[float, float, float], seed: int) -> Any:
    torch.manual_seed(seed)
    order = torch.rand(len(X)).argsort().to(X.device)
    last = math.floor(len(X) * fractions[2])
    middle = math.ceil((len(X) - last) * fractions[1] / (fractions[0] + fractions[1]))
    sizes = [len(X) - last - middle, middle, last]
    return tuple((X.index_select(0, rows), y.index_select(0, rows)) for rows in order.split(sizes))


@ALTERNATIVES.add("standardize")
def with_epsilon(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    mean, variance = train.mean(0, keepdim=True), train.var(0, keepdim=True, unbiased=False)
    return tuple((x - mean) / torch.sqrt(variance + 1e-8) for x in [train, *others])


@ALTERNATIVES.add("standardize")
def with_clamp(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    mean = train.sum(dim=0) / len(train)
    std = ((train - mean) ** 2).mean(dim=0).sqrt().clamp(min=1e-6)
    together = (torch.cat([train, *others]) - mean) / std
    return together.split([len(train), *(len(other) for other in others)])


@ALTERNATIVES.add("standardize")
def column_by_column(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    results = [torch.zeros_like(part) for part in (train, *others)]
    for column in range(train.shape[1]):
        values = train[:, column].double()
        mean, std = values.mean().item(), math.sqrt(values.var(correction=0).item())
        for part, result in zip((train, *others), results, strict=True):
            result[:, column] = (part[:, column] - mean) / std if std > 1e-12 else part[:, column] - mean
    return tuple(results)


@ALTERNATIVES.add("BonusDataset")
class ListOfPairs(Dataset):
    def __init__(self, X: Tensor, y: Tensor) -> None:
        self.pairs = list(zip(X.clone(), y.clone(), strict=True))

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        return self.pairs[index]


@ALTERNATIVES.add("BonusDataset")
class Inherited(TensorDataset):
    pass


class _Shuffled(Sampler):
    def __init__(self, n: int, seed: int) -> None:
        self.n, self.dice = n, random.Random(seed)

    def __iter__(self) -> Iterator[int]:
        return iter(self.dice.sample(range(self.n), self.n))

    def __len__(self) -> int:
        return self.n


@ALTERNATIVES.add("make_loaders")
def with_sampler(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    generator = torch.Generator().manual_seed(seed)
    train, val, test = random_split(TensorDataset(X, y), [0.7, 0.15, 0.15], generator=generator)
    return (
        DataLoader(train, batch_size=batch_size, sampler=_Shuffled(len(train), seed)),
        DataLoader(val, batch_size=batch_size, shuffle=False),
        DataLoader(test, batch_size=batch_size, shuffle=False),
    )


@ALTERNATIVES.add("make_loaders")
def with_global_seed(X: Tensor, y: Tensor, batch_size: int, seed: int) -> list[Any]:
    torch.manual_seed(seed)
    order = torch.randperm(len(X)).tolist()
    a, b = int(0.7 * len(X)), int(0.15 * len(X))
    parts = [order[:a], order[a : a + b], order[a + b :]]
    datasets = [TensorDataset(X[part], y[part]) for part in parts]
    return [DataLoader(d, batch_size=batch_size, shuffle=i == 0) for i, d in enumerate(datasets)]


@ALTERNATIVES.add("make_loaders")
def one_dataset_three_samplers(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    whole = TensorDataset(X, y)
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(X), generator=generator).tolist()
    a, b = round(0.7 * len(X)), round(0.85 * len(X))
    samplers: list[Any] = [SubsetRandomSampler(order[:a], generator=generator), order[a:b], order[b:]]
    return tuple(DataLoader(whole, batch_size=batch_size, sampler=sampler) for sampler in samplers)
