# %% [markdown]
# # Day 21: a convolutional network
#
# First the two operations that a convolutional network is made of, by hand: no `conv2d`, no `max_pool2d` and none of
# their relatives. `unfold` is allowed and is most of the work. Then a network from torch's own layers, trained to read
# digits.

# %%
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %% [markdown]
# ## Convolution
#
# $$y_{n,o,i,j} = b_o + \sum_{c} \sum_{u} \sum_{v} w_{o,c,u,v}\, \tilde x_{n,c,si+u,sj+v}$$
#
# with $\tilde x$ for $x$ with `padding` zeros on each side and $s$ for the stride. The kernel is not flipped.
# `x.unfold(2, K, s)` cuts the rows into windows of K, each s after the one before; look at the shape that it gives.


# %%
def conv2d(x: Tensor, weight: Tensor, bias: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Two-dimensional convolution, as neural networks mean it.

    Args:
        x: (N, C, H, W), float.
        weight: (O, C, K, L), of x's dtype.
        bias: (O,), of x's dtype.
        stride: how far the kernel moves, in both directions.
        padding: how many zeros stand on each of the four sides.

    Returns:
        (N, O, height, width), as `output_size` says, of x's dtype; gradients flow to x, weight and bias.
    """
    ### BEGIN SOLUTION
    rows, columns = weight.shape[2:]
    padded = F.pad(x, (padding, padding, padding, padding))
    patches = padded.unfold(2, rows, stride).unfold(3, columns, stride)
    return torch.einsum("nchwkl,ockl->nohw", patches, weight) + bias[:, None, None]
    ### END SOLUTION


# %% [markdown]
# ## Max pooling
#
# The largest value of each square of `size` by `size`. The squares stand side by side and do not overlap.


# %%
def max_pool2d(x: Tensor, size: int) -> Tensor:
    """The largest value of each `size` by `size` square.

    Args:
        x: (N, C, H, W), float; `size` divides H and W.
        size: the side of a square.

    Returns:
        (N, C, H / size, W / size), of x's dtype; gradients flow to x.
    """
    ### BEGIN SOLUTION
    return x.unfold(2, size, size).unfold(3, size, size).amax(dim=(-2, -1))
    ### END SOLUTION


# %% [markdown]
# ## Shapes
#
# Before you stack layers, know what comes out of each: of a side of `size` pixels, this is the side that is left.


# %%
def output_size(size: int, kernel: int, stride: int, padding: int) -> int:
    """The side of a convolution's output.

    Args:
        size: the side of the input.
        kernel: the side of the kernel, at most size + 2 * padding.
        stride: how far the kernel moves.
        padding: zeros on each side.

    Returns:
        How many places the kernel has along that side.
    """
    ### BEGIN SOLUTION
    return (size + 2 * padding - kernel) // stride + 1
    ### END SOLUTION


# %% [markdown]
# ## The network
#
# Here `nn.Conv2d`, `nn.MaxPool2d` and all the rest of `nn` are yours to use. At most 100,000 parameters: count them.


# %%
def build_cnn() -> nn.Module:
    """A new, untrained network for images of ten classes.

    Returns:
        A module that maps (N, 1, 28, 28) to logits, (N, 10), with at most 100,000 parameters.
    """
    ### BEGIN SOLUTION
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, stride=2),  # 28 to 12
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),  # 12 to 10
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.MaxPool2d(2),  # 10 to 5
        nn.Flatten(),
        nn.Linear(32 * 5 * 5, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    ### END SOLUTION


# %% [markdown]
# ## Training
#
# You have 120 seconds of one core. Nothing about the digits is known here: the classes come in a secret order, and the
# images may be of something else altogether.


# %%
def train(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    """Trains the model on these images.

    Args:
        model: maps (N, 1, 28, 28) to logits, (N, 10).
        images: (N, 1, 28, 28), float32 in [0, 1], on the CPU.
        labels: (N,), int64, on the CPU.
        device: where to train.
        seed: the same seed gives the same training.

    Returns:
        The trained model, in train or in eval mode.
    """
    ### BEGIN SOLUTION
    torch.manual_seed(seed)
    model.to(device).train()
    batch, peak = 64, 0.01
    optimizer = torch.optim.Adam(model.parameters(), lr=peak)
    # one pass: the rate climbs for its first fifth, then sinks to nothing
    steps = math.ceil(len(images) / batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=steps, pct_start=0.2)
    for rows in torch.randperm(len(images)).split(batch):
        loss = F.cross_entropy(model(images[rows].to(device)), labels[rows].to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return model
    ### END SOLUTION


# %% [markdown]
# ## Prediction


# %%
def predict(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    """The class that the model gives each image.

    Args:
        model: maps (N, 1, 28, 28) to logits, (N, C); each of its parts is afterwards in the mode in which it was.
        images: (N, 1, 28, 28), float32, on the CPU.
        device: where to compute.

    Returns:
        (N,), int64, on the CPU.
    """
    ### BEGIN SOLUTION
    modes = [(part, part.training) for part in model.modules()]
    model.to(device).eval()
    with torch.no_grad():
        classes = [model(some.to(device)).argmax(dim=1).cpu() for some in images.split(1000)]
    for part, mode in modes:
        part.training = mode
    return torch.cat(classes)
    ### END SOLUTION
