"""Day 21: unusual but right solutions. Each must pass."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("conv2d")
def conv2d_with_columns(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """A product of matrices over the columns that `F.unfold` lays out."""
    height = (x.shape[2] + 2 * padding - weight.shape[2]) // stride + 1
    columns = F.unfold(x, tuple(weight.shape[2:]), stride=stride, padding=padding)
    return (weight.flatten(1) @ columns + bias[:, None]).unflatten(2, (height, -1))


@ALTERNATIVES.add("conv2d")
def conv2d_with_loops(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """One output pixel at a time, written into a buffer."""
    n, _, height, width = x.shape
    padded = x.new_zeros(n, x.shape[1], height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    out, _, rows, columns = weight.shape
    result = x.new_empty(
        n, out, (height + 2 * padding - rows) // stride + 1, (width + 2 * padding - columns) // stride + 1
    )
    for i in range(result.shape[2]):
        for j in range(result.shape[3]):
            window = padded[:, :, i * stride : i * stride + rows, j * stride : j * stride + columns]
            for o in range(out):
                result[:, o, i, j] = (window * weight[o]).sum(dim=(1, 2, 3)) + bias[o]
    return result


@ALTERNATIVES.add("conv2d")
def conv2d_by_shifts(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """A sum over the kernel's places, each of a shifted image; the bias comes first."""
    padded = F.pad(x, [padding] * 4)
    height = (padded.shape[2] - weight.shape[2]) // stride + 1
    width = (padded.shape[3] - weight.shape[3]) // stride + 1
    total = bias.view(1, -1, 1, 1)
    for u in range(weight.shape[2]):
        for v in range(weight.shape[3]):
            shifted = padded[:, :, u : u + stride * height : stride, v : v + stride * width : stride]
            total = total + torch.tensordot(shifted, weight[:, :, u, v], dims=([1], [1])).movedim(-1, 1)
    return total


@ALTERNATIVES.add("conv2d")
def conv2d_by_frequencies(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """A product of Fourier transforms, then every stride-th pixel."""
    padded = F.pad(x, [padding] * 4)
    shape = [padded.shape[2], padded.shape[3]]
    image, kernel = torch.fft.rfft2(padded), torch.fft.rfft2(weight, s=shape)
    full = torch.fft.irfft2((image[:, None] * kernel.conj()).sum(dim=2), s=shape)
    kept = full[:, :, : shape[0] - weight.shape[2] + 1, : shape[1] - weight.shape[3] + 1]
    return kept[:, :, ::stride, ::stride] + bias[:, None, None]


@ALTERNATIVES.add("max_pool2d")
def max_pool2d_by_reshaping(x: Tensor, size: int) -> Tensor:
    n, c, h, w = x.shape
    return x.reshape(n, c, h // size, size, w // size, size).amax(dim=(3, 5))


@ALTERNATIVES.add("max_pool2d")
def max_pool2d_by_slices(x: Tensor, size: int) -> Tensor:
    best = x[:, :, ::size, ::size]
    for i in range(size):
        for j in range(size):
            best = torch.maximum(best, x[:, :, i::size, j::size])
    return best


@ALTERNATIVES.add("max_pool2d")
def max_pool2d_by_columns(x: Tensor, size: int) -> Tensor:
    """Each channel as an image of its own, so that `F.unfold` keeps them apart."""
    n, c, h, w = x.shape
    columns = F.unfold(x.reshape(n * c, 1, h, w), size, stride=size)
    return columns.max(dim=1).values.view(n, c, h // size, w // size)


@ALTERNATIVES.add("max_pool2d")
def max_pool2d_by_sorting(x: Tensor, size: int) -> Tensor:
    return x.unfold(3, size, size).unfold(2, size, size).flatten(-2).sort(dim=-1).values[..., -1]


@ALTERNATIVES.add("output_size")
def output_size_counted(size: int, kernel: int, stride: int, padding: int) -> int:
    return sum(1 for start in range(-padding, size + padding, stride) if start + kernel <= size + padding)


@ALTERNATIVES.add("output_size")
def output_size_through_floats(size: int, kernel: int, stride: int, padding: int) -> int:
    return int(np.floor((size + 2 * padding - kernel) / stride + 1))


class _Net(nn.Module):
    """Written out, with dropout and log-probabilities."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 10, 5), nn.Conv2d(10, 20, 5)
        self.drop, self.fc1, self.fc2 = nn.Dropout2d(), nn.Linear(320, 50), nn.Linear(50, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.drop(self.conv2(x)), 2)).flatten(1)
        return F.log_softmax(self.fc2(F.dropout(F.relu(self.fc1(x)), training=self.training)), dim=-1)


@ALTERNATIVES.add("build_cnn")
def build_cnn_of_a_class() -> nn.Module:
    return _Net()


@ALTERNATIVES.add("build_cnn")
def build_cnn_without_linear() -> nn.Module:
    """Convolutions to the end, lazily made, and an average over what is left."""
    return nn.Sequential(
        nn.LazyConv2d(32, 3, stride=2), nn.GELU(), nn.LazyConv2d(32, 3, stride=2), nn.GELU(),
        nn.LazyConv2d(10, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    )  # fmt: skip


@ALTERNATIVES.add("train")
def train_with_a_loader(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    """SGD from a loader with a generator of its own, the last short batch left out; back in eval mode."""
    order = torch.Generator().manual_seed(seed)
    data = torch.utils.data.TensorDataset((images - 0.13) / 0.31, labels)
    loader = torch.utils.data.DataLoader(data, batch_size=128, shuffle=True, drop_last=True, generator=order)
    optimizer = torch.optim.SGD(model.to(device).parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
    for some, their in loader:
        model.train()
        optimizer.zero_grad(set_to_none=False)
        nn.CrossEntropyLoss(label_smoothing=0.1)(model(some.to(device)), their.to(device)).backward()
        optimizer.step()
    return model.eval()


@ALTERNATIVES.add("train")
def train_and_keep_the_best(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    """A fifth held back, shifts of a pixel, and the weights of the best of three passes."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(images), generator=generator)
    held, used = order[: len(order) // 5], order[len(order) // 5 :]
    optimizer = torch.optim.AdamW(model.to(device).parameters(), lr=1e-3)
    best, kept = -1.0, {}
    for _ in range(3):
        model.train()
        for rows in used[torch.randperm(len(used), generator=generator)].split(100):
            shift = torch.randint(-1, 2, (2,), generator=generator).tolist()
            some = images[rows].roll(shift, dims=(2, 3)).to(device)
            loss = F.cross_entropy(model(some), labels[rows].to(device))
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        model.eval()
        with torch.no_grad():
            right = float((model(images[held].to(device)).argmax(1).cpu() == labels[held]).float().mean())
        if right > best:
            best, kept = right, {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(kept)
    return model


@ALTERNATIVES.add("predict")
def predict_one_by_one(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    """Each image alone, by hooks into nothing but the modes."""
    model = model.to(device)
    modes = {name: part.training for name, part in model.named_modules()}
    try:
        model.train(False)
        with torch.inference_mode():
            return torch.tensor([int(model(image[None].to(device))[0].argmax()) for image in images])
    finally:
        for name, part in model.named_modules():
            part.training = modes[name]


@ALTERNATIVES.add("predict")
def predict_of_probabilities(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    """With a graph, through softmax and topk, of images standardised as a `train` might have done it."""
    modes = [part.training for part in model.modules()]
    model.eval().to(device)
    classes = torch.topk(torch.softmax(model((images.to(device) - 0.1307) / 0.3081), dim=-1), 1).indices.squeeze(1)
    for part, mode in zip(model.modules(), modes, strict=True):
        part.train(mode) if not list(part.children()) else setattr(part, "training", mode)
    return classes.detach().to("cpu")
