"""Runs beside student code: gradients, modes, and networks built or trained by the student. Imports torch only."""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.optim.optimizer import register_optimizer_step_post_hook
from torch.overrides import TorchFunctionMode


def value_and_gradient(code: Any, name: str, first: Tensor, second: Tensor) -> dict[str, Any]:
    """The loss `name(first, second)` and its gradient with respect to `first`; None where none flows."""
    leaf = first.to(code.device).requires_grad_()
    loss = getattr(code, name)(leaf, second.to(code.device))
    if not isinstance(loss, Tensor) or not loss.requires_grad:
        return {"value": loss, "gradient": None}
    (gradient,) = torch.autograd.grad(loss.sum(), leaf, allow_unused=True)
    return {"value": loss, "gradient": gradient}


class Moody(nn.Module):
    """A classifier of images whose parts answer differently in train and in eval mode; two of them lie in a third.

    It and its copies notice a graph.
    """

    graphs: ClassVar[list[bool]] = []

    def __init__(self, weight: Tensor, first: list[Tensor], last: list[Tensor]) -> None:
        super().__init__()
        linear = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
        linear.weight.data = weight
        self.inner = nn.Sequential(_normalisation(*first), linear, _normalisation(*last))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.inner(x[:, 0].flatten(1))
        self.graphs.append(logits.requires_grad)
        return -logits if self.training else logits


def _normalisation(mean: Tensor, var: Tensor) -> nn.Module:
    layer = nn.BatchNorm1d(len(mean), affine=False)
    layer.running_mean, layer.running_var = mean.clone(), var.clone()
    return layer


def validated(
    code: Any, parts: list[Any], modes: list[bool], images: Tensor, labels: Tensor, later: Tensor
) -> dict[str, Any]:
    """The student's accuracy, and what the same network says later, in the modes that it was left in.

    `slope` is the gradient of what it says of the first of the later images; None where it has none any more.
    """
    model = Moody(*parts)
    model.graphs.clear()
    inner: Any = model.inner
    first, linear, last = inner
    for part, mode in zip((model, first, last), modes, strict=True):
        part.training = mode
    model.to(code.device)
    accuracy = code.validate(model, images.to(code.device), labels.to(code.device))
    graphs = list(model.graphs)
    running = {"mean": first.running_mean.clone(), "var": first.running_var.clone()}
    said = model(later.to(code.device))
    weight = linear.weight
    slope = torch.autograd.grad(said[0].sum(), weight)[0] if said.requires_grad else None
    return {"accuracy": accuracy, "graph": any(graphs), "running": running, "later": said, "slope": slope}


def training_losses(code: Any, name: str, X: Tensor, targets: list[Tensor], steps: int, seeds: list[int]) -> Any:
    """The losses of a training with each seed on its own targets, the global generator in another state before each.

    With them go X and the targets as they were left.
    """
    X, *targets = (each.to(code.device) for each in (X, *targets))
    answers = []
    for number, (y, seed) in enumerate(zip(targets, seeds, strict=True)):
        torch.manual_seed(number)
        answers.append(getattr(code, name)(X, y, steps, seed))
    return {"losses": answers, "left": [X, *targets]}


class _BackwardPasses(TorchFunctionMode):
    """Counts them."""

    count = 0

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.count += getattr(func, "__name__", "") in ("backward", "grad")
        return func(*args, **(kwargs or {}))


def counted_losses(code: Any, name: str, X: Tensor, y: Tensor, steps: int, seed: int) -> dict[str, Any]:
    """The losses of one training, and how many updates it took: steps of optimizers, else backward passes."""
    taken = 0

    def note(optimizer: Any, args: Any, kwargs: Any) -> None:
        nonlocal taken
        taken += 1

    hook = register_optimizer_step_post_hook(note)
    try:
        with _BackwardPasses() as passes:
            (losses,) = training_losses(code, name, X, [y], steps, [seed])["losses"]
    finally:
        hook.remove()
    return {"losses": losses, "updates": taken or passes.count}


def deep_net(code: Any, depth: int, width: int, images: Tensor) -> Any:
    """A new deep network: its output, how many square matrices of weights it has, the gradients of the ends.

    `bent` are its outputs, in float64 and eval mode, for 0, a + b, a and b.
    """
    net = code.build_deep_net(depth, width)
    if not isinstance(net, nn.Sequential):
        return type(net).__name__
    x = images.to(code.device)
    output, gradients = _gradients(net.to(code.device), x, width)
    net.double().eval()
    a, b = x.double(), x.double().flip(0)
    with torch.no_grad():
        bent = [net(each) for each in (0 * a, a + b, a, b)]
    return {"output": output, "matrices": len(gradients), "ends": [*gradients[:1], *gradients[-1:]], "bent": bent}


def _gradients(net: nn.Module, x: Tensor, width: int) -> tuple[Tensor, list[Tensor]]:
    """The output for x, and the gradient of each matrix of weights: of copies, which no hook of the net's reaches.

    A frozen matrix has a gradient of 0.
    """
    for module in net.modules():
        module._forward_hooks.clear()
        module._forward_pre_hooks.clear()
        module._backward_hooks.clear()
        module._backward_pre_hooks.clear()
    copies = {name: each.detach().clone().requires_grad_() for name, each in net.named_parameters()}
    output = torch.func.functional_call(net, copies, (x,))
    matrices = {name: each for name, each in copies.items() if each.shape == (width, width)}
    loss = (output * torch.randn_like(output)).mean()
    found = torch.autograd.grad(loss, list(matrices.values()), allow_unused=True) if matrices else ()
    learning = {name for name, each in net.named_parameters() if each.requires_grad}
    return output, [
        torch.zeros_like(each) if part is None or name not in learning else part
        for (name, each), part in zip(matrices.items(), found, strict=True)
    ]


def small_data(code: Any, data: list[Tensor], held_out: Tensor, seeds: list[int]) -> Any:
    """What the model that each seed gives says of the validation and of further data."""
    answers = []
    for number, seed in enumerate(seeds):
        torch.manual_seed(number)
        model = code.train_small_data(*(each.to(code.device) for each in data), seed)
        if not isinstance(model, nn.Module):
            return type(model).__name__
        model.to(code.device).eval()
        torch.manual_seed(number)  # a model that still draws says something else each time
        with torch.no_grad():
            answers.append([model(data[2].to(code.device)), model(held_out.to(code.device))])
    return answers
