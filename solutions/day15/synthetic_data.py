# %% [markdown]
# # Day 15: data with known weights
#
# To judge a method you need a problem whose answer you know. Today you invent a company in which each employee's bonus
# follows from years of experience, performance rating and projects finished, with weights that you choose, and you
# prepare the data as it is done for every training run: split, standardized, served in batches.

# %%
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

# %% [markdown]
# ## Generate
#
# $$y = Xw + b + \varepsilon, \qquad \varepsilon \sim \mathcal{N}(0, \sigma^2)$$
#
# A `torch.Generator` of your own, seeded with `seed`, makes the draw repeatable.


# %%
def generate_bonus_data(n: int, weights: Tensor, bias: float, noise_std: float, seed: int) -> tuple[Tensor, Tensor]:
    """Employees and their bonuses, which depend on the features by known weights.

    Args:
        n: how many employees.
        weights: (3,), float, the bonus for each unit of a feature.
        bias: the bonus of someone whose features are all 0.
        noise_std: the standard deviation of the normal noise on y.
        seed: the same seed gives the same data.

    Returns:
        X, (n, 3): years of experience, performance rating, projects finished.
        y, (n,): the bonuses. Both have the dtype and device of `weights`.
    """
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    years = 40 * torch.rand(n, generator=generator)
    rating = 1 + 4 * torch.rand(n, generator=generator)
    projects = torch.randint(0, 31, (n,), generator=generator).float()
    X = torch.stack([years, rating, projects], dim=1).to(weights)
    noise = noise_std * torch.randn(n, generator=generator, dtype=torch.float64).to(weights)
    return X, X @ weights + bias + noise
    ### END SOLUTION


# %% [markdown]
# ## Split
#
# Shuffle once, then cut: the first part for training, the second for validation, the third for the test.


# %%
def split(X: Tensor, y: Tensor, fractions: tuple[float, float, float], seed: int) -> tuple[tuple[Tensor, Tensor], ...]:
    """Splits the rows at random into training, validation and test set.

    Args:
        X: (n, D).
        y: (n,).
        fractions: of training, validation and test; they sum to 1.
        seed: the same seed gives the same split.

    Returns:
        Three pairs (X, y). Every row is in just one of them; each size is its fraction of n, up to rounding.
    """
    ### BEGIN SOLUTION
    n = len(X)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).to(X.device)
    cuts = [round(n * fractions[0]), round(n * (fractions[0] + fractions[1]))]
    return tuple((X[rows], y[rows]) for rows in order.tensor_split(cuts))
    ### END SOLUTION


# %% [markdown]
# ## Standardize
#
# $$\frac{x - \mu}{\sigma}, \qquad \sigma = \sqrt{\frac{1}{n} \sum_i (x_i - \mu)^2}$$
#
# column by column, with $\mu$ and $\sigma$ of the training set, whatever is being standardized.


# %%
def standardize(train: Tensor, *others: Tensor) -> tuple[Tensor, ...]:
    """Brings every column of the training set to mean 0 and standard deviation 1, and the others the same way.

    Args:
        train: (n, D), float.
        others: (any, D) each.

    Returns:
        The training set and the others, standardized, in the order given. Finite also for a constant column.
    """
    ### BEGIN SOLUTION
    mean = train.mean(dim=0)
    std = train.std(dim=0, correction=0)
    std = torch.where(std > 0, std, 1)
    return tuple((part - mean) / std for part in (train, *others))
    ### END SOLUTION


# %% [markdown]
# ## Dataset
#
# A `Dataset` answers two questions: how many examples there are, and what the i-th one is.


# %%
class BonusDataset(Dataset):
    """Rows of X, each with its y."""

    def __init__(self, X: Tensor, y: Tensor) -> None:
        """Keeps X, (n, D), and y, (n,)."""
        ### BEGIN SOLUTION
        self.X, self.y = X, y
        ### END SOLUTION

    def __len__(self) -> int:
        """How many rows there are."""
        ### BEGIN SOLUTION
        return len(self.X)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        """Row `index` of X, (D,), and its y, a scalar tensor."""
        ### BEGIN SOLUTION
        return self.X[index], self.y[index]
        ### END SOLUTION


# %% [markdown]
# ## Loaders
#
# A `DataLoader` cuts a dataset into batches. Training meets its rows in a new order each epoch; validation and test
# have no use for that. Give the loader that shuffles a seeded generator.


# %%
def make_loaders(X: Tensor, y: Tensor, batch_size: int, seed: int) -> tuple[DataLoader, DataLoader, DataLoader]:
    """Loaders of the training, validation and test set, from a random split of 0.7, 0.15 and 0.15.

    Args:
        X: (n, D).
        y: (n,).
        batch_size: of all three loaders; a last batch may be smaller.
        seed: the same seed gives the same split and the same batches.

    Returns:
        Three loaders, of which only the first shuffles. Together they give every row once, as it is.
    """
    ### BEGIN SOLUTION
    train, val, test = (BonusDataset(*part) for part in split(X, y, (0.7, 0.15, 0.15), seed))
    generator = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size, shuffle=True, generator=generator),
        DataLoader(val, batch_size),
        DataLoader(test, batch_size),
    )
    ### END SOLUTION
