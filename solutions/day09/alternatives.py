"""Day 9: unusual solutions that are right."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("OneHiddenLayer")
class AsASequential(nn.Sequential):
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__(nn.Linear(in_features, hidden), nn.ReLU(), nn.Linear(hidden, out_features))


@ALTERNATIVES.add("OneHiddenLayer")
class WithParametersOfItsOwn(nn.Module):
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.b1, self.b2 = nn.Parameter(torch.zeros(hidden)), nn.Parameter(torch.zeros(out_features))
        self.W1 = nn.Parameter(torch.randn(in_features, hidden) / math.sqrt(in_features))
        self.W2 = nn.Parameter(torch.randn(hidden, out_features) / math.sqrt(hidden))

    def forward(self, x: Tensor) -> Tensor:
        return (x @ self.W1 + self.b1).clamp(min=0) @ self.W2 + self.b2


@ALTERNATIVES.add("OneHiddenLayer")
class WithBiasesAsRows(nn.Module):
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.W1, self.b1 = nn.Parameter(torch.randn(in_features, hidden)), nn.Parameter(torch.zeros(1, hidden))
        self.W2, self.b2 = nn.Parameter(torch.randn(hidden, out_features)), nn.Parameter(torch.zeros(1, out_features))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(x @ self.W1 + self.b1) @ self.W2 + self.b2


@ALTERNATIVES.add("OneHiddenLayer")
class Lazy(nn.Module):
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.LazyLinear(hidden), nn.LazyLinear(out_features)])

    def forward(self, x: Tensor) -> Tensor:
        return self.layers[1](nn.functional.relu(self.layers[0](x)))


@ALTERNATIVES.add("SimpleNN")
class SimpleFromOutputToInput(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.output = nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())
        self.hidden = nn.Linear(2, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.output(torch.where(self.hidden(x) > 0, self.hidden(x), 0))


@ALTERNATIVES.add("SimpleNN")
class SimpleWithTanhForSigmoid(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(2, 4), nn.Linear(4, 1)

    def forward(self, x: Tensor) -> Tensor:
        return (1 + torch.tanh(self.b(self.a(x).relu()) / 2)) / 2


@ALTERNATIVES.add("named_shapes")
def shapes_module_by_module(model: nn.Module) -> dict[str, Any]:
    return {
        f"{place}.{name}" if place else name: parameter.size()
        for place, module in model.named_modules()
        for name, parameter in module.named_parameters(recurse=False)
    }


@ALTERNATIVES.add("predict")
def predict_with_a_copy(model: nn.Module, x: Tensor) -> Tensor:
    return copy.deepcopy(model).requires_grad_(False).eval()(x)


@ALTERNATIVES.add("predict")
@torch.inference_mode()
def predict_in_inference_mode(model: nn.Module, x: Tensor) -> Tensor:
    training = {name: module.training for name, module in model.named_modules()}
    try:
        return model.eval()(x)
    finally:
        for name, module in model.named_modules():
            module.training = training[name]


@ALTERNATIVES.add("predict")
def predict_with_a_graph_cut_off(model: nn.Module, x: Tensor) -> Tensor:
    modes = {module: module.training for module in model.modules()}
    output: Tensor = model.eval()(x).detach()
    for module, training in modes.items():
        module.training = training
    return output


@ALTERNATIVES.add("train_xor")
def xor_with_restarts(seed: int) -> nn.Module:
    points = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    labels = torch.tensor([0.0, 1.0, 1.0, 0.0])
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        while True:
            model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1), nn.Flatten(0), nn.Sigmoid())
            optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
            for _ in range(60):
                optimizer.zero_grad()
                ((model(points) - labels) ** 2).mean().backward()
                optimizer.step()
            if torch.equal(model(points).round(), labels):
                return model


@ALTERNATIVES.add("train_xor")
def xor_set_by_hand(seed: int) -> nn.Module:
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1)).double()
    values = [[[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], [[1.0, -2.0]], [0.0]]
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), values, strict=True):
            parameter.copy_(torch.tensor(value))
    return model
