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
    ### BEGIN SOLUTION
    return X @ w + b
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    residuals = predict(X, w, b) - y
    return 2 * X.T @ residuals / len(X), 2 * residuals.mean()
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    losses = []
    for _ in range(steps):
        losses.append(((predict(X, w, b) - y) ** 2).mean().item())
        grad_w, grad_b = mse_gradients(X, y, w, b)
        w = w - lr * grad_w
        b = b - lr * grad_b
    return w, b, losses
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    w = X.new_zeros(X.shape[1], requires_grad=True)
    b = X.new_zeros((), requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((predict(X, w, b) - y) ** 2).mean()
        losses.append(loss.item())
        grad_w, grad_b = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            w -= lr * grad_w
            b -= lr * grad_b
    return w.detach(), b.detach(), losses
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    ones = torch.ones_like(X[:, :1])
    with_bias = torch.cat([X, ones], dim=1)
    hessian = 2 * with_bias.T @ with_bias / len(X)
    return 2 / torch.linalg.eigvalsh(hessian).max().item()
    ### END SOLUTION
