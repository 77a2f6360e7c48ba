"""Day 16: what goes wrong in gradients and in descent, and one sentence for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Gradients = tuple[Tensor, Tensor]
Descent = tuple[Tensor, Tensor, list[float]]


@MISTAKES.add("predict", "It works in place (`+=`, `*=`, a method with `_`) and so changes its input.")
def predict_in_place(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    result = X @ w + b
    w += b
    return result


@MISTAKES.add("predict", "The bias is missing.")
def predict_without_bias(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return X @ w


@MISTAKES.add("predict", "The bias is taken away instead of added.")
def predict_minus_bias(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return X @ w - b


@MISTAKES.add("predict", "The features are multiplied by their weights, but not added up: (N, D) instead of (N,).")
def predict_without_sum(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return X * w + b


@MISTAKES.add("predict", "The bias is added to every feature; it belongs to the sum, once.")
def predict_with_bias_for_each_feature(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (X * w + b).sum(dim=1)


@MISTAKES.add("predict", "It takes the mean over the features; the prediction is their sum.")
def predict_with_mean(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (X * w).mean(dim=1) + b


@MISTAKES.add("predict", "The result is a column, (N, 1); against a y of (N,) it broadcasts to (N, N).")
def predict_column(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return X @ w[:, None] + b


@MISTAKES.add("predict", "With one row the result is no longer (1,): squeeze() drops every 1 unless it is told which.")
def predict_squeezed(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (X @ w[:, None]).squeeze() + b


@MISTAKES.add("predict", "The result is always float32; it should have the dtype of the input.")
def predict_in_float32(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return X.float() @ w.float() + b.float()


@MISTAKES.add("predict", "The sum goes over the rows; each row has a prediction of its own.")
def predict_summed_over_rows(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (X * w).sum(dim=0) + b


@MISTAKES.add("mse_gradients", "It changes y in place where it takes it away from the prediction.")
def gradients_in_place(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    y -= X @ w + b
    return -2 * X.T @ y / len(X), -2 * y.mean()


def residuals_of(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return X @ w + b - y


@MISTAKES.add("mse_gradients", "The factor 2, which the square leaves behind, is missing.")
def gradients_without_factor(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return X.T @ r / len(X), r.mean()


@MISTAKES.add("mse_gradients", "The sign is turned round: residuals are prediction minus target.")
def gradients_with_wrong_sign(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return -2 * X.T @ r / len(X), -2 * r.mean()


@MISTAKES.add("mse_gradients", "It sums over the rows; the loss is their mean.")
def gradients_of_the_sum(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r, 2 * r.sum()


@MISTAKES.add("mse_gradients", "The gradient of w is a mean, but that of b is a sum.")
def gradients_with_b_summed(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r / len(X), 2 * r.sum()


@MISTAKES.add("mse_gradients", "It divides by every element of X, features too; the mean is over rows.")
def gradients_over_elements(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r / X.numel(), 2 * r.mean()


@MISTAKES.add("mse_gradients", "It divides by the number of features; the mean is over the N rows.")
def gradients_over_features(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r / X.shape[1], 2 * r.sum() / X.shape[1]


@MISTAKES.add("mse_gradients", "It divides by N twice: the mean does so already.")
def gradients_divided_twice(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r / len(X) ** 2, 2 * r.mean() / len(X)


@MISTAKES.add("mse_gradients", "The bias is left out of the prediction.")
def gradients_without_bias(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = X @ w - y
    return 2 * X.T @ r / len(X), 2 * r.mean()


@MISTAKES.add("mse_gradients", "The gradient of b lacks the factor 2.")
def gradients_with_b_halved(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r / len(X), r.mean()


@MISTAKES.add("mse_gradients", "The two gradients come back in the wrong order.")
def gradients_swapped(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    r = residuals_of(X, y, w, b)
    return 2 * r.mean(), 2 * X.T @ r / len(X)


@MISTAKES.add("mse_gradients", "The residuals are not multiplied by the features before they are averaged.")
def gradients_without_features(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return (2 * r.mean()).expand(X.shape[1]).clone(), 2 * r.mean()


@MISTAKES.add("mse_gradients", "The residuals are multiplied by the features' mean; each row has features of its own.")
def gradients_with_mean_features(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.mean(dim=0) * r.mean(), 2 * r.sum() / len(r)


@MISTAKES.add("mse_gradients", "The gradient of b has shape (1,); b is a scalar, so its gradient is one too.")
def gradients_with_b_as_vector(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r / len(X), 2 * r.mean(dim=0, keepdim=True)


@MISTAKES.add("mse_gradients", "The gradient of w is a column, (D, 1); it should have the shape of w.")
def gradients_with_w_as_column(X: Tensor, y: Tensor, w: Tensor, b: Tensor) -> Gradients:
    r = residuals_of(X, y, w, b)
    return 2 * X.T @ r[:, None] / len(X), 2 * r.mean()


def walk(
    X: Tensor,
    y: Tensor,
    lr: float,
    steps: int,
    *,
    factor: float = 2.0,
    start: float = 0.0,
    loss: Callable[[Tensor], Any] = lambda r: (r**2).mean().item(),
    after: bool = False,
    one_by_one: bool = False,
    cautious: bool = False,
    impatient: bool = False,
    frozen_b: bool = False,
    total: bool = False,
) -> tuple[Tensor, Tensor, list[Any]]:
    """Gradient descent with one thing wrong."""
    w, b = X.new_full((X.shape[1],), start), X.new_full((), start)
    losses: list[Any] = []
    for _ in range(steps):
        r = X @ w + b - y
        count = 1 if total else len(X)
        before = loss(r)
        if impatient and losses and abs(before - losses[-1]) < 1e-6:
            losses.append(before)
            break
        lr = lr / 2 if cautious and losses and before > losses[-1] else lr
        grad_w = factor * X.T @ r / count
        if one_by_one:
            w = w - lr * grad_w
            r = X @ w + b - y
        else:
            w = w - lr * grad_w
        grad_b = factor * r.sum() / count
        b = b if frozen_b else b - lr * grad_b
        losses.append(loss(X @ w + b - y) if after else before)
    return w, b, losses


def shared(task: str) -> None:
    """The slips that both descents invite: `task` is one of the two."""
    short = "autograd" if task.endswith("autograd") else "descent"

    def add(slip: str, advice: str, **options: Any) -> None:
        def implementation(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
            return walk(X, y, lr, steps, **options)

        implementation.__name__ = f"{short}_{slip}"
        MISTAKES.add(task, advice)(implementation)

    add(
        "with_losses_after_the_step",
        "The losses are those after each step; the one before it is asked for.",
        after=True,
    )
    add("uphill", "It adds the gradient: uphill. Descent takes it away.", factor=-2.0)
    add(
        "with_half_gradient",
        "It takes half the step: is the factor 2 of the squared error's gradient lost?",
        factor=1.0,
    )
    add("on_the_sum", "It descends on the sum of the squared errors; the loss is their mean.", total=True)
    add("from_ones", "It starts from ones; start from zeros.", start=1.0)
    add("without_bias", "b stays 0: it has a gradient and a step of its own.", frozen_b=True)
    add("one_after_the_other", "b's gradient is taken after w has moved; take both at the old place.", one_by_one=True)
    add("with_a_rate_that_falls", "Where the loss rises it takes a smaller rate; the rate stays as it is handed over.",
        cautious=True)  # fmt: skip
    add("that_stops_early", "It stops where the loss hardly changes any more; take all the steps that are asked for.",
        impatient=True)  # fmt: skip
    add("with_half_losses", "The losses are half the mean squared error; here no half stands before it.",
        loss=lambda r: (r**2).mean().item() / 2)  # fmt: skip
    add("with_root_losses", "The losses are square roots (RMSE); the mean squared error is asked for.",
        loss=lambda r: (r**2).mean().sqrt().item())  # fmt: skip
    add("with_summed_losses", "The losses are sums over the rows; the mean is asked for.",
        loss=lambda r: (r**2).sum().item())  # fmt: skip
    add("with_rounded_losses", "The losses are rounded; near the minimum the digits cut off are all there is.",
        loss=lambda r: round((r**2).mean().item(), 6))  # fmt: skip
    add("with_tensor_losses", "The losses are tensors; they should be Python numbers.",
        loss=lambda r: (r**2).mean())  # fmt: skip


shared("gradient_descent")


@MISTAKES.add("gradient_descent", "It takes one step too few.")
def descent_one_step_short(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    return walk(X, y, lr, max(steps - 1, 0))


@MISTAKES.add(
    "gradient_descent", "The last step is missing: its loss is in the list, but w and b did not move after it."
)
def descent_without_the_last_step(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    w, b, _ = walk(X, y, lr, max(steps - 1, 0))
    return w, b, walk(X, y, lr, steps)[2]


@MISTAKES.add("gradient_descent", "The loss after the last step is in the list too: there is one loss for each step.")
def descent_with_one_loss_more(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    w, b, _ = walk(X, y, lr, steps)
    return w, b, walk(X, y, lr, steps + 1)[2]


@MISTAKES.add("gradient_descent", "It takes the first row's step only, again and again; each step is on all data.")
def descent_on_one_row(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    w, b, _ = walk(X[:1], y[:1], lr, steps)
    return w, b, walk(X, y, lr, steps)[2]


@MISTAKES.add("gradient_descent", "w, b and losses are float32 whatever the input is; keep its dtype.")
def descent_in_float32(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    return walk(X.float(), y.float(), lr, steps)


@MISTAKES.add("gradient_descent_autograd", "The gradients are by hand once more; here autograd should find them.")
def autograd_by_hand(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    return walk(X, y, lr, steps)


shared("gradient_descent_autograd")


def pile_up(X: Tensor, y: Tensor, lr: float, steps: int, *, clear_w: bool) -> Descent:
    """With autograd itself: sums that are taken in another order are other numbers after 250 steps of this."""
    w, b = X.new_zeros(X.shape[1], requires_grad=True), X.new_zeros((), requires_grad=True)
    pile_w, pile_b = torch.zeros_like(w), torch.zeros_like(b)
    losses = []
    for _ in range(steps):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        grad_w, grad_b = torch.autograd.grad(loss, [w, b])
        pile_w, pile_b = grad_w if clear_w else pile_w + grad_w, pile_b + grad_b
        with torch.no_grad():
            w -= lr * pile_w
            b -= lr * pile_b
    return w.detach(), b.detach(), losses


@MISTAKES.add("gradient_descent_autograd", "Gradients pile up: backward() adds to .grad, so clear it before each step.")
def autograd_with_gradients_piling_up(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    return pile_up(X, y, lr, steps, clear_w=False)


@MISTAKES.add("gradient_descent_autograd", "Only w's gradient is cleared; that of b piles up.")
def autograd_with_b_piling_up(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    return pile_up(X, y, lr, steps, clear_w=True)


@MISTAKES.add("gradient_descent_autograd", "The prediction, (N, 1), and y, (N,), broadcast to a table of N times N.")
def autograd_with_broadcast_loss(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    w, b = X.new_zeros(X.shape[1], 1, requires_grad=True), X.new_zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((X @ w + b - y) ** 2).mean()
        losses.append(loss.item())
        grad_w, grad_b = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            w -= lr * grad_w
            b -= lr * grad_b
    return w.detach()[:, 0], b.detach(), losses


@MISTAKES.add("gradient_descent_autograd", "It takes one step too few.")
def autograd_one_step_short(X: Tensor, y: Tensor, lr: float, steps: int) -> Descent:
    return walk(X, y, lr, max(steps - 1, 0))


def curvatures(X: Tensor, *, ones: bool = True, divisor: float | None = None, factor: float = 2.0) -> Tensor:
    """The eigenvalues of the Hessian, ascending, with one thing wrong."""
    whole = torch.cat([X, torch.ones_like(X[:, :1])], dim=1) if ones else X
    values: Tensor = torch.linalg.eigvalsh(factor * whole.T @ whole / (divisor or len(X)))
    return values


@MISTAKES.add("largest_stable_lr", "The column of ones is missing: the bias bends the loss as well.")
def bound_without_bias(X: Tensor) -> float:
    return 2 / curvatures(X, ones=False)[-1].item()


@MISTAKES.add("largest_stable_lr", "It is 1 / the largest eigenvalue, or the Hessian is twice too large.")
def bound_of_one_over(X: Tensor) -> float:
    return 1 / curvatures(X)[-1].item()


@MISTAKES.add("largest_stable_lr", "The Hessian lacks its factor 2, which comes from the square.")
def bound_without_factor(X: Tensor) -> float:
    return 2 / curvatures(X, factor=1.0)[-1].item()


@MISTAKES.add("largest_stable_lr", "The Hessian is not divided by N: the loss is a mean.")
def bound_of_the_sum(X: Tensor) -> float:
    return 2 / curvatures(X, divisor=1.0)[-1].item()


@MISTAKES.add("largest_stable_lr", "The product of X with itself is not the Hessian yet: a factor belongs before it.")
def bound_of_the_bare_product(X: Tensor) -> float:
    return 2 / curvatures(X, divisor=1.0, factor=1.0)[-1].item()


@MISTAKES.add("largest_stable_lr", "It uses the smallest eigenvalue; the steepest direction sets the bound.")
def bound_of_the_flattest(X: Tensor) -> float:
    return 2 / max(curvatures(X)[0].item(), 1e-6)


@MISTAKES.add("largest_stable_lr", "It returns the eigenvalue itself; the bound is 2 over it.")
def bound_that_is_the_eigenvalue(X: Tensor) -> float:
    return curvatures(X)[-1].item()


@MISTAKES.add("largest_stable_lr", "It uses the trace, the sum of all eigenvalues; only the largest counts.")
def bound_by_trace(X: Tensor) -> float:
    return 2 / curvatures(X).sum().item()


@MISTAKES.add(
    "largest_stable_lr", "It uses X's largest singular value; the Hessian's eigenvalue is its square, times 2/N."
)
def bound_by_singular_value(X: Tensor) -> float:
    whole = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    return 2 / float(torch.linalg.svdvals(whole)[0])


@MISTAKES.add("largest_stable_lr", "X is centred, as for a covariance; the Hessian takes X as it is.")
def bound_of_the_covariance(X: Tensor) -> float:
    return 2 / curvatures(X - X.mean(dim=0))[-1].item()


@MISTAKES.add("largest_stable_lr", "It divides by N - 1; the mean divides by N.")
def bound_with_n_minus_1(X: Tensor) -> float:
    return 2 / curvatures(X, divisor=max(len(X) - 1, 0.5))[-1].item()


@MISTAKES.add("largest_stable_lr", "The result is a tensor; return a Python number.")
def bound_as_tensor(X: Tensor) -> Any:
    return 2 / curvatures(X)[-1]
