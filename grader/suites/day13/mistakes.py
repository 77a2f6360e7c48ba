"""Day 13: what goes wrong in activations, and one sentence for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Function = Callable[[Tensor], Tensor]


# relu


@MISTAKES.add("relu", "It lets the negative numbers through and stops the positive ones.")
def relu_negative(x: Tensor) -> Tensor:
    return x.clamp(max=0)


@MISTAKES.add("relu", "Negative numbers turn positive; that is the absolute value.")
def relu_absolute(x: Tensor) -> Tensor:
    return x.abs()


@MISTAKES.add("relu", "It says where x is positive, not how large it is there.")
def relu_step(x: Tensor) -> Tensor:
    return (x > 0).to(x.dtype)


@MISTAKES.add("relu", "Negative numbers leak through a little; ReLU stops them altogether.")
def relu_leaks(x: Tensor) -> Tensor:
    return torch.where(x > 0, x, 0.01 * x)


@MISTAKES.add("relu", "It is cut off at 1 as well; ReLU has no upper end.")
def relu_cut_at_1(x: Tensor) -> Tensor:
    return x.clamp(0, 1)


@MISTAKES.add("relu", "It is cut off at 6 as well; ReLU has no upper end.")
def relu_cut_at_6(x: Tensor) -> Tensor:
    return x.clamp(0, 6)


@MISTAKES.add("relu", "It is one number, the largest of all; compare each element with 0.")
def relu_largest(x: Tensor) -> Tensor:
    return x.max().clamp(min=0)


@MISTAKES.add("relu", "The input itself is changed; make a new tensor.")
def relu_in_place(x: Tensor) -> Tensor:
    return x.clamp_(min=0)


@MISTAKES.add("relu", "The negative elements are left out; they become 0 and keep their places.")
def relu_selects(x: Tensor) -> Tensor:
    return x[x > 0]


@MISTAKES.add("relu", "x times its own step, and x again: the positive half comes out twice.")
def relu_doubled(x: Tensor) -> Tensor:
    return x + x.abs()


# sigmoid


@MISTAKES.add("sigmoid", "It falls where it should rise: mind the sign in the exponent.")
def sigmoid_falls(x: Tensor) -> Tensor:
    return 1 / (1 + x.exp())


@MISTAKES.add("sigmoid", "At large x it divides infinity by infinity; find a form whose exponent cannot hurt.")
def sigmoid_overflows(x: Tensor) -> Tensor:
    return x.exp() / (1 + x.exp())


@MISTAKES.add("sigmoid", "The sign inside the denominator is wrong: the formula adds.")
def sigmoid_minus(x: Tensor) -> Tensor:
    return 1 / (1 - (-x).exp())


@MISTAKES.add("sigmoid", "The 1 in the denominator is missing.")
def sigmoid_without_one(x: Tensor) -> Tensor:
    return 1 / (-x).exp()


@MISTAKES.add("sigmoid", "It runs from -1 to 1, as tanh does; sigmoid runs from 0 to 1.")
def sigmoid_as_tanh(x: Tensor) -> Tensor:
    return 2 / (1 + (-2 * x).exp()) - 1


@MISTAKES.add("sigmoid", "It is twice as steep as it should be.")
def sigmoid_steep(x: Tensor) -> Tensor:
    return 1 / (1 + (-2 * x).exp())


@MISTAKES.add("sigmoid", "The elements are made to sum to one; sigmoid treats each by itself.")
def sigmoid_sums_to_one(x: Tensor) -> Tensor:
    exps = (x - x.max()).exp()
    return exps / exps.sum()


@MISTAKES.add("sigmoid", "Cutting x off early costs accuracy at its ends; the plain formula can bear more than that.")
def sigmoid_cut(x: Tensor) -> Tensor:
    return 1 / (1 + (-x.clamp(-5, 5)).exp())


@MISTAKES.add("sigmoid", "Straight lines only resemble a sigmoid; it needs an exponential.")
def sigmoid_of_lines(x: Tensor) -> Tensor:
    return (x / 6 + 0.5).clamp(0, 1)


@MISTAKES.add("sigmoid", "The base is 2 where it should be e.")
def sigmoid_of_base_2(x: Tensor) -> Tensor:
    return 1 / (1 + 2 ** (-x))


@MISTAKES.add("sigmoid", "At exactly 0 neither of the two cases applies, and it is left at 0.")
def sigmoid_without_0(x: Tensor) -> Tensor:
    return torch.where(x == 0, torch.zeros_like(x), 1 / (1 + (-x).exp()))


@MISTAKES.add("sigmoid", "One large element makes every element count as large; each has its own case.")
def sigmoid_where_one_is_far(x: Tensor) -> Tensor:
    return torch.heaviside(x, torch.full_like(x, 0.5)) if (x.abs() > 50).any() else 1 / (1 + (-x).exp())


# tanh


@MISTAKES.add("tanh", "At large x it divides infinity by infinity; find a form whose exponents stay small.")
def tanh_overflows(x: Tensor) -> Tensor:
    return (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())


@MISTAKES.add("tanh", "Right on one side, but at large positive x infinity is divided by infinity.")
def tanh_overflows_above(x: Tensor) -> Tensor:
    return ((2 * x).exp() - 1) / ((2 * x).exp() + 1)


@MISTAKES.add("tanh", "Right on one side, but at large negative x infinity is divided by infinity.")
def tanh_overflows_below(x: Tensor) -> Tensor:
    return (1 - (-2 * x).exp()) / (1 + (-2 * x).exp())


@MISTAKES.add("tanh", "It is only half as steep as it should be: where does the 2 go?")
def tanh_flat(x: Tensor) -> Tensor:
    return 2 / (1 + (-x).exp()) - 1


@MISTAKES.add("tanh", "It runs from 0 to 1, as sigmoid does; tanh runs from -1 to 1.")
def tanh_as_sigmoid(x: Tensor) -> Tensor:
    return 1 / (1 + (-x).exp())


@MISTAKES.add("tanh", "It runs from 0 to 1: stretched twice, but not shifted.")
def tanh_not_shifted(x: Tensor) -> Tensor:
    return 1 / (1 + (-2 * x).exp())


@MISTAKES.add("tanh", "It falls where it should rise: the two exponentials of the numerator have changed places.")
def tanh_falls(x: Tensor) -> Tensor:
    return 2 / (1 + (2 * x).exp()) - 1


@MISTAKES.add("tanh", "The denominator is missing: this is the numerator alone, or half of it.")
def tanh_as_sinh(x: Tensor) -> Tensor:
    return x.sinh()


@MISTAKES.add("tanh", "Numerator and denominator have changed places.")
def tanh_upside_down(x: Tensor) -> Tensor:
    return 1 / (2 / (1 + (-2 * x).exp()) - 1)


@MISTAKES.add("tanh", "Straight lines only resemble tanh; it needs exponentials.")
def tanh_of_lines(x: Tensor) -> Tensor:
    return x.clamp(-1, 1)


@MISTAKES.add("tanh", "No result is negative: tanh has the sign of its x.")
def tanh_without_sign(x: Tensor) -> Tensor:
    return (1 - (-2 * x.abs()).exp()) / (1 + (-2 * x.abs()).exp())


@MISTAKES.add("tanh", "One large element makes every element count as large; each has its own case.")
def tanh_where_one_is_far(x: Tensor) -> Tensor:
    return x.sign() if (x.abs() > 20).any() else (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())


# leaky_relu


@MISTAKES.add("leaky_relu", "Negative numbers become 0; a little of them should come through.")
def leaky_stops(x: Tensor, slope: float = 0.01) -> Tensor:
    return x.clamp(min=0)


@MISTAKES.add("leaky_relu", "The default slope is 0.01; another one is at work.")
def leaky_default(x: Tensor, slope: float = 0.1) -> Tensor:
    return torch.where(x > 0, x, slope * x)


@MISTAKES.add("leaky_relu", "The slope that is handed over is not used: it is always 0.01.")
def leaky_fixed(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, x, 0.01 * x)


@MISTAKES.add("leaky_relu", "The slope acts on the positive side; it belongs on the negative one.")
def leaky_other_side(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, slope * x, x)


@MISTAKES.add("leaky_relu", "The slope acts on both sides; positive numbers come through as they are.")
def leaky_both_sides(x: Tensor, slope: float = 0.01) -> Tensor:
    return slope * x


@MISTAKES.add("leaky_relu", "Negative numbers come out positive: one sign too many.")
def leaky_sign(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, x, -slope * x)


@MISTAKES.add("leaky_relu", "Negative numbers become the slope itself; multiply it by x.")
def leaky_constant(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, x, torch.full_like(x, slope))


@MISTAKES.add("leaky_relu", "Negative numbers are divided by the slope, not multiplied by it.")
def leaky_divided(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, x, x / slope)


@MISTAKES.add("leaky_relu", "The slope is subtracted on the negative side; multiply by it.")
def leaky_subtracted(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, x, x - slope)


@MISTAKES.add("leaky_relu", "Positive numbers grow by the slope: its part belongs to the negative side alone.")
def leaky_added(x: Tensor, slope: float = 0.01) -> Tensor:
    return x.clamp(min=0) + slope * x


@MISTAKES.add("leaky_relu", "The negative side bends like an exponential; it is a straight line with a small slope.")
def leaky_bent(x: Tensor, slope: float = 0.01) -> Tensor:
    return torch.where(x > 0, x, slope * (x.exp() - 1))


@MISTAKES.add("leaky_relu", "The input itself is changed; make a new tensor.")
def leaky_in_place(x: Tensor, slope: float = 0.01) -> Tensor:
    x[x < 0] *= slope
    return x


# relu_grad


@MISTAKES.add("relu_grad", "At x = 0 exactly the slope is 0 here, as torch has it.")
def relu_grad_1_at_0(x: Tensor) -> Tensor:
    return (x >= 0).to(x.dtype)


@MISTAKES.add("relu_grad", "Halfway between 0 and 1 is a fair guess at x = 0, but torch has 0 there.")
def relu_grad_half_at_0(x: Tensor) -> Tensor:
    return (x.sign() + 1) / 2


@MISTAKES.add("relu_grad", "True and False came back; give the result the dtype of x.")
def relu_grad_bool(x: Tensor) -> Tensor:
    return x > 0


@MISTAKES.add("relu_grad", "The result is int64; give it the dtype of x.")
def relu_grad_integer(x: Tensor) -> Tensor:
    return (x > 0).long()


@MISTAKES.add("relu_grad", "The result is float32 whatever x is; give it the dtype of x.")
def relu_grad_float32(x: Tensor) -> Tensor:
    return (x > 0).float()


@MISTAKES.add("relu_grad", "This is ReLU itself, not how fast it grows.")
def relu_grad_value(x: Tensor) -> Tensor:
    return x.clamp(min=0)


@MISTAKES.add("relu_grad", "On the negative side ReLU is flat, not falling; this is the slope of |x|.")
def relu_grad_sign(x: Tensor) -> Tensor:
    return x.sign()


@MISTAKES.add("relu_grad", "The slope is 1 everywhere; on the negative side ReLU is flat.")
def relu_grad_ones(x: Tensor) -> Tensor:
    return torch.ones_like(x)


@MISTAKES.add("relu_grad", "The two sides have changed places.")
def relu_grad_inverted(x: Tensor) -> Tensor:
    return (x <= 0).to(x.dtype)


@MISTAKES.add("relu_grad", "The negative side keeps a small slope; that is leaky ReLU's.")
def relu_grad_leaky(x: Tensor) -> Tensor:
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))


@MISTAKES.add("relu_grad", "Small positive numbers count as 0; to the right of 0 the slope is 1 from the very start.")
def relu_grad_of_a_tolerance(x: Tensor) -> Tensor:
    return (x > 1e-3).to(x.dtype)


@MISTAKES.add("relu_grad", "Each slope is too small by the number of elements: was a mean taken before going back?")
def relu_grad_of_the_mean(x: Tensor) -> Tensor:
    return (x > 0).to(x.dtype) / x.numel()


# sigmoid_grad


@MISTAKES.add("sigmoid_grad", "This is sigmoid itself, not how fast it grows.")
def sigmoid_grad_value(x: Tensor) -> Tensor:
    return torch.sigmoid(x)


@MISTAKES.add("sigmoid_grad", "The formula is used on x as if x were a sigmoid's value already.")
def sigmoid_grad_of_values(x: Tensor) -> Tensor:
    return x * (1 - x)


@MISTAKES.add("sigmoid_grad", "One factor uses x where it should use sigmoid of x.")
def sigmoid_grad_half_of_values(x: Tensor) -> Tensor:
    return torch.sigmoid(x) * (1 - x)


@MISTAKES.add("sigmoid_grad", "The first factor is missing.")
def sigmoid_grad_one_minus(x: Tensor) -> Tensor:
    return 1 - torch.sigmoid(x)


@MISTAKES.add("sigmoid_grad", "The sign in the bracket is wrong: a slope is never above 1/4.")
def sigmoid_grad_one_plus(x: Tensor) -> Tensor:
    return torch.sigmoid(x) * (1 + torch.sigmoid(x))


@MISTAKES.add("sigmoid_grad", "The slope is negative, but sigmoid rises everywhere.")
def sigmoid_grad_sign(x: Tensor) -> Tensor:
    return torch.sigmoid(x) * (torch.sigmoid(x) - 1)


@MISTAKES.add("sigmoid_grad", "This is tanh's slope.")
def sigmoid_grad_of_tanh(x: Tensor) -> Tensor:
    return 1 - torch.tanh(x) ** 2


@MISTAKES.add("sigmoid_grad", "The pattern is tanh's, one minus the square; sigmoid has another.")
def sigmoid_grad_square(x: Tensor) -> Tensor:
    return 1 - torch.sigmoid(x) ** 2


@MISTAKES.add("sigmoid_grad", "The whole is squared once too often.")
def sigmoid_grad_squared(x: Tensor) -> Tensor:
    return (torch.sigmoid(x) * (1 - torch.sigmoid(x))) ** 2


@MISTAKES.add("sigmoid_grad", "The denominator's square is missing.")
def sigmoid_grad_unsquared(x: Tensor) -> Tensor:
    return 1 / (2 + x.exp() + (-x).exp()).sqrt()


@MISTAKES.add("sigmoid_grad", "At large negative x it divides infinity by infinity.")
def sigmoid_grad_overflows(x: Tensor) -> Tensor:
    return (-x).exp() / (1 + (-x).exp()) ** 2


@MISTAKES.add("sigmoid_grad", "Each slope is too small by the number of elements: was a mean taken before going back?")
def sigmoid_grad_of_the_mean(x: Tensor) -> Tensor:
    return torch.sigmoid(x) * (1 - torch.sigmoid(x)) / x.numel()


# tanh_grad


@MISTAKES.add("tanh_grad", "This is tanh itself, not how fast it grows.")
def tanh_grad_value(x: Tensor) -> Tensor:
    return torch.tanh(x)


@MISTAKES.add("tanh_grad", "The formula is used on x as if x were tanh's value already.")
def tanh_grad_of_values(x: Tensor) -> Tensor:
    return 1 - x**2


@MISTAKES.add("tanh_grad", "The square is missing.")
def tanh_grad_unsquared(x: Tensor) -> Tensor:
    return 1 - torch.tanh(x)


@MISTAKES.add("tanh_grad", "x is squared inside; the square belongs to tanh's value.")
def tanh_grad_square_inside(x: Tensor) -> Tensor:
    return 1 - torch.tanh(x**2)


@MISTAKES.add("tanh_grad", "A sign is wrong: the slope is largest at 0, and never above 1.")
def tanh_grad_one_plus(x: Tensor) -> Tensor:
    return 1 + torch.tanh(x) ** 2


@MISTAKES.add("tanh_grad", "The slope is negative, but tanh rises everywhere.")
def tanh_grad_sign(x: Tensor) -> Tensor:
    return torch.tanh(x) ** 2 - 1


@MISTAKES.add("tanh_grad", "The part that is taken away from 1 is all there is.")
def tanh_grad_square_only(x: Tensor) -> Tensor:
    return torch.tanh(x) ** 2


@MISTAKES.add("tanh_grad", "This is sigmoid's slope.")
def tanh_grad_of_sigmoid(x: Tensor) -> Tensor:
    return torch.sigmoid(x) * (1 - torch.sigmoid(x))


@MISTAKES.add("tanh_grad", "The pattern is sigmoid's, t times one minus t; tanh has another.")
def tanh_grad_as_sigmoid(x: Tensor) -> Tensor:
    return torch.tanh(x) * (1 - torch.tanh(x))


@MISTAKES.add("tanh_grad", "At large x infinity is divided by infinity; find a form that cannot overflow.")
def tanh_grad_overflows(x: Tensor) -> Tensor:
    return 1 - ((x.exp() - (-x).exp()) / (x.exp() + (-x).exp())) ** 2


@MISTAKES.add("tanh_grad", "Each slope is too small by the number of elements: was a mean taken before going back?")
def tanh_grad_of_the_mean(x: Tensor) -> Tensor:
    return (1 - torch.tanh(x) ** 2) / x.numel()


# gradient_norms


def network(activation: Function, depth: int, width: int, seed: int) -> tuple[list[nn.Linear], list[Tensor], Tensor]:
    """The layers, what each of them put out, and the loss."""
    torch.manual_seed(seed)
    layers = [nn.Linear(width, width) for _ in range(depth)]
    x, outputs = torch.randn(64, width), []
    for number, layer in enumerate(layers):
        x = layer(x if number == 0 else activation(x))
        outputs.append(x)
    return layers, outputs, x.pow(2).mean()


def after_walking_back(activation: Function, depth: int, width: int, seed: int) -> list[nn.Linear]:
    layers, _, loss = network(activation, depth, width, seed)
    loss.backward()  # type: ignore[no-untyped-call]
    return layers


def weight_norms(layers: list[nn.Linear]) -> list[float]:
    return [float(layer.weight.grad.norm()) for layer in layers if layer.weight.grad is not None]


@MISTAKES.add("gradient_norms", "The list runs from the output to the input; the input side comes first.")
def norms_reversed(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(activation, depth, width, seed))[::-1]


@MISTAKES.add("gradient_norms", "These are the norms of the weights; the norms of their gradients are asked for.")
def norms_of_weights(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    layers = after_walking_back(activation, depth, width, seed)
    return [float(layer.weight.detach().norm()) for layer in layers]


@MISTAKES.add("gradient_norms", "The gradients of the biases are in it; those of the weights alone are asked for.")
def norms_of_biases(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    layers = after_walking_back(activation, depth, width, seed)
    return [float(layer.bias.grad.norm()) for layer in layers if layer.bias.grad is not None]


@MISTAKES.add(
    "gradient_norms", "Every parameter has an entry, biases too; one entry a layer, its weight's, is asked for."
)
def norms_of_all_parameters(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    layers = after_walking_back(activation, depth, width, seed)
    return [float(p.grad.norm()) for layer in layers for p in layer.parameters() if p.grad is not None]


@MISTAKES.add("gradient_norms", "These are the sizes of what each layer puts out on the way forward.")
def norms_of_outputs(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return [float(output.detach().norm()) for output in network(activation, depth, width, seed)[1]]


@MISTAKES.add("gradient_norms", "These are gradients of what the layers put out, not of their weights.")
def norms_at_outputs(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    _, outputs, loss = network(activation, depth, width, seed)
    return [float(gradient.norm()) for gradient in torch.autograd.grad(loss, outputs)]


@MISTAKES.add("gradient_norms", "The activation that is handed over is not between the layers.")
def norms_without_activation(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(lambda x: x, depth, width, seed))


@MISTAKES.add("gradient_norms", "The graph is cut between the layers, so that only the last one gets a gradient.")
def norms_of_a_cut_graph(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    layers = after_walking_back(lambda x: activation(x.detach()), depth, width, seed)
    return [0.0 if layer.weight.grad is None else float(layer.weight.grad.norm()) for layer in layers]


@MISTAKES.add("gradient_norms", "All weights start at 0, and nothing gets back through them; draw them at random.")
def norms_of_zero_weights(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    layers = [nn.Linear(width, width) for _ in range(depth)]
    x = torch.randn(64, width)
    for number, layer in enumerate(layers):
        nn.init.zeros_(layer.weight)
        x = layer(x if number == 0 else activation(x))
    x.pow(2).mean().backward()  # type: ignore[no-untyped-call]
    return weight_norms(layers)


@MISTAKES.add("gradient_norms", "The same seed gives other numbers the second time: seed weights and data alike.")
def norms_unseeded(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(activation, depth, width, torch.initial_seed()))


@MISTAKES.add("gradient_norms", "Every seed gives the same network: the one that is handed over is not used.")
def norms_fixed_seed(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(activation, depth, width, 0))


@MISTAKES.add("gradient_norms", "There is one layer too few: depth counts every Linear layer, the last one too.")
def norms_one_less(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(activation, depth - 1, width, seed))


@MISTAKES.add("gradient_norms", "There is one layer too many: depth counts every Linear layer, the last one too.")
def norms_one_more(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(activation, depth + 1, width, seed))


@MISTAKES.add("gradient_norms", "The layers have another width than the one that is handed over.")
def norms_fixed_width(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return weight_norms(after_walking_back(activation, depth, 32, seed))


@MISTAKES.add("gradient_norms", "The entries are tensors; turn each into a Python number.")
def norms_as_tensors(activation: Function, depth: int, width: int, seed: int) -> Any:
    return [torch.tensor(norm) for norm in weight_norms(after_walking_back(activation, depth, width, seed))]


@MISTAKES.add("gradient_norms", "The norms are rounded: where gradients vanish, the digits cut off are all there is.")
def norms_rounded(activation: Function, depth: int, width: int, seed: int) -> list[float]:
    return [round(norm, 4) for norm in weight_norms(after_walking_back(activation, depth, width, seed))]


# plot_activations

CURVES: dict[str, Function] = {"ReLU": torch.relu, "Sigmoid": torch.sigmoid, "Tanh": torch.tanh}


def draw(ax: Any, curves: dict[str, Function], low: float = -5, high: float = 5, points: int = 201) -> None:
    x = torch.linspace(low, high, points)
    for name, function in curves.items():
        ax.plot(x.numpy(), function(x).numpy(), label=name)


def name_axes(ax: Any) -> None:
    ax.set_xlabel("input x")
    ax.set_ylabel("activation")


@MISTAKES.add("plot_activations", "The lines have labels, but nothing shows them: the legend is missing.")
def plot_without_legend(ax: Any) -> None:
    draw(ax, CURVES)
    name_axes(ax)


@MISTAKES.add("plot_activations", "The axes have no names: a reader cannot tell what is drawn against what.")
def plot_without_axis_names(ax: Any) -> None:
    draw(ax, CURVES)
    ax.legend()


@MISTAKES.add("plot_activations", "The lines have no labels, so the legend has nothing to say.")
def plot_without_labels(ax: Any) -> None:
    x = torch.linspace(-5, 5, 201)
    for function in CURVES.values():
        ax.plot(x.numpy(), function(x).numpy())
    name_axes(ax)


@MISTAKES.add("plot_activations", "It draws on a figure of its own; draw on the axes that are handed over.")
def plot_elsewhere(ax: Any) -> None:
    import matplotlib.pyplot as plt

    own = plt.subplots()[1]
    draw(own, CURVES)
    name_axes(own)
    own.legend()


@MISTAKES.add("plot_activations", "The lines do not run over [-5, 5].")
def plot_of_another_range(ax: Any) -> None:
    draw(ax, CURVES, -10, 10)
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "Only the positive half is drawn.")
def plot_of_half_the_range(ax: Any) -> None:
    draw(ax, CURVES, 0, 5)
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "Two lines carry each other's names.")
def plot_with_swapped_labels(ax: Any) -> None:
    draw(ax, {"ReLU": torch.relu, "Sigmoid": torch.tanh, "Tanh": torch.sigmoid})
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "Three functions are asked for, and tanh is missing.")
def plot_of_two(ax: Any) -> None:
    draw(ax, {"ReLU": torch.relu, "Sigmoid": torch.sigmoid})
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "A few points make corners where the functions are round.")
def plot_of_few_points(ax: Any) -> None:
    draw(ax, CURVES, points=4)
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "These are dots; a format such as 'o' takes the line away that joins them.")
def plot_of_dots(ax: Any) -> None:
    x = torch.linspace(-5, 5, 201)
    for name, function in CURVES.items():
        ax.plot(x.numpy(), function(x).numpy(), "o", label=name)
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "Points are joined in the order that x has, and here x is in none: sort it.")
def plot_of_unsorted_points(ax: Any) -> None:
    x = torch.linspace(-5, 5, 201)[(torch.arange(201) * 77) % 201]
    for name, function in CURVES.items():
        ax.plot(x.numpy(), function(x).numpy(), label=name)
    name_axes(ax)
    ax.legend()


@MISTAKES.add("plot_activations", "These are the slopes; the functions themselves are asked for.")
def plot_of_slopes(ax: Any) -> None:
    draw(ax, {
        "ReLU": lambda x: (x > 0).float(),
        "Sigmoid": lambda x: torch.sigmoid(x) * (1 - torch.sigmoid(x)),
        "Tanh": lambda x: 1 - torch.tanh(x) ** 2,
    })  # fmt: skip
    name_axes(ax)
    ax.legend()
