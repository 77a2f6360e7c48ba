# Dee has worked up to the evaluation, and it is late.
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
    raise NotImplementedError("evaluate is not written yet")


def fit(model, train_loader, val_loader, epochs, lr, device):
    raise NotImplementedError("fit is not written yet")


def batch_size_experiment(batch_sizes, images, labels, device):
    raise NotImplementedError("batch_size_experiment is not written yet")
