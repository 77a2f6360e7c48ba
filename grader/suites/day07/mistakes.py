"""Day 7: what goes wrong with tensors, and one sentence for each."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


def made(seed: int, **other: Any) -> dict[str, Any]:
    """The right tensors, some of them replaced."""
    right = {
        "scalar": torch.tensor(5),
        "vector": torch.tensor([1, 2, 3]),
        "matrix": torch.tensor([[1, 2], [3, 4]]),
        "random": torch.randn(2, 3, generator=torch.Generator().manual_seed(seed)),
    }
    return {**right, **other}


@MISTAKES.add("make_tensors", "It seeds the generator that the whole program shares; make one of your own.")
def make_seeds_globally(seed: int) -> dict[str, Any]:
    torch.manual_seed(seed)
    return made(seed, random=torch.randn(2, 3))


@MISTAKES.add("make_tensors", "Nothing ties the random numbers to the seed: two calls with one seed differ.")
def make_unseeded(seed: int) -> dict[str, Any]:
    return made(seed, random=torch.randn(2, 3))


@MISTAKES.add("make_tensors", "The generator is always seeded with the same number; the argument is never used.")
def make_fixed_seed(seed: int) -> dict[str, Any]:
    return made(0)


@MISTAKES.add("make_tensors", "rand draws evenly between 0 and 1; which function draws from the normal distribution?")
def make_uniform(seed: int) -> dict[str, Any]:
    return made(seed, random=torch.rand(2, 3, generator=torch.Generator().manual_seed(seed)))


@MISTAKES.add("make_tensors", "The six numbers are shifted and scaled to fit; drawn ones fit only on average.")
def make_standardized(seed: int) -> dict[str, Any]:
    drawn = torch.randn(2, 3, generator=torch.Generator().manual_seed(seed))
    return made(seed, random=(drawn - drawn.mean()) / drawn.std())


@MISTAKES.add("make_tensors", "The random numbers are whole ones; a normal distribution has fractions too.")
def make_whole_numbers(seed: int) -> dict[str, Any]:
    return made(seed, random=torch.randint(0, 10, (2, 3), generator=torch.Generator().manual_seed(seed)))


@MISTAKES.add("make_tensors", "The random tensor has rows and columns exchanged: 2 by 3 means 2 rows.")
def make_three_by_two(seed: int) -> dict[str, Any]:
    return made(seed, random=torch.randn(3, 2, generator=torch.Generator().manual_seed(seed)))


@MISTAKES.add("make_tensors", "The scalar is a vector of one element; a scalar has no dimension at all.")
def make_scalar_in_brackets(seed: int) -> dict[str, Any]:
    return made(seed, scalar=torch.tensor([5]))


@MISTAKES.add("make_tensors", "A Python number, or a list, is not a tensor yet.")
def make_plain_python(seed: int) -> dict[str, Any]:
    return made(seed, scalar=5, vector=[1, 2, 3], matrix=[[1, 2], [3, 4]])


@MISTAKES.add("make_tensors", "The end of arange is left out, as with Python's range.")
def make_short_range(seed: int) -> dict[str, Any]:
    return made(seed, vector=torch.arange(1, 3))


@MISTAKES.add("make_tensors", "The vector has a second pair of brackets: it is a matrix of one row.")
def make_vector_as_row(seed: int) -> dict[str, Any]:
    return made(seed, vector=torch.tensor([[1, 2, 3]]))


@MISTAKES.add("make_tensors", "The matrix is filled column by column; each inner list is a row.")
def make_matrix_by_columns(seed: int) -> dict[str, Any]:
    return made(seed, matrix=torch.tensor([[1, 3], [2, 4]]))


@MISTAKES.add("make_tensors", "The random tensor has the right numbers in one row; 2 by 3 means 2 rows.")
def make_flat(seed: int) -> dict[str, Any]:
    return made(seed, random=torch.randn(6, generator=torch.Generator().manual_seed(seed)))


@MISTAKES.add("make_tensors", "Something is drawn from the shared generator on the way; it is to stay untouched.")
def make_draws_globally(seed: int) -> dict[str, Any]:
    torch.rand(1)
    return made(seed)


@MISTAKES.add("make_tensors", "NumPy's global generator is shared as well; np.random.default_rng makes your own.")
def make_seeds_numpy(seed: int) -> dict[str, Any]:
    np.random.seed(seed)
    return made(seed, random=torch.from_numpy(np.random.randn(2, 3)))


@MISTAKES.add("make_tensors", "Python's global generator is shared as well; random.Random makes one of your own.")
def make_seeds_python(seed: int) -> dict[str, Any]:
    random.seed(seed)
    return made(seed, random=torch.tensor([[random.gauss(0, 1) for _ in range(3)] for _ in range(2)]))


@MISTAKES.add("make_tensors", "Seed 0 counts as no seed: `if seed` is false for it.")
def make_without_seed_zero(seed: int) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(seed) if seed else None
    return made(seed, random=torch.randn(2, 3, generator=generator))


def described(x: Tensor, **other: Any) -> dict[str, Any]:
    """The right description, some of it replaced."""
    right = {"shape": tuple(x.shape), "dtype": str(x.dtype).removeprefix("torch."), "device": x.device.type}
    return {**right, **other}


@MISTAKES.add("describe", "The dtype's text still begins with the library's name.")
def describe_long_dtype(x: Tensor) -> dict[str, Any]:
    return described(x, dtype=str(x.dtype))


@MISTAKES.add("describe", "The dtype is PyTorch's own object; the text of it is asked for.")
def describe_dtype_object(x: Tensor) -> dict[str, Any]:
    return described(x, dtype=x.dtype)


@MISTAKES.add("describe", "type() names the old tensor class, not the dtype.")
def describe_tensor_type(x: Tensor) -> dict[str, Any]:
    return described(x, dtype=x.type())


@MISTAKES.add("describe", "The shape is a list; a tuple is asked for.")
def describe_shape_as_list(x: Tensor) -> dict[str, Any]:
    return described(x, shape=list(x.shape))


@MISTAKES.add("describe", "The lengths are tensors of one number each; a shape is made of Python's int.")
def describe_shape_of_tensors(x: Tensor) -> dict[str, Any]:
    return described(x, shape=tuple(torch.tensor(x.shape)))


@MISTAKES.add("describe", "The shape is text; a tuple of numbers is asked for.")
def describe_shape_as_text(x: Tensor) -> dict[str, Any]:
    return described(x, shape=str(tuple(x.shape)))


@MISTAKES.add("describe", "That is how many dimensions there are, not how long each one is.")
def describe_dimensions(x: Tensor) -> dict[str, Any]:
    return described(x, shape=x.dim())


@MISTAKES.add("describe", "That is how many elements there are altogether, not the length of each dimension.")
def describe_elements(x: Tensor) -> dict[str, Any]:
    return described(x, shape=x.numel())


@MISTAKES.add("describe", "The device is PyTorch's own object; its type, as text, is asked for.")
def describe_device_object(x: Tensor) -> dict[str, Any]:
    return described(x, device=x.device)


@MISTAKES.add("describe", "The device's text says which of several GPUs it is; its type alone is asked for.")
def describe_numbered_device(x: Tensor) -> dict[str, Any]:
    return described(x, device=str(x.device))


@MISTAKES.add("describe", "Tensors on different devices get the same word; each knows which it is on.")
def describe_always_cpu(x: Tensor) -> dict[str, Any]:
    return described(x, device="cpu")


@MISTAKES.add("describe", "strip() takes away letters, not a word, and at the end as well: try a complex tensor.")
def describe_strip(x: Tensor) -> dict[str, Any]:
    return described(x, dtype=str(x.dtype).strip("torch."))


@MISTAKES.add("describe", "The dtype is always the same word, whatever tensor comes; ask the tensor.")
def describe_always_float32(x: Tensor) -> dict[str, Any]:
    return described(x, dtype="float32")


@MISTAKES.add("to_device", "contiguous() copies a transposed tensor; moving needs nothing beyond the move.")
def to_device_contiguous(x: Tensor, device: torch.device) -> Tensor:
    return x.to(device).contiguous()


@MISTAKES.add("to_device", "It makes a copy even where the tensor is on the device already.")
def to_device_clones(x: Tensor, device: torch.device) -> Tensor:
    return x.to(device).clone()


@MISTAKES.add("to_device", "The argument `device` is never used: the tensor stays where it was.")
def to_device_stays(x: Tensor, device: torch.device) -> Tensor:
    return x


@MISTAKES.add("to_device", "Moving must not change the dtype.")
def to_device_float(x: Tensor, device: torch.device) -> Tensor:
    return x.to(device).float()


@MISTAKES.add("to_device", "to() does not change the tensor that it is called on; its result has to be returned.")
def to_device_returns_nothing(x: Tensor, device: torch.device) -> None:
    x.to(device)


def computed(x: Tensor, y: Tensor, **other: Any) -> dict[str, Any]:
    """The right results, some of them replaced."""
    right = {"sum": x + y, "product": x * y, "matmul": x @ y, "mean": x.mean(), "total": x.sum()}
    return {**right, **other}


@MISTAKES.add("arithmetic", "Both products are the matrix product; one of them goes element by element.")
def arithmetic_matmul_twice(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, product=x @ y)


@MISTAKES.add("arithmetic", "`*` multiplies element by element; the matrix product has another sign.")
def arithmetic_product_twice(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, matmul=x * y)


@MISTAKES.add("arithmetic", "The two products are exchanged.")
def arithmetic_products_exchanged(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, product=x @ y, matmul=x * y)


@MISTAKES.add("arithmetic", "The order of the factors matters in a matrix product.")
def arithmetic_matmul_reversed(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, matmul=y @ x)


@MISTAKES.add("arithmetic", "One factor of the matrix product is transposed.")
def arithmetic_matmul_transposed(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, matmul=x @ y.T)


@MISTAKES.add("arithmetic", "That is the mean of every column; one number for the whole matrix is asked for.")
def arithmetic_column_means(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, mean=x.mean(dim=0))


@MISTAKES.add("arithmetic", "That is the sum of every column; one number for the whole matrix is asked for.")
def arithmetic_column_totals(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, total=x.sum(dim=0))


@MISTAKES.add("arithmetic", "Mean and total are taken of x + y; they are asked for of x alone.")
def arithmetic_of_the_sum(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, mean=(x + y).mean(), total=(x + y).sum())


@MISTAKES.add("arithmetic", "Mean and total are taken of y.")
def arithmetic_of_y(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, mean=y.mean(), total=y.sum())


@MISTAKES.add("arithmetic", "item() turns a scalar tensor into a Python number; all five stay tensors here.")
def arithmetic_items(x: Tensor, y: Tensor) -> dict[str, Any]:
    return computed(x, y, mean=x.mean().item(), total=x.sum().item())


@MISTAKES.add("arithmetic", "`+=` and add_() write into x itself; the inputs must stay as they were.")
def arithmetic_in_place(x: Tensor, y: Tensor) -> dict[str, Any]:
    product, matmul, mean, total = x * y, x @ y, x.mean(), x.sum()
    return {"sum": x.add_(y), "product": product, "matmul": matmul, "mean": mean, "total": total}


@MISTAKES.add("normalize_rows", "It divides by the sums of the columns.")
def normalize_columns(x: Tensor) -> Tensor:
    return x / x.sum(dim=0)


@MISTAKES.add(
    "normalize_rows", "The sums have lost a dimension, so each is stretched over a column instead of its row."
)
def normalize_without_keepdim(x: Tensor) -> Tensor:
    return x / x.sum(dim=1)


@MISTAKES.add("normalize_rows", "It divides by the sum of the whole matrix.")
def normalize_by_total(x: Tensor) -> Tensor:
    return x / x.sum()


@MISTAKES.add("normalize_rows", "The signs are lost before the sum: negative entries count as they are.")
def normalize_by_absolute_sum(x: Tensor) -> Tensor:
    return x / x.abs().sum(dim=1, keepdim=True)


@MISTAKES.add("normalize_rows", "Softmax also makes rows that sum to 1, by another rule.")
def normalize_by_softmax(x: Tensor) -> Tensor:
    return x.softmax(dim=1)


@MISTAKES.add("normalize_rows", "It divides by the length of the row (the root of the squares), not by its sum.")
def normalize_by_length(x: Tensor) -> Tensor:
    return x / x.pow(2).sum(dim=1, keepdim=True).sqrt()


@MISTAKES.add("normalize_rows", "It divides by the row's mean.")
def normalize_by_mean(x: Tensor) -> Tensor:
    return x / x.mean(dim=1, keepdim=True)


@MISTAKES.add("normalize_rows", "It divides by the row's largest entry.")
def normalize_by_maximum(x: Tensor) -> Tensor:
    return x / x.amax(dim=1, keepdim=True)


@MISTAKES.add("normalize_rows", "The rows are right, but the result is transposed.")
def normalize_transposed(x: Tensor) -> Tensor:
    return (x.T / x.sum(dim=1)).contiguous()


@MISTAKES.add("normalize_rows", "`/=` writes into x itself; the input must stay as it was.")
def normalize_in_place(x: Tensor) -> Tensor:
    x /= x.sum(dim=1, keepdim=True)
    return x


@MISTAKES.add("normalize_rows", "The way leads through float32, which loses half the digits of a float64 matrix.")
def normalize_through_float32(x: Tensor) -> Tensor:
    return (x.float() / x.float().sum(dim=1, keepdim=True)).to(x.dtype)


@MISTAKES.add("normalize_rows", "The sums are kept above 0, but a row's sum may well be negative.")
def normalize_clamped(x: Tensor) -> Tensor:
    return x / x.sum(dim=1, keepdim=True).clamp(min=1e-8)


def differences(a: Tensor, b: Tensor) -> Tensor:
    return a[:, None, :] - b[None, :, :]


@MISTAKES.add("pairwise_squared_distances", "These are the distances; their squares are asked for.")
def distances_rooted(a: Tensor, b: Tensor) -> Tensor:
    return (differences(a, b) ** 2).sum(dim=2).sqrt()


@MISTAKES.add(
    "pairwise_squared_distances", "The squared differences are averaged over the features; the formula adds them."
)
def distances_averaged(a: Tensor, b: Tensor) -> Tensor:
    return (differences(a, b) ** 2).mean(dim=2)


@MISTAKES.add("pairwise_squared_distances", "It adds the differences without their signs; each is to be squared.")
def distances_absolute(a: Tensor, b: Tensor) -> Tensor:
    return differences(a, b).abs().sum(dim=2)


@MISTAKES.add("pairwise_squared_distances", "It squares after adding, so differences of opposite signs cancel.")
def distances_squared_late(a: Tensor, b: Tensor) -> Tensor:
    return differences(a, b).sum(dim=2) ** 2


@MISTAKES.add("pairwise_squared_distances", "Rows and columns of the result are exchanged: a's rows come first.")
def distances_transposed(a: Tensor, b: Tensor) -> Tensor:
    return (differences(b, a) ** 2).sum(dim=2)


@MISTAKES.add("pairwise_squared_distances", "Each row of a meets only the row of b with the same number.")
def distances_of_pairs(a: Tensor, b: Tensor) -> Tensor:
    return ((a - b) ** 2).sum(dim=1)


@MISTAKES.add("pairwise_squared_distances", "It adds up over the rows of b instead of over the features.")
def distances_over_rows(a: Tensor, b: Tensor) -> Tensor:
    return (differences(a, b) ** 2).sum(dim=1)


@MISTAKES.add("pairwise_squared_distances", "It adds up the features and the rows of b as well.")
def distances_over_everything(a: Tensor, b: Tensor) -> Tensor:
    return (differences(a, b) ** 2).sum(dim=(1, 2))


@MISTAKES.add("pairwise_squared_distances", "Multiply the square out again: a factor of the mixed term is missing.")
def distances_mixed_term_once(a: Tensor, b: Tensor) -> Tensor:
    return (a**2).sum(dim=1)[:, None] + (b**2).sum(dim=1) - a @ b.T


@MISTAKES.add("pairwise_squared_distances", "Multiply the square out again: look at the sign of the mixed term.")
def distances_mixed_term_added(a: Tensor, b: Tensor) -> Tensor:
    return (a**2).sum(dim=1)[:, None] + (b**2).sum(dim=1) + 2 * a @ b.T


@MISTAKES.add("pairwise_squared_distances", "Multiply the square out again: one of the two squares is missing.")
def distances_without_second_square(a: Tensor, b: Tensor) -> Tensor:
    return (a**2).sum(dim=1)[:, None] - 2 * a @ b.T


@MISTAKES.add("one_hot", "The rows are whole numbers; float32 is asked for.")
def one_hot_int64(labels: Tensor, num_classes: int) -> Tensor:
    return (labels[:, None] == torch.arange(num_classes, device=labels.device)).long()


@MISTAKES.add("one_hot", "A comparison gives truth values; float32 is asked for.")
def one_hot_bool(labels: Tensor, num_classes: int) -> Tensor:
    return labels[:, None] == torch.arange(num_classes, device=labels.device)


@MISTAKES.add("one_hot", "The rows are float64; float32 is asked for.")
def one_hot_float64(labels: Tensor, num_classes: int) -> Tensor:
    return (labels[:, None] == torch.arange(num_classes, device=labels.device)).double()


@MISTAKES.add("one_hot", "Every row gets the ones of all labels: the row index has to go along with the label.")
def one_hot_every_row(labels: Tensor, num_classes: int) -> Tensor:
    rows = torch.zeros(len(labels), num_classes, device=labels.device)
    rows[:, labels] = 1
    return rows


@MISTAKES.add("one_hot", "It fills whole rows: the label picks a column.")
def one_hot_whole_rows(labels: Tensor, num_classes: int) -> Tensor:
    rows = torch.zeros(max(len(labels), num_classes), num_classes, device=labels.device)
    rows[labels] = 1
    return rows[: len(labels)]


@MISTAKES.add("one_hot", "The result is transposed: one row a label, one column a class.")
def one_hot_transposed(labels: Tensor, num_classes: int) -> Tensor:
    return (torch.arange(num_classes, device=labels.device)[:, None] == labels).float()


@MISTAKES.add("one_hot", "Labels count from 0, so the first column is class 0.")
def one_hot_from_one(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(num_classes, device=labels.device)[labels - 1]


@MISTAKES.add("one_hot", "The number of columns is taken from the labels at hand; a class may be missing among them.")
def one_hot_classes_seen(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(int(labels.max()) + 1, device=labels.device)[labels]


@MISTAKES.add("one_hot", "The label itself is written into the row; the entry should be 1 whatever the class.")
def one_hot_label_as_value(labels: Tensor, num_classes: int) -> Tensor:
    hot = labels[:, None] == torch.arange(num_classes, device=labels.device)
    return (hot * labels[:, None]).float()


@MISTAKES.add("one_hot", "Ones and zeros are exchanged.")
def one_hot_inverted(labels: Tensor, num_classes: int) -> Tensor:
    return (labels[:, None] != torch.arange(num_classes, device=labels.device)).float()


@MISTAKES.add("one_hot", "There are ten classes in it, whatever num_classes says.")
def one_hot_ten_classes(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(max(10, num_classes), device=labels.device)[labels]


@MISTAKES.add("one_hot", "The labels are sorted on the way, so the rows no longer stand in their order.")
def one_hot_sorted(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(num_classes, device=labels.device)[labels.sort().values]


@MISTAKES.add("one_hot", "squeeze() takes away a dimension of size 1 also where it means one label or one class.")
def one_hot_squeezed(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(num_classes, device=labels.device)[labels].squeeze()


@MISTAKES.add("one_hot", "Two classes get one column; they are classes like any other and want two.")
def one_hot_binary(labels: Tensor, num_classes: int) -> Tensor:
    return labels.float()[:, None] if num_classes == 2 else torch.eye(num_classes, device=labels.device)[labels]


@MISTAKES.add("one_hot", "The labels go through 8 bits, which hold no number above 127 or 255.")
def one_hot_in_eight_bits(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(num_classes, device=labels.device)[labels.to(torch.uint8).long()]


def total(x: Tensor, mask: Tensor) -> Tensor:
    return x[mask].sum()


@MISTAKES.add("masked_mean", "The mean of nothing is NaN; an empty mask needs thought of its own.")
def masked_nan_for_nothing(x: Tensor, mask: Tensor) -> Tensor:
    return x[mask].mean()


@MISTAKES.add("masked_mean", "0 times NaN is NaN: multiplying by the mask does not take an element away.")
def masked_by_multiplying(x: Tensor, mask: Tensor) -> Tensor:
    return (x * mask).sum() / mask.sum().clamp(min=1)


@MISTAKES.add("masked_mean", "It divides by how many elements there are, not by how many the mask takes.")
def masked_over_all(x: Tensor, mask: Tensor) -> Tensor:
    return total(x, mask) / x.numel()


@MISTAKES.add("masked_mean", "That is the sum; the mean divides it by how many elements the mask takes.")
def masked_sum(x: Tensor, mask: Tensor) -> Tensor:
    return total(x, mask)


@MISTAKES.add("masked_mean", "The mask is the wrong way round: it averages what the mask leaves out.")
def masked_inverted(x: Tensor, mask: Tensor) -> Tensor:
    return total(x, ~mask) / (~mask).sum().clamp(min=1)


@MISTAKES.add("masked_mean", "The mask is never used.")
def masked_ignored(x: Tensor, mask: Tensor) -> Tensor:
    return x.mean()


@MISTAKES.add("masked_mean", "The count has 1 added to it always; only an empty mask needs help.")
def masked_one_too_many(x: Tensor, mask: Tensor) -> Tensor:
    return total(x, mask) / (mask.sum() + 1)


@MISTAKES.add("masked_mean", "It takes a mean of every column; one number over all places is asked for.")
def masked_by_column(x: Tensor, mask: Tensor) -> Tensor:
    return torch.where(mask, x, 0).sum(dim=0) / mask.sum(dim=0).clamp(min=1)


@MISTAKES.add("masked_mean", "The result is a Python number; a scalar tensor is asked for.")
def masked_item(x: Tensor, mask: Tensor) -> float:
    return float(total(x, mask) / mask.sum().clamp(min=1))


@MISTAKES.add("masked_mean", "The zero for an empty mask is always float32; it should have the dtype of x.")
def masked_float32_zero(x: Tensor, mask: Tensor) -> Tensor:
    return x[mask].mean() if mask.any() else torch.tensor(0.0, device=x.device)


@MISTAKES.add("masked_mean", "Zeroing with the mask writes into x itself; the input must stay as it was.")
def masked_in_place(x: Tensor, mask: Tensor) -> Tensor:
    x[~mask] = 0
    return x.sum() / mask.sum().clamp(min=1)


@MISTAKES.add("masked_mean", "It counts what is not 0; an element of 0 is there all the same, if the mask takes it.")
def masked_zeros_not_counted(x: Tensor, mask: Tensor) -> Tensor:
    kept = torch.where(mask, x, torch.zeros_like(x))
    return kept.sum() / (kept != 0).sum().clamp(min=1)


@MISTAKES.add("masked_mean", "The way leads through float32, which loses half the digits of a float64 tensor.")
def masked_through_float32(x: Tensor, mask: Tensor) -> Tensor:
    return (x[mask].float().sum() / mask.sum().clamp(min=1)).to(x.dtype)


@MISTAKES.add("affine", "The way leads through float32, which loses half the digits of float64 inputs.")
def affine_through_float32(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return (x.float() @ W.float() + b.float()).to(x.dtype)


@MISTAKES.add("affine", "b is added to the first row only.")
def affine_bias_on_first_row(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    y = x @ W
    y[0] += b
    return y


@MISTAKES.add("affine", "b is missing.")
def affine_without_bias(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return x @ W


@MISTAKES.add("affine", "W is transposed on the way; here it is laid out as (in, out) already.")
def affine_transposed(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return x @ W.T + b


@MISTAKES.add("affine", "The order of a matrix product matters: x stands on the left.")
def affine_reversed(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return W @ x + b


@MISTAKES.add("affine", "`*` multiplies element by element; a matrix product is asked for.")
def affine_elementwise(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return x * W + b


@MISTAKES.add("affine", "b is added down the rows; it has one entry for each column of the result.")
def affine_bias_as_column(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return x @ W + b[:, None]


@MISTAKES.add("affine", "The sign of b is wrong.")
def affine_minus_bias(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return x @ W - b


@MISTAKES.add("affine", "b is added before the product; it comes after it.")
def affine_bias_first(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return (x + b) @ W


@MISTAKES.add("affine", "All of b is added up before it is used; each column has its own entry.")
def affine_bias_summed(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return x @ W + b.sum()


@MISTAKES.add("affine", "The result has a ReLU on it; an affine map has none.")
def affine_with_relu(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    return (x @ W + b).relu()
