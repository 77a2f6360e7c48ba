"""Source rules: forbidden names are found in any spelling, and nothing else is."""

from __future__ import annotations

import json
import subprocess

import pytest

from grader.checks.shortcuts import find_shortcuts
from grader.checks.shortcuts.serve import COMMAND

FORBIDDEN = ["*_loss", "*Loss", "cross_entropy", "softmax", "log_softmax", "torch.optim"]


def found(source: str, forbidden: list[str] = FORBIDDEN, symbol: str = "f") -> str | None:
    shortcut = find_shortcuts([source], {"task": {"symbols": [symbol], "forbidden": forbidden}}).get("task")
    return shortcut and shortcut.name


TAKEN = {
    "module alias": "import torch.nn.functional as F\ndef f(x): return F.cross_entropy(x, x)",
    "full path": "import torch\ndef f(x): return torch.nn.functional.cross_entropy(x, x)",
    "import as": "from torch.nn.functional import cross_entropy as ce\ndef f(x): return ce(x, x)",
    "import as the symbol itself": "from torch.nn.functional import cross_entropy as f",
    "star": "from torch.nn.functional import *\ndef f(x): return cross_entropy(x, x)",
    "tensor method": "def f(x): return -x.log_softmax(1)",
    "class": "from torch import nn\ndef f(x): return nn.CrossEntropyLoss()(x, x)",
    "inside": "def f(x):\n    from torch.nn.functional import softmax as s\n    return s(x)",
    "helper": "import torch\ndef help(x): return torch.softmax(x, 1)\ndef f(x): return help(x)",
    "helper's helper": "import torch\ndef a(x): return torch.softmax(x, 1)\ndef b(x): return a(x)\nf = lambda x: b(x)",
    "module-level object": "import torch.nn as nn\nloss = nn.MSELoss()\ndef f(x): return loss(x, x)",
    "assignment": "import torch.nn.functional as F\nf = F.mse_loss",
    "getattr": "import torch.nn.functional as F\ndef f(x): return getattr(F, 'cross_entropy')(x, x)",
    "dict of a module": "import torch.nn.functional as F\ndef f(x): return F.__dict__['softmax'](x)",
    "vars": "import torch.nn.functional as F\ndef f(x): return vars(F)['softmax'](x)",
    "importlib": "import importlib\ndef f(x): return importlib.import_module('torch.nn.functional').softmax(x)",
    "a name put together": "import torch.nn.functional as F\ndef f(x): return getattr(F, 'soft' + 'max')(x)",
    "a name in a variable": "import torch\nname = 'soft'\ndef f(x): return getattr(torch, name)(x)",
    "a table made of one": "import torch\nT = [getattr(torch, n) for n in ('a', 'b')]\ndef f(x): return T[0](x)",
    "a dict asked for one": "import torch\ndef f(x): return torch.__dict__['soft' + 'max'](x)",
    "vars asked for one": "import torch\ndef f(x): return vars(torch)[''.join(['soft', 'max'])](x)",
    "a module put together": "import importlib\ndef f(x): return importlib.import_module('torch' + '.nn').functional.elu(x)",
    "sys.modules asked for one": "import sys\ndef f(x): return sys.modules['torch.' + 'nn'].functional.elu(x)",
    "torch's own language": "import torch\nu = torch.jit.CompilationUnit('def g(x): return x')\ndef f(x): return u.g(x)",
    "modes switched off": "import torch\ndef f(x):\n    with torch._C.DisableTorchFunction(): return x + 1",
    "eval": "import torch\ndef f(x): return eval('torch.softmax(x, 1)')",
    "printed where it is looked up": "import torch\ndef f(x): print(getattr(torch, 'softmax')(x, 1)); return x",
    "a print of its own": "import torch\nprint = lambda n: eval(n)\ndef f(x): return getattr(print('softmax'), 'a')",
    "a print inside": "def f(x):\n    def print(n): return eval(n)\n    return print('torch.softmax')(x, 1)",
    "globals": "import torch.nn.functional as F\nglobals()['f'] = getattr(F, 'mse_loss')\ndef f(x): return x",
    "alias of an alias": "import torch\nN = torch.nn\ndef f(x): return N.functional.cross_entropy(x, x)",
    "below torch": "import torch\ndef f(x): return torch.ops.aten.mse_loss(x, x)",
    "class body": "from torch import nn\nclass f:\n    def __init__(self): self.loss = nn.NLLLoss()",
    "inheritance": "from torch import nn\nclass f(nn.MSELoss): pass",
    "decorator": "from torch.nn import functional as F\n@F.softmax\ndef f(x): return x",
    "default argument": "from torch.nn import functional as F\ndef f(x, go=F.softmax): return go(x)",
    "under if": "import torch\nif True:\n    def f(x): return torch.softmax(x, 1)",
    "under try": "try:\n    from torch import softmax as s\nexcept ImportError:\n    pass\ndef f(x): return s(x, 1)",
    "optimizer": "import torch\ndef f(p): return torch.optim.SGD(p, 0.1)",
    "optimizer import": "from torch.optim import SGD\ndef f(p): return SGD(p, 0.1)",
    "optimizer by getattr": "import torch\ndef f(p): return getattr(torch, 'optim').SGD(p, 0.1)",
    "optimizer by importlib": "import importlib\ndef f(p): return importlib.import_module('torch.optim.sgd').SGD(p)",
    "optimizer submodule": "from torch.optim.sgd import SGD as S\ndef f(p): return S(p, 0.1)",
    "attribute of an attribute": "import torch\nclass f:\n    def g(self, x): return self.x.softmax(1)",
    "map": "import torch\ndef f(xs): return list(map(torch.softmax, xs))",
    "annotation stays out of the way": "import torch\nx: int = 1\ndef f(y): return torch.nn.functional.softmax(y)",
    "patching a class": "import torch\nclass f: pass\nf.step = torch.optim.SGD.step",
    "lambda as a default": "import torch.nn.functional as F\ndef f(x, go=lambda x: F.softmax(x, 1)): return go(x)",
    "special": "import torch\ndef f(x): return torch.special.log_softmax(x, 1)",
    "below functional": "import torch\ndef f(x): return torch._C._nn.mse_loss(x, x)",
    "SciPy": "from scipy.special import softmax as s\ndef f(x): return s(x)",
    "exec": "def f(x):\n    exec('import torch; r = torch.softmax(x, 1)')\n    return x",
    "global under a function": "import torch\ndef f(x):\n    global g\n    g = torch.softmax\n    return g(x, 1)",
    "a class's own loss and torch's": (
        "from torch.nn import functional as F\nclass A:\n    def mse_loss(self, x): return x\n"
        "def f(x): return F.mse_loss(x, x)"
    ),
    "main block and nothing else": "if __name__ == '__main__':\n    from torch import softmax as f",
    "wrapped afterwards": "import torch\ndef f(x): return torch.softmax(x, 1)\nf = print(f)",
    "in one branch": "import torch\nif torch:\n    f = torch.softmax\nelse:\n    def f(x): return x",
    "through a nested function": "import torch\ndef f(x):\n    def g(y): return h(y)\n    return g(x)\n"
    "def h(y): return torch.softmax(y, 1)",
    "below a match": "match 1:\n    case _:\n        from numpy import softmax as s\ndef f(x): return s(x)",
    "below except*": "try:\n    from torch import softmax as s\nexcept* ValueError:\n    pass\ndef f(x): return s(x)",
    "a walrus": "import torch\n(s := torch.softmax)\ndef f(x): return s(x)",
    "a walrus in a test": "import torch\nif (s := torch.softmax):\n    pass\ndef f(x): return s(x)",
    "target of a for": "import torch\nfor s in (torch.softmax,):\n    pass\ndef f(x): return s(x)",
    "target of a with": "import torch\nwith held(torch.softmax) as s:\n    pass\ndef f(x): return s(x)",
    "captured by a match": "import torch\nmatch torch.softmax:\n    case s:\n        pass\ndef f(x): return s(x)",
    "put into a list": "import torch\nbox = []\nbox.append(torch.softmax)\ndef f(x): return box[0](x)",
    "put there by a function": (
        "import torch\nbox = []\ndef put(what): box.append(what)\nput(torch.softmax)\ndef f(x): return box[0](x)"
    ),
    "set by a function": (
        "import torch\ndef put():\n    global s\n    s = torch.softmax\nput()\ndef f(x): return s(x)"
    ),
    "joined to a function": (
        "import functools, torch\n@functools.singledispatch\ndef s(x): return x\n"
        "@s.register(torch.Tensor)\ndef _(x): return torch.softmax(x, 1)\ndef f(x): return s(x)"
    ),
    "kept before the own one": "from torch import softmax\ns = softmax\ndef softmax(x): return s(x)\ndef f(x): return s(x)",
    "default of the own one": "from torch import softmax\ndef f(x, go=softmax): return go(x)\ndef softmax(x): return x",
    "kept of a star": "from torch import *\ns = softmax\ndef softmax(x): return s(x)\ndef f(x): return s(x)",
    "an own one that never is": "from torch import softmax as s\nif 0:\n    def s(x): pass\ndef f(x): return s(x)",
    "a library under another name": "import numpy as np\nlent = np\nclass A: tanh = 1\ndef f(x): return lent.softmax(x)",
    "looked up under another name": "import numpy as np\nlent = np\ndef f(x): return getattr(lent, 'soft' + 'max')(x)",
    "a module in a list": "import numpy as np\nbox = [np]\ndef f(x): return getattr(box[0], 'soft' + 'max')(x)",
    "a module as an argument": "import numpy as np\ndef f(x): return next(map(getattr, [np], ['soft' + 'max']))(x)",
    "getattr under another name": "import numpy as np\nlook = getattr\ndef f(x): return look(np, 'soft' + 'max')(x)",
    "attrgetter put together": "from operator import attrgetter\nimport numpy\ndef f(x): return attrgetter('soft' + 'max')(x)",
    "__getattribute__": "import numpy as np\ndef f(x): return np.__getattribute__('soft' + 'max')(x)",
    "a dict's get": "import numpy as np\ndef f(x): return np.__dict__.get('soft' + 'max')(x)",
    "a text put together": "import numpy as np\nexec('from numpy import soft' + 'max as s')\ndef f(x): return s(x)",
    "a pickle": "import pickle\ndef f(x): return pickle.loads(b'ctorch\\nsoftmax\\n.')(x, 1)",
    "modules that are loaded": "import sys\ndef f(x): return sys.modules.get('tor' + 'ch').softmax(x)",
    "code of another name": "def g(x): return x\ng.__code__ = g.__code__.replace(co_names=())\ndef f(x): return g(x)",
    "what torch keeps to itself": "import torch\ndef f(x): return torch._refs.exp(x)",
    "another library's NumPy": "import matplotlib.scale as m\ndef f(x): return m.np.softmax(x)",
    "another library's math": "import fractions\ndef f(x): return getattr(fractions.math, 'soft' + 'max')(x)",
    "bound by its own name": (
        "from torch.special import expit as g\ndef softmax(x): return x\ndef f(x): return softmax(x)\n"
        "globals()['softmax'] = g"
    ),
    "a module that an allowed one holds": "import pdb\ndef f(x): return pdb.sys.modules['torch'].softmax(x, 1)",
    "a thread": "import threading\ndef f(x): return threading.Thread(target=x)",
    "put there by a lambda": (
        "import torch\nbox = []\nput = lambda v: box.append(v)\nput(torch.softmax)\ndef f(x): return box[0](x)"
    ),
    "put there under another name": (
        "import torch\nbox = []\nother = box\nother.append(torch.softmax)\ndef f(x): return box[0](x)"
    ),
    "raised and caught": (
        "import torch\ntry:\n    raise E(torch.softmax)\nexcept E as e:\n    s = e.args[0]\ndef f(x): return s(x)"
    ),
    "a text that imports": "exec('import numpy as q')\ndef f(x): return getattr(q, 'soft' + 'max')(x)",
    "a library that finds by name": "import pkgutil\ndef f(x): return pkgutil.resolve_name('numpy:soft' + 'max')(x)",
    "a dict imported": "from numpy import __dict__ as d\ndef f(x): return d['soft' + 'max'](x)",
    "a module imported where it is used": "def f(x): return __import__('numpy').__dict__['soft' + 'max'](x)",
    "an imported module under another name": "n = __import__('numpy')\ndef f(x): return getattr(n, 'soft' + 'max')(x)",
    "an operator of one's own": "import torch\nlib = torch.library.Library('a', 'DEF')\ndef f(x): return lib and x",
}


@pytest.mark.parametrize("source", TAKEN.values(), ids=TAKEN.keys())
def test_a_shortcut_is_found(source: str) -> None:
    assert found(source)


HONEST = {
    "by hand": "import torch\ndef f(x): return -(x - x.logsumexp(1, keepdim=True))",
    "own function of that name": "def softmax(x): return x.exp()\ndef f(x): return softmax(x)",
    "own method of that name": "class f:\n    def softmax(self, x): return x\n    def g(self, x): return self.softmax(x)",
    "other task's use": "import torch\ndef other(x): return torch.softmax(x, 1)\ndef f(x): return x",
    "in a docstring": "def f(x):\n    '''Not F.cross_entropy, nor softmax.'''\n    return x",
    "in a message": "def f(x):\n    assert x.dim() == 2, 'softmax needs rows'\n    return x",
    "in a comment": "def f(x): return x  # softmax",
    "as a key": "def f(x): return {'softmax': x}['softmax']",
    "as a variable": "def f(x):\n    softmax = x.exp()\n    return softmax / softmax.sum()",
    "as a variable beside a star": "from torch import *\ndef f(x):\n    my_loss = x.mean()\n    return my_loss",
    "imported, not used": "import torch.nn.functional as F\nfrom torch import softmax\ndef f(x): return x",
    "demonstration below": "import torch\ndef f(x): return x\nprint(torch.softmax(torch.ones(1, 2), 1))",
    "own definition after an import": "from torch import softmax\ndef softmax(x): return x\ndef f(x): return softmax(x)",
    "a local named as an experiment": (
        "import torch.nn.functional as F\ndef f(x):\n    loss = x.mean()\n    return loss\nloss = F.mse_loss(1, 2)"
    ),
    "an argument named as an experiment": "import torch\ndef f(out): return out\nout = torch.softmax(torch.ones(2), 0)",
    "a local named as an import": "from torch import softmax\ndef f(x):\n    softmax = x.exp()\n    return softmax",
    "a comprehension's name": (
        "import torch\ndef f(x): return [row for row in x]\nrow = torch.softmax(torch.ones(2), 0)"
    ),
    "a method named as an experiment": "import torch\ndef f(x): return x.out()\nout = torch.softmax(torch.ones(2), 0)",
    "written again without": "import torch\ndef f(x): return torch.softmax(x, 1)\ndef f(x): return x.exp()",
    "main block": (
        "def cross_entropy(x): return x\ndef f(x): return cross_entropy(x)\nif __name__ == '__main__':\n"
        "    from torch.nn.functional import cross_entropy\n    print(cross_entropy(1, 2))"
    ),
    "main block of that very name": (
        "def f(x): return x\nif __name__ == '__main__':\n    from torch import softmax as f\n    print(f(1))"
    ),
    "own class's method": (
        "class Layer:\n    def softmax(self, x): return x.exp()\nlayer = Layer()\ndef f(x): return layer.softmax(x)"
    ),
    "own class's attribute": (
        "class Run:\n    def __init__(self): self.train_loss = 0\ndef f(x):\n    run = Run()\n    return run.train_loss"
    ),
    "nested function beside a star": (
        "from torch import *\ndef f(x):\n    def softmax(y): return y.exp()\n    return softmax(x)"
    ),
    "another library's star": "from json import *\ndef f(x): return my_loss\nmy_loss = 3",
    "an experiment with eval mode": (
        "import torch\ndef f(x): return x\nfor model in ():\n    model.eval(); print(torch.softmax(model(1), 1))"
    ),
    "printed beside locals": "def f(x):\n    print('softmax', f'my softmax {x}', locals())\n    return x",
    "own attributes by computed names": "class A:\n    a_1 = 2\ndef f(x): return getattr(A(), 'a_' + str(1)) * x",
    "a dtype by its name": "import torch\ndef f(x): return x.to(getattr(torch, 'float64'))",
    "own dict": "class A: b = 1\ndef f(x, k): return A.__dict__[k] * x",
    "a message beside eval mode": "def f(x, model):\n    model.eval()\n    assert x, 'softmax comes later'\n    return x",
    "compared with torch's": (
        "import torch\nimport torch.nn.functional as F\ndef f(x): return x\nx = torch.ones(2)\n"
        "for name, ours, theirs in [('f', f, F.softmax)]:\n    print(name, torch.allclose(ours(x), theirs(x)))\n"
        "assert torch.equal(f(x), F.softmax(x)), f(x).softmax()\nseen = []\nseen.append(F.mse_loss(f(x), x))"
    ),
    "compared by a function": (
        "import torch\ndef f(x): return x\ndef check(theirs): assert torch.equal(f(1), theirs(1))\n"
        "for theirs in (torch.softmax,): check(theirs)"
    ),
    "listed by decorators": (
        "from grader import LISTED\nimport torch\n@LISTED.add('f')\ndef f(x): return x\n"
        "@LISTED.add('g')\ndef g(x): return torch.softmax(x, 1)"
    ),
    "NumPy where it is given": "import numpy as np\nimport torch\ndef f(x):\n    lib = np if 1 else torch\n    return lib.exp(x)",
    "functions of a part of torch": "from torch import nn\nF = nn.functional\nclass A(nn.Module): pass\ndef f(x): return F.pad(x, (1, 1))",
    "attributes of one's own by number": "class A:\n    def f(self, i): return getattr(self, f'fc{i}')\ndef f(x): return A().f(x)",
    "a file that is not there": "exec(open('helpers.py').read())\ndef f(x): return x",
    "where it runs": "import sys\nIN_COLAB = 'google.colab' in sys.modules\nif 'x' in sys.modules:\n    import x\ndef f(x): return x",
    "what Python brings along": (
        "from __future__ import annotations\nimport math, operator, time\nfrom collections.abc import Callable\n"
        "from typing import Any\ndef f(x: Any, g: Callable): return operator.mul(x, math.pi) + time.time()"
    ),
    "what Python brings along and serves anything": (
        "import array, bisect, gc, heapq, inspect, io, pdb, timeit\nfrom struct import pack\ndef f(x):\n"
        "    pdb.set_trace(); gc.collect(); inspect.signature(f); io.StringIO(); timeit.default_timer()\n"
        "    return heapq.nlargest(bisect.bisect(array.array('f'), x), pack('f', x))"
    ),
    "what is not there, as its import will say": "import einops, helpers\ndef f(x): return einops.rearrange(helpers.g(x))",
    "own functions by their names": (
        "def softmax(x): return x\ndef f(x): return softmax(x)\nfor name in ['f', 'softmax']: print(globals()[name](1))"
    ),
    "an own eval": "def eval(model): return model\ndef f(x): return eval(x)",
    "another library's compile": "from re import compile\ndef f(x, k): return compile('a' + k) and x",
    "lists of tensors at once": "import torch\ndef f(x): return torch._foreach_add([x], 1.0)[0]",
    "does not parse": "def f(x: return",
    "empty": "",
}


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST.keys())
def test_honest_code_is_left_alone(source: str) -> None:
    assert found(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    for row in x: pass",
        "def f(x):\n    while True: pass",
        "def f(x): return [row for row in x]",
        "def f(x): return sum(row for row in x)",
        "def g(x):\n    for row in x: pass\ndef f(x): return g(x)",
        "def f(x): return list(map(g, x))\ndef g(row): return row",
        "import numpy as np\ndef f(x): return np.apply_along_axis(sum, 1, x)",
        "def f(x):\n    exec('for row in x: row.add_(1)')\n    return x",
        "def f(x): return eval('[row / 2 for row in x]')",
    ],
    ids=["for", "while", "comprehension", "generator", "helper", "map", "NumPy", "exec", "eval"],
)
def test_loops_are_found_where_they_are_ruled_out(source: str) -> None:
    assert found(source, ["loops"]) == "a loop"
    assert found(source, ["softmax"]) is None


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    x.requires_grad_()\n    return x",
        "import torch\ndef f(x): return torch.autograd.grad(x, x)",
        "from torch.autograd import grad\ndef f(x): return grad(x, x)",
        "import torch\ndef f(x): return torch.func.jacrev(x)",
        "def f(x):\n    x.sum().backward()\n    return x.grad",
        "import torch\ndef f(x): return torch.tensor(1.0, requires_grad=True)",
        "def f(x):\n    x.requires_grad = True\n    return x",
        "def f(x, y):\n    y.requires_grad = False\n    x.requires_grad = True\n    return x",
        "from torch.func import grad, vmap\ndef f(x): return vmap(grad(g))(x)\ndef g(y): return y",
        "import functorch\ndef f(x): return functorch.grad(g)(x)\ndef g(y): return y",
        "import torch\ndef f(z, g): return torch.ops.aten.threshold_backward(g, z, 0)",
        "import torch\ndef f(g, p): return torch.ops.aten._log_softmax_backward_data(g, p, 1, g.dtype)",
        "def f(y, g): return y.grad_fn(g)",
        "def f(y, g): return y.grad_fn.next_functions[0][0](g)",
    ],
)
def test_autograd_is_found_where_it_is_ruled_out(source: str) -> None:
    assert found(source, ["autograd"])


def test_no_grad_is_not_autograd() -> None:
    assert found("import torch\ndef f(x):\n    with torch.no_grad():\n        return x * 2", ["autograd"]) is None


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ndef f(x): return torch.zeros(3, requires_grad=False)",
        "def f(p, g):\n    p.requires_grad_(False)\n    p -= g\n    p.requires_grad_(p.is_leaf)",
        "def f(p, g):\n    was = p.requires_grad\n    p.requires_grad = False\n    p -= g\n    p.requires_grad = was",
        "def f(p, g):\n    if p.requires_grad:\n        p.requires_grad = False\n        p -= g\n        p.requires_grad = True",
        "def f(p, g):\n    p['w'].requires_grad_(False)\n    p['w'] -= g\n    p['w'].requires_grad_()",
        "import torch\ndef f(p, g):\n    p.grad = g\n    torch.optim.SGD([p], lr=0.1).step()",
        "from torch.func import vmap\ndef f(x): return vmap(abs)(x)",
        "class Linear:\n    def backward(self, g): return g\ndef f(x): return Linear().backward(x)",
        "def relu_backward(z, g): return g * (z > 0)\ndef f(z, g): return relu_backward(z, g)",
        "class Net:\n    def relu_backward(self, g): return g\ndef f(x): return Net().relu_backward(x)",
        "def f(x):\n    assert x.grad_fn is None\n    return x",
    ],
    ids=[
        "explicitly without",
        "switched off",
        "switched off and on again",
        "switched off and to True again",
        "switched off and on again in a dict",
        "a gradient put by hand",
        "vmap",
        "own class",
        "own function of such a name",
        "own method of such a name",
        "asking for no history",
    ],
)
def test_what_computes_no_gradient_is_not_autograd(source: str) -> None:
    assert found(source, ["autograd"]) is None


def test_the_shape_taken_apart_with_map_is_not_a_loop() -> None:
    assert found("def f(x):\n    n, d = map(int, x.shape)\n    return n * d", ["loops"]) is None


def test_a_gradient_in_a_variable_is_not_autograd() -> None:
    assert found("def f(grad, grads):\n    grad = grad * 2\n    return grads['w'] + grad", ["autograd"]) is None


def test_where_nothing_is_forbidden_a_name_may_be_put_together() -> None:
    assert found("import torch\ndef f(name): return getattr(torch.optim, name)", []) is None


def test_the_line_and_the_cell_are_told() -> None:
    rules = {"task": {"symbols": ["f"], "forbidden": FORBIDDEN}}
    cells = ["import torch", "def f(x):\n    y = x\n    return torch.softmax(y, 1)"]
    shortcut = find_shortcuts(cells, rules)["task"]
    assert (shortcut.name, shortcut.cell, shortcut.line) == ("torch.softmax", 2, 3)


def test_it_runs_as_a_process_of_its_own() -> None:
    request = {"cells": [TAKEN["full path"]], "rules": {"t": {"symbols": ["f"], "forbidden": FORBIDDEN}}}
    done = subprocess.run(
        COMMAND,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {"t": ["torch.nn.functional.cross_entropy", 1, 2]}
