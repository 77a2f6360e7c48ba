"""What one request leaves behind for the next."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import pytest
import torch

from grader.judge import worker
from grader.judge.findings import raised
from grader.model.course import Course
from grader.model.verdict import Verdict

CPU = torch.device("cpu")


def host_of(*cells: str, notebook: bool = False) -> worker.Host:
    problems: list[worker.Problem] = []
    file = "m.ipynb" if notebook else "m.py"
    namespace = worker.load([f"import torch\n{cells[0]}", *cells[1:]], file, notebook, problems)
    return worker.Host(namespace, {}, CPU, file, problems)


def perform(host: worker.Host, name: str, *args: Any) -> tuple[Any, list[str]]:
    return host.perform({"kind": "call", "seed": 1, "forbidden": [], "name": name}, (list(args), {}))


def test_an_entry_added_to_a_dict_of_tensors_is_a_change() -> None:
    host = host_of("def f(p):\n    p['h'] = p['a'] + 1\n    return p['h']\n")
    assert perform(host, "f", {"a": torch.ones(1)})[1] == [".0.0.h"]


UNWRITTEN = {
    "a stub": ("def mean(x):\n    raise NotImplementedError('mean is not written yet')\n", Verdict.NOT_IMPLEMENTED),
    "nothing but a docstring": ("def mean(x):\n    'The mean.'\n    ...\n    pass\n", Verdict.NOT_IMPLEMENTED),
    "nothing but None": ("def mean(x):\n    # to do\n    return None\n", Verdict.NOT_IMPLEMENTED),
    "a result that is lost": ("def mean(x): x.mean()\n", None),
    "a model without forward": (
        "class Net(torch.nn.Module):\n    def foward(self, x): return x\ndef mean(x):\n    return Net()(x)\n",
        Verdict.ERROR,
    ),
    "an operator for other devices": (
        "def mean(x):\n    return torch.ops.aten.linear_backward(x, x, x, [True] * 3)\n", Verdict.ERROR,
    ),
}  # fmt: skip


@pytest.mark.parametrize("source, verdict", UNWRITTEN.values(), ids=UNWRITTEN.keys())
def test_only_an_empty_body_or_a_raise_of_the_submissions_own_means_not_started(
    mini: Course, source: str, verdict: Verdict | None
) -> None:
    if verdict is None:
        assert perform(host_of(source), "mean", torch.ones(2, 2)) == (None, [])
        return
    with pytest.raises((NotImplementedError, RuntimeError, worker.MissingSymbol)) as problem:
        perform(host_of(source), "mean", torch.ones(2, 2))
    finding = raised(worker.describe(problem.value, "m.py"), mini.day("day01").task("mean"))
    assert finding.verdict is verdict


def test_gradients_switched_off_for_good_are_on_again_for_the_next_request() -> None:
    host = host_of("def off(): torch.set_grad_enabled(False)\ndef state(): return torch.is_grad_enabled()\n")
    perform(host, "off")
    assert torch.is_grad_enabled()
    assert perform(host, "state") == (True, [])


TOLD = {
    "a package that is not here": ("import pandaz", "No module named 'pandaz' (line 2). Beside Python's own modules"),
    "a function's own import": (
        "def mean(x):\n    import pandaz\n",
        "of your own files this one alone is run.\nModuleNotFoundError:",
    ),
    "a file beside it": ("open('data.csv')", "this one alone is there"),
    "a question to whoever runs it": ("raise EOFError('EOF when reading a line')", "Nobody answers input()"),
    "a download": ("raise OSError('<urlopen error [Errno -3] Temporary failure in name resolution>')", "no network"),
    "a GPU": ("raise RuntimeError('Found no NVIDIA driver on your system.')", "if torch.cuda.is_available()"),
    "a view of a transposed tensor": (
        "def mean(x): return x.T.view(-1)",
        "reshape() takes it, view() does not.\nRuntimeError:",
    ),
    "an if about a whole tensor": ("def mean(x): return x if x > 0 else -x", "torch.where() decides for each"),
    "a loop's float32 sum": ("def mean(x): return torch.zeros(2) @ x.double()", "dtype=x.dtype"),
    "a linear layer of float32": ("def mean(x): return torch.nn.Linear(2, 2)(x.double())", "dtype=x.dtype"),
    "rows of another dtype": ("def mean(x):\n    x[[0]] = x[:1].double()\n", "dtype=x.dtype"),
    "a gradient before backward()": ("def mean(x): return 2 * x.grad", ".grad is None before backward()"),
    "a loss without a gradient": ("def mean(x): x.sum().backward()", "requires_grad=True"),
    "a loss of many numbers": ("def mean(x): (x * torch.ones(2, requires_grad=True)).backward()", "mean or the sum"),
    "a loss made a number": ("def mean(x): x.sum().item().backward()", "on the tensor itself"),
    "a loss used twice": (
        "def mean(x):\n    w = torch.ones(2, 2, requires_grad=True)\n    loss = (w * x * w).sum()\n"
        "    loss.backward()\n    loss.backward()\n",
        "from a loss computed anew",
    ),
    "an exponential of math's": ("import math\ndef mean(x): return math.exp(x)", "torch.exp()"),
    "an update that is to be differentiated": (
        "def mean(x):\n    w = torch.ones(2, requires_grad=True)\n    w -= 1\n",
        "torch.no_grad()",
    ),
    "a class with another __init__": ("class mean:\n    def __init__(self): pass\n", "keep the line with its def"),
    "a misspelt __init__": (
        "class mean(torch.nn.Module):\n    def __int__(self, x): pass\n",
        "mean.__init__ is called",
    ),
}


ERRORS = (ModuleNotFoundError, RuntimeError, TypeError, AttributeError, ValueError, worker.BrokenSubmission)


@pytest.mark.parametrize("source, words", TOLD.values(), ids=TOLD.keys())
def test_an_error_that_says_too_little_comes_with_what_to_do(mini: Course, source: str, words: str) -> None:
    host = host_of(source)
    with pytest.raises(ERRORS) as problem:
        perform(host, "mean", torch.ones(2, 2))
    assert words in raised(worker.describe(problem.value, "m.py"), mini.day("day01").task("mean")).message


def test_a_script_that_ends_itself_has_defined_what_stands_above(mini: Course) -> None:
    host = host_of("def mean(x): return x.mean()\nimport sys\nsys.exit(0)\ndef double(x): return 2 * x\n")
    assert perform(host, "mean", torch.ones(2)) == (torch.ones(()), [])
    with pytest.raises(worker.BrokenSubmission) as problem:
        perform(host, "double", torch.ones(2))
    finding = raised(worker.describe(problem.value, "m.py"), mini.day("day01").task("double"))
    assert finding.message == "The file ends itself before it defines everything (line 4)"


BROKEN_CELLS = {
    "an import that comes later": ("def mean(x: Tensor): return x", "Cell 2 does not run: NameError: name 'Tensor'"),
    "no Python": ("def mean(x:\n    return x", "Cell 2 does not run: SyntaxError: "),
    "a function made of another": ("mean = partial(print)", "Cell 2 does not run: NameError: name 'partial'"),
}  # fmt: skip


@pytest.mark.parametrize("cell, words", BROKEN_CELLS.values(), ids=BROKEN_CELLS.keys())
def test_a_name_whose_cell_does_not_run_comes_with_the_cells_error(mini: Course, cell: str, words: str) -> None:
    host = host_of("x = 1", cell, "raise ValueError('of another cell')", notebook=True)
    with pytest.raises(worker.BrokenSubmission) as problem:
        perform(host, "mean", torch.ones(2))
    finding = raised(worker.describe(problem.value, "m.ipynb"), mini.day("day01").task("mean"))
    assert (finding.verdict, finding.message[: len(words)]) == (Verdict.ERROR, words)
    assert finding.frames[-1][0] == 2


MISSING = {
    "not there": ("x = 1", "m.py does not define mean"),
    "under a name like it": ("def Mean_(x): return x", "m.py does not define mean, but Mean_"),
    "inside of another": ("def double(x):\n    return x\n    def mean(x): return x\n", "its def is indented"),
    "inside a class": ("class Answers:\n    def mean(self, x): return x\n", "let it begin at the margin"),
}


@pytest.mark.parametrize("source, words", MISSING.values(), ids=MISSING.keys())
def test_a_name_that_is_missing_is_told_with_what_is_there_in_its_place(source: str, words: str) -> None:
    with pytest.raises(worker.MissingSymbol, match=words):
        perform(host_of(source), "mean", torch.ones(2))


SHOWING = [
    "import IPython\nfrom IPython.display import HTML, clear_output, display as show\nimport torch\n",
    "show(HTML('<b>x</b>'))\nclear_output(wait=True)\ndisplay(torch.ones(1))\nIPython.display.display(1)\n",
    "get_ipython().run_line_magic('matplotlib', 'inline')\ndef mean(x): return x.mean()\n",
    "get_ipython().events.register('post_run_cell', print)\nassert 'IPKernelApp' not in get_ipython().config\n",
    "import matplotlib.pyplot as plt\nplt.close(plt.figure())\n",
]


@pytest.mark.parametrize("installed", [True, False])
def test_a_notebook_may_show_things_as_a_kernel_does(monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    if not installed:
        found = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "IPython" else found(name))
    for name in [name for name in sys.modules if name.partition(".")[0] == "IPython"]:
        monkeypatch.delitem(sys.modules, name)
    for notebook in (True, False):  # a script that was saved from a notebook does as well
        problems: list[worker.Problem] = []
        worker.load(SHOWING, "m.py", notebook, problems)
        assert problems == []
    if not installed:
        for name in ("IPython", "IPython.display"):
            monkeypatch.delitem(sys.modules, name)
