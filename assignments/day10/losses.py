# %% [markdown]
# # Day 10: loss functions
#
# A loss says how wrong a prediction is, as one number, and its gradient says which way is better. Today you write the
# losses that most networks are trained with, by hand: no `nn.MSELoss`, no `F.cross_entropy` and none of their relatives.
# `torch.exp`, `torch.log`, `torch.logsumexp` and the rest of arithmetic are yours to use.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Mean squared error
#
# $$\mathrm{MSE} = \frac{1}{n} \sum_i (p_i - t_i)^2$$


# %%
def mse(pred: Tensor, target: Tensor) -> Tensor:
    """Mean squared error over all elements.

    Args:
        pred, target: any one shape, float.

    Returns:
        A scalar tensor of the input's dtype.
    """
    raise NotImplementedError("mse is not written yet")


# %% [markdown]
# ## Mean absolute error
#
# $$\mathrm{MAE} = \frac{1}{n} \sum_i |p_i - t_i|$$


# %%
def mae(pred: Tensor, target: Tensor) -> Tensor:
    """Mean absolute error over all elements.

    Args:
        pred, target: any one shape, float.

    Returns:
        A scalar tensor of the input's dtype.
    """
    raise NotImplementedError("mae is not written yet")


# %% [markdown]
# ## Binary cross-entropy
#
# $$\mathrm{BCE} = -\frac{1}{n} \sum_i \bigl[t_i \log p_i + (1 - t_i) \log (1 - p_i)\bigr]$$
#
# The logarithm of 0 is minus infinity. As `nn.BCELoss` does, clamp each logarithm at −100 so that the loss stays finite.


# %%
def binary_cross_entropy(prob: Tensor, target: Tensor) -> Tensor:
    """Mean binary cross-entropy of probabilities, each log clamped at -100.

    Args:
        prob: probabilities in [0, 1], any shape.
        target: 0, 1 or between, the same shape.

    Returns:
        A scalar tensor, finite also where prob is 0 or 1.
    """
    raise NotImplementedError("binary_cross_entropy is not written yet")


# %% [markdown]
# ## Binary cross-entropy of logits
#
# The same loss with $p = \sigma(z)$, straight from the logit $z$. Going through $p$ loses everything once $\sigma(z)$
# rounds to 0 or 1. Find a form that is exact at $z = \pm 1000$.


# %%
def binary_cross_entropy_with_logits(logits: Tensor, target: Tensor) -> Tensor:
    """Mean binary cross-entropy of logits.

    Args:
        logits: any real numbers, any shape.
        target: 0, 1 or between, the same shape.

    Returns:
        A scalar tensor, right also at logits of +-1000.
    """
    raise NotImplementedError("binary_cross_entropy_with_logits is not written yet")


# %% [markdown]
# ## Log-softmax
#
# $$\log \mathrm{softmax}(z)_c = z_c - \log \sum_k e^{z_k}$$
#
# A constant added to every logit of a row changes nothing; use that to keep the exponentials small.


# %%
def log_softmax(logits: Tensor) -> Tensor:
    """Logarithm of the softmax of each row.

    Args:
        logits: (N, C).

    Returns:
        (N, C), right also at logits of +-1000.
    """
    raise NotImplementedError("log_softmax is not written yet")


# %% [markdown]
# ## Cross-entropy
#
# $$\mathrm{CE} = -\frac{1}{N} \sum_n \log \mathrm{softmax}(z_n)_{y_n}$$
#
# Your own `log_softmax` may help.


# %%
def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy of logits against class labels.

    Args:
        logits: (N, C).
        labels: (N,), int64, each in [0, C).

    Returns:
        A scalar tensor through which gradients flow, right also at logits of +-1000.
    """
    raise NotImplementedError("cross_entropy is not written yet")


# %% [markdown]
# ## Experiment: MSE and cross-entropy as losses of a classifier
#
# For one sample, compare how strongly each loss pulls on the logits: MSE between softmax and the one-hot label, and
# cross-entropy. Try it on a prediction that is confidently wrong. (Here every tool of torch is allowed, autograd too.)


# %%
def compare_losses(logits: Tensor, label: int) -> dict[str, Tensor]:
    """Gradients of two losses with respect to the logits of one sample.

    Args:
        logits: (C,).
        label: the right class.

    Returns:
        `mse_grad`, (C,): of the mean over C of (softmax(logits) - one_hot(label))^2.
        `ce_grad`, (C,): of the cross-entropy.
    """
    raise NotImplementedError("compare_losses is not written yet")
