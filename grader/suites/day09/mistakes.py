"""Day 9: what goes wrong in first models, and one sentence for each."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Shapes = dict[str, Any]


class TwoLayers(nn.Module):
    """What the wrong networks below have in common."""

    def __init__(self, n_in: int, n_hidden: int, n_out: int) -> None:
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def through(self, x: Tensor, hidden: Any = torch.relu) -> Tensor:
        output: Tensor = self.second(hidden(self.first(x)))
        return output


class OfSizes(TwoLayers):
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__(in_features, hidden, out_features)


class OfTwo(TwoLayers):
    def __init__(self) -> None:
        super().__init__(2, 4, 1)


@MISTAKES.add("OneHiddenLayer", "There is no ReLU between the layers, so both are one linear map after all.")
class one_hidden_without_relu(OfSizes):  # noqa: N801 - a mistake's id
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, lambda z: z)


@MISTAKES.add("OneHiddenLayer", "There is a ReLU behind the last layer too; nothing comes after it.")
class one_hidden_relu_twice(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).relu()


@MISTAKES.add("OneHiddenLayer", "The ReLU is behind the last layer; it belongs between the two.")
class one_hidden_relu_last(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, lambda z: z).relu()


@MISTAKES.add("OneHiddenLayer", "The ReLU is on the input; it belongs behind the first layer.")
class one_hidden_relu_first(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x.relu(), lambda z: z)


@MISTAKES.add("OneHiddenLayer", "The hidden layer has a sigmoid; a ReLU is asked for.")
class one_hidden_sigmoid(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, torch.sigmoid)


@MISTAKES.add("OneHiddenLayer", "The hidden layer has a tanh; a ReLU is asked for.")
class one_hidden_tanh(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, torch.tanh)


@MISTAKES.add("OneHiddenLayer", "The output goes through a softmax; nothing comes after the last layer.")
class one_hidden_softmax(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).softmax(dim=1)


@MISTAKES.add("OneHiddenLayer", "The output goes through a sigmoid; nothing comes after the last layer.")
class one_hidden_sigmoid_last(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).sigmoid()


@MISTAKES.add("OneHiddenLayer", "What forward returns is the hidden layer; the second layer is never used.")
class one_hidden_stops_early(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.first(x))


@MISTAKES.add("OneHiddenLayer", "The layers have no biases.")
class one_hidden_without_biases(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        first = nn.Linear(in_features, hidden, bias=False)
        self.net = nn.Sequential(first, nn.ReLU(), nn.Linear(hidden, out_features, bias=False))

    def forward(self, x: Tensor) -> Any:
        return self.net(x)


@MISTAKES.add("OneHiddenLayer", "There is a second hidden layer.")
class one_hidden_too_many(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        layers = [nn.Linear(in_features, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Linear(hidden, out_features))

    def forward(self, x: Tensor) -> Any:
        return self.net(x)


@MISTAKES.add("OneHiddenLayer", "There is no hidden layer: one Linear goes straight from input to output.")
class one_hidden_none(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.only = nn.Linear(in_features, out_features)

    def forward(self, x: Tensor) -> Any:
        return self.only(x)


@MISTAKES.add("OneHiddenLayer", "The layers are kept in a Python list, where nn.Module cannot find their parameters.")
class one_hidden_in_a_list(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.layers = [nn.Linear(in_features, hidden), nn.Linear(hidden, out_features)]

    def forward(self, x: Tensor) -> Any:
        first, second = (layer.to(x.dtype) for layer in self.layers)
        return second(torch.relu(first(x)))


@MISTAKES.add("OneHiddenLayer", "A plain Python list keeps the layers, so nn.Module neither finds nor moves them.")
class one_hidden_in_a_list_of_three(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.layers = [nn.Linear(in_features, hidden), nn.ReLU(), nn.Linear(hidden, out_features)]

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x)
        return x


@MISTAKES.add("OneHiddenLayer", "Each call of forward makes new layers; make them once, in __init__, and keep them.")
class one_hidden_made_in_forward(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        super().__init__()
        self.sizes = in_features, hidden, out_features

    def forward(self, x: Tensor) -> Any:
        first, second = nn.Linear(*self.sizes[:2]), nn.Linear(*self.sizes[1:])
        return second(torch.relu(first(x)))


@MISTAKES.add(
    "OneHiddenLayer", "The hidden layer has a leaky ReLU; a plain one lets nothing of what is negative through."
)
class one_hidden_leaky(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, nn.functional.leaky_relu)


@MISTAKES.add(
    "OneHiddenLayer", "super().__init__() is missing: nn.Module has to be set up before layers are kept in it."
)
class one_hidden_without_super(nn.Module):  # noqa: N801
    def __init__(self, in_features: int, hidden: int, out_features: int) -> None:
        self.first = nn.Linear(in_features, hidden)


@MISTAKES.add("OneHiddenLayer", "detach() or no_grad() inside forward cuts the graph: nothing could be trained.")
class one_hidden_detached(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).detach()


@MISTAKES.add("OneHiddenLayer", "x is detached first, so layers that stand before this one could not be trained.")
class one_hidden_detached_input(OfSizes):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x.detach())


@MISTAKES.add("SimpleNN", "The sigmoid behind the output is missing.")
class simple_without_sigmoid(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x)


@MISTAKES.add("SimpleNN", "The hidden layer has no ReLU.")
class simple_without_relu(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, lambda z: z).sigmoid()


@MISTAKES.add("SimpleNN", "Both activations are sigmoids; the hidden layer has a ReLU.")
class simple_sigmoid_twice(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, torch.sigmoid).sigmoid()


@MISTAKES.add("SimpleNN", "The two activations are exchanged.")
class simple_exchanged(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, torch.sigmoid).relu()


@MISTAKES.add("SimpleNN", "There is a ReLU between the output layer and its sigmoid: nothing can fall below one half.")
class simple_relu_before_sigmoid(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).relu().sigmoid()


@MISTAKES.add("SimpleNN", "The sigmoid is applied twice.")
class simple_squashed_twice(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).sigmoid().sigmoid()


@MISTAKES.add("SimpleNN", "Softmax over a single output is always 1; a sigmoid is asked for.")
class simple_softmax(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).softmax(dim=1)


@MISTAKES.add("SimpleNN", "The output goes through tanh, which also gives negative numbers.")
class simple_tanh(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).tanh()


@MISTAKES.add("SimpleNN", "The hidden layer has a tanh; a ReLU is asked for.")
class simple_hidden_tanh(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x, torch.tanh).sigmoid()


@MISTAKES.add("SimpleNN", "The last dimension is squeezed away; the result is (N, 1).")
class simple_squeezed(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).sigmoid().squeeze(1)


@MISTAKES.add("SimpleNN", "The output is rounded to 0 or 1, which has no gradient; the probability is asked for.")
class simple_rounded(OfTwo):  # noqa: N801
    def forward(self, x: Tensor) -> Tensor:
        return (self.through(x).sigmoid() > 0.5).to(x.dtype)


@MISTAKES.add("SimpleNN", "The hidden layer has two units; four are asked for.")
class simple_two_hidden(TwoLayers):  # noqa: N801
    def __init__(self) -> None:
        super().__init__(2, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).sigmoid()


@MISTAKES.add("SimpleNN", "There are two outputs; one is asked for.")
class simple_two_outputs(TwoLayers):  # noqa: N801
    def __init__(self) -> None:
        super().__init__(2, 4, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.through(x).sigmoid()


@MISTAKES.add("named_shapes", "state_dict() also holds buffers, such as a batch norm's running mean; no parameters.")
def named_with_buffers(model: nn.Module) -> Shapes:
    return {name: tuple(value.shape) for name, value in model.state_dict().items()}


@MISTAKES.add("named_shapes", "Each shape is a list; a tuple is asked for.")
def named_lists(model: nn.Module) -> Shapes:
    return {name: list(parameter.shape) for name, parameter in model.named_parameters()}


@MISTAKES.add("named_shapes", "Each value is the parameter itself; its shape is asked for.")
def named_parameters_themselves(model: nn.Module) -> Shapes:
    return dict(model.named_parameters())


@MISTAKES.add("named_shapes", "Each value is the number of elements; the shape is asked for.")
def named_sizes(model: nn.Module) -> Shapes:
    return {name: parameter.numel() for name, parameter in model.named_parameters()}


@MISTAKES.add("named_shapes", "The shapes are turned round; leave them as the module keeps them.")
def named_transposed(model: nn.Module) -> Shapes:
    return {name: tuple(reversed(parameter.shape)) for name, parameter in model.named_parameters()}


@MISTAKES.add("named_shapes", "Only weights are listed; a bias is a parameter too.")
def named_weights_only(model: nn.Module) -> Shapes:
    return {name: tuple(p.shape) for name, p in model.named_parameters() if name.endswith("weight")}


@MISTAKES.add(
    "named_shapes", "Parameters that are frozen (requires_grad is False) are left out; they are parameters too."
)
def named_trainable_only(model: nn.Module) -> Shapes:
    return {name: tuple(p.shape) for name, p in model.named_parameters() if p.requires_grad}


@MISTAKES.add("named_shapes", "It looks one level deep only: modules inside modules are missed.")
def named_one_level(model: nn.Module) -> Shapes:
    found = dict(model.named_parameters(recurse=False))
    for place, child in model.named_children():
        found.update({f"{place}.{name}": p for name, p in child.named_parameters(recurse=False)})
    return {name: tuple(p.shape) for name, p in found.items()}


@MISTAKES.add("named_shapes", "The parameters are numbered; the module has a name for each.")
def named_by_number(model: nn.Module) -> Shapes:
    return {str(number): tuple(p.shape) for number, p in enumerate(model.parameters())}


@MISTAKES.add("predict", "The modes are put back part by part, but train() also sets everything inside a part.")
def predict_outer_modes_only(model: nn.Module, x: Tensor) -> Tensor:
    modes = [(part, part.training) for part in model.children()]
    whole = model.training
    with torch.no_grad():
        output: Tensor = model.eval()(x)
    model.training = whole
    for part, training in modes:
        part.train(training)
    return output


@MISTAKES.add("predict", "The model is not in eval mode while it computes its output.")
def predict_in_train_mode(model: nn.Module, x: Tensor) -> Any:
    with torch.no_grad():
        return model(x)


@MISTAKES.add("predict", "The model stays in eval mode afterwards; put it back as it was.")
def predict_stays_in_eval(model: nn.Module, x: Tensor) -> Any:
    model.eval()
    with torch.no_grad():
        return model(x)


@MISTAKES.add("predict", "The model is always put into train mode afterwards, also if it was in eval mode before.")
def predict_always_trains(model: nn.Module, x: Tensor) -> Any:
    model.eval()
    with torch.no_grad():
        output = model(x)
    model.train()
    return output


@MISTAKES.add("predict", "train(mode) gives every part the mode of the whole; the parts may differ from each other.")
def predict_one_mode_for_all(model: nn.Module, x: Tensor) -> Any:
    before = model.training
    model.eval()
    with torch.no_grad():
        output = model(x)
    model.train(before)
    return output


@MISTAKES.add("predict", "Only the model itself is put back; the parts inside it stay in eval mode.")
def predict_outermost_only(model: nn.Module, x: Tensor) -> Any:
    before = model.training
    model.eval()
    with torch.no_grad():
        output = model(x)
    model.training = before
    return output


@MISTAKES.add("predict", "Only the model's own children are put back; those deeper inside stay in eval mode.")
def predict_children_only(model: nn.Module, x: Tensor) -> Any:
    before = [(module, module.training) for module in (model, *model.children())]
    model.eval()
    with torch.no_grad():
        output = model(x)
    for module, training in before:
        module.training = training
    return output


def in_eval(model: nn.Module, x: Tensor) -> Any:
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    output = model(x)
    for module, training in modes:
        module.training = training
    return output


@MISTAKES.add("predict", "eval() does not switch gradients off: the output still has a graph behind it.")
def predict_with_graph(model: nn.Module, x: Tensor) -> Any:
    return in_eval(model, x)


@MISTAKES.add("predict", "Gradients are switched off for good; a context manager switches them on again by itself.")
def predict_grad_off_for_good(model: nn.Module, x: Tensor) -> Any:
    torch.set_grad_enabled(False)
    return in_eval(model, x)


@MISTAKES.add("predict", "The parameters are frozen for good: they could not be trained any further.")
def predict_freezes(model: nn.Module, x: Tensor) -> Any:
    model.requires_grad_(False)
    return in_eval(model, x)


@MISTAKES.add("predict", "Afterwards every parameter requires gradients, also one that was frozen before.")
def predict_unfreezes(model: nn.Module, x: Tensor) -> Any:
    model.requires_grad_(False)
    output = in_eval(model, x)
    model.requires_grad_(True)
    return output


@MISTAKES.add("predict", "The gradients that the model had collected are gone; a prediction leaves them alone.")
def predict_clears_gradients(model: nn.Module, x: Tensor) -> Any:
    model.zero_grad()
    with torch.no_grad():
        return in_eval(model, x)


@MISTAKES.add("predict", "Only the innermost layers are put back; a module that holds others has a mode of its own.")
def predict_innermost_only(model: nn.Module, x: Tensor) -> Any:
    before = model.training
    layers = [(module, module.training) for module in model.modules() if not list(module.children())]
    model.eval()
    with torch.no_grad():
        output = model(x)
    model.train(before)
    for module, training in layers:
        module.training = training
    return output


@MISTAKES.add("predict", "It returns the number of the largest output; the output itself is asked for.")
def predict_argmax(model: nn.Module, x: Tensor) -> Any:
    with torch.no_grad():
        return in_eval(model, x).argmax(dim=1)


@MISTAKES.add("predict", "A dimension of length 1 is squeezed away; the output is asked for as it is.")
def predict_squeezed(model: nn.Module, x: Tensor) -> Any:
    with torch.no_grad():
        return in_eval(model, x).squeeze()


@MISTAKES.add("predict", "It puts a softmax on the model's output; the output is asked for as it is.")
def predict_softmax(model: nn.Module, x: Tensor) -> Any:
    with torch.no_grad():
        return in_eval(model, x).softmax(dim=1)


POINTS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = torch.tensor([[0.0], [1.0], [1.0], [0.0]])


def network(*activation: nn.Module) -> nn.Sequential:
    return nn.Sequential(nn.Linear(2, 32), *activation, nn.Linear(32, 1), nn.Sigmoid())


def descend(model: nn.Module, labels: Tensor, steps: int = 100) -> nn.Module:
    parameters = list(model.parameters())
    for _ in range(steps):
        gradients = torch.autograd.grad(nn.functional.binary_cross_entropy(model(POINTS), labels), parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter.sub_(gradient)
    return model


@MISTAKES.add("train_xor", "It learns OR: 1 and 1 should give 0.")
def xor_is_or(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return descend(network(nn.Tanh()), torch.tensor([[0.0], [1.0], [1.0], [1.0]]))


@MISTAKES.add("train_xor", "It learns AND: the label is 1 where exactly one input is 1.")
def xor_is_and(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return descend(network(nn.Tanh()), torch.tensor([[0.0], [0.0], [0.0], [1.0]]))


@MISTAKES.add("train_xor", "The labels are the wrong way round: it gives 1 where both inputs agree.")
def xor_inverted(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return descend(network(nn.Tanh()), 1 - XOR)


@MISTAKES.add("train_xor", "There is nothing but linear layers, and no line separates these four points.")
def xor_linear(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return descend(network(), XOR)


@MISTAKES.add("train_xor", "A single layer cannot separate these four points; a hidden layer is needed.")
def xor_one_layer(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return descend(nn.Sequential(nn.Linear(2, 1), nn.Sigmoid()), XOR)


@MISTAKES.add("train_xor", "The parameters never change: is the step of the optimizer taken?")
def xor_untrained(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return network(nn.Tanh())


@MISTAKES.add("train_xor", "SimpleNN itself comes back untrained.")
def xor_untrained_simple(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1), nn.Sigmoid())


@MISTAKES.add(
    "train_xor", "Each call gives another model: the seed has to be set before the model draws its first weights."
)
def xor_unseeded(seed: int) -> nn.Module:
    return descend(network(nn.Tanh()), XOR)


@MISTAKES.add("train_xor", "It returns what the model says; the model itself is asked for.")
def xor_returns_output(seed: int) -> Any:
    torch.manual_seed(seed)
    return descend(network(nn.Tanh()), XOR)(POINTS)


@MISTAKES.add("train_xor", "It returns the last loss; the model is asked for.")
def xor_returns_loss(seed: int) -> float:
    torch.manual_seed(seed)
    return nn.functional.binary_cross_entropy(descend(network(nn.Tanh()), XOR)(POINTS), XOR).item()


@MISTAKES.add("train_xor", "One step is not enough: repeat it until the loss is small.")
def xor_one_step(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return descend(network(nn.Tanh()), XOR, steps=1)
