"""Day 15: what goes wrong in making, splitting and scaling data, and one sentence for each."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Pair = tuple[Tensor, Tensor]


def generator_of(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def features(n: int, weights: Tensor, generator: torch.Generator | None) -> Tensor:
    years = 40 * torch.rand(n, generator=generator)
    rating = 1 + 4 * torch.rand(n, generator=generator)
    projects = torch.randint(0, 31, (n,), generator=generator).float()
    return torch.stack([years, rating, projects], dim=1).to(weights)


def normal(shape: Any, like: Tensor, generator: torch.Generator | None) -> Tensor:
    return torch.randn(shape, generator=generator).to(like)


@MISTAKES.add("generate_bonus_data", "It changes the weights that it was given; work on a copy.")
def data_scales_weights_in_place(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    y = X @ weights + bias + noise_std * normal(n, X, generator)
    weights *= 1.5
    return X, y


@MISTAKES.add("generate_bonus_data", "The bias is missing: someone whose features are all 0 gets a bonus too.")
def data_without_bias(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, X @ weights + noise_std * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "The bias is added once for each feature; it belongs to the sum, once.")
def data_with_bias_thrice(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, (X * weights + bias).sum(dim=1) + noise_std * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "There is no noise: noise_std is not used.")
def data_without_noise(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    X = features(n, weights, generator_of(seed))
    return X, X @ weights + bias


@MISTAKES.add("generate_bonus_data", "The noise has noise_std as its variance, or its square; it is the deviation.")
def data_with_noise_of_squared_std(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, X @ weights + bias + noise_std**2 * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "torch.rand is uniform between 0 and 1; the noise should be normal, with mean 0.")
def data_with_uniform_noise(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, X @ weights + bias + noise_std * torch.rand(n, generator=generator).to(X)


@MISTAKES.add("generate_bonus_data", "The noise grows with the bonus; its deviation is the same for everyone.")
def data_with_noise_that_grows(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    y = X @ weights + bias
    return X, y + noise_std * y.abs() / y.abs().mean() * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "Bonuses below 0 are cut off; where weights or bias are negative they stay.")
def data_never_negative(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, (X @ weights + bias + noise_std * normal(n, X, generator)).clamp(min=0)


@MISTAKES.add("generate_bonus_data", "Everyone gets the same noise; draw one number for each row.")
def data_with_one_noise_for_all(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, X @ weights + bias + noise_std * normal(1, X, generator)


@MISTAKES.add("generate_bonus_data", "y was computed before X was rounded: it no longer follows from the X returned.")
def data_with_rounding_after_y(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X.round(), X @ weights + bias + noise_std * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "The features get noise too, after y: y should follow from the X that you return.")
def data_with_noisy_features(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    y = X @ weights + bias + noise_std * normal(n, X, generator)
    return X + normal((n, 3), X, generator), y


@MISTAKES.add("generate_bonus_data", "The seed starts anew for the noise, so that it goes along with the features.")
def data_with_generator_seeded_twice(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    X = normal((n, 3), weights, generator_of(seed))
    return X, X @ weights + bias + noise_std * normal((n, 3), X, generator_of(seed))[:, 0]


@MISTAKES.add("generate_bonus_data", "y is a column, (n, 1); (n,) is asked for, or later broadcasts go wrong.")
def data_with_y_as_column(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X, X @ weights[:, None] + bias + noise_std * normal((n, 1), X, generator)


@MISTAKES.add("generate_bonus_data", "X is lying on its side: a row for each employee, a column for each feature.")
def data_transposed(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator)
    return X.T, X @ weights + bias + noise_std * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "The three columns of X are one and the same; draw each feature for itself.")
def data_with_one_feature_thrice(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = (40 * torch.rand(n, 1, generator=generator)).to(weights).repeat(1, 3)
    return X, X @ weights + bias + noise_std * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "The result is always float32; it should have the dtype of the weights.")
def data_always_float32(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(seed)
    X = features(n, weights, generator).float()
    return X, X @ weights.float() + bias + noise_std * normal(n, X, generator)


@MISTAKES.add("generate_bonus_data", "The seed given is not used: the data differ each time.")
def data_without_seed(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    X = features(n, weights, None)
    return X, X @ weights + bias + noise_std * normal(n, X, None)


@MISTAKES.add("generate_bonus_data", "Only the features follow from the seed; the noise differs each time.")
def data_with_unseeded_noise(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    X = features(n, weights, generator_of(seed))
    return X, X @ weights + bias + noise_std * normal(n, X, None)


@MISTAKES.add("generate_bonus_data", "The seed is a fixed number, so that every seed gives the same data.")
def data_with_fixed_seed(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> Pair:
    generator = generator_of(42)
    X = features(n, weights, generator)
    return X, X @ weights + bias + noise_std * normal(n, X, generator)


def permuted(n: int, seed: int) -> Tensor:
    return torch.randperm(n, generator=generator_of(seed))


def parts_of(X: Tensor, y: Tensor, order: Tensor, sizes: list[int]) -> tuple[Pair, ...]:
    return tuple((X[rows], y[rows]) for rows in torch.split(order, sizes))


def sizes_of(n: int, fractions: tuple[float, float, float]) -> list[int]:
    a, b = int(n * fractions[0]), int(n * fractions[1])
    return [a, b, n - a - b]


Fractions = tuple[float, float, float]


@MISTAKES.add("split", "Rows are cut in the order in which they came; shuffle first, or sorted data end up apart.")
def split_without_shuffling(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    return parts_of(X, y, torch.arange(len(X)), sizes_of(len(X), fractions))


@MISTAKES.add("split", "Rows are shuffled only inside each part, after the cut; shuffle all of them before it.")
def split_shuffled_after_the_cut(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    generator, blocks = generator_of(seed), torch.split(torch.arange(len(X)), sizes_of(len(X), fractions))
    orders = [block[torch.randperm(len(block), generator=generator)] for block in blocks]
    return tuple((X[rows], y[rows]) for rows in orders)


@MISTAKES.add("split", "Only the training rows are drawn at random; the others stay in the order in which they came.")
def split_with_the_rest_in_order(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order, sizes = permuted(len(X), seed), sizes_of(len(X), fractions)
    return parts_of(X, y, torch.cat([order[: sizes[0]], order[sizes[0] :].sort().values]), sizes)


@MISTAKES.add("split", "X and y are shuffled with two different permutations: rows lose their own y.")
def split_shuffled_apart(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    generator = generator_of(seed)
    X, y = X[torch.randperm(len(X), generator=generator)], y[torch.randperm(len(y), generator=generator)]
    return parts_of(X, y, torch.arange(len(X)), sizes_of(len(X), fractions))


@MISTAKES.add("split", "Only X is shuffled; y keeps its old order.")
def split_with_y_left_behind(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    return parts_of(X[permuted(len(X), seed)], y, torch.arange(len(X)), sizes_of(len(X), fractions))


@MISTAKES.add("split", "X and y themselves are shuffled; leave the caller's tensors as they are.")
def split_shuffling_in_place(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order = permuted(len(X), seed)
    X[:], y[:] = X[order], y[order]
    return split_without_shuffling(X, y, fractions, seed)


@MISTAKES.add("split", "Every size is rounded down for itself, and the rows left over are in no part.")
def split_losing_rows(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order, (a, b, _) = permuted(len(X), seed), sizes_of(len(X), fractions)
    end = a + b + int(len(X) * fractions[2])
    return tuple((X[rows], y[rows]) for rows in (order[:a], order[a : a + b], order[a + b : end]))


@MISTAKES.add("split", "A row is lost at each cut: where one slice ends, the next one begins.")
def split_losing_a_row_at_each_cut(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order, (a, b, _) = permuted(len(X), seed), sizes_of(len(X), fractions)
    return tuple((X[rows], y[rows]) for rows in (order[:a], order[a + 1 : a + b], order[a + b + 1 :]))


@MISTAKES.add("split", "The second fraction is taken as a place, not as a size: the parts overlap or are empty.")
def split_taking_fractions_as_places(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order, (a, b, _) = permuted(len(X), seed), sizes_of(len(X), fractions)
    return tuple((X[rows], y[rows]) for rows in (order[:a], order[a:b], order[b:]))


@MISTAKES.add("split", "Each part draws from all rows again, so that some rows are in several parts.")
def split_with_overlap(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    generator = generator_of(seed)
    orders = [torch.randperm(len(X), generator=generator)[:size] for size in sizes_of(len(X), fractions)]
    return tuple((X[rows], y[rows]) for rows in orders)


@MISTAKES.add("split", "Rows are drawn with replacement: some come twice, others never.")
def split_with_replacement(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order = torch.randint(len(X), (len(X),), generator=generator_of(seed))
    return parts_of(X, y, order, sizes_of(len(X), fractions))


@MISTAKES.add("split", "Validation and test set have changed places.")
def split_with_validation_and_test_swapped(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    order = permuted(len(X), seed)
    train, val, test = parts_of(X, y, order, sizes_of(len(X), fractions))
    return train, test, val


@MISTAKES.add("split", "It returns all parts of X, then all of y; three pairs are asked for.")
def split_in_six_pieces(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    train, val, test = parts_of(X, y, permuted(len(X), seed), sizes_of(len(X), fractions))
    return train[0], val[0], test[0], train[1], val[1], test[1]


@MISTAKES.add("split", "random_split gives Subsets; each part is a pair here: X and y at the Subset's indices.")
def split_in_subsets(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    sizes = sizes_of(len(X), fractions)
    return tuple(random_split(TensorDataset(X, y), sizes, generator=generator_of(seed)))


@MISTAKES.add("split", "The seed given is not used: the split differs each time.")
def split_without_seed(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    return parts_of(X, y, torch.randperm(len(X)), sizes_of(len(X), fractions))


@MISTAKES.add("split", "The seed is a fixed number, so that every seed gives the same split.")
def split_with_fixed_seed(X: Tensor, y: Tensor, fractions: Fractions, seed: int) -> Any:
    return parts_of(X, y, permuted(len(X), 42), sizes_of(len(X), fractions))


def safe(std: Tensor) -> Tensor:
    return torch.where(std > 0, std, 1.0)


def population_std(x: Tensor) -> Tensor:
    return x.std(dim=0, correction=0)


@MISTAKES.add("standardize", "It changes its input: `-=` and `/=` work on the caller's own tensor.")
def standardize_in_place(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    mean, std = train.mean(dim=0), safe(population_std(train))
    for part in (train, *others):
        part -= mean
        part /= std
    return (train, *others)


@MISTAKES.add("standardize", "Each set is scaled by its own mean and deviation; all need those of the training set.")
def standardize_each_by_itself(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple((part - part.mean(dim=0)) / safe(population_std(part)) for part in (train, *others))


@MISTAKES.add("standardize", "Mean and deviation are taken over all sets together: the test set has a say in them.")
def standardize_by_all_sets(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    whole = torch.cat([train, *others])
    return tuple((part - whole.mean(dim=0)) / safe(population_std(whole)) for part in (train, *others))


@MISTAKES.add("standardize", "The deviation divides by n - 1; the population's divides by n.")
def standardize_by_sample_deviation(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    std = train.std(dim=0) if len(train) > 1 else torch.zeros_like(train[0])
    return tuple((part - train.mean(dim=0)) / safe(std) for part in (train, *others))


@MISTAKES.add("standardize", "std() divides by n - 1, so that of a single row is NaN; the population's divides by n.")
def standardize_by_sample_deviation_nan(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    std = train.std(dim=0)
    std[std == 0] = 1.0
    return tuple((part - train.mean(dim=0)) / std for part in (train, *others))


@MISTAKES.add("standardize", "std() divides by n - 1; the population's divides by n. The epsilon does no harm.")
def standardize_by_sample_deviation_and_epsilon(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple((part - train.mean(dim=0)) / (train.std(dim=0) + 1e-8) for part in (train, *others))


@MISTAKES.add("standardize", "std() divides by n - 1, not by n, and a constant column is divided by 0.")
def standardize_by_sample_deviation_alone(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple((part - train.mean(dim=0)) / train.std(dim=0) for part in (train, *others))


@MISTAKES.add("standardize", "Round brackets around a `for` make a generator; put tuple in front of them.")
def standardize_generated(train: Tensor, *others: Tensor) -> Any:
    mean, std = train.mean(dim=0), safe(population_std(train))
    return ((part - mean) / std for part in (train, *others))


@MISTAKES.add("standardize", "It divides by the variance; its square root is missing.")
def standardize_by_variance(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    variance = train.var(dim=0, correction=0)
    return tuple((part - train.mean(dim=0)) / safe(variance) for part in (train, *others))


@MISTAKES.add("standardize", "A constant column has deviation 0, and 0 / 0 is NaN.")
def standardize_dividing_by_zero(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple((part - train.mean(dim=0)) / population_std(train) for part in (train, *others))


@MISTAKES.add("standardize", "One mean and one deviation for the whole table; each column has its own.")
def standardize_by_one_number(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple((part - train.mean()) / safe(train.std(correction=0)) for part in (train, *others))


@MISTAKES.add("standardize", "It goes along the rows; mean and deviation are those of a column.")
def standardize_rows(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    def rows(x: Tensor) -> Tensor:
        return (x - x.mean(dim=1, keepdim=True)) / safe(x.std(dim=1, correction=0, keepdim=True))

    return tuple(rows(part) for part in (train, *others))


@MISTAKES.add("standardize", "The mean is taken away, but the deviation is not divided out.")
def standardize_centring_only(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple(part - train.mean(dim=0) for part in (train, *others))


@MISTAKES.add("standardize", "It divides by the deviation, but the mean is still in it.")
def standardize_scaling_only(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    return tuple(part / safe(population_std(train)) for part in (train, *others))


@MISTAKES.add("standardize", "That brings each column between 0 and 1, which is another scaling.")
def standardize_by_range(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    low, high = train.amin(dim=0), train.amax(dim=0)
    return tuple((part - low) / safe(high - low) for part in (train, *others))


@MISTAKES.add("standardize", "The training set comes back as it was; it is standardized too.")
def standardize_others_only(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    std = safe(population_std(train))
    return (train.clone(), *((part - train.mean(dim=0)) / std for part in others))


@MISTAKES.add("standardize", "The result is always float32; it should keep the dtype of its input.")
def standardize_to_float32(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    std = safe(population_std(train))
    return tuple(((part - train.mean(dim=0)) / std).float() for part in (train, *others))


@MISTAKES.add("standardize", "The numbers go through float32 on their way; digits lost there do not come back.")
def standardize_through_float32(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    mean, std = train.float().mean(dim=0), safe(population_std(train.float()))
    return tuple(((part.float() - mean) / std).to(part.dtype) for part in (train, *others))


@MISTAKES.add("standardize", "A set without rows is left out; it comes back, as empty as it was, in its place.")
def standardize_leaving_out_empty_sets(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    mean, std = train.mean(dim=0), safe(population_std(train))
    return tuple((part - mean) / std for part in (train, *others) if len(part))


class _Rows(Dataset[Any]):
    def __init__(self, X: Tensor, y: Tensor) -> None:
        self.X, self.y = X, y

    def __len__(self) -> int:
        return len(self.X)

    def __getitem__(self, index: int) -> Any:
        return self.X[index], self.y[index]


@MISTAKES.add("BonusDataset", "The pair is the wrong way round: the row comes first, then its y.")
class DatasetWithPairSwapped(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.y[index], self.X[index]


@MISTAKES.add("BonusDataset", "len(dataset) counts features; it should count rows.")
class DatasetCountingColumns(_Rows):
    def __len__(self) -> int:
        return self.X.shape[1]


@MISTAKES.add("BonusDataset", "len(dataset) is one short: the last row would never be seen.")
class DatasetOneShort(_Rows):
    def __len__(self) -> int:
        return len(self.X) - 1


@MISTAKES.add("BonusDataset", "The entry is the row alone, without its y.")
class DatasetWithoutTargets(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.X[index]


@MISTAKES.add("BonusDataset", "The entry is the whole table, whatever the index.")
class DatasetIgnoringTheIndex(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.X, self.y


@MISTAKES.add("BonusDataset", "The row has a dimension for the batch already; that is the loader's to add.")
class DatasetOfSlices(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.X[index : index + 1], self.y[index : index + 1]


@MISTAKES.add("BonusDataset", "The y of a row has shape (1,): a batch becomes a column. A scalar is asked for.")
class DatasetWithTargetsOfShapeOne(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.X[index], self.y[index].unsqueeze(0)


@MISTAKES.add("BonusDataset", "Each row comes with the y of another: the indices are one apart.")
class DatasetOffByOne(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.X[index], self.y[index - 1]


@MISTAKES.add("BonusDataset", "y is a Python number here; a tensor keeps its dtype in a batch.")
class DatasetOfPythonNumbers(_Rows):
    def __getitem__(self, index: int) -> Any:
        return self.X[index], self.y[index].item()


@MISTAKES.add("BonusDataset", "Everything is turned into float32; the dtype should stay as it was.")
class DatasetInFloat32(_Rows):
    def __init__(self, X: Tensor, y: Tensor) -> None:
        super().__init__(X.float(), y.float())


@MISTAKES.add("BonusDataset", "A second dataset takes the place of the first: each has data of its own.")
class DatasetKeptInTheClass(_Rows):
    def __init__(self, X: Tensor, y: Tensor) -> None:
        type(self).X, type(self).y = X, y


@MISTAKES.add("BonusDataset", "It is a class of its own; let it inherit from torch.utils.data.Dataset.")
class DatasetThatIsNone:
    def __init__(self, X: Tensor, y: Tensor) -> None:
        self.X, self.y = X, y

    def __len__(self) -> int:
        return len(self.X)

    def __getitem__(self, index: int) -> Any:
        return self.X[index], self.y[index]


SHARES = (0.7, 0.15, 0.15)


def loaders_of(
    parts: tuple[Pair, ...],
    batch_size: int,
    seed: int,
    shuffled: tuple[bool, ...] = (True, False, False),
    **options: Any,
) -> tuple[Any, ...]:
    generator = generator_of(seed)
    return tuple(
        DataLoader(_Rows(*part), batch_size, shuffle=mixed and len(part[0]) > 0, generator=generator, **options)
        for part, mixed in zip(parts, shuffled, strict=True)
    )


def random_parts(X: Tensor, y: Tensor, seed: int, shares: tuple[float, float, float] = SHARES) -> tuple[Pair, ...]:
    return parts_of(X, y, permuted(len(X), seed), sizes_of(len(X), shares))


@MISTAKES.add("make_loaders", "All three loaders shuffle; validation and test keep their order.")
def loaders_all_shuffling(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed), batch_size, seed, (True, True, True))


@MISTAKES.add("make_loaders", "The training loader gives the same order every epoch; let it shuffle.")
def loaders_none_shuffling(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed), batch_size, seed, (False, False, False))


@MISTAKES.add("make_loaders", "The loaders that should shuffle and those that should not have changed places.")
def loaders_shuffling_the_wrong_way_round(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed), batch_size, seed, (False, True, True))


@MISTAKES.add("make_loaders", "The last, smaller batch is dropped; every row should come.")
def loaders_dropping_the_last_batch(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed), batch_size, seed, drop_last=True)


@MISTAKES.add("make_loaders", "batch_size is not used: every batch holds one row.")
def loaders_of_single_rows(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed), 1, seed)


@MISTAKES.add("make_loaders", "batch_size is not used: every batch holds the whole set.")
def loaders_of_one_batch(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed), len(X), seed)


@MISTAKES.add("make_loaders", "All three loaders hold all rows; each should hold its own part.")
def loaders_of_all_rows(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(((X, y),) * 3, batch_size, seed)


@MISTAKES.add("make_loaders", "The parts have other shares than 0.7, 0.15 and 0.15.")
def loaders_of_80_10_10(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, seed, (0.8, 0.1, 0.1)), batch_size, seed)


@MISTAKES.add("make_loaders", "Rows left over by rounding are in no loader.")
def loaders_losing_rows(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(split_losing_rows(X, y, SHARES, seed), batch_size, seed)


@MISTAKES.add("make_loaders", "The data are cut in the order in which they came; split them at random.")
def loaders_of_an_unshuffled_split(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(split_without_shuffling(X, y, SHARES, seed), batch_size, seed)


@MISTAKES.add("make_loaders", "The split is always the same one; it should follow from the seed.")
def loaders_of_a_fixed_split(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(random_parts(X, y, 42), batch_size, seed)


@MISTAKES.add("make_loaders", "The training loader shuffles without a seeded generator: its batches differ each time.")
def loaders_shuffling_unseeded(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    train, val, test = (_Rows(*part) for part in random_parts(X, y, seed))
    return DataLoader(train, batch_size, shuffle=True), DataLoader(val, batch_size), DataLoader(test, batch_size)


@MISTAKES.add("make_loaders", "The rows come out standardized; give them out as they came in.")
def loaders_of_standardized_rows(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    (train, y_train), (val, y_val), (test, y_test) = random_parts(X, y, seed)
    train, val, test = ((part - X.mean(dim=0)) / safe(population_std(X)) for part in (train, val, test))
    return loaders_of(((train, y_train), (val, y_val), (test, y_test)), batch_size, seed)


@MISTAKES.add("make_loaders", "X and y are shuffled apart: rows lose their own y.")
def loaders_of_rows_shuffled_apart(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(split_shuffled_apart(X, y, SHARES, seed), batch_size, seed)


@MISTAKES.add("make_loaders", "X and y themselves are shuffled; leave the caller's tensors as they are.")
def loaders_shuffling_in_place(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return loaders_of(split_shuffling_in_place(X, y, SHARES, seed), batch_size, seed)


@MISTAKES.add("make_loaders", "The three datasets are returned; wrap each in a DataLoader.")
def loaders_that_are_datasets(X: Tensor, y: Tensor, batch_size: int, seed: int) -> Any:
    return tuple(TensorDataset(*part) for part in random_parts(X, y, seed))
