"""Runs beside student code: what a dataset and three loaders give out. Imports torch only."""

from __future__ import annotations

from typing import Any

from torch import Tensor
from torch.utils.data import DataLoader, Dataset


def read_dataset(code: Any, X: Tensor, y: Tensor, places: list[int]) -> dict[str, Any]:
    """The dataset's length and its entries at `places`, while there is another, smaller dataset beside it."""
    X, y = X.to(code.device), y.to(code.device)
    dataset, _another = code.BonusDataset(X, y), code.BonusDataset(X[:1], y[:1])
    items = [dataset[place] for place in places]
    return {"is_dataset": isinstance(dataset, Dataset), "length": len(dataset), "items": items}


def dataset_batches(code: Any, X: Tensor, y: Tensor, batch_size: int) -> list[Any]:
    """The batches that a plain DataLoader makes of the dataset."""
    return list(DataLoader(code.BonusDataset(X.to(code.device), y.to(code.device)), batch_size))


def read_loaders(code: Any, X: Tensor, y: Tensor, batch_size: int, seed: int, epochs: int) -> dict[str, Any]:
    """`read`: for each loader the batches of so many epochs, or its type where it is no DataLoader; X and y as left."""
    X, y = X.to(code.device), y.to(code.device)
    made = code.make_loaders(X, y, batch_size, seed)
    loaders = made if isinstance(made, (tuple, list)) else [made]
    read = [
        [list(loader) for _ in range(epochs)] if isinstance(loader, DataLoader) else type(loader).__name__
        for loader in loaders
    ]
    return {"read": read, "X": X, "y": y}
