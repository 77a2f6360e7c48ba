# %% [markdown]
# # Day 11: gradients by hand
#
# Today you are autograd. For each function you are told how strongly the loss depends on its output, and you work out
# how strongly it depends on its inputs: once in your life, with tensors and the chain rule, and no `backward()`.
# Autograd is off limits today, in every form; anything else of torch's is yours to use.

# %%
from collections.abc import Callable

import torch
from torch import Tensor

# %% [markdown]
# ## The derivative of $3x^2$
#
# Element by element: how fast does $y = 3x^2$ grow when $x$ does?


# %%
def grad_three_x_squared(x: Tensor) -> Tensor:
    """Derivative of 3x^2 at each element of x.

    Args:
        x: any shape, float.

    Returns:
        A tensor of x's shape and dtype; 12 at x = 2.
    """
    raise NotImplementedError("grad_three_x_squared is not written yet")


# %% [markdown]
# ## The derivative of $ab + a$
#
# $$L = \sum_i (a_i b_i + a_i)$$
#
# Where a variable stands twice, both places count.


# %%
def grad_product_sum(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Gradients of sum(a * b + a) with respect to a and b.

    Args:
        a, b: any one shape, float.

    Returns:
        (da, db), each of that shape.
    """
    raise NotImplementedError("grad_product_sum is not written yet")


# %% [markdown]
# ## Linear layer
#
# For $y = xW + b$ and $g = \partial L / \partial y$:
#
# $$\frac{\partial L}{\partial x_{nd}} = \sum_h g_{nh} W_{dh}, \qquad
# \frac{\partial L}{\partial W_{dh}} = \sum_n x_{nd} g_{nh}, \qquad
# \frac{\partial L}{\partial b_h} = \sum_n g_{nh}$$
#
# Each gradient has the shape of what it is the gradient of. Often only one product fits.


# %%
def linear_backward(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of a loss through y = xW + b.

    Args:
        x: (N, D).
        W: (D, H).
        grad_out: (N, H), the loss's gradient with respect to y.

    Returns:
        (dx, dW, db): (N, D), (D, H) and (H,).
    """
    raise NotImplementedError("linear_backward is not written yet")


# %% [markdown]
# ## ReLU
#
# $y = \max(z, 0)$ lets a gradient through where $z$ is positive and stops it everywhere else.


# %%
def relu_backward(z: Tensor, grad_out: Tensor) -> Tensor:
    """Gradient of a loss through y = max(z, 0).

    Args:
        z: what went into the ReLU, any shape.
        grad_out: the loss's gradient with respect to y, the same shape.

    Returns:
        The loss's gradient with respect to z; 0 where z is 0, as torch has it.
    """
    raise NotImplementedError("relu_backward is not written yet")


# %% [markdown]
# ## Softmax and cross-entropy
#
# With $p = \mathrm{softmax}(z)$ and label $t_n$:
#
# $$\frac{\partial L}{\partial z_{nc}} = \frac{1}{N} \bigl(p_{nc} - [c = t_n]\bigr)$$
#
# Derive it before you use it. The loss is the *mean* over the batch.


# %%
def softmax_cross_entropy_backward(logits: Tensor, labels: Tensor) -> Tensor:
    """Gradient of the mean cross-entropy with respect to the logits.

    Args:
        logits: (N, C).
        labels: (N,), int64, each in [0, C).

    Returns:
        (N, C), right also at logits of +-1000.
    """
    raise NotImplementedError("softmax_cross_entropy_backward is not written yet")


# %% [markdown]
# ## A whole network
#
# Day 8's network with cross-entropy on top: $\mathrm{logits} = \mathrm{relu}(xW_1 + b_1)W_2 + b_2$. Walk forward and
# keep what you will need, then walk back through your own functions in the opposite order.


# %%
def mlp_backward(x: Tensor, labels: Tensor, params: dict[str, Tensor]) -> dict[str, Tensor]:
    """Gradients of the mean cross-entropy of relu(x W1 + b1) W2 + b2.

    Args:
        x: (N, D).
        labels: (N,), int64, each in [0, C).
        params: `W1` (D, H), `b1` (H,), `W2` (H, C), `b2` (C,).

    Returns:
        The gradient of each parameter under its name.
    """
    raise NotImplementedError("mlp_backward is not written yet")


# %% [markdown]
# ## Numerical gradient
#
# With $e_i$ the tensor that is 1 at element $i$ and 0 elsewhere:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + \varepsilon e_i) - f(x - \varepsilon e_i)}{2\varepsilon}$$
#
# Slow, but it needs no calculus: a good way to check everything above.


# %%
def numerical_gradient(f: Callable[[Tensor], Tensor], x: Tensor, eps: float = 1e-5) -> Tensor:
    """Gradient of f at x by central differences.

    Args:
        f: takes a tensor of x's shape, returns a scalar tensor.
        x: any shape, float64; afterwards what it was, bit for bit.
        eps: how far to step to either side.

    Returns:
        A tensor of x's shape and dtype.
    """
    raise NotImplementedError("numerical_gradient is not written yet")


# %% [markdown]
# ## One step downhill
#
# $$w \leftarrow w - \eta \frac{\partial L}{\partial w}$$
#
# The tensors in `params` themselves change. They may be ones that require gradients, as a model's parameters do: then
# torch must be told not to record the step.


# %%
def gradient_descent_step(params: dict[str, Tensor], grads: dict[str, Tensor], lr: float) -> None:
    """Subtract lr times its gradient from each parameter, in place and without a graph.

    Args:
        params: the parameters by name; these tensors change.
        grads: the gradient of each parameter under its name; left as they were.
        lr: the learning rate.
    """
    raise NotImplementedError("gradient_descent_step is not written yet")


# %% [markdown]
# ## Fit a line
#
# $$L = \frac{1}{N} \sum_{i=1}^{N} (w x_i + b - y_i)^2$$
#
# Start at $w = b = 0$, take `steps` steps of gradient descent on all points at once. On points of $y = 2x + 1$ you
# should see $w$ approach 2 and $b$ approach 1; what does the line then say for $x = 5$?


# %%
def fit_line(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    """Fit y = wx + b by full-batch gradient descent on the mean squared error, from w = b = 0.

    Args:
        x, y: (N,), float.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        (w, b) after that many steps, as Python numbers.
    """
    raise NotImplementedError("fit_line is not written yet")
