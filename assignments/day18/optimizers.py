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
        raise NotImplementedError("SGD.__init__ is not written yet")

    def step(self) -> None:
        """Changes each parameter in place by one step along its gradient."""
        raise NotImplementedError("SGD.step is not written yet")

    def zero_grad(self) -> None:
        """Makes the next `backward()` start afresh."""
        raise NotImplementedError("SGD.zero_grad is not written yet")


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
        raise NotImplementedError("Momentum.__init__ is not written yet")

    def step(self) -> None:
        """Changes each parameter in place by one step along its velocity."""
        raise NotImplementedError("Momentum.step is not written yet")


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
        raise NotImplementedError("RMSProp.__init__ is not written yet")

    def step(self) -> None:
        """Changes each parameter in place by its gradient over the root of the averaged squares."""
        raise NotImplementedError("RMSProp.step is not written yet")


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
        raise NotImplementedError("Adam.__init__ is not written yet")

    def step(self) -> None:
        """Changes each parameter in place by one step of Adam."""
        raise NotImplementedError("Adam.step is not written yet")


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
        raise NotImplementedError("AdamW.__init__ is not written yet")

    def step(self) -> None:
        """Lets each parameter decay, then takes one step of Adam."""
        raise NotImplementedError("AdamW.step is not written yet")


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
    raise NotImplementedError("clip_gradients is not written yet")


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
    raise NotImplementedError("step_decay is not written yet")


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
    raise NotImplementedError("cosine_decay is not written yet")


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
    raise NotImplementedError("compare_optimizers is not written yet")
