# %% [markdown]
# # Day 20: training clinic
#
# Eight programs, **given broken**. Each runs without an error and does the wrong thing. Find the cause and make it
# right; no signature changes. The README says what each patient's symptom is, and when it counts as cured.

# %%
import copy
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# %% [markdown]
# ## 1. Swings for ever
#
# The first step is perfect. After that it walks faster and faster, shoots past the goal, comes back, and never stops.


# %%
def train_linear(X: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor]:
    """Full-batch gradient descent on the mean squared error of X @ w + b, from zeros.

    Args:
        X: (N, D), float.
        y: (N,), of X's dtype.
        lr: the learning rate.
        steps: how many steps.

    Returns:
        w, (D,), and b, a scalar tensor, after that many steps.
    """
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = ((X @ w + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
    return w.detach(), b.detach()


# %% [markdown]
# ## 2. Never below 1.46
#
# With ten classes the loss never gets below about 1.46, even when every prediction is right and certain.


# %%
def classify_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy of logits.

    Args:
        logits: (N, C), float.
        labels: (N,), int64.

    Returns:
        A scalar tensor through which gradients flow.
    """
    probabilities = logits.softmax(dim=1)
    return F.cross_entropy(probabilities, labels)


# %% [markdown]
# ## 3. Another number each time
#
# The same model and the same images, and yet a different accuracy on each call. Afterwards the model itself is no
# longer quite the same.


# %%
def validate(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    """The accuracy of the model on these images.

    Args:
        model: maps (N, 1, 28, 28) to logits, (N, C); each of its parts is afterwards in the mode in which it was.
        images: (N, 1, 28, 28), float32, where the model is.
        labels: (N,), int64, where the model is.

    Returns:
        The fraction of images that are classified right, a Python float.
    """
    right = model(images).argmax(dim=1) == labels
    return right.float().mean().item()


# %% [markdown]
# ## 4. Perfect, and yet not zero
#
# A perfect prediction does not get a loss of zero, and whatever is trained with it ends up predicting the average.


# %%
def regression_loss(pred: Tensor, target: Tensor) -> Tensor:
    """Mean squared error over N pairs.

    Args:
        pred: (N, 1), float.
        target: (N,), of pred's dtype.

    Returns:
        A scalar tensor through which gradients flow.
    """
    return ((pred - target) ** 2).mean()


# %% [markdown]
# ## 5. Well, well, not a number
#
# The loss falls, leaps, and is NaN from then on.


# %%
def train_recurrent(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    """Trains a recurrent network to tell a number from a sequence.

    Args:
        X: (N, T, D), float: N sequences of T steps.
        y: (N,), of X's dtype.
        steps: how many steps of the optimizer, each on all sequences.
        seed: the same seed gives the same losses.

    Returns:
        The mean squared error before each step: `steps` numbers.
    """
    torch.manual_seed(seed)
    rnn = nn.RNN(X.shape[2], 64, nonlinearity="relu", batch_first=True).to(X)
    head = nn.Linear(64, 1).to(X)
    parameters = [*rnn.parameters(), *head.parameters()]
    optimizer = torch.optim.SGD(parameters, lr=0.1)
    losses = []
    for _ in range(steps):
        states, _ = rnn(X)
        loss = F.mse_loss(head(states[:, -1]).squeeze(1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% [markdown]
# ## 6. The first layers stand still
#
# The last layers learn, the first do not. At depth 30 nothing of the gradient reaches them.


# %%
def build_deep_net(depth: int, width: int) -> nn.Sequential:
    """A deep network: `depth` Linear layers, each followed by a nonlinear activation.

    Args:
        depth: how many Linear layers.
        width: units of each; the input has as many features.

    Returns:
        A module that maps (N, width) to (N, width).
    """
    layers: list[nn.Module] = []
    for _ in range(depth):
        layers += [nn.Linear(width, width), nn.Sigmoid()]
    return nn.Sequential(*layers)


# %% [markdown]
# ## 7. By heart
#
# Few examples, a training loss of nearly nothing, and a validation loss that fell for a while and has been rising ever
# since.


# %%
def train_small_data(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    """Trains a classifier on few examples.

    Args:
        train_x: (N, D), float.
        train_y: (N,), int64, 0 to C - 1; every class comes up.
        val_x, val_y: the same for validation: to watch, not to learn from.
        seed: the same seed gives the same model.

    Returns:
        A model that maps (N, D) to logits, (N, C).
    """
    torch.manual_seed(seed)
    features, classes = train_x.shape[1], int(train_y.max()) + 1
    model = nn.Sequential(
        nn.Linear(features, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, classes)
    ).to(train_x)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(300):
        loss = F.cross_entropy(model(train_x), train_y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


# %% [markdown]
# ## 8. It will get there
#
# Nothing is wrong, exactly. It needs ten times the steps that you have.


# %%
def train_fast(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    """Trains a small network on a regression, to a mean squared error of 0.1 in the steps given.

    Args:
        X: (N, D), float.
        y: (N,), of X's dtype, with a variance of about 1.
        steps: how many steps of the optimizer, each on all samples; 200 in the check.
        seed: the same seed gives the same losses.

    Returns:
        The mean squared error before each step: `steps` numbers.
    """
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.Tanh(), nn.Linear(32, 1)).to(X)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0002)
    losses = []
    for _ in range(steps):
        loss = F.mse_loss(model(X).squeeze(1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
