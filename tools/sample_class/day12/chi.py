# Chi averages over batches, and leaves the model in evaluation mode.
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def make_loader(images, labels, batch_size, shuffle, seed):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle, generator=generator)


def train_step(model, images, labels, loss_fn, optimizer, device):
    model.train()
    images, labels = images.to(device), labels.to(device)
    optimizer.zero_grad()
    loss = loss_fn(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def train_epoch(model, loader, loss_fn, optimizer, device):
    total, count = 0.0, 0
    for images, labels in loader:
        total += train_step(model, images, labels, loss_fn, optimizer, device) * len(labels)
        count += len(labels)
    return total / count


def evaluate(model, loader, loss_fn, device):
    model.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            logits = model(images)
            total += loss_fn(logits, labels).item()
            right += (logits.argmax(1) == labels).sum().item()
            count += len(labels)
    return {"loss": total / len(loader), "accuracy": right / count}


def fit(model, train_loader, val_loader, epochs, lr, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_fn = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        train_loss = train_epoch(model, train_loader, loss_fn, optimizer, device)
        val = evaluate(model, val_loader, loss_fn, device)
        history.append(
            {"epoch": epoch, "train_loss": train_loss, "val_loss": val["loss"], "val_accuracy": val["accuracy"]}
        )
    return history


def batch_size_experiment(batch_sizes, images, labels, device):
    results = {}
    for batch_size in batch_sizes:
        torch.manual_seed(0)
        classes = int(labels.max()) + 1
        model = nn.Sequential(nn.Flatten(), nn.Linear(images[0].numel(), 64), nn.ReLU(), nn.Linear(64, classes))
        loader = make_loader(images, labels, batch_size, True, 0)
        start = time.perf_counter()
        fit(model, loader, loader, 1, 0.1, device)
        seconds = time.perf_counter() - start
        accuracy = evaluate(model, loader, nn.CrossEntropyLoss(), device)["accuracy"]
        results[batch_size] = {"seconds": seconds, "accuracy": accuracy}
    return results
