"""Runs beside student code: models, optimizers and loaders around one training function. Imports torch only."""

from __future__ import annotations

import time
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

State = dict[str, Tensor]
Batches = list[tuple[Tensor, Tensor]]


def in_two_groups(parameters: Any) -> list[dict[str, Any]]:
    """Parameter groups for an optimizer, the second with a learning rate of its own."""
    first, *others = parameters
    return [{"params": [first]}, {"params": others, "lr": 0.1}]


LOSSES: dict[str, Any] = {
    "cross-entropy": nn.CrossEntropyLoss(),
    "smoothed": nn.CrossEntropyLoss(label_smoothing=0.2),
    "squares": lambda logits, labels: ((logits - F.one_hot(labels, logits.shape[1])) ** 2).sum(dim=1).mean(),
}
OPTIMIZERS: dict[str, Any] = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "momentum": lambda parameters: torch.optim.SGD(in_two_groups(parameters), lr=0.05, momentum=0.9),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=0.01),
}


class Flatten(nn.Module):
    """Images as vectors; images alone, as a convolution takes them."""

    def forward(self, images: Tensor) -> Tensor:
        if images.shape[1:] != (1, 28, 28):
            raise ValueError(f"the model takes images as they are, (N, 1, 28, 28), and was given {tuple(images.shape)}")
        return images.flatten(1)


def net(state: State) -> nn.Module:
    """Two linear layers, with a BatchNorm between where `state` has its statistics."""
    hidden, features = state["first.weight"].shape
    model = nn.Sequential()
    model.add_module("flatten", Flatten())
    model.add_module("first", nn.Linear(features, hidden))
    if "norm.weight" in state:
        model.add_module("norm", nn.BatchNorm1d(hidden))
    model.add_module("relu", nn.ReLU())
    model.add_module("last", nn.Linear(hidden, len(state["last.bias"])))
    model.to(state["first.weight"].dtype).load_state_dict(state)
    return model


def state_of(model: nn.Module) -> State:
    """A copy of everything in the model that training changes."""
    return {name: tensor.detach().cpu().clone() for name, tensor in model.state_dict().items()}


class Pictures(TensorDataset):
    """Hands out a whole batch at a time: putting it together image by image would take longer than the training."""

    def __getitems__(self, places: list[int]) -> Any:
        return self[torch.tensor(places)]


def loader_of(images: Tensor, labels: Tensor, batch_size: int) -> Any:
    """A loader in the order given."""
    return DataLoader(TensorDataset(images, labels), batch_size=batch_size)


def loader_batches(
    code: Any, images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seeds: list[int], epochs: int
) -> list[Any]:
    """For each seed one loader, and of it the batches of each epoch."""
    told = []
    for seed in seeds:
        loader = code.make_loader(images, labels, batch_size, shuffle, seed)
        is_loader = isinstance(loader, DataLoader)
        told.append({"is a DataLoader": is_loader, "epochs": [[tuple(b) for b in loader] for _ in range(epochs)]})
    return told


def train_steps(code: Any, state: State, batches: Batches, loss: str, optimizer: str) -> dict[str, Any]:
    """A step on each batch, with a model that stands in eval mode at first: the losses told, and the state left."""
    model = net(state).to(code.device).eval()
    steps = OPTIMIZERS[optimizer](model.parameters())
    told = [code.train_step(model, *batch, LOSSES[loss], steps, code.device) for batch in batches]
    return {"losses": told, "state": state_of(model)}


def train_epochs(
    code: Any, state: State, data: tuple[Tensor, Tensor], batch_size: int, loss: str, optimizer: str, epochs: int
) -> dict[str, Any]:
    """Epochs over one loader: the losses told, and the state left."""
    model = net(state).to(code.device).eval()
    steps, loader = OPTIMIZERS[optimizer](model.parameters()), loader_of(*data, batch_size)
    told = [code.train_epoch(model, loader, LOSSES[loss], steps, code.device) for _ in range(epochs)]
    return {"losses": told, "state": state_of(model)}


class Moody(nn.Module):
    """A classifier whose logits show the mode of each of its parts, and whether a graph is being built."""

    def __init__(self, state: State) -> None:
        super().__init__()
        hidden, features = state["first.weight"].shape
        classes = len(state["last.bias"])
        self.flatten = Flatten()
        self.first, self.last = nn.Linear(features, hidden), nn.Linear(hidden, classes)
        self.norm, self.inner = nn.BatchNorm1d(hidden), nn.ModuleDict({"frozen": nn.BatchNorm1d(hidden)})
        self.dropped, self.drop = nn.Linear(features, classes), nn.Dropout(1.0)
        self.inner.requires_grad_(False)
        self.to(state["first.weight"].dtype).load_state_dict(state)

    def forward(self, images: Tensor) -> Tensor:
        x = self.flatten(images)
        logits: Tensor = self.last(self.inner["frozen"](F.relu(self.norm(self.first(x))))) + self.drop(self.dropped(x))
        logits = logits.flip(1) if self.training else logits
        return logits * 1.5 if logits.requires_grad else logits


def set_modes(model: nn.Module, modes: dict[str, bool]) -> None:
    """Puts single parts into train or eval mode; the part '' is the whole, without its parts."""
    for name, part in model.named_modules():
        part.training = modes[name]


def evaluation(
    code: Any, state: State, modes: dict[str, bool], data: tuple[Tensor, Tensor], batch_size: int, loss: str
) -> dict[str, Any]:
    """One evaluation: what it told, and what the model is and does afterwards."""
    model = Moody(state).to(code.device)
    set_modes(model, modes)
    earlier_gradients(model)
    with torch.enable_grad():
        told = code.evaluate(model, loader_of(*data, batch_size), LOSSES[loss], code.device)
        left = state_of(model)
        after = afterwards(model, data[0].to(code.device), data[1].to(code.device))
    return {"told": told, "state": left, "after": after}


def earlier_gradients(model: nn.Module) -> None:
    """Gradients that another batch has left, to which those of the next backward pass are added."""
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter) if parameter.requires_grad else None


def afterwards(model: nn.Module, images: Tensor, labels: Tensor) -> dict[str, Any]:
    """The next step of training as the model now stands: logits, gradients, and the statistics it leaves.

    The images ask for a gradient too: logits have a graph even of frozen parameters, unless gradients are off.
    """
    logits = model(images.clone().requires_grad_())
    if logits.requires_grad:
        torch.autograd.backward(F.cross_entropy(logits, labels))
    gradients = {name: each.grad for name, each in model.named_parameters() if each.grad is not None}
    return {"logits": logits, "gradients": gradients, "state": state_of(model)}


def fitted(
    code: Any,
    state: State,
    train: tuple[Tensor, Tensor],
    val: tuple[Tensor, Tensor],
    batch_size: int,
    epochs: int,
    lr: float,
) -> dict[str, Any]:
    """A fit without shuffling: the records, the state left, and the logits of the validation images in eval mode."""
    model = net(state)
    records = code.fit(model, loader_of(*train, batch_size), loader_of(*val, batch_size), epochs, lr, code.device)
    return {"records": records, "state": state_of(model), "logits": _logits(model, val[0], code.device)}


def fitted_on_digits(
    code: Any, train: tuple[Tensor, Tensor], val: tuple[Tensor, Tensor], held_out: Tensor, epochs: int, lr: float
) -> dict[str, Any]:
    """A fit on (N, 28, 28) uint8 images in batches of 64: the records, validation logits, and held-out predictions."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 10))
    data = Pictures(as_images(train[0]), train[1])
    batches = DataLoader(data, batch_size=64, shuffle=True, collate_fn=lambda batch: batch)
    seen = as_images(val[0])
    records = code.fit(model, batches, loader_of(seen, val[1], 256), epochs, lr, code.device)
    predictions = _logits(model, as_images(held_out), code.device).argmax(dim=1)
    return {"records": records, "logits": _logits(model, seen, code.device), "predictions": predictions}


def as_images(pixels: Tensor) -> Tensor:
    """(N, 28, 28) uint8 as float32 in [0, 1], (N, 1, 28, 28)."""
    return pixels.unsqueeze(1).float() / 255


def _logits(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    model.eval()
    with torch.no_grad():
        return torch.cat([model(part.to(device)) for part in torch.split(images, 1000)]).cpu()


def experiment(code: Any, batch_sizes: list[int], images: Tensor, labels: Tensor) -> dict[str, Any]:
    """The experiment's result, each time in it as a word: how it stands to the time that really passed."""
    sizes = list(batch_sizes)
    start = time.perf_counter()
    told = code.batch_size_experiment(sizes, images, labels, code.device)
    passed = time.perf_counter() - start
    if isinstance(told, dict) and all(isinstance(entry, dict) for entry in told.values()):
        times = [entry["seconds"] for entry in told.values() if isinstance(entry.get("seconds"), float)]
        word = _word(times, passed, updates=sum(-(-len(images) // size) for size in batch_sizes))
        told = {
            size: {**entry, "seconds": word} if isinstance(entry.get("seconds"), float) else entry
            for size, entry in told.items()
        }
    return {"told": told, "batch_sizes": sizes, "images": images, "labels": labels}


def _word(times: list[float], passed: float, updates: int) -> str:
    if not all(each > 0 for each in times):
        return "not above 0"
    if sum(times) < 2e-6 * updates:  # a single operation on a tensor takes about as long
        return "less than any training takes"
    ratio = sum(times) / passed
    bounds = ((1.05, "possible"), (20, "more than the whole took"), (1e6, "a thousand times what it took"))
    return next((word for bound, word in bounds if ratio <= bound), "no duration")
