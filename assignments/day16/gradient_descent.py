# %% [markdown]
# # Day 16: gradient descent from scratch
#
# Linear regression with several features, trained by gradient descent: first with gradients by hand, then with
# autograd, along the same path. Last, the learning rate at which descent stops working, computed instead of guessed.
#
# Throughout, X is (N, D), y is (N,), w is (D,) and b is a scalar tensor.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Predict
#
# $$\hat{y} = Xw + b$$


# %%
def predict(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """What the model says of each row.

    Args:
        X: (N, D).
        w: (D,).
        b: a scalar tensor.

    Returns:
        (N,).
    """
    raise NotImplementedError("predict is not written yet")


# %% [markdown]
# ## Gradients of the mean squared error
#
# With the residuals $r_i = x_i \cdot w + b - y_i$:
#
# $$\frac{\partial L}{\partial w_d} = \frac{2}{N} \sum_i r_i x_{id} \qquad
# \frac{\partial L}{\partial b} = \frac{2}{N} \sum_i r_i$$
#
# Without autograd.


# %%
def mse_gradients(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Gradients of mean((Xw + b - y)^2), by hand.

    Args:
        X: (N, D).
        y: (N,).
        w: (D,).
        b: a scalar tensor.

    Returns:
        The gradient with respect to w, (D,), and with respect to b, a scalar tensor.
    """
    raise NotImplementedError("mse_gradients is not written yet")


# %% [markdown]
# ## Gradient descent
#
# $$w \leftarrow w - \eta \frac{\partial L}{\partial w} \qquad b \leftarrow b - \eta \frac{\partial L}{\partial b}$$
#
# Both gradients are taken at the old w and b. Note the loss *before* each step. Here too, gradients by hand.


# %%
def gradient_descent(X: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor, list[float]]:
    """Full-batch gradient descent on the mean squared error, from zeros.

    Args:
        X: (N, D).
        y: (N,).
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        w, (D,), and b, a scalar tensor, after the last step; the loss before each step, `steps` Python numbers.
    """
    raise NotImplementedError("gradient_descent is not written yet")


# %% [markdown]
# ## The same with autograd
#
# Write the loss and let autograd find the gradients. If it takes another path than the descent above, one of the two
# is wrong.


# %%
def gradient_descent_autograd(X: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor, list[float]]:
    """`gradient_descent` with gradients from autograd.

    Args:
        X: (N, D).
        y: (N,).
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        w, (D,), and b, a scalar tensor, after the last step; the loss before each step, `steps` Python numbers.
    """
    raise NotImplementedError("gradient_descent_autograd is not written yet")


# %% [markdown]
# ## The largest stable learning rate
#
# Let $\tilde X$ be X with a column of ones for the bias. The loss is a bowl whose curvature is
#
# $$H = \frac{2}{N} \tilde X^\top \tilde X$$
#
# Along the steepest direction, with curvature $\lambda_{\max}$, a step overshoots the valley by more than it gained once
# the learning rate is above $2 / \lambda_{\max}$.


# %%
def largest_stable_lr(X: Tensor) -> float:
    """The learning rate below which gradient descent on the mean squared error converges.

    Args:
        X: (N, D), without the column of ones.

    Returns:
        2 / the largest eigenvalue of the Hessian with respect to w and b.
    """
    raise NotImplementedError("largest_stable_lr is not written yet")
