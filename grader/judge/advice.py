"""What an error's own text does not say to a beginner."""

from __future__ import annotations

import re

from .visible import ROOTS

_ADVICE = (
    (
        re.compile("^No module named"),
        f"Beside Python's own modules there are {', '.join(ROOTS[:-1])} and {ROOTS[-1]}; "
        "of your own files this one alone is run.",
    ),
    (
        re.compile(r"^EOF when reading a line|^pytest: reading from stdin"),
        "Nobody answers input() while your code is checked; write the value into the code.",
    ),
    (
        re.compile(r"No such file or directory: '(?:[^/]|/content|/kaggle)"),  # not one that a check made
        "Of your own files this one alone is there; a task gets its data as arguments.",
    ),
    (
        re.compile("name resolution|^Dataset not found"),
        "There is no network here; a task gets its data as arguments.",
    ),
    (
        re.compile("Found no NVIDIA driver|not compiled with CUDA|No CUDA GPUs"),
        'There is no GPU here: torch.device("cuda" if torch.cuda.is_available() else "cpu") works everywhere.',
    ),
    (
        re.compile("^view size is not compatible"),
        "A tensor here is not contiguous in memory, as a transposed one: reshape() takes it, view() does not.",
    ),
    (
        re.compile("^Boolean value of Tensor with more than one value"),
        "An if, a while or max() asks for one True or False, and this tensor has many: torch.where() decides for each.",
    ),
    (
        re.compile("same dtype|dtypes match|scalar type (?:Double|Float) but found (?:Double|Float)"),
        "Two dtypes meet here: what your code makes itself takes its input's, as torch.zeros(3, dtype=x.dtype) does.",
    ),
    (
        re.compile("'NoneType'"),
        "Something here is None: a function without return gives that, and .grad is None before backward() "
        "and for a tensor that was computed from others.",
    ),
    (
        re.compile("^a leaf Variable that requires grad is being used in an in-place"),
        "Autograd would follow this update as well; torch.no_grad() keeps it out.",
    ),
    (
        re.compile("does not require grad and does not have a grad_fn"),
        "Nothing on the way here has requires_grad=True, or it was detached or computed inside torch.no_grad().",
    ),
    (
        re.compile("^grad can be implicitly created only for scalar"),
        "backward() starts from one number: take the mean or the sum first.",
    ),
    (
        re.compile("^'float' object has no attribute 'backward'"),
        "item() gives a plain number, from which no gradient flows: call backward() on the tensor itself.",
    ),
    (
        re.compile("^Trying to backward through the graph a second time"),
        "A graph serves one backward(): start each from a loss computed anew, and from parameters that were not "
        "computed from those of the step before.",
    ),
    (
        re.compile("^only one element tensors|elements cannot be converted to Scalar"),
        "float(), item() and math's functions take one number, and this tensor has many; torch.exp() and the like take "
        "them all.",
    ),
)


def advice(message: str) -> list[str]:
    """What to do about an error of this text; mostly nothing."""
    return [told for pattern, told in _ADVICE if pattern.search(message)]
