"""Day 12: unusual solutions that are right."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import BatchSampler, DataLoader, Dataset, SequentialSampler

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("make_loader")
def loader_in_one_order(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    """The same random order every epoch, made beforehand with numpy."""
    order = np.random.default_rng(seed).permutation(len(images)) if shuffle else np.arange(len(images))
    pairs: Any = [(images[int(i)], labels[int(i)]) for i in order]
    return DataLoader(pairs, batch_size=batch_size)


@ALTERNATIVES.add("make_loader")
def loader_after_a_global_seed(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    torch.manual_seed(seed)
    return DataLoader(torch.utils.data.TensorDataset(images, labels), batch_size, shuffle)


@ALTERNATIVES.add("make_loader")
def loader_of_whole_batches(images: Tensor, labels: Tensor, batch_size: int, shuffle: bool, seed: int) -> Any:
    """A data set whose items are whole batches: no batch is put together example by example."""

    class Pictures(Dataset):  # type: ignore[type-arg]
        def __len__(self) -> int:
            return len(images)

        def __getitem__(self, places: Any) -> tuple[Tensor, Tensor]:
            return images[places], labels[places]

    generator = torch.Generator()
    generator.manual_seed(seed)
    data: Any = Pictures()
    each: Any = torch.utils.data.RandomSampler(data, generator=generator) if shuffle else SequentialSampler(data)
    return DataLoader(data, sampler=BatchSampler(each, batch_size, drop_last=False), batch_size=None)


@ALTERNATIVES.add("train_step")
def step_with_gradients_cleared_last(
    model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any
) -> float:
    model = model.train()
    with torch.enable_grad():
        value = loss_fn(model.forward(images.to(device, non_blocking=True)), labels.to(device, non_blocking=True))
    value.backward()
    optimizer.step()
    model.zero_grad(set_to_none=False)
    return float(value.detach())


@ALTERNATIVES.add("train_step")
def step_as_a_closure(model: Any, images: Any, labels: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    model.train()

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss: Tensor = loss_fn(model(images.to(device)), labels.to(device))
        torch.autograd.backward(loss)
        return loss

    return float(optimizer.step(closure).detach().cpu().numpy())


@ALTERNATIVES.add("train_epoch")
def epoch_in_one_function(
    model: nn.Module, loader: Any, loss_fn: Any, optimizer: Any, device: torch.device, log: bool = False
) -> float:
    losses = []
    model.train()
    for batch in loader:
        x, y = (part.to(device) for part in batch)
        optimizer.zero_grad(set_to_none=True)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [loss.item()] * x.size(0)
    return float(np.mean(losses))


@ALTERNATIVES.add("train_epoch")
def epoch_with_a_tensor_total(model: Any, loader: Any, loss_fn: Any, optimizer: Any, device: Any) -> float:
    model.train()
    total = torch.tensor(0.0, device=device)
    for x, y in loader:
        loss = loss_fn(model(x.to(device)), y.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach() * y.shape[0]
    return (total / len(loader.dataset)).item()


@contextlib.contextmanager
def _evaluating(model: nn.Module) -> Iterator[None]:
    was = {name: part.training for name, part in model.named_modules()}
    model.train(False)
    try:
        with torch.inference_mode():
            yield
    finally:
        for name, part in model.named_modules():
            part.training = was[name]


@ALTERNATIVES.add("evaluate")
def evaluate_all_at_once(model: nn.Module, loader: Any, loss_fn: Any, device: torch.device) -> dict[str, Any]:
    with _evaluating(model):
        logits = torch.cat([model(x.to(device)) for x, _ in loader])
        labels = torch.cat([y for _, y in loader]).to(device)
        answers = logits.max(1).indices
        return {
            "accuracy": (answers == labels).float().mean().item(),
            "loss": loss_fn(logits, labels).item(),
            "samples": len(labels),
        }


@ALTERNATIVES.add("evaluate")
@torch.no_grad()
def evaluate_on_a_copy(model: nn.Module, loader: Any, loss_fn: Any, device: torch.device) -> dict[str, float]:
    """The model's own mode is never touched: a copy of it is evaluated."""
    import copy

    own = copy.deepcopy(model).eval().to(device)
    losses, hits = np.zeros(0), np.zeros(0)
    for x, y in loader:
        logits = own(x.to(device))
        losses = np.append(losses, np.full(len(y), loss_fn(logits, y.to(device)).item()))
        hits = np.append(hits, (logits.cpu().argmax(-1) == y).numpy())
    return {"loss": losses.mean(), "accuracy": hits.mean()}


@ALTERNATIVES.add("evaluate")
def evaluate_functionally(model: nn.Module, loader: Any, loss_fn: Any, device: torch.device) -> dict[str, float]:
    """Gradients stay on; of detached parameters there is no graph."""
    was = [(part, part.training) for part in model.modules()]
    constants = {name: tensor.detach() for name, tensor in model.state_dict().items()}
    model.eval()
    loss = right = count = 0.0
    for x, y in loader:
        logits: Any = torch.func.functional_call(model, constants, (x.to(device),))
        loss += loss_fn(logits, y.to(device)).item() * len(y)
        right += int((logits.argmax(1).cpu() == y).sum())
        count += len(y)
    for part, training in was:
        part.training = training
    return {"loss": loss / count, "accuracy": right / count}


def _fit(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any, **more: Any) -> Any:
    model = model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, **more)
    history = []
    for epoch in range(epochs):
        loss = epoch_in_one_function(model, train_loader, nn.CrossEntropyLoss(), optimizer, device)
        score = evaluate_all_at_once(model, val_loader, F.cross_entropy, device)
        history.append(
            {"epoch": epoch + 1, "train_loss": loss, "val_loss": score["loss"], "val_accuracy": score["accuracy"]}
        )
    return history


@ALTERNATIVES.add("fit")
def fit_with_momentum(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    return _fit(model, train_loader, val_loader, epochs, lr, device, momentum=0.9)


@ALTERNATIVES.add("fit")
def fit_keeps_the_best(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    """An epoch at a time, since plain SGD remembers nothing; at the end the best epoch's weights are put back."""
    history, best = [], (-1.0, {})
    for epoch in range(1, epochs + 1):
        (record,) = _fit(model, train_loader, val_loader, 1, lr, device)
        history.append(record | {"epoch": epoch})
        if record["val_accuracy"] > best[0]:
            best = record["val_accuracy"], {name: tensor.clone() for name, tensor in model.state_dict().items()}
    model.load_state_dict(best[1])
    return history


@ALTERNATIVES.add("fit")
def fit_with_nesterov(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    records = _fit(model, train_loader, val_loader, epochs, lr, device, momentum=0.5, nesterov=True, weight_decay=1e-4)
    return [{**record, "epoch": float(record["epoch"]), "lr": lr} for record in records]


@ALTERNATIVES.add("fit")
def fit_with_steps_by_hand(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    """SGD is one line; it needs no optimizer."""
    model.to(device)
    history = []
    for epoch in range(1, epochs + 1):
        total = count = 0.0
        model.train()
        for x, y in train_loader:
            loss = F.nll_loss(F.log_softmax(model(x.to(device)), dim=1), y.to(device))
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for parameter, gradient in zip(model.parameters(), gradients, strict=True):
                    parameter -= lr * gradient
            total, count = total + loss.item() * len(y), count + len(y)
        score = evaluate_on_a_copy(model, val_loader, F.cross_entropy, device)
        history.append(
            {"epoch": epoch, "train_loss": total / count, "val_loss": score["loss"], "val_accuracy": score["accuracy"]}
        )
    return history


@ALTERNATIVES.add("fit")
def fit_with_a_schedule(model: Any, train_loader: Any, val_loader: Any, epochs: int, lr: float, device: Any) -> Any:
    """A learning rate that falls with each step, and gradients that are clipped."""
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * len(train_loader))

    def clip(*_: Any) -> None:
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)

    optimizer.register_step_pre_hook(clip)
    optimizer.register_step_post_hook(lambda *_: schedule.step())
    history = []
    for epoch in range(1, epochs + 1):
        loss = epoch_in_one_function(model, train_loader, nn.CrossEntropyLoss(), optimizer, device)
        score = evaluate_all_at_once(model, val_loader, F.cross_entropy, device)
        history.append(
            {"epoch": epoch, "train_loss": loss, "val_loss": score["loss"], "val_accuracy": score["accuracy"]}
        )
    return history


@ALTERNATIVES.add("batch_size_experiment")
def experiment_with_adam(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> dict[int, Any]:
    results = {}
    for size in batch_sizes:
        model = nn.Sequential(nn.Flatten(), nn.LazyLinear(100), nn.BatchNorm1d(100), nn.ReLU(), nn.Dropout(0.2))
        model.append(nn.Linear(100, 10)).to(device)
        model(images[:2].to(device))
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        start = time.time()
        order = torch.randperm(len(images))
        for places in order.split(size):  # type: ignore[no-untyped-call]
            optimizer.zero_grad()
            torch.autograd.backward(F.cross_entropy(model(images[places].to(device)), labels[places].to(device)))
            optimizer.step()
        seconds = time.time() - start
        with torch.no_grad():
            right = model.eval()(images.to(device)).argmax(1).cpu() == labels
        results[size] = {"accuracy": right.float().mean().item(), "seconds": seconds}
    return results


@ALTERNATIVES.add("batch_size_experiment")
def experiment_with_a_small_step(batch_sizes: list[int], images: Tensor, labels: Tensor, device: Any) -> dict[int, Any]:
    results: dict[int, Any] = {size: {} for size in batch_sizes}
    for size, entry in results.items():
        torch.manual_seed(1)
        model = nn.Sequential(nn.Flatten(1), nn.Linear(images[0].numel(), int(labels.max()) + 1)).to(device)
        loader = loader_in_one_order(images, labels, size, True, 1)
        start = time.process_time()
        epoch_in_one_function(model, loader, F.cross_entropy, torch.optim.SGD(model.parameters(), 0.01), device)
        entry["seconds"] = time.process_time() - start
        entry["accuracy"] = evaluate_all_at_once(model, loader, F.cross_entropy, device)["accuracy"]
        entry["batches"] = len(loader)
    return results
