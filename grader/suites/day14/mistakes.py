"""Day 14: what goes wrong in a classifier, and one sentence for each."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


def _net(hidden: int = 32, out: int = 10) -> nn.Sequential:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, out))


@MISTAKES.add("build_model", "It ends in a softmax; cross-entropy wants the logits, and takes the softmax itself.")
def ends_in_softmax() -> nn.Module:
    return nn.Sequential(_net(), nn.Softmax(dim=1))


@MISTAKES.add("build_model", "Count the weights of each layer: inputs times outputs, and the biases.")
def too_large() -> nn.Module:
    return _net(hidden=400)


@MISTAKES.add("build_model", "Flatten merges the batch with the pixels; the first dimension has to stay.")
def flattens_the_batch() -> nn.Module:
    return nn.Sequential(nn.Flatten(0), nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 10))


@MISTAKES.add("build_model", "There are ten digits, 0 to 9.")
def nine_classes() -> nn.Module:
    return _net(out=9)


@MISTAKES.add("build_model", "The images come as (N, 1, 28, 28), and a Linear layer works on the last dimension alone.")
def no_flatten() -> nn.Module:
    return nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 10))


@MISTAKES.add("build_model", "It gives one number an image; a classifier has one for each class.")
def one_output() -> nn.Module:
    return _net(out=1)


@MISTAKES.add("build_model", "It returns the class itself, not an instance of it.")
def returns_no_instance() -> Any:
    return nn.Linear


@MISTAKES.add("build_model", "What it says of one image depends on the others in the batch.")
def mixes_the_batch() -> nn.Module:
    class Mixed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = _net()

        def forward(self, x: Tensor) -> Tensor:
            logits: Tensor = self.net(x - x.mean(dim=0))
            return logits

    return Mixed()


class _Then(nn.Module):
    """A network whose logits go through one more function."""

    def __init__(self, last: Any) -> None:
        super().__init__()
        self.net, self.last = _net(), last

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.last(self.net(x))
        return logits


@MISTAKES.add("build_model", "A batch of one image loses its first dimension.")
def squeezes() -> nn.Module:
    return _Then(torch.squeeze)


@MISTAKES.add("build_model", "The model gives the class; it should give ten logits, and predict the class.")
def gives_the_class() -> nn.Module:
    return _Then(lambda logits: logits.argmax(dim=1))


@MISTAKES.add("build_model", "It ends in a sigmoid; cross-entropy wants logits, of any size and sign.")
def ends_in_sigmoid() -> nn.Module:
    return _Then(torch.sigmoid)


SHARED = _net()


@MISTAKES.add("build_model", "It is the same model at each call: what one training learns, the next one starts from.")
def made_once() -> nn.Module:
    return SHARED


@MISTAKES.add("build_model", "Weights lie outside the model, where no optimizer finds them, and they are too many.")
def weights_beside_the_model() -> nn.Module:
    class Beside(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.randn(784, 700) / 28

        def forward(self, x: Tensor) -> Tensor:
            return (x @ self.weight.to(x)).relu()

    return nn.Sequential(nn.Flatten(), Beside(), nn.Linear(700, 10))


@MISTAKES.add("build_model", "Layers in a plain list are no part of the model: nothing will ever train them.")
def layers_in_a_list() -> nn.Module:
    class Listed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers, self.last = [nn.Flatten(), nn.Linear(784, 32), nn.ReLU()], nn.Linear(32, 10)

        def forward(self, x: Tensor) -> Tensor:
            for layer in self.layers:
                x = layer(x)
            logits: Tensor = self.last(x)
            return logits

    return Listed()


@MISTAKES.add("build_model", "Some dropout goes on in eval mode, so each answer is another one.")
def drops_in_eval() -> nn.Module:
    return _Then(F.dropout)


def _train(model: nn.Module, images: Tensor, labels: Tensor, seed: int | None, **how: Any) -> nn.Module:
    """A plain training with one thing wrong, named by `how`."""
    if seed is not None:
        torch.manual_seed(seed)
    pick = how.get("pick", lambda rows: rows)
    optimizer = torch.optim.SGD(model.parameters(), lr=how.get("lr", 0.1))
    model.train()
    for _ in range(3):
        order = torch.randperm(len(images))
        for rows in torch.split(order, 64):
            loss = how.get("sign", 1) * F.cross_entropy(model(images[rows]), labels[pick(rows)])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            if how.get("step", True):
                optimizer.step()
    return model


@MISTAKES.add("train", "The model comes back as it went in: nothing was learnt.")
def does_not_train(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    return model


@MISTAKES.add("train", "The trained model has to be returned.")
def returns_nothing(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> None:
    _train(model, images, labels, seed)


@MISTAKES.add("train", "It climbs: the loss has to go down.")
def climbs(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    return _train(model, images, labels, seed, sign=-1, lr=0.01)


@MISTAKES.add("train", "Images are shuffled, labels are not: they have to stay together.")
def labels_left_behind(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    return _train(model, images, labels, seed, pick=lambda rows: torch.arange(len(rows)))


@MISTAKES.add("train", "With this learning rate the loss jumps about or becomes NaN.")
def learning_rate_too_large(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    return _train(model, images, labels, seed, lr=1e4)


@MISTAKES.add("train", "The labels that it learns are not the labels given.")
def labels_off_by_one(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    return _train(model, images, (labels + 1) % 10, seed)


@MISTAKES.add("train", "The model has to come back, not its loss.")
def returns_the_loss(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> float:
    return F.cross_entropy(_train(model, images, labels, seed)(images), labels).item()


@MISTAKES.add("train", "The seed is not used, so the same call gives another result each time.")
def seed_forgotten(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    return _train(model, images, labels, None)


@MISTAKES.add("train", "It trains on the first batch alone: look at how far the return is indented.")
def one_batch(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    return _train(model, images[:64], labels[:64], seed)


@MISTAKES.add("train", "It trains a model of its own and returns that; train the one that you are given.")
def trains_another_model(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    torch.manual_seed(seed)
    return _train(_net(), images, labels, seed)


@MISTAKES.add("train", "It changes the images that it was given; work on a copy.")
def changes_the_images(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    images -= 0.13
    images /= 0.31
    return _train(model, images, labels, seed)


@MISTAKES.add("train", "The labels that it was given are shuffled in place; leave them as they are.")
def shuffles_in_place(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    images[:], labels[:] = images[order], labels[order]
    return _train(model, images, labels, seed)


@MISTAKES.add("train", "Only the first epoch's shuffle follows the seed.")
def seeds_once(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    return _train(model, images[order], labels[order], None)


def _logits(
    model: nn.Module, images: Tensor, device: torch.device, restore: bool = True, evaluate: bool = True
) -> Tensor:
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


@MISTAKES.add("predict", "It gives the logits; the class is where the largest of them stands.")
def gives_logits(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device)


@MISTAKES.add("predict", "It gives the largest logit itself; the class is where that stands.")
def gives_the_maximum(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device).amax(dim=1)


@MISTAKES.add("predict", "It looks for the best image of each class; look along the other dimension.")
def wrong_dimension(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device).argmax(dim=0)


@MISTAKES.add("predict", "Each image has one class: the result is (N,), without a second dimension.")
def keeps_the_dimension(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device).argmax(dim=1, keepdim=True)


@MISTAKES.add("predict", "Class numbers are int64.")
def gives_floats(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device).argmax(dim=1).float()


@MISTAKES.add("predict", "The model stays in eval mode afterwards; put the mode back.")
def stays_in_eval(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device, restore=False).argmax(dim=1)


@MISTAKES.add("predict", "The model predicts in train mode, in which dropout and BatchNorm behave otherwise.")
def stays_in_train(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device, evaluate=False).argmax(dim=1)


@MISTAKES.add("predict", "Every part of the model gets the mode of the whole back; each part had a mode of its own.")
def one_mode_for_all(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    was = model.training
    classes = _logits(model, images, device, restore=False).argmax(dim=1)
    model.train(was)
    return classes


@MISTAKES.add("predict", "The smallest logit is the least likely class.")
def least_likely(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device).argmin(dim=1)


@MISTAKES.add("predict", "With a single image the result loses its dimension; it is (1,) then.")
def squeezes_one_image(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images, device).argmax(dim=1).squeeze()


@MISTAKES.add("predict", "It gives a list; a tensor of class numbers is asked for.")
def gives_a_list(model: nn.Module, images: Tensor, device: torch.device) -> Any:
    return _logits(model, images, device).argmax(dim=1).tolist()


@MISTAKES.add("predict", "The model is put into train mode at the end, whatever mode it was in before.")
def ends_in_train_mode(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    classes = _logits(model, images, device).argmax(dim=1)
    model.train()
    return classes


@MISTAKES.add("predict", "Only the first thousand images get a class.")
def first_batch_only(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images[:1000], device).argmax(dim=1)


@MISTAKES.add("predict", "What does not fill a whole batch gets no class.")
def drops_the_rest(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    whole = len(images) - len(images) % 32
    return _logits(model, images[:whole], device).argmax(dim=1)


@MISTAKES.add("predict", "The images are divided by 255, but they are in [0, 1] already.")
def divides_by_255(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    return _logits(model, images / 255, device).argmax(dim=1)


@MISTAKES.add("predict", "The images that it was given are changed; leave them as they are.")
def changes_what_it_reads(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    classes = _logits(model, images, device).argmax(dim=1)
    images.sub_(0.13).div_(0.31)
    return classes


@MISTAKES.add("predict", "Gradients are switched off and never on again: nothing can be trained afterwards.")
def leaves_gradients_off(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    classes = _logits(model, images, device).argmax(dim=1)
    torch.set_grad_enabled(False)
    return classes


@MISTAKES.add("predict", "The parameters no longer ask for gradients afterwards: nothing can be trained any more.")
def freezes(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    model.requires_grad_(False)
    return _logits(model, images, device).argmax(dim=1)


def _right(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, **how: bool) -> Tensor:
    return _logits(model, images, device, **how).argmax(dim=1) == labels


@MISTAKES.add("accuracy", "Accuracy is a fraction between 0 and 1, not a percentage.")
def percent(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return 100 * float(_right(model, images, labels, device).float().mean())


@MISTAKES.add("accuracy", "It counts the right ones; a fraction divides by how many there are.")
def counts(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> int:
    return int(_right(model, images, labels, device).sum())


@MISTAKES.add("accuracy", "That is the share of wrong answers.")
def error_rate(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return 1 - float(_right(model, images, labels, device).double().mean())


@MISTAKES.add("accuracy", "A Python float is asked for; this is a tensor.")
def gives_a_tensor(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> Tensor:
    return _right(model, images, labels, device).float().mean()


@MISTAKES.add("accuracy", "The model stays in eval mode afterwards; put the mode back.")
def measures_and_stays_in_eval(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return float(_right(model, images, labels, device, restore=False).double().mean())


@MISTAKES.add("accuracy", "It measures in train mode, in which dropout and BatchNorm behave otherwise.")
def measures_in_train_mode(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return float(_right(model, images, labels, device, evaluate=False).double().mean())


@MISTAKES.add("accuracy", "It divides by the number of classes; divide by the number of images.")
def divides_by_classes(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return int(_right(model, images, labels, device).sum()) / 10


@MISTAKES.add("accuracy", "It rounds; two digits after the point lose what tells two models apart.")
def rounds(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return round(float(_right(model, images, labels, device).double().mean()), 1)


@MISTAKES.add("accuracy", "Every part of the model gets the mode of the whole back; each part had a mode of its own.")
def measures_with_one_mode_for_all(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    was = model.training
    right = _right(model, images, labels, device, restore=False)
    model.train(was)
    return float(right.double().mean())


@MISTAKES.add("accuracy", "It divides as if the last batch of a hundred were full.")
def divides_by_whole_batches(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    return int(_right(model, images, labels, device).sum()) / (100 * -(-len(labels) // 100))


@MISTAKES.add("accuracy", "The mean over batches lets a short last batch weigh as much as a full one.")
def mean_of_batches(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    batches = zip(torch.split(images, 64), torch.split(labels, 64), strict=True)
    shares = [_right(model, *batch, device).float().mean().item() for batch in batches]
    return sum(shares) / len(shares)


@MISTAKES.add("accuracy", "The model is put into train mode at the end, whatever mode it was in before.")
def measures_and_ends_in_train_mode(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    right = _right(model, images, labels, device)
    model.train()
    return float(right.double().mean())


@MISTAKES.add("accuracy", "Gradients are switched off and never on again: nothing can be trained afterwards.")
def measures_and_leaves_gradients_off(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    right = _right(model, images, labels, device)
    torch.set_grad_enabled(False)
    return float(right.double().mean())
