"""Day 8: what goes wrong when a network is taken apart, and one sentence for each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Params = dict[str, Tensor]


def hidden(x: Tensor, p: Params) -> Tensor:
    return (x @ p["W1"] + p["b1"]).clamp(min=0)


@MISTAKES.add("forward", "There is no ReLU between the two layers, so they are one linear map after all.")
def forward_without_relu(x: Tensor, params: Params) -> Tensor:
    return (x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "The output has a ReLU on it too; only the hidden layer has one.")
def forward_relu_twice(x: Tensor, params: Params) -> Tensor:
    return (hidden(x, params) @ params["W2"] + params["b2"]).clamp(min=0)


@MISTAKES.add("forward", "The ReLU is on the output; it belongs between the two layers.")
def forward_relu_last(x: Tensor, params: Params) -> Tensor:
    return ((x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]).clamp(min=0)


@MISTAKES.add("forward", "The first bias is added after the ReLU; it comes before it.")
def forward_bias_after_relu(x: Tensor, params: Params) -> Tensor:
    return ((x @ params["W1"]).clamp(min=0) + params["b1"]) @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "b1 is missing.")
def forward_without_b1(x: Tensor, params: Params) -> Tensor:
    return (x @ params["W1"]).clamp(min=0) @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "b2 is missing.")
def forward_without_b2(x: Tensor, params: Params) -> Tensor:
    return hidden(x, params) @ params["W2"]


@MISTAKES.add("forward", "Both biases are missing.")
def forward_without_biases(x: Tensor, params: Params) -> Tensor:
    return (x @ params["W1"]).clamp(min=0) @ params["W2"]


@MISTAKES.add("forward", "The weights are transposed on the way; here they are laid out as (in, out) already.")
def forward_transposed(x: Tensor, params: Params) -> Tensor:
    return (x @ params["W1"].T + params["b1"]).clamp(min=0) @ params["W2"].T + params["b2"]


@MISTAKES.add("forward", "The hidden layer has a sigmoid; ReLU is max(z, 0).")
def forward_sigmoid(x: Tensor, params: Params) -> Tensor:
    return torch.sigmoid(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "The hidden layer has a tanh; ReLU is max(z, 0).")
def forward_tanh(x: Tensor, params: Params) -> Tensor:
    return torch.tanh(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "Negative numbers become positive; ReLU turns them into 0.")
def forward_absolute(x: Tensor, params: Params) -> Tensor:
    return (x @ params["W1"] + params["b1"]).abs() @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "It keeps the negative part and drops the positive one.")
def forward_negative_part(x: Tensor, params: Params) -> Tensor:
    return (x @ params["W1"] + params["b1"]).clamp(max=0) @ params["W2"] + params["b2"]


@MISTAKES.add("forward", "The ReLU is on the input; it belongs behind the first layer.")
def forward_relu_on_input(x: Tensor, params: Params) -> Tensor:
    return (x.clamp(min=0) @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


@MISTAKES.add("layer_shapes", "The pairs are (out, in), as nn.Linear stores its weight; (in, out) is asked for.")
def shapes_out_in(sizes: list[int]) -> list[Any]:
    return [(b, a) for a, b in pairwise(sizes)]


@MISTAKES.add("layer_shapes", "Each shape is a list; a tuple is asked for.")
def shapes_as_lists(sizes: list[int]) -> list[Any]:
    return [[a, b] for a, b in pairwise(sizes)]


@MISTAKES.add("layer_shapes", "zip() only promises pairs; turn it into a list.")
def shapes_zip(sizes: list[int]) -> Any:
    return zip(sizes, sizes[1:], strict=False)  # noqa: RUF007 - what a student writes


@MISTAKES.add("layer_shapes", "The last weight matrix is missing: look at where the loop ends.")
def shapes_last_missing(sizes: list[int]) -> list[Any]:
    return list(pairwise(sizes))[:-1]


@MISTAKES.add("layer_shapes", "The first weight matrix is missing: look at where the loop begins.")
def shapes_first_missing(sizes: list[int]) -> list[Any]:
    return list(pairwise(sizes))[1:]


@MISTAKES.add("layer_shapes", "There is one pair too many: index -1 is the last layer, which feeds nothing back.")
def shapes_wrapped(sizes: list[int]) -> list[Any]:
    return [(sizes[i - 1], sizes[i]) for i in range(len(sizes))]


@MISTAKES.add("layer_shapes", "The biases' shapes are in the list too; only the weights' are asked for.")
def shapes_with_biases(sizes: list[int]) -> list[Any]:
    return [shape for a, b in pairwise(sizes) for shape in ((a, b), (b,))]


@MISTAKES.add("layer_shapes", "A row for the bias is counted into each weight; it has a vector of its own.")
def shapes_bias_row(sizes: list[int]) -> list[Any]:
    return [(a + 1, b) for a, b in pairwise(sizes)]


@MISTAKES.add("layer_shapes", "Every layer is joined with all later ones; only neighbours are.")
def shapes_all_pairs(sizes: list[int]) -> list[Any]:
    return [(a, b) for i, a in enumerate(sizes) for b in sizes[i + 1 :]]


@MISTAKES.add("layer_shapes", "The list is in the wrong order: it goes from input to output.")
def shapes_backwards(sizes: list[int]) -> list[Any]:
    return list(pairwise(sizes))[::-1]


@MISTAKES.add("layer_shapes", "index() finds the first layer of that size, and two layers may have the same.")
def shapes_by_index(sizes: list[int]) -> list[Any]:
    return [(size, sizes[sizes.index(size) + 1]) for size in sizes[:-1]]


@MISTAKES.add("layer_shapes", "The numbers are floats; a shape is made of ints.")
def shapes_of_floats(sizes: list[int]) -> list[Any]:
    return [(float(a), float(b)) for a, b in pairwise(sizes)]


@MISTAKES.add("layer_shapes", "pop() takes numbers out of the list that it was given; the input must stay as it was.")
def shapes_pop(sizes: list[int]) -> list[Any]:
    shapes = []
    while len(sizes) > 1:
        shapes.append((sizes.pop(0), sizes[0]))
    return shapes


def weights(sizes: list[int]) -> int:
    return sum(a * b for a, b in pairwise(sizes))


@MISTAKES.add("count_parameters", "The biases are missing.")
def count_weights(sizes: list[int]) -> int:
    return weights(sizes)


@MISTAKES.add("count_parameters", "The inputs have been given biases; only units that compute something have one.")
def count_input_biases(sizes: list[int]) -> int:
    return weights(sizes) + sum(sizes)


@MISTAKES.add("count_parameters", "Each layer has one bias for every unit, not one altogether.")
def count_one_bias(sizes: list[int]) -> int:
    return weights(sizes) + len(sizes) - 1


@MISTAKES.add(
    "count_parameters", "The biases are counted on the incoming side; they belong to the units that are computed."
)
def count_incoming_biases(sizes: list[int]) -> int:
    return weights(sizes) + sum(sizes[:-1])


@MISTAKES.add("count_parameters", "The output layer's biases are missing.")
def count_hidden_biases(sizes: list[int]) -> int:
    return weights(sizes) + sum(sizes[1:-1])


@MISTAKES.add("count_parameters", "That is how many units there are; each pair of neighbours shares a weight.")
def count_units(sizes: list[int]) -> int:
    return sum(sizes)


@MISTAKES.add(
    "count_parameters", "All sizes are multiplied together; only neighbours are, and then the products are added."
)
def count_product(sizes: list[int]) -> int:
    product = 1
    for size in sizes:
        product *= size
    return product + sum(sizes[1:])


@MISTAKES.add("count_parameters", "The last layer is left out: look at where the loop ends.")
def count_last_missing(sizes: list[int]) -> int:
    return sum(a * b + b for a, b in list(pairwise(sizes))[:-1])


@MISTAKES.add("count_parameters", "The result is a tensor; a Python int is asked for.")
def count_tensor(sizes: list[int]) -> Tensor:
    return torch.tensor(weights(sizes) + sum(sizes[1:]))


@MISTAKES.add("count_parameters", "The result is a float; a Python int is asked for.")
def count_float(sizes: list[int]) -> float:
    return float(weights(sizes) + sum(sizes[1:]))


@MISTAKES.add(
    "count_parameters", "pop() takes numbers out of the list that it was given; the input must stay as it was."
)
def count_pop(sizes: list[int]) -> int:
    total, before = 0, sizes.pop(0)
    while sizes:
        total, before = total + before * sizes[0] + sizes[0], sizes.pop(0)
    return total


def labelled(units: list[int]) -> list[dict[str, Any]]:
    """The right list for these units."""
    roles = ["input", *["hidden"] * (len(units) - 2), "output"]
    return [{"role": role, "units": count} for role, count in zip(roles, units, strict=False)]


def linears_in(modules: Any) -> list[nn.Linear]:
    return [module for module in modules if isinstance(module, nn.Linear)]


def units_in(modules: Any) -> list[int]:
    found = linears_in(modules)
    return [found[0].in_features, *(each.out_features for each in found)] if found else []


@MISTAKES.add("label_layers", "Linear layers inside another Sequential are not seen.")
def label_top_only(model: nn.Sequential) -> list[dict[str, Any]]:
    return labelled(units_in(model))


@MISTAKES.add("label_layers", "It gives one entry for each Linear; the units that come in first are a layer too.")
def label_one_each(model: nn.Sequential) -> list[dict[str, Any]]:
    return labelled([each.out_features for each in linears_in(model.modules())])


@MISTAKES.add("label_layers", "It reads how many numbers go into each Linear; those that come out last are missing.")
def label_inputs_only(model: nn.Sequential) -> list[dict[str, Any]]:
    return labelled([each.in_features for each in linears_in(model.modules())])


@MISTAKES.add("label_layers", "The units are read from the wrong side of each Linear.")
def label_sides_exchanged(model: nn.Sequential) -> list[dict[str, Any]]:
    found = linears_in(model.modules())
    return labelled([found[0].out_features, *(each.in_features for each in found)])


@MISTAKES.add("label_layers", "The last layer is called hidden; what the last Linear gives is the output.")
def label_no_output(model: nn.Sequential) -> list[dict[str, Any]]:
    layers = labelled(units_in(model.modules()))
    return [*layers[:-1], {**layers[-1], "role": "hidden"}]


@MISTAKES.add("label_layers", "The first layer is called hidden; the units that come in are the input.")
def label_no_input(model: nn.Sequential) -> list[dict[str, Any]]:
    layers = labelled(units_in(model.modules()))
    return [{**layers[0], "role": "hidden"}, *layers[1:]]


@MISTAKES.add("label_layers", "The role is spelt with a capital letter; the words are input, hidden and output.")
def label_capitals(model: nn.Sequential) -> list[dict[str, Any]]:
    return [{**layer, "role": layer["role"].capitalize()} for layer in labelled(units_in(model.modules()))]


@MISTAKES.add("label_layers", "Each entry is a pair; a dict with role and units is asked for.")
def label_pairs(model: nn.Sequential) -> list[Any]:
    return [(layer["role"], layer["units"]) for layer in labelled(units_in(model.modules()))]


@MISTAKES.add("label_layers", "Layers of one size are counted once only.")
def label_without_repeats(model: nn.Sequential) -> list[dict[str, Any]]:
    return labelled(list(dict.fromkeys(units_in(model.modules()))))


@MISTAKES.add(
    "label_layers", "Whatever stands in the Sequential is taken for a layer of units; only Linear layers are."
)
def label_every_module(model: nn.Sequential) -> list[dict[str, Any]]:
    units: list[int] = []
    for module in model:
        if isinstance(module, nn.Linear):
            units = [*(units or [module.in_features]), module.out_features]
        elif units:
            units.append(units[-1])
    return labelled(units)


Layout = list[list[tuple[float, float]]]


def layout(sizes: list[int]) -> Layout:
    return [[(x, y - (units - 1) / 2) for y in range(units)] for x, units in enumerate(sizes)]


def draw_lines(ax: Any, left: list[Any], right: list[Any]) -> None:
    for a in left:
        for b in right:
            ax.plot([a[0], b[0]], [a[1], b[1]], color="gray", linewidth=0.8)


def draw_circles(ax: Any, centres: list[Any]) -> None:
    from matplotlib.patches import Circle

    for centre in centres:
        ax.add_patch(Circle(centre, 0.2))


def draw_words(ax: Any, sizes: list[int], names: list[str]) -> None:
    for x, name in enumerate(names):
        ax.text(x, max(sizes) / 2 + 0.3, name, ha="center")


def named(sizes: list[int]) -> list[str]:
    return ["input", *["hidden"] * (len(sizes) - 2), "output"]


def sketch(
    sizes: list[int], ax: Any, *, lines: bool = True, circles: Layout | None = None, names: list[str] | None = None
) -> None:
    """The right drawing, some of it replaced."""
    if lines:
        for left, right in pairwise(layout(sizes)):
            draw_lines(ax, left, right)
    for layer in layout(sizes) if circles is None else circles:
        draw_circles(ax, layer)
    draw_words(ax, sizes, named(sizes) if names is None else names)


@MISTAKES.add("draw_network", "Nothing is left on the Axes that it was given: is it drawn on pyplot's own, or cleared?")
def draw_elsewhere(sizes: list[int], ax: Any) -> None:
    import matplotlib.pyplot as plt

    sketch(sizes, plt.figure().add_subplot())


@MISTAKES.add("draw_network", "The lines are missing: each weight joins two units.")
def draw_no_lines(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, lines=False)


@MISTAKES.add("draw_network", "There are no circles; every unit is drawn as a circle of its own.")
def draw_no_circles(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, circles=[])


@MISTAKES.add("draw_network", "Each unit is joined with one of the next layer only; a weight joins every pair.")
def draw_one_to_one(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, lines=False)
    for left, right in pairwise(layout(sizes)):
        for a, b in zip(left, right, strict=False):
            draw_lines(ax, [a], [b])


@MISTAKES.add("draw_network", "Every layer is joined with all later ones; only neighbours are.")
def draw_all_layers_joined(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, lines=False)
    layers = layout(sizes)
    for i, left in enumerate(layers):
        for right in layers[i + 1 :]:
            draw_lines(ax, left, right)


@MISTAKES.add("draw_network", "One line joins two layers as a whole; there is one for each weight.")
def draw_one_line_a_layer(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, lines=False)
    for x in range(len(sizes) - 1):
        ax.plot([x, x + 1], [0, 0])


@MISTAKES.add("draw_network", "The lines go out from each layer twice: there and back is one weight.")
def draw_lines_twice(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax)
    for left, right in pairwise(layout(sizes)):
        draw_lines(ax, right, left)


@MISTAKES.add("draw_network", "A circle is drawn for a bias in each layer; one circle a unit is asked for.")
def draw_bias_circles(sizes: list[int], ax: Any) -> None:
    bias = [(float(x), units / 2 + 1) for x, units in enumerate(sizes[:-1])]
    sketch(sizes, ax, circles=[*layout(sizes), bias])


@MISTAKES.add("draw_network", "One circle stands for a whole layer; each unit has its own.")
def draw_one_circle_a_layer(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, circles=[[(float(x), 0.0)] for x in range(len(sizes))])


@MISTAKES.add("draw_network", "A large layer is cut short; each of its units has a circle of its own.")
def draw_ten_at_most(sizes: list[int], ax: Any) -> None:
    sketch([min(units, 10) for units in sizes], ax)


@MISTAKES.add("draw_network", "The layers' names are missing.")
def draw_no_words(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, names=[])


@MISTAKES.add("draw_network", "The word hidden stands there although the network has no hidden layer.")
def draw_hidden_always(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, names=["input", "hidden", "output"])


@MISTAKES.add("draw_network", "The layers are numbered; the words input, hidden and output are asked for.")
def draw_numbers(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, names=[f"layer {number}" for number in range(1, len(sizes) + 1)])


@MISTAKES.add("draw_network", "All units of a layer stand in one place.")
def draw_stacked(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, circles=[[(float(x), 0.0)] * units for x, units in enumerate(sizes)])


@MISTAKES.add("draw_network", "The circles are centred and the lines are not: they miss the units.")
def draw_lines_beside(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax, lines=False)
    for left, right in pairwise([[(x, float(y)) for y in range(units)] for x, units in enumerate(sizes)]):
        draw_lines(ax, left, right)


@MISTAKES.add("draw_network", "pop() takes numbers out of the list that it was given; the input must stay as it was.")
def draw_and_pop(sizes: list[int], ax: Any) -> None:
    sketch(sizes, ax)
    while sizes:
        sizes.pop()
