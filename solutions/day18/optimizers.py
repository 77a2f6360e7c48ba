# %% [markdown]
# # Day 18: optimizers from scratch
#
# An optimizer turns gradients into steps. Today you write five of them and match PyTorch's own number for number, so
# `torch.optim` is off limits. Gradients are in `p.grad`, as `backward()` leaves them; a parameter that has none
# (`p.grad is None`) is left alone.

# %%
import math
from collections.abc import Iterable

import torch
from torch import Tensor

# %% [markdown]
# ## SGD
#
# $$\theta \leftarrow \theta - \eta g$$
#
# The parameters change in place, and no graph is built while they do. `params` may be a generator, such as
# `model.parameters()`: it can be walked through only once.


# %%
class SGD:
    """Stochastic gradient descent.

    Args:
        params: tensors that require gradients.
        lr: the learning rate.
    """

    def __init__(self, params: Iterable[Tensor], lr: float) -> None:
        ### BEGIN SOLUTION
        self.params = list(params)
        self.lr = lr
        ### END SOLUTION

    def step(self) -> None:
        """Changes each parameter in place by one step along its gradient."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= self.lr * p.grad
        ### END SOLUTION

    def zero_grad(self) -> None:
        """Makes the next `backward()` start afresh."""
        ### BEGIN SOLUTION
        for p in self.params:
            p.grad = None
        ### END SOLUTION


# %% [markdown]
# ## Momentum
#
# $$v \leftarrow \mu v + (1 - \mathrm{dampening}) g \qquad \theta \leftarrow \theta - \eta v$$
#
# At the very first step $v = g$. Each parameter has a $v$ of its own. The class inherits what `SGD` can do already;
# write only what is new (or start from nothing, if you prefer).


# %%
class Momentum(SGD):
    """SGD with momentum.

    Args:
        params: tensors that require gradients.
        lr: the learning rate.
        momentum: the share of the velocity that each step keeps.
        dampening: the share of the gradient that stays out of the velocity.
    """

    def __init__(self, params: Iterable[Tensor], lr: float, momentum: float = 0.0, dampening: float = 0.0) -> None:
        ### BEGIN SOLUTION
        super().__init__(params, lr)
        self.momentum, self.dampening = momentum, dampening
        self.velocity: list[Tensor | None] = [None] * len(self.params)
        ### END SOLUTION

    def step(self) -> None:
        """Changes each parameter in place by one step along its velocity."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                v = self.velocity[i]
                v = p.grad.clone() if v is None else self.momentum * v + (1 - self.dampening) * p.grad
                self.velocity[i] = v
                p -= self.lr * v
        ### END SOLUTION


# %% [markdown]
# ## RMSProp
#
# $$s \leftarrow \alpha s + (1 - \alpha) g^2 \qquad \theta \leftarrow \theta - \eta \frac{g}{\sqrt{s} + \epsilon}$$
#
# $s$ starts at 0.


# %%
class RMSProp(SGD):
    """RMSProp: a step size of its own for each number.

    Args:
        params: tensors that require gradients.
        lr: the learning rate.
        alpha: how much of the old average of squared gradients each step keeps.
        eps: added to the root, against division by 0.
    """

    def __init__(self, params: Iterable[Tensor], lr: float, alpha: float = 0.99, eps: float = 1e-8) -> None:
        ### BEGIN SOLUTION
        super().__init__(params, lr)
        self.alpha, self.eps = alpha, eps
        self.squares = [torch.zeros_like(p) for p in self.params]
        ### END SOLUTION

    def step(self) -> None:
        """Changes each parameter in place by its gradient over the root of the averaged squares."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for p, s in zip(self.params, self.squares, strict=True):
                if p.grad is not None:
                    s.mul_(self.alpha).add_((1 - self.alpha) * p.grad**2)
                    p -= self.lr * p.grad / (s.sqrt() + self.eps)
        ### END SOLUTION


# %% [markdown]
# ## Adam
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1) g \qquad s \leftarrow \beta_2 s + (1 - \beta_2) g^2$$
#
# $$\hat m = \frac{m}{1 - \beta_1^t} \qquad \hat s = \frac{s}{1 - \beta_2^t} \qquad
# \theta \leftarrow \theta - \eta \frac{\hat m}{\sqrt{\hat s} + \epsilon}$$
#
# $m$ and $s$ start at 0, and $t$ counts steps from 1.


# %%
class Adam(SGD):
    """Adam: averaged gradients over the root of averaged squares, both corrected for their start at 0.

    Args:
        params: tensors that require gradients.
        lr: the learning rate.
        betas: how much of the old averages (of gradients, of squares) each step keeps.
        eps: added to the root, against division by 0.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        ### BEGIN SOLUTION
        super().__init__(params, lr)
        self.betas, self.eps, self.steps = betas, eps, 0
        self.means = [torch.zeros_like(p) for p in self.params]
        self.squares = [torch.zeros_like(p) for p in self.params]
        ### END SOLUTION

    def step(self) -> None:
        """Changes each parameter in place by one step of Adam."""
        ### BEGIN SOLUTION
        self.steps += 1
        first, second = self.betas
        with torch.no_grad():
            for p, m, s in zip(self.params, self.means, self.squares, strict=True):
                if p.grad is not None:
                    m.mul_(first).add_((1 - first) * p.grad)
                    s.mul_(second).add_((1 - second) * p.grad**2)
                    m_hat = m / (1 - first**self.steps)
                    s_hat = s / (1 - second**self.steps)
                    p -= self.lr * m_hat / (s_hat.sqrt() + self.eps)
        ### END SOLUTION


# %% [markdown]
# ## AdamW
#
# First $\theta \leftarrow \theta - \eta \lambda \theta$, then Adam's step with the gradient as it is: the decay does not
# pass through the averages.


# %%
class AdamW(Adam):
    """Adam with weight decay kept apart from the gradient.

    Args:
        params: tensors that require gradients.
        lr: the learning rate.
        betas, eps: as in Adam.
        weight_decay: the share of itself, times lr, that a parameter loses at each step.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        ### BEGIN SOLUTION
        super().__init__(params, lr, betas, eps)
        self.weight_decay = weight_decay
        ### END SOLUTION

    def step(self) -> None:
        """Lets each parameter decay, then takes one step of Adam."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p *= 1 - self.lr * self.weight_decay
        super().step()
        ### END SOLUTION


# %% [markdown]
# ## Clipping
#
# The norm over all gradients together, as if they were one long vector:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum_p \lVert g_p \rVert^2}$$
#
# Above `max_norm`, all gradients are scaled by the same factor, so that the norm becomes `max_norm`.


# %%
def clip_gradients(params: Iterable[Tensor], max_norm: float) -> float:
    """Scales all gradients down together where their common norm is above `max_norm`.

    Args:
        params: tensors with gradients, in `p.grad`; those without one do not count. It may be a generator.
        max_norm: the largest norm allowed.

    Returns:
        The norm before, as a Python number.
    """
    ### BEGIN SOLUTION
    grads = [p.grad for p in params if p.grad is not None]
    norm = math.sqrt(sum(float((g**2).sum()) for g in grads))
    if norm > max_norm:
        for g in grads:
            g *= max_norm / norm
    return norm
    ### END SOLUTION


# %% [markdown]
# ## Step decay
#
# $$\eta \cdot \mathrm{drop}^{\lfloor (\mathrm{epoch} - 1) / \mathrm{every} \rfloor}$$


# %%
def step_decay(lr: float, epoch: int, drop: float, every: int) -> float:
    """The learning rate of an epoch, where it is multiplied by `drop` after each `every` epochs.

    Args:
        lr: the learning rate to start with.
        epoch: the epoch, counted from 1.
        drop: the factor, such as 0.5.
        every: after how many epochs it applies.

    Returns:
        The epoch's learning rate, a Python number.
    """
    ### BEGIN SOLUTION
    return lr * drop ** ((epoch - 1) // every)
    ### END SOLUTION


# %% [markdown]
# ## Cosine decay
#
# $$\frac{\eta}{2} \left(1 + \cos \frac{\pi \cdot (\mathrm{epoch} - 1)}{\mathrm{epochs}}\right)$$


# %%
def cosine_decay(lr: float, epoch: int, epochs: int) -> float:
    """The learning rate of an epoch, where it falls along half a cosine wave.

    Args:
        lr: the learning rate to start with.
        epoch: the epoch, counted from 1.
        epochs: how many epochs the training has.

    Returns:
        The epoch's learning rate, a Python number.
    """
    ### BEGIN SOLUTION
    return lr / 2 * (1 + math.cos(math.pi * (epoch - 1) / epochs))
    ### END SOLUTION


# %% [markdown]
# ## Compare
#
# Choose a problem (a small regression does), and let each of your five optimizers start from the same point of it. Give
# each a learning rate that suits it. Then plot the curves: which is ahead early, and which in the end?


# %%
def compare_optimizers(seed: int) -> dict[str, list[float]]:
    """The loss curves of the five optimizers on one shared problem.

    Args:
        seed: for the problem's data and the starting point.

    Returns:
        A curve for each of `SGD`, `Momentum`, `RMSProp`, `Adam`, `AdamW`: the loss before each step, Python numbers.
    """
    ### BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn(64, 4, generator=generator) * torch.tensor([1.0, 0.7, 0.4, 0.2])
    y = X @ torch.tensor([2.0, -1.0, 3.0, 2.0]) + 1

    def curve(optimizer_class, **options) -> list[float]:
        w, b = torch.zeros(4, requires_grad=True), torch.zeros((), requires_grad=True)
        optimizer = optimizer_class([w, b], **options)
        losses = []
        for _ in range(60):
            optimizer.zero_grad()
            loss = ((X @ w + b - y) ** 2).mean()
            loss.backward()
            losses.append(loss.item())
            optimizer.step()
        return losses

    return {
        "SGD": curve(SGD, lr=0.1),
        "Momentum": curve(Momentum, lr=0.05, momentum=0.8),
        "RMSProp": curve(RMSProp, lr=0.05),
        "Adam": curve(Adam, lr=0.1),
        "AdamW": curve(AdamW, lr=0.1),
    }
    ### END SOLUTION
