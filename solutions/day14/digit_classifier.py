# %% [markdown]
# # Day 14: a digit classifier
#
# All of the week together: a network, a loss, a training loop, and an honest number at the end. It is trained by your
# `train` on images that the grader chooses, and measured on others that your code never sees with their labels.

# %%
import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %% [markdown]
# ## Model
#
# A feed-forward network without convolution, of at most 250,000 parameters. It gives logits: no softmax at its end.


# %%
def build_model() -> nn.Module:
    """A fresh classifier of 28 x 28 images.

    Returns:
        A module from (N, 1, 28, 28) float32 to (N, 10) logits, at most 250,000 parameters.
    """
    ### BEGIN SOLUTION
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    ### END SOLUTION


# %% [markdown]
# ## Train
#
# You have 120 seconds of one core for 60,000 images. The seed decides everything that is random: the same seed, model and data
# give the same result.


# %%
def train(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    """Trains the model on these images.

    Args:
        model: from `build_model`, not trained yet.
        images: (N, 1, 28, 28) float32 in [0, 1], on the CPU.
        labels: (N,) int64, 0 to 9, on the CPU.
        device: where to train.
        seed: decides the order of the batches, and whatever else is random.

    Returns:
        The trained model, in either mode.
    """
    ### BEGIN SOLUTION
    torch.manual_seed(seed)
    epochs, batch_size, lr = 4, 256, 5e-3
    images, labels = images.to(device), labels.to(device)
    model.to(device).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    steps = epochs * -(-len(images) // batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).to(device).split(batch_size):
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return model
    ### END SOLUTION


# %% [markdown]
# ## Predict


# %%
def predict(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    """The most likely class of each image, in eval mode; every part of the model gets its own mode back.

    Args:
        model: a classifier.
        images: (N, 1, 28, 28), on the CPU.
        device: where to compute.

    Returns:
        (N,) int64, on the CPU.
    """
    ### BEGIN SOLUTION
    modes = [(part, part.training) for part in model.modules()]
    model.to(device).eval()
    with torch.no_grad():
        classes = torch.cat([model(part.to(device)).argmax(dim=1) for part in images.split(1000)])
    for part, mode in modes:
        part.training = mode
    return classes.cpu()
    ### END SOLUTION


# %% [markdown]
# ## Accuracy


# %%
def accuracy(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    """The fraction of images that the model classifies rightly, between 0 and 1.

    Args:
        model: a classifier.
        images: (N, 1, 28, 28), on the CPU.
        labels: (N,) int64, on the CPU.
        device: where to compute.
    """
    ### BEGIN SOLUTION
    return (predict(model, images, device) == labels.cpu()).double().mean().item()
    ### END SOLUTION
