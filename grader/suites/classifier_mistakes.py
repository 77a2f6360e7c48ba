"""What goes wrong in `train` and `predict` of a classifier, which days 14 and 21 both ask for."""

from __future__ import annotations

import copy
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


# train


def fitted(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, order: Tensor,
    sign: float = 1.0, lr: float = 0.003,
) -> list[float]:  # fmt: skip
    """One pass of descent in this order; the losses."""
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr)
    losses = []
    for rows in torch.split(order, 64):
        loss = F.cross_entropy(model(images[rows].to(device)), labels[rows].to(device))
        optimizer.zero_grad()
        (sign * loss).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses


def shuffled(count: int, seed: int) -> Tensor:
    return torch.randperm(count, generator=torch.Generator().manual_seed(seed))


@MISTAKES.add("train", "The model comes back as it was: no step has reached its parameters.")
def train_without_step(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(copy.deepcopy(model), images, labels, device, shuffled(len(images), seed))
    return model


@MISTAKES.add("train", "The loss goes up: the steps lead the wrong way.")
def train_uphill(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(model, images, labels, device, shuffled(len(images), seed), sign=-1.0)
    return model


@MISTAKES.add("train", "With this learning rate the loss jumps about or becomes NaN.")
def train_too_fast(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(model, images, labels, device, shuffled(len(images), seed), lr=1e3)
    return model


@MISTAKES.add("train", "Two trainings with one seed give two models: something is drawn that the seed does not decide.")
def train_unseeded(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(model, images, labels, device, torch.randperm(len(images)))
    return model


@MISTAKES.add("train", "Only the first epoch's shuffle follows the seed.")
def train_seeded_once(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(model, images, labels, device, shuffled(len(images), seed))
    fitted(model, images, labels, device, torch.randperm(len(images)))
    return model


@MISTAKES.add("train", "The model has been trained, but nothing comes back.")
def train_returns_nothing(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> None:
    fitted(model, images, labels, device, shuffled(len(images), seed))


@MISTAKES.add("train", "A number comes back; the model is asked for.")
def train_returns_the_loss(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> float:
    return fitted(model, images, labels, device, shuffled(len(images), seed))[-1]


@MISTAKES.add("train", "The losses come back; the model is asked for.")
def train_returns_losses(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> Any:
    return fitted(model, images, labels, device, shuffled(len(images), seed))


@MISTAKES.add("train", "Images and labels are shuffled each in its own way, and no longer belong together.")
def train_shuffled_apart(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    order = shuffled(len(images), seed)
    fitted(model, images[order], labels, device, torch.arange(len(images)))
    return model


@MISTAKES.add("train", "The images that you were given are changed in place; leave them as they are.")
def train_changes_images(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    images.sub_(images.mean()).div_(images.std())
    fitted(model, images, labels, device, shuffled(len(images), seed))
    return model


@MISTAKES.add("train", "The labels that you were given are shuffled in place; leave them as they are.")
def train_shuffles_in_place(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    order = shuffled(len(images), seed)
    images[:], labels[:] = images[order], labels[order]
    fitted(model, images, labels, device, torch.arange(len(images)))
    return model


@MISTAKES.add("train", "The forward pass builds no graph, so there is nothing to go back through.")
@torch.no_grad()
def train_without_graph(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(model, images, labels, device, shuffled(len(images), seed))
    return model


@MISTAKES.add("train", "Some classes never come up in the training; see which images it really uses.")
def train_on_three_classes(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    kept = labels < 3
    fitted(model, images[kept], labels[kept], device, shuffled(int(kept.sum()), seed))
    return model


@MISTAKES.add("train", "It trains a network of its own and returns that; train the one that you are given.")
def train_another_model(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    torch.manual_seed(seed)
    own = nn.Sequential(nn.Flatten(), nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 10))
    fitted(own, images, labels, device, shuffled(len(images), seed))
    return own


@MISTAKES.add("train", "It stops after the first batch: look at how far the return is indented.")
def train_one_batch(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    fitted(model, images, labels, device, shuffled(len(images), seed)[:64])
    return model


@MISTAKES.add("train", "The labels that it learns are not the labels given.")
def train_labels_off_by_one(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    fitted(model, images, (labels + 1) % 10, device, shuffled(len(images), seed))
    return model


# predict


def evaluated(
    model: nn.Module, images: Tensor, device: torch.device, restore: bool = True, evaluate: bool = True
) -> Tensor:
    """The logits in eval mode, the modes put back; without the one or the other where that is the slip."""
    modes = [(part, part.training) for part in model.modules()]
    if evaluate:
        model.eval()
    model.to(device)
    with torch.no_grad():
        logits: Tensor = model(images.to(device)).cpu()
    if restore:
        for part, mode in modes:
            part.training = mode
    return logits


@MISTAKES.add("predict", "The model predicts in the mode that it happens to be in; train mode is not for predicting.")
def predict_in_train_mode(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device, evaluate=False).argmax(dim=1)


@MISTAKES.add("predict", "The model is in eval mode afterwards, whatever it was in before.")
def predict_leaves_eval(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device, restore=False).argmax(dim=1)


# before the next one, which answers alike where the whole model was in train mode
@MISTAKES.add("predict", "The whole model's mode is put back, but its parts had modes of their own.")
def predict_restores_the_whole(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    was = model.training
    classes = evaluated(model, images, device).argmax(dim=1)
    model.train(was)
    return classes


@MISTAKES.add("predict", "The model is in train mode afterwards, whatever it was in before.")
def predict_leaves_train(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    classes = evaluated(model, images, device).argmax(dim=1)
    model.train()
    return classes


@MISTAKES.add("predict", "These are the logits; the place of the largest is the class.")
def predict_logits(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device)


@MISTAKES.add("predict", "These are probabilities; the place of the largest is the class.")
def predict_probabilities(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).softmax(dim=1)


@MISTAKES.add("predict", "For each class you look for an image; for each image there should be a class.")
def predict_across_images(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).argmax(dim=0)


@MISTAKES.add("predict", "The classes stand in a column; one dimension is enough.")
def predict_column(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).argmax(dim=1, keepdim=True)


@MISTAKES.add("predict", "This is how large the largest logit is, not where it stands.")
def predict_largest(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).amax(dim=1)


@MISTAKES.add("predict", "This is the class that the model believes in least.")
def predict_smallest(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).argmin(dim=1)


@MISTAKES.add("predict", "The classes are right, but they are floats; a class is an int64.")
def predict_floats(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).argmax(dim=1).float()


@MISTAKES.add("predict", "The classes come back as a list; a tensor is asked for.")
def predict_list(model: nn.Module, images: Tensor, device: torch.device) -> list[int]:
    return [int(row.argmax()) for row in evaluated(model, images, device)]


@MISTAKES.add("predict", "Only the first image gets a prediction.")
def predict_first(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images[:1], device).argmax(dim=1)


@MISTAKES.add("predict", "Only the first thousand images get a prediction.")
def predict_first_thousand(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images[:1000], device).argmax(dim=1)


@MISTAKES.add("predict", "What does not fill a whole batch gets no prediction.")
def predict_whole_batches(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images[: len(images) - len(images) % 32], device).argmax(dim=1)


@MISTAKES.add("predict", "The images are divided by 255, but they are in [0, 1] already.")
def predict_divides_by_255(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images / 255, device).argmax(dim=1)


@MISTAKES.add("predict", "The images that it was given are changed; leave them as they are.")
def predict_changes_images(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    classes = evaluated(model, images, device).argmax(dim=1)
    images.sub_(0.13).div_(0.31)
    return classes


@MISTAKES.add("predict", "With a single image the result loses its dimension; it is (1,) then.")
def predict_squeezed(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return evaluated(model, images, device).argmax(dim=1).squeeze()


@MISTAKES.add("predict", "Gradients are switched off and never on again: nothing can be trained afterwards.")
def predict_leaves_gradients_off(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    classes = evaluated(model, images, device).argmax(dim=1)
    torch.set_grad_enabled(False)
    return classes


@MISTAKES.add("predict", "The parameters no longer ask for gradients afterwards: nothing can be trained any more.")
def predict_freezes(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    model.requires_grad_(False)
    return evaluated(model, images, device).argmax(dim=1)
