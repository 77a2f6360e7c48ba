"""Runs beside student code: builds models, sets their parameters, asks for their outputs. Imports torch only."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

POINTS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]


def with_parameters(
    code: Any, name: str, sizes: dict[str, int] | list[int], values: list[Tensor], x: Tensor, weight: Tensor
) -> dict[str, Any]:
    """A model of the student's class with `values` for its parameters: output, and gradients of the weighted sum of it.

    The last of the gradients is that of x.
    Each value goes to the parameter of its shape, or of its shape transposed; a bias may be kept as a row, (1, h).
    """
    made = getattr(code, name)
    model = made(**sizes) if isinstance(sizes, dict) else made(*sizes)
    if not isinstance(model, nn.Module):
        return {"model": type(model).__name__}
    model = model.to(code.device, x.dtype)
    x, weight = x.to(code.device).requires_grad_(), weight.to(code.device)
    model(x)  # lazy layers get their shapes here
    parameters = list(model.parameters())
    shapes = [list(parameter.shape) for parameter in parameters]
    owners = [_set(parameters, value.to(code.device)) for value in values]
    output = model(x)
    if isinstance(output, Tensor) and output.requires_grad and output.shape == weight.shape:
        torch.autograd.backward([(output * weight).sum()])
    gradients = [_gradient(owner, value) for owner, value in zip(owners, values, strict=True)]
    return {"shapes": shapes, "output": output, "gradients": [*gradients, x.grad]}


def _set(parameters: list[nn.Parameter], value: Tensor) -> nn.Parameter | None:
    """Gives `value` to the first parameter that it fits best, and takes that off the list."""
    for fits in (_as_it_is, _transposed, _as_a_row):
        for place, parameter in enumerate(parameters):
            if fits(parameter, value):
                with torch.no_grad():
                    parameter.copy_(_turned(value, parameter))
                return parameters.pop(place)
    return None


def _as_it_is(parameter: Tensor, value: Tensor) -> bool:
    return parameter.shape == value.shape


def _transposed(parameter: Tensor, value: Tensor) -> bool:
    return value.dim() == 2 and parameter.shape == value.T.shape


def _as_a_row(parameter: Tensor, value: Tensor) -> bool:
    return value.dim() == 1 and parameter.shape == (1, *value.shape)


def _turned(x: Tensor, like: Tensor) -> Tensor:
    return x.T if _transposed(like, x) and not _as_it_is(like, x) else x.reshape(like.shape)


def _gradient(owner: nn.Parameter | None, value: Tensor) -> Tensor | None:
    return None if owner is None or owner.grad is None else _turned(owner.grad, value)


class Scaled(nn.Module):
    """A module with a parameter of its own beside a module inside it."""

    def __init__(self, inner: nn.Module, size: int) -> None:
        super().__init__()
        self.inner = inner
        self.gain = nn.Parameter(torch.ones(size))
        self.temperature = nn.Parameter(torch.tensor(1.0))
        self.fixed = nn.Parameter(torch.ones(size, 2), requires_grad=False)
        self.register_buffer("steps", torch.zeros(3))


def zoo(kind: str, a: int, b: int, c: int) -> nn.Module:
    """Models whose parameters are to be named."""
    match kind:
        case "plain":
            return nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Linear(b, c, bias=False), nn.Linear(c, 1))
        case "nested":
            return nn.Sequential(nn.Sequential(nn.Linear(a, b), nn.BatchNorm1d(b)), nn.Conv2d(c, b, 3))
        case "own":
            return Scaled(nn.ModuleDict({"left": nn.Linear(a, b), "right": nn.Embedding(c, a)}), c)
    return nn.ReLU()


def shapes_of(code: Any, kind: str, sizes: list[int]) -> Any:
    """`named_shapes` of a model of the zoo."""
    return code.named_shapes(zoo(kind, *sizes).to(code.device))


class Shifted(nn.Sequential):
    """A row of modules whose own mode shows, whatever those inside it are in."""

    def forward(self, x: Tensor) -> Tensor:
        for module in self:
            x = module(x)
        return x + 1 if self.training else x


class Moody(nn.Module):
    """A model whose output tells the mode of each of its parts; dropout of everything needs no random numbers."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.body = Shifted(nn.Linear(width, width), nn.BatchNorm1d(width))
        self.drop = nn.Dropout(1.0)
        self.norm = nn.BatchNorm1d(width, momentum=0.5)
        self.head = nn.Linear(width, outputs)
        self.head.bias.requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:
        h = self.body(x)
        h = self.norm(h * h + self.drop(h))
        output: Tensor = self.head(h)
        return output + 1 if self.training else output


def moody(size: list[int], values: list[Tensor], modes: dict[str, bool], device: Any, dtype: torch.dtype) -> Moody:
    """A Moody with these parameters; `modes` are set from the outside in."""
    model = Moody(*size).to(device, dtype)
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), values, strict=True):
            parameter.copy_(value)
    for name, training in modes.items():
        model.get_submodule(name).train(training)
    return model


def predicted(code: Any, size: list[int], values: list[Tensor], modes: dict[str, bool], x: Tensor) -> dict[str, Any]:
    """`predict`, and what the model does afterwards: its output as it was left, the gradients of a training step.

    Those are added to gradients that were there before.
    """
    model = moody(size, values, modes, code.device, x.dtype)
    x = x.to(code.device)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    code.predict(model, x + 1)  # what was said of other inputs is forgotten
    output = code.predict(model, x)
    history = bool(getattr(output, "requires_grad", False))
    after = model(x)
    if after.requires_grad:
        torch.autograd.backward([after.square().sum()])
    gradients = [None if parameter.grad is None else parameter.grad for parameter in model.parameters()]
    trainable = [parameter.requires_grad for parameter in model.parameters()]
    return {
        "output": output,
        "inputs": x,
        "history": history,
        "after": after,
        "trainable": trainable,
        "gradients": gradients,
        "statistics": [buffer for buffer in model.buffers() if buffer.is_floating_point()],
    }


def xor_outputs(code: Any, seed: int) -> Any:
    """What the model that `train_xor` gives says on the four points, in eval mode."""
    model = code.train_xor(seed)
    if not isinstance(model, nn.Module):
        return type(model).__name__
    model.to(code.device).eval()
    dtype = next((parameter.dtype for parameter in model.parameters()), torch.float32)
    with torch.no_grad():
        return model(torch.tensor(POINTS, device=code.device, dtype=dtype))


def xor_answers(code: Any, seeds: list[int]) -> list[Any]:
    """For each seed the four outputs cut at 0.5: 0 or 1, and -1 for what is no number."""
    answers: list[Any] = []
    for seed in seeds:
        output = xor_outputs(code, seed)
        if isinstance(output, Tensor):
            flat = output.reshape(-1)
            answers.append([-1 if value != value else int(value > 0.5) for value in flat.tolist()])
        else:
            answers.append(None)
    return answers
