"""Day 21: what goes wrong in convolutional networks, and one sentence for each."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

from .. import classifier_mistakes

MISTAKES = Mistakes([*classifier_mistakes.MISTAKES.entries])


# conv2d


def patches_of(x: Tensor, weight: Tensor, stride: int, padding: int) -> Tensor:
    """(N, C, height, width, K, L)."""
    padded = F.pad(x, (padding,) * 4)
    return padded.unfold(2, weight.shape[2], stride).unfold(3, weight.shape[3], stride)


def convolve(x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int) -> Tensor:
    """Convolution done right, for the mistakes around it."""
    patches = patches_of(x, weight, stride, padding)
    return torch.einsum("nchwkl,ockl->nohw", patches, weight) + bias[:, None, None]


@MISTAKES.add("conv2d", "Your kernel is mirrored before it is used; in neural networks it is not.")
def conv_flips_the_kernel(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight.flip(2, 3), bias, stride, padding)


@MISTAKES.add("conv2d", "The sums are right, but something should still be added to each output channel.")
def conv_without_bias(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias * 0, stride, padding)


@MISTAKES.add("conv2d", "The bias is added once for every input channel; it belongs to the output, once.")
def conv_bias_for_each_channel(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias * x.shape[1], stride, padding)


@MISTAKES.add("conv2d", "The bias is subtracted; look at its sign in the formula.")
def conv_bias_subtracted(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, -bias, stride, padding)


@MISTAKES.add("conv2d", "The kernel moves by one pixel whatever the stride is.")
def conv_ignores_stride(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, 1, padding)


@MISTAKES.add("conv2d", "The stride works in one direction only; it holds for rows and for columns.")
def conv_stride_of_rows_only(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    padded = F.pad(x, (padding,) * 4)
    patches = padded.unfold(2, weight.shape[2], stride).unfold(3, weight.shape[3], 1)
    return torch.einsum("nchwkl,ockl->nohw", patches, weight) + bias[:, None, None]


@MISTAKES.add("conv2d", "The padding has no effect on the result.")
def conv_ignores_padding(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, stride, 0)


@MISTAKES.add("conv2d", "The image is padded below and on the right only; each of its four sides gets its zeros.")
def conv_pads_two_sides(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(F.pad(x, (0, padding, 0, padding)), weight, bias, stride, 0)


@MISTAKES.add("conv2d", "The image is padded on the left and right only; above and below belong to it too.")
def conv_pads_columns_only(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(F.pad(x, (padding, padding)), weight, bias, stride, 0)


@MISTAKES.add("conv2d", "The padding repeats the pixels at the edge; it should be zeros.")
def conv_pads_with_the_edge(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(F.pad(x, (padding,) * 4, mode="replicate"), weight, bias, stride, 0)


@MISTAKES.add("conv2d", "Only the first input channel counts; each output pixel sees all of them.")
def conv_of_first_channel(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x[:, :1], weight[:, :1], bias, stride, padding)


@MISTAKES.add("conv2d", "The input channels are averaged; they are added up.")
def conv_averages_channels(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight / x.shape[1], bias, stride, padding)


@MISTAKES.add("conv2d", "Each window is averaged; a convolution adds its products up.")
def conv_averages_windows(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight / weight[0].numel(), bias, stride, padding)


@MISTAKES.add("conv2d", "The last row and the last column are missing; count the places of the kernel once more.")
def conv_stops_early(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, stride, padding)[:, :, :-1, :-1]


@MISTAKES.add("conv2d", "Height and width have changed places in the result.")
def conv_swaps_height_and_width(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, stride, padding).transpose(2, 3)


@MISTAKES.add("conv2d", "The channels stand last in the result; torch puts them right after the batch.")
def conv_channels_last(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, stride, padding).permute(0, 2, 3, 1)


@MISTAKES.add("conv2d", "The places of the kernel are still one long row; give them their height and width back.")
def conv_left_flat(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, stride, padding).flatten(2)


@MISTAKES.add("conv2d", "The right numbers stand in the wrong places: the rows are as long as the columns should be.")
def conv_folds_the_wrong_way(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    result = convolve(x, weight, bias, stride, padding)
    return result.transpose(2, 3).reshape(result.shape)


@MISTAKES.add("conv2d", "The result is float32 whatever the input is; leave the dtype as it comes.")
def conv_in_float32(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x.float(), weight.float(), bias.float(), stride, padding)


@MISTAKES.add("conv2d", "The values are right, but they are cut off from the graph: no gradient can flow.")
def conv_cut_off(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight, bias, stride, padding).detach()


@MISTAKES.add("conv2d", "The weights take part without their graph: no gradient can flow to them.")
def conv_of_detached_weights(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    return convolve(x, weight.detach(), bias.detach(), stride, padding)


# max_pool2d


def windows(x: Tensor, size: int) -> Tensor:
    """(N, C, H / size, W / size, size, size)."""
    return x.unfold(2, size, size).unfold(3, size, size)


@MISTAKES.add("max_pool2d", "This is the average of each square, not its largest value.")
def pool_average(x: Tensor, size: int) -> Tensor:
    return windows(x, size).mean(dim=(-2, -1))


@MISTAKES.add("max_pool2d", "This is the smallest value of each square.")
def pool_smallest(x: Tensor, size: int) -> Tensor:
    return windows(x, size).amin(dim=(-2, -1))


@MISTAKES.add("max_pool2d", "The values of each square are added up.")
def pool_sum(x: Tensor, size: int) -> Tensor:
    return windows(x, size).sum(dim=(-2, -1))


@MISTAKES.add("max_pool2d", "The largest value so far starts at 0, so a square of negative numbers comes out wrong.")
def pool_from_zero(x: Tensor, size: int) -> Tensor:
    return windows(x, size).amax(dim=(-2, -1)).clamp(min=0)


@MISTAKES.add("max_pool2d", "The largest value so far starts at a number that you chose; some squares lie below it.")
def pool_from_a_low_number(x: Tensor, size: int) -> Tensor:
    return windows(x, size).amax(dim=(-2, -1)).clamp(min=-999)


@MISTAKES.add("max_pool2d", "The value farthest from 0 is taken, sign or no sign.")
def pool_of_absolutes(x: Tensor, size: int) -> Tensor:
    return windows(x, size).abs().amax(dim=(-2, -1))


@MISTAKES.add("max_pool2d", "The first pixel of each square is taken; look at the others too.")
def pool_first_pixel(x: Tensor, size: int) -> Tensor:
    return x[:, :, ::size, ::size].clone()


@MISTAKES.add("max_pool2d", "Your squares overlap: each starts one pixel after the one before.")
def pool_overlapping(x: Tensor, size: int) -> Tensor:
    return x.unfold(2, size, 1).unfold(3, size, 1).amax(dim=(-2, -1))


@MISTAKES.add("max_pool2d", "Only the height shrinks; the squares are as wide as they are high.")
def pool_rows_only(x: Tensor, size: int) -> Tensor:
    return x.unfold(2, size, size).amax(dim=-1)


@MISTAKES.add("max_pool2d", "Only the width shrinks; the squares are as high as they are wide.")
def pool_columns_only(x: Tensor, size: int) -> Tensor:
    return x.unfold(3, size, size).amax(dim=-1)


@MISTAKES.add("max_pool2d", "Neighbours in memory are not yet a square: split height and width first.")
def pool_reshaped(x: Tensor, size: int) -> Tensor:
    n, c, h, w = x.shape
    return x.reshape(n, c, h // size, w // size, size * size).amax(dim=-1)


@MISTAKES.add("max_pool2d", "The maximum is taken over the wrong two dimensions: over the squares, not within them.")
def pool_across_squares(x: Tensor, size: int) -> Tensor:
    return windows(x, size).amax(dim=(2, 3))


@MISTAKES.add("max_pool2d", "The channels are pooled together; each keeps its own maximum.")
def pool_across_channels(x: Tensor, size: int) -> Tensor:
    return windows(x, size).amax(dim=(1, -2, -1))


@MISTAKES.add("max_pool2d", "Only each image's one largest value is left; there is one for every square.")
def pool_whole_image(x: Tensor, size: int) -> Tensor:
    return x.amax(dim=(2, 3), keepdim=True)


@MISTAKES.add("max_pool2d", "The values are right, but they are cut off from the graph: no gradient can flow.")
def pool_cut_off(x: Tensor, size: int) -> Tensor:
    return windows(x, size).amax(dim=(-2, -1)).detach()


@MISTAKES.add("max_pool2d", "The result is float32 whatever the input is; leave the dtype as it comes.")
def pool_in_float32(x: Tensor, size: int) -> Tensor:
    return windows(x.float(), size).amax(dim=(-2, -1))


# output_size


@MISTAKES.add("output_size", "One place is missing: a kernel as large as the image still has one.")
def size_without_one(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size + 2 * padding - kernel) // stride


@MISTAKES.add("output_size", "The padding stands on one side only in your formula.")
def size_padded_once(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size + padding - kernel) // stride + 1


@MISTAKES.add("output_size", "The padding does not count in your formula.")
def size_without_padding(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size - kernel) // stride + 1


@MISTAKES.add("output_size", "What the division leaves over is rounded up; a kernel that does not fit has no place.")
def size_rounded_up(size: int, kernel: int, stride: int, padding: int) -> int:
    return math.ceil((size + 2 * padding - kernel) / stride) + 1


@MISTAKES.add("output_size", "The number is a float; a side is a whole number of pixels.")
def size_as_float(size: int, kernel: int, stride: int, padding: int) -> float:
    return (size + 2 * padding - kernel) / stride + 1


@MISTAKES.add("output_size", "The number is a float, though a whole one; return an int.")
def size_as_whole_float(size: int, kernel: int, stride: int, padding: int) -> float:
    return float((size + 2 * padding - kernel) // stride + 1)


@MISTAKES.add("output_size", "The 1 is added before the division; the first place comes on top of the steps.")
def size_one_inside(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size + 2 * padding - kernel + 1) // stride


@MISTAKES.add("output_size", "The stride does not count in your formula.")
def size_without_stride(size: int, kernel: int, stride: int, padding: int) -> int:
    return size + 2 * padding - kernel + 1


@MISTAKES.add("output_size", "The kernel's size does not count in your formula.")
def size_without_kernel(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size + 2 * padding) // stride + 1


@MISTAKES.add("output_size", "The stride divides only a part of the sum; mind the brackets.")
def size_without_brackets(size: int, kernel: int, stride: int, padding: int) -> int:
    return size + 2 * padding - kernel // stride + 1


@MISTAKES.add("output_size", "The padding is taken away; it makes the image larger.")
def size_less_padding(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size - 2 * padding - kernel) // stride + 1


# build_cnn


def layers(last: nn.Module, *after: nn.Module, channels: int = 1, hidden: int = 8) -> nn.Sequential:
    """A small network that ends in these."""
    return nn.Sequential(
        nn.Conv2d(channels, hidden, 5, stride=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        last,
        *after,
    )


@MISTAKES.add("build_cnn", "The network ends in a softmax; the loss expects logits and does that itself.")
def cnn_of_probabilities() -> nn.Module:
    return layers(nn.Linear(288, 10), nn.Softmax(dim=1))


@MISTAKES.add("build_cnn", "A large tensor that is no parameter works as a layer: no optimizer would ever find it.")
def cnn_with_a_fixed_layer() -> nn.Module:
    class Fixed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.randn(288, 1000) / 17

        def forward(self, x: Tensor) -> Tensor:
            return (x @ self.weight.to(x)).relu()

    return layers(Fixed(), nn.Linear(1000, 10))


@MISTAKES.add("build_cnn", "The network is too large; see which layer holds most of its parameters.")
def cnn_too_large() -> nn.Module:
    return layers(nn.Linear(1152, 128), nn.ReLU(), nn.Linear(128, 10), hidden=32)


@MISTAKES.add("build_cnn", "Each image should get one number for each of the ten classes; it gets one number in all.")
def cnn_of_one_output() -> nn.Module:
    return layers(nn.Linear(288, 1))


@MISTAKES.add("build_cnn", "There are ten classes, 0 to 9, so ten outputs.")
def cnn_of_nine_outputs() -> nn.Module:
    return layers(nn.Linear(288, 9))


@MISTAKES.add("build_cnn", "A last layer that turns the features into ten numbers is missing.")
def cnn_of_features() -> nn.Module:
    return layers(nn.Identity())


@MISTAKES.add("build_cnn", "The outputs still have a height and a width; flatten them.")
def cnn_not_flattened() -> nn.Module:
    return layers(nn.Linear(288, 10), nn.Unflatten(1, (10, 1, 1)))


@MISTAKES.add("build_cnn", "The digits are grey: their images have one channel, not three.")
def cnn_of_colours() -> nn.Module:
    return layers(nn.Linear(288, 10), channels=3)


@MISTAKES.add("build_cnn", "The flattening cuts one image into several; keep the first dimension, the batch, as it is.")
def cnn_cuts_images_up() -> nn.Module:
    return layers(nn.Unflatten(1, (2, 144)), nn.Flatten(0, 1), nn.Linear(144, 10))


CNN_OF_THE_MODULE = layers(nn.Linear(288, 10))


@MISTAKES.add("build_cnn", "It is the same network at each call: what one training learns, the next one starts from.")
def cnn_made_once() -> nn.Module:
    return CNN_OF_THE_MODULE


@MISTAKES.add("build_cnn", "What comes back is a class; make a network of it.")
def cnn_as_a_class() -> Any:
    class CNN(nn.Module):
        """Never built."""

    return CNN


@MISTAKES.add("build_cnn", "The layers come back as a list; one module should hold them.")
def cnn_as_a_list() -> Any:
    return list(layers(nn.Linear(288, 10)))


class _Classes(nn.Module):
    """The class of the largest logit."""

    def forward(self, logits: Tensor) -> Tensor:
        return logits.argmax(dim=1)


@MISTAKES.add("build_cnn", "The network answers with classes; leave that to predict, and return the logits.")
def cnn_of_classes() -> nn.Module:
    return layers(nn.Linear(288, 10), _Classes())


class _Wrapped(nn.Module):
    """A network and what becomes of its outputs; `inner` in a list is none of its parts."""

    def __init__(self, inner: Any, last: Any) -> None:
        super().__init__()
        self.inner, self.last = inner, last

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.inner:
            x = layer(x)
        outputs: Tensor = self.last(x)
        return outputs


@MISTAKES.add("build_cnn", "The network ends in a sigmoid; the loss expects logits, of any size and sign.")
def cnn_of_sigmoids() -> nn.Module:
    return layers(nn.Linear(288, 10), nn.Sigmoid())


@MISTAKES.add("build_cnn", "A softmax over the batch makes images compete; leave it out, the loss expects logits.")
def cnn_softmax_over_batch() -> nn.Module:
    return layers(nn.Linear(288, 10), nn.Softmax(dim=0))


@MISTAKES.add("build_cnn", "Layers in a plain list are no part of the network: nothing will ever train them.")
def cnn_of_layers_in_a_list() -> nn.Module:
    return _Wrapped(list(layers(nn.Linear(288, 32), nn.ReLU())), nn.Linear(32, 10))


@MISTAKES.add("build_cnn", "Some dropout goes on in eval mode, so each answer is another one.")
def cnn_drops_in_eval() -> nn.Module:
    return _Wrapped(layers(nn.Linear(288, 32)), nn.Sequential(_Dropped(), nn.Linear(32, 10)))


class _Dropped(nn.Module):
    """Dropout that knows no mode."""

    def forward(self, x: Tensor) -> Tensor:
        return F.dropout(x, 0.5)
