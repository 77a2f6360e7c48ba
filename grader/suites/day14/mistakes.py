"""Day 14: what goes wrong in a classifier, and one sentence for each."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

from .. import classifier_mistakes
from ..classifier_mistakes import evaluated

MISTAKES = Mistakes([*classifier_mistakes.MISTAKES.entries])


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


def _right(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, **how: bool) -> Tensor:
    return evaluated(model, images, device, **how).argmax(dim=1) == labels


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
