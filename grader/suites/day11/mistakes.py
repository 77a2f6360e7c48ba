"""Day 11: what goes wrong in gradients by hand, and one sentence for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
Params = dict[str, Tensor]
Function = Callable[[Tensor], Tensor]


# grad_three_x_squared


@MISTAKES.add("grad_three_x_squared", "This is the function itself, not how fast it grows.")
def square_value(x: Tensor) -> Tensor:
    return 3 * x**2


@MISTAKES.add("grad_three_x_squared", "The exponent comes down as a factor; it seems to be missing.")
def square_without_exponent(x: Tensor) -> Tensor:
    return 3 * x


@MISTAKES.add("grad_three_x_squared", "The 3 in front stays in the derivative; it seems to be missing.")
def square_without_factor(x: Tensor) -> Tensor:
    return 2 * x


@MISTAKES.add(
    "grad_three_x_squared", "The exponent came down as a factor, but the power itself was not lowered by one."
)
def square_power_kept(x: Tensor) -> Tensor:
    return 6 * x**2


@MISTAKES.add("grad_three_x_squared", "Only x is squared, not 3x: the 3 stands outside.")
def square_of_three_x(x: Tensor) -> Tensor:
    return 18 * x


@MISTAKES.add("grad_three_x_squared", "This is the derivative of the derivative: one step too far.")
def square_second_derivative(x: Tensor) -> Tensor:
    return torch.full_like(x, 6)


@MISTAKES.add("grad_three_x_squared", "This goes the other way: it is what 3x² is the derivative of.")
def square_antiderivative(x: Tensor) -> Tensor:
    return x**3


@MISTAKES.add("grad_three_x_squared", "The derivative is asked for at each element; do not add the elements up.")
def square_summed(x: Tensor) -> Tensor:
    return (6 * x).sum()


@MISTAKES.add("grad_three_x_squared", "Nothing is averaged here: each element has its own derivative.")
def square_averaged(x: Tensor) -> Tensor:
    return 6 * x / max(1, x.numel())


# grad_product_sum


@MISTAKES.add("grad_product_sum", "a stands in two places, and only one of them is counted in da.")
def product_only(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return b.clone(), a.clone()


@MISTAKES.add("grad_product_sum", "The two gradients are in the wrong order: da comes first.")
def product_swapped(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return a.clone(), b + 1


@MISTAKES.add("grad_product_sum", "The lone a does not depend on b, so it adds nothing to db.")
def product_one_in_both(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return b + 1, a + 1


@MISTAKES.add("grad_product_sum", "The derivative of the lone a with respect to a is a number, not a itself.")
def product_plus_a(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return b + a, a.clone()


@MISTAKES.add("grad_product_sum", "Hold the other variable fixed: the factor of a in a·b is not a.")
def product_own_factor(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return a + 1, b.clone()


@MISTAKES.add("grad_product_sum", "Each element pulls on the sum by itself; the gradients keep the inputs' shape.")
def product_totals(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return (b + 1).sum(), a.sum()


@MISTAKES.add("grad_product_sum", "The loss is a sum here, not a mean: nothing is divided.")
def product_means(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return (b + 1) / a.numel(), a / a.numel()


@MISTAKES.add("grad_product_sum", "Two gradients are asked for, as a tuple; they came back stacked in one tensor.")
def product_stacked(a: Tensor, b: Tensor) -> Tensor:
    return torch.stack([b + 1, a])


@MISTAKES.add("grad_product_sum", "This is the sum's value at each element, not its gradients.")
def product_values(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    return a * b + a, a * b


# linear_backward


@MISTAKES.add("linear_backward", "dx needs W the other way round: write the indices out, or look at the shapes.")
def linear_w_not_transposed(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W, x.T @ grad_out, grad_out.sum(dim=0)


@MISTAKES.add("linear_backward", "Reshaping W to the transposed shape mixes its values up; transposing does not.")
def linear_w_reshaped(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.reshape(W.shape[1], W.shape[0]), x.T @ grad_out, grad_out.sum(dim=0)


@MISTAKES.add("linear_backward", "dW is transposed: it has W's shape, (D, H).")
def linear_dw_transposed(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, grad_out.T @ x, grad_out.sum(dim=0)


@MISTAKES.add("linear_backward", "b serves every row of the batch, so every row's gradient counts in db.")
def linear_db_not_summed(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out, grad_out.clone()


@MISTAKES.add("linear_backward", "The rows' gradients are averaged in db; any averaging is in grad_out already.")
def linear_db_mean(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out, grad_out.mean(dim=0)


@MISTAKES.add("linear_backward", "db is summed along the wrong axis: b has one entry a unit, not one a row.")
def linear_db_over_units(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out, grad_out.sum(dim=1)


@MISTAKES.add("linear_backward", "db keeps an axis of length 1; it has b's shape, (H,).")
def linear_db_keeps_axis(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out, grad_out.sum(dim=0, keepdim=True)


@MISTAKES.add("linear_backward", "db is one number for all units; each unit has a bias of its own.")
def linear_db_total(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out, grad_out.sum()


@MISTAKES.add("linear_backward", "db does not see grad_out: it seems to count rows instead.")
def linear_db_ones(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out, torch.full_like(grad_out[0], len(grad_out))


@MISTAKES.add("linear_backward", "dW and db are divided by the batch size; grad_out holds such a factor already.")
def linear_divided(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out / len(x), grad_out.mean(dim=0)


@MISTAKES.add("linear_backward", "dW is divided by the batch size; any averaging is in grad_out already.")
def linear_dw_mean(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return grad_out @ W.T, x.T @ grad_out / len(x), grad_out.sum(dim=0)


@MISTAKES.add("linear_backward", "The gradients are in the wrong order: dx comes first.")
def linear_order(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    return x.T @ grad_out, grad_out @ W.T, grad_out.sum(dim=0)


@MISTAKES.add("linear_backward", "grad_out is left out: dx and dW are the layer's own slopes, without the chain rule.")
def linear_without_chain(x: Tensor, W: Tensor, grad_out: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    ones = torch.ones_like(grad_out)
    return ones @ W.T, x.T @ ones, ones.sum(dim=0)


# relu_backward


@MISTAKES.add("relu_backward", "At z = 0 exactly the gradient is let through; torch stops it there.")
def relu_open_at_zero(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out * (z >= 0)


@MISTAKES.add("relu_backward", "Half of the gradient gets through at z = 0; there it is 0, as torch has it.")
def relu_half_at_zero(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out * (z.sign() + 1) / 2


@MISTAKES.add("relu_backward", "This is the ReLU's own slope; the chain rule multiplies it by grad_out.")
def relu_slope_only(z: Tensor, grad_out: Tensor) -> Tensor:
    return (z > 0).to(z.dtype)


@MISTAKES.add("relu_backward", "Everything gets through, also where the ReLU was closed.")
def relu_all_through(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out.clone()


@MISTAKES.add("relu_backward", "Whether a gradient gets through depends on z, not on the gradient's own sign.")
def relu_of_gradient(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out.clamp(min=0)


@MISTAKES.add("relu_backward", "The gradient is multiplied by the ReLU's value, not by its slope.")
def relu_value_times(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out * z.clamp(min=0)


@MISTAKES.add("relu_backward", "The gradient is let through where it should be stopped, and the other way round.")
def relu_inverted(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out * (z <= 0)


@MISTAKES.add("relu_backward", "Where z is negative a little still leaks through; that is leaky ReLU.")
def relu_leaky(z: Tensor, grad_out: Tensor) -> Tensor:
    return torch.where(z > 0, grad_out, 0.01 * grad_out)


@MISTAKES.add("relu_backward", "Where z is negative the gradient changes its sign; that would be the slope of |z|.")
def relu_sign(z: Tensor, grad_out: Tensor) -> Tensor:
    return grad_out * z.sign()


@MISTAKES.add("relu_backward", "grad_out is changed on the way; zero the entries of a copy.")
def relu_in_place(z: Tensor, grad_out: Tensor) -> Tensor:
    grad_out[z <= 0] = 0
    return grad_out


# softmax_cross_entropy_backward


def one_hot(logits: Tensor, labels: Tensor) -> Tensor:
    return torch.zeros_like(logits).scatter(1, labels[:, None], 1)


@MISTAKES.add("softmax_cross_entropy_backward", "This belongs to the sum over the batch; the loss is the mean.")
def softmax_sum(logits: Tensor, labels: Tensor) -> Tensor:
    return logits.softmax(dim=1) - one_hot(logits, labels)


@MISTAKES.add("softmax_cross_entropy_backward", "The mean is over the N samples, not over all N·C entries.")
def softmax_over_entries(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.softmax(dim=1) - one_hot(logits, labels)) / logits.numel()


@MISTAKES.add("softmax_cross_entropy_backward", "It divides by the number of classes; the mean is over the samples.")
def softmax_over_classes(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.softmax(dim=1) - one_hot(logits, labels)) / logits.shape[1]


@MISTAKES.add("softmax_cross_entropy_backward", "The label plays no part: these are the probabilities over N alone.")
def softmax_without_label(logits: Tensor, labels: Tensor) -> Tensor:
    return logits.softmax(dim=1) / len(labels)


@MISTAKES.add("softmax_cross_entropy_backward", "The sign is turned round: a step along it would raise the loss.")
def softmax_sign(logits: Tensor, labels: Tensor) -> Tensor:
    return (one_hot(logits, labels) - logits.softmax(dim=1)) / len(labels)


@MISTAKES.add(
    "softmax_cross_entropy_backward", "The softmax runs down the batch; each row is a distribution of its own."
)
def softmax_down_batch(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.softmax(dim=0) - one_hot(logits, labels)) / len(labels)


@MISTAKES.add(
    "softmax_cross_entropy_backward", "Only the label's logit has a gradient here; the others are pushed down too."
)
def softmax_label_only(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.softmax(dim=1) - 1) * one_hot(logits, labels) / len(labels)


@MISTAKES.add("softmax_cross_entropy_backward", "The 1 is taken from every class, not only from the label's.")
def softmax_one_everywhere(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.softmax(dim=1) - 1) / len(labels)


@MISTAKES.add("softmax_cross_entropy_backward", "The raw logits stand where the probabilities should.")
def softmax_left_out(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits - one_hot(logits, labels)) / len(labels)


@MISTAKES.add("softmax_cross_entropy_backward", "A sigmoid of each logit does not sum to one over the classes.")
def softmax_sigmoid(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.sigmoid() - one_hot(logits, labels)) / len(labels)


@MISTAKES.add(
    "softmax_cross_entropy_backward", "exp overflows at large logits; softmax does not mind a shift of its row."
)
def softmax_overflows(logits: Tensor, labels: Tensor) -> Tensor:
    exps = logits.exp()
    return (exps / exps.sum(dim=1, keepdim=True) - one_hot(logits, labels)) / len(labels)


@MISTAKES.add(
    "softmax_cross_entropy_backward", "One shift for the whole batch lets rows with small logits underflow to 0 / 0."
)
def softmax_global_shift(logits: Tensor, labels: Tensor) -> Tensor:
    exps = (logits - logits.max()).exp()
    return (exps / exps.sum(dim=1, keepdim=True) - one_hot(logits, labels)) / len(labels)


@MISTAKES.add(
    "softmax_cross_entropy_backward", "It divides by the label's probability, which can be 0; simplify on paper first."
)
def softmax_by_jacobian(logits: Tensor, labels: Tensor) -> Tensor:
    p, target = logits.softmax(dim=1), one_hot(logits, labels)
    grad = -target / (p * target).sum(dim=1, keepdim=True) / len(labels)
    return p * (grad - (grad * p).sum(dim=1, keepdim=True))


@MISTAKES.add(
    "softmax_cross_entropy_backward", "The labels of a batch need not show every class; the logits have them all."
)
def softmax_guesses_classes(logits: Tensor, labels: Tensor) -> Tensor:
    return (logits.softmax(dim=1) - torch.nn.functional.one_hot(labels).to(logits.dtype)) / len(labels)


@MISTAKES.add("softmax_cross_entropy_backward", "The logits are changed on the way; shift a copy of them.")
def softmax_in_place(logits: Tensor, labels: Tensor) -> Tensor:
    logits -= logits.amax(dim=1, keepdim=True)
    return (logits.softmax(dim=1) - one_hot(logits, labels)) / len(labels)


# mlp_backward


def forward(x: Tensor, p: Params) -> tuple[Tensor, Tensor, Tensor]:
    z = x @ p["W1"] + p["b1"]
    hidden = z.clamp(min=0)
    return z, hidden, hidden @ p["W2"] + p["b2"]


def collect(x: Tensor, hidden: Tensor, grad_z: Tensor, grad_logits: Tensor) -> Params:
    return {
        "W1": x.T @ grad_z, "b1": grad_z.sum(dim=0), "W2": hidden.T @ grad_logits, "b2": grad_logits.sum(dim=0),
    }  # fmt: skip


def right_mlp(x: Tensor, labels: Tensor, p: Params) -> Params:
    z, hidden, logits = forward(x, p)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, hidden, (grad @ p["W2"].T) * (z > 0), grad)


@MISTAKES.add("mlp_backward", "The gradient walks back through the ReLU as if it were not there.")
def mlp_no_mask(x: Tensor, labels: Tensor, params: Params) -> Params:
    _, hidden, logits = forward(x, params)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, hidden, grad @ params["W2"].T, grad)


@MISTAKES.add("mlp_backward", "The ReLU is missing on the way forward, so everything behind it is another network's.")
def mlp_no_relu(x: Tensor, labels: Tensor, params: Params) -> Params:
    z, _, _ = forward(x, params)
    logits = z @ params["W2"] + params["b2"]
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, z, grad @ params["W2"].T, grad)


@MISTAKES.add("mlp_backward", "The gradient of W2 uses what went into the ReLU; W2 is multiplied by what came out.")
def mlp_before_relu(x: Tensor, labels: Tensor, params: Params) -> Params:
    z, _, logits = forward(x, params)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, z, (grad @ params["W2"].T) * (z > 0), grad)


@MISTAKES.add(
    "mlp_backward", "The ReLU's mask belongs on the hidden units; it depends on z, not on the gradient's sign."
)
def mlp_mask_of_gradient(x: Tensor, labels: Tensor, params: Params) -> Params:
    _, hidden, logits = forward(x, params)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, hidden, (grad @ params["W2"].T).clamp(min=0), grad)


@MISTAKES.add(
    "mlp_backward", "The gradient is multiplied by the hidden values, where the ReLU's slope of 0 or 1 belongs."
)
def mlp_times_hidden(x: Tensor, labels: Tensor, params: Params) -> Params:
    _, hidden, logits = forward(x, params)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, hidden, (grad @ params["W2"].T) * hidden, grad)


@MISTAKES.add("mlp_backward", "These are the gradients of the summed loss; the loss is the mean over the batch.")
def mlp_sum(x: Tensor, labels: Tensor, params: Params) -> Params:
    return {name: gradient * len(x) for name, gradient in right_mlp(x, labels, params).items()}


@MISTAKES.add("mlp_backward", "It divides by the batch size twice: once is in the loss's gradient already.")
def mlp_divided_twice(x: Tensor, labels: Tensor, params: Params) -> Params:
    return {name: gradient / len(x) for name, gradient in right_mlp(x, labels, params).items()}


@MISTAKES.add(
    "mlp_backward", "Every sign is turned round: the cross-entropy's gradient is probabilities minus one-hot."
)
def mlp_sign(x: Tensor, labels: Tensor, params: Params) -> Params:
    return {name: -gradient for name, gradient in right_mlp(x, labels, params).items()}


@MISTAKES.add("mlp_backward", "The label's 1 is never subtracted from the probabilities.")
def mlp_without_label(x: Tensor, labels: Tensor, params: Params) -> Params:
    z, hidden, logits = forward(x, params)
    grad = logits.softmax(dim=1) / len(x)
    return collect(x, hidden, (grad @ params["W2"].T) * (z > 0), grad)


@MISTAKES.add("mlp_backward", "On the way back through the second layer W2 has to be transposed.")
def mlp_w2_not_transposed(x: Tensor, labels: Tensor, params: Params) -> Params:
    z, hidden, logits = forward(x, params)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    return collect(x, hidden, (grad @ params["W2"]) * (z > 0), grad)


@MISTAKES.add("mlp_backward", "The gradients of the weights are transposed; each has its parameter's shape.")
def mlp_weights_transposed(x: Tensor, labels: Tensor, params: Params) -> Params:
    return {name: gradient.T if gradient.dim() == 2 else gradient
            for name, gradient in right_mlp(x, labels, params).items()}  # fmt: skip


@MISTAKES.add("mlp_backward", "The gradients of the biases are averaged over the batch; add the rows up.")
def mlp_bias_mean(x: Tensor, labels: Tensor, params: Params) -> Params:
    found = right_mlp(x, labels, params)
    return {**found, "b1": found["b1"] / len(x), "b2": found["b2"] / len(x)}


@MISTAKES.add("mlp_backward", "The gradients of the biases still have a row a sample; add the rows up.")
def mlp_bias_rows(x: Tensor, labels: Tensor, params: Params) -> Params:
    z, hidden, logits = forward(x, params)
    grad = (logits.softmax(dim=1) - one_hot(logits, labels)) / len(x)
    grad_z = (grad @ params["W2"].T) * (z > 0)
    return {**collect(x, hidden, grad_z, grad), "b1": grad_z, "b2": grad}


@MISTAKES.add("mlp_backward", "Softmax's exponentials overflow at large logits; shift each row first.")
def mlp_overflows(x: Tensor, labels: Tensor, params: Params) -> Params:
    z, hidden, logits = forward(x, params)
    exps = logits.exp()
    grad = (exps / exps.sum(dim=1, keepdim=True) - one_hot(logits, labels)) / len(x)
    return collect(x, hidden, (grad @ params["W2"].T) * (z > 0), grad)


@MISTAKES.add("mlp_backward", "The parameters are taken by their place in the dict; take each by its name.")
def mlp_by_order(x: Tensor, labels: Tensor, params: Params) -> Params:
    W1, b1, W2, b2 = params.values()
    return right_mlp(x, labels, {"W1": W1, "b1": b1, "W2": W2, "b2": b2})


# numerical_gradient


def differences(f: Function, x: Tensor, up: float, down: float, over: float) -> Tensor:
    """(f(x + up) - f(x - down)) / over at each element in turn."""
    units = torch.eye(x.numel(), dtype=x.dtype, device=x.device).reshape(x.numel(), *x.shape)
    return torch.stack([(f(x + up * unit) - f(x - down * unit)) / over for unit in units]).reshape(x.shape)


@MISTAKES.add("numerical_gradient", "It looks to one side only; central differences step to both.")
def numerical_forward(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, eps, 0, eps)


@MISTAKES.add("numerical_gradient", "It looks back only; central differences step to both sides.")
def numerical_backward(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, 0, eps, eps)


@MISTAKES.add("numerical_gradient", "Twice too large: how far apart are the two points?")
def numerical_over_eps(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, eps, eps, eps)


@MISTAKES.add("numerical_gradient", "Half of what it should be: the divisor is the distance of the two points.")
def numerical_over_four(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, eps, eps, 4 * eps)


@MISTAKES.add("numerical_gradient", "The sign is turned round: the point above comes first in the difference.")
def numerical_sign(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return -differences(f, x, eps, eps, 2 * eps)


@MISTAKES.add("numerical_gradient", "The two values are subtracted, but the difference is not divided by the distance.")
def numerical_not_divided(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, eps, eps, 1)


@MISTAKES.add("numerical_gradient", "All elements move at once, so their slopes come out added; move one at a time.")
def numerical_all_at_once(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return torch.full_like(x, float((f(x + eps) - f(x - eps)) / (2 * eps)))


@MISTAKES.add("numerical_gradient", "Rows move as a whole; every single element needs a turn of its own.")
def numerical_rows(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    result = torch.zeros_like(x)
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += eps
        down[i] -= eps
        result[i] = (f(up) - f(down)) / (2 * eps)
    return result


@MISTAKES.add("numerical_gradient", "One slope follows another in one long row; give the result the shape of x.")
def numerical_flat(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, eps, eps, 2 * eps).reshape(-1)


@MISTAKES.add("numerical_gradient", "The result is float32; give it the dtype of x.")
def numerical_float32(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, eps, eps, 2 * eps).float()


@MISTAKES.add("numerical_gradient", "Each element stays moved while the next ones are tried; put it back first.")
def numerical_not_restored(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    result = torch.zeros_like(x)
    for place in places(x):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        result[place] = (above - f(x)) / (2 * eps)
    return result


@MISTAKES.add(
    "numerical_gradient",
    "Adding eps back does not restore x exactly: rounding stays. Work on a copy, or keep the old value.",
)
def numerical_added_back(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    result = torch.zeros_like(x)
    for place in places(x):
        x[place] += eps
        above = f(x)
        x[place] -= 2 * eps
        result[place] = (above - f(x)) / (2 * eps)
        x[place] += eps
    return result


@MISTAKES.add(
    "numerical_gradient", "x[i] alone is a view: the value that was to be kept moves with x. Keep a number or a copy."
)
def numerical_keeps_a_view(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    result = torch.zeros_like(x)
    for place in places(x):
        kept = x[place]
        x[place] = kept + eps
        above = f(x)
        x[place] = kept - eps
        below = f(x)
        x[place] = kept
        result[place] = (above - below) / (2 * eps)
    return result


@MISTAKES.add("numerical_gradient", "The eps that is handed over is not used: the step is always 1e-5.")
def numerical_own_eps(f: Function, x: Tensor, eps: float = 1e-5) -> Tensor:
    return differences(f, x, 1e-5, 1e-5, 2e-5)


@MISTAKES.add("numerical_gradient", "Without an eps the step should be 1e-5; another default is at work.")
def numerical_other_default(f: Function, x: Tensor, eps: float = 1e-4) -> Tensor:
    return differences(f, x, eps, eps, 2 * eps)


def places(x: Tensor) -> list[tuple[int, ...]]:
    return [tuple(place) for place in torch.ones_like(x).nonzero().tolist()]


# gradient_descent_step


@MISTAKES.add("gradient_descent_step", "It walks uphill: the gradient is added where it should be subtracted.")
def step_uphill(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param += lr * grads[name]


@MISTAKES.add(
    "gradient_descent_step", "The dict gets new tensors, and the ones that were handed over stay as they were."
)
def step_new_tensors(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name in params:
            params[name] = params[name] - lr * grads[name]


@MISTAKES.add(
    "gradient_descent_step", "Torch records the step: a parameter that requires gradients needs that switched off."
)
def step_recorded(params: Params, grads: Params, lr: float) -> None:
    for name, param in params.items():
        param -= lr * grads[name]


@MISTAKES.add("gradient_descent_step", "The learning rate plays no part.")
def step_without_lr(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param -= grads[name]


@MISTAKES.add("gradient_descent_step", "The gradients are scaled in place, so grads is not what it was.")
def step_scales_grads(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param -= grads[name].mul_(lr)


@MISTAKES.add("gradient_descent_step", "The gradients are set to zero afterwards; grads stays as it was here.")
def step_zeroes_grads(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param -= lr * grads[name]
            grads[name].zero_()


@MISTAKES.add("gradient_descent_step", "Only the weights take the step; the biases have gradients too.")
def step_weights_only(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            if param.dim() > 1:
                param -= lr * grads[name]


@MISTAKES.add("gradient_descent_step", "It stops after the first parameter.")
def step_first_only(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param -= lr * grads[name]
            return


@MISTAKES.add("gradient_descent_step", "The parameter becomes the step itself instead of moving by it.")
def step_replaces(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param.copy_(-lr * grads[name])


@MISTAKES.add("gradient_descent_step", "Parameters shrink as well, by lr times themselves: that is weight decay.")
def step_decays(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param -= lr * (grads[name] + param)


@MISTAKES.add(
    "gradient_descent_step", "New tensors are made and dropped or returned; those that were handed over never change."
)
def step_rebinds(params: Params, grads: Params, lr: float) -> None:
    for name, param in params.items():
        param = param - lr * grads[name]


@MISTAKES.add(
    "gradient_descent_step", "Afterwards the parameters no longer require gradients, so training could not go on."
)
def step_detaches(params: Params, grads: Params, lr: float) -> None:
    for name, param in params.items():
        param.detach_().sub_(lr * grads[name])


@MISTAKES.add("gradient_descent_step", "Parameters and gradients are paired by their order; pair them by name.")
def step_by_order(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for param, gradient in zip(params.values(), grads.values(), strict=True):
            param -= lr * gradient


@MISTAKES.add(
    "gradient_descent_step",
    "Gradients are switched off for good, for the whole program; a context manager switches them on again by itself.",
)
def step_grad_off_for_good(params: Params, grads: Params, lr: float) -> None:
    torch.set_grad_enabled(False)
    for name, param in params.items():
        param -= lr * grads[name]


@MISTAKES.add("gradient_descent_step", "Large gradients are cut down; each is used at its full size.")
def step_clips(params: Params, grads: Params, lr: float) -> None:
    with torch.no_grad():
        for name, param in params.items():
            param -= lr * grads[name].clamp(-5, 5)


# fit_line

Slopes = Callable[[Tensor, Tensor, float, float], tuple[float, float]]


def descend(x: Tensor, y: Tensor, lr: float, steps: int, slopes: Slopes, start: float = 0.0) -> tuple[float, float]:
    w = b = start
    for _ in range(steps):
        dw, db = slopes(x, y, w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def right_slopes(x: Tensor, y: Tensor, w: float, b: float) -> tuple[float, float]:
    error = w * x + b - y
    return 2 * float((error * x).mean()), 2 * float(error.mean())


@MISTAKES.add("fit_line", "A factor is missing: what does the square leave in front when you differentiate it?")
def line_without_two(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr / 2, steps, right_slopes)


@MISTAKES.add("fit_line", "The errors are added up over the points; the loss is their mean.")
def line_sum(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr * len(x), steps, right_slopes)


@MISTAKES.add("fit_line", "It walks uphill: the gradient is added, or the error has its sign turned round.")
def line_uphill(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, -lr, steps, right_slopes)


@MISTAKES.add("fit_line", "The gradient of w lacks its factor: w acts on the error through x.")
def line_without_x(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr, steps, lambda x, y, w, b: (right_slopes(x, y, w, b)[1],) * 2)


@MISTAKES.add("fit_line", "b's gradient is computed after w has moved; take both at the same point, then move both.")
def line_one_after_the_other(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    w = b = 0.0
    for _ in range(steps):
        w -= lr * right_slopes(x, y, w, b)[0]
        b -= lr * right_slopes(x, y, w, b)[1]
    return w, b


@MISTAKES.add("fit_line", "It takes one step too many.")
def line_one_more(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr, steps + 1, right_slopes)


@MISTAKES.add("fit_line", "It takes one step too few.")
def line_one_less(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr, steps - 1, right_slopes)


@MISTAKES.add("fit_line", "The two numbers are in the wrong order: the slope w comes first.")
def line_swapped(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr, steps, right_slopes)[::-1]


@MISTAKES.add("fit_line", "Descent starts at w = b = 1; it should start at 0.")
def line_from_one(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr, steps, right_slopes, start=1.0)


@MISTAKES.add("fit_line", "Each point makes a step of its own; all points together make one step.")
def line_point_by_point(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    w = b = 0.0
    for _ in range(steps):
        for i in range(len(x)):
            dw, db = right_slopes(x[i], y[i], w, b)
            w, b = w - lr * dw, b - lr * db
    return w, b


@MISTAKES.add("fit_line", "The bias never moves.")
def line_without_bias(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    return descend(x, y, lr, steps, lambda x, y, w, b: (right_slopes(x, y, w, b)[0], 0.0))


@MISTAKES.add("fit_line", "This is the gradient of the mean absolute error; the loss squares the errors.")
def line_absolute(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    def slopes(x: Tensor, y: Tensor, w: float, b: float) -> tuple[float, float]:
        sign = (w * x + b - y).sign()
        return float((sign * x).mean()), float(sign.mean())

    return descend(x, y, lr, steps, slopes)


@MISTAKES.add("fit_line", "This is the line at the end of the descent, whatever `steps` says.")
def line_closed_form(x: Tensor, y: Tensor, lr: float, steps: int) -> tuple[float, float]:
    design = torch.stack([x, torch.ones_like(x)], dim=1)
    w, b = torch.linalg.pinv(design) @ y
    return float(w), float(b)


@MISTAKES.add("fit_line", "w and b are tensors; turn them into Python numbers.")
def line_tensors(x: Tensor, y: Tensor, lr: float, steps: int) -> Any:
    w, b = descend(x, y, lr, steps, right_slopes)
    return torch.tensor(w, dtype=x.dtype), torch.tensor(b, dtype=x.dtype)
