"""What a rule forbids, and what it forbids besides: whatever would run a forbidden function out of sight."""

from __future__ import annotations

import fnmatch
import sys

FAMILIES = {
    "autograd": (
        "backward", "vjp", "jvp", "jacrev", "jacfwd", "jacobian", "hessian", "linearize", "value_and_grad",
        "grad_and_value", "_make_dual", "next_functions", "*_backward", "*_backward_data",
        "torch.autograd", "torch.func.grad", "functorch.grad",
    ),
}  # fmt: skip
# where a name of the rules is a shortcut; anywhere else it is the submission's own
LIBRARIES = ("torch", "torchvision", "functorch", "numpy", "scipy", "math", "cmath")
# what would run a forbidden function unseen, and serves nothing else in an exercise: torch's own language, modes off,
# and the ways from any object to any other
UNSEEN = [
    "CompilationUnit", "DisableTorchFunction", "DisableTorchFunctionSubclass", "_disable_current_modes",
    "__subclasses__", "__globals__", "__code__", "__closure__", "__builtins__", "f_globals", "f_locals", "f_builtins",
]  # fmt: skip
# what code by hand may lean on of Python's own modules; it has no need of the others, many of which find any object by
# a text, start a thread or hold whatever they have imported
HARMLESS = {
    "__future__", "abc", "array", "base64", "binascii", "bisect", "calendar", "cmath", "collections", "colorsys",
    "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "enum", "errno", "fractions", "functools",
    "glob", "hashlib", "heapq", "html", "importlib", "io", "itertools", "json", "locale", "logging", "math", "numbers",
    "operator", "os", "pathlib", "platform", "pprint", "queue", "random", "re", "secrets", "shutil", "statistics",
    "string", "struct", "sys", "tempfile", "textwrap", "time", "traceback", "tracemalloc", "types", "typing",
    "unicodedata", "uuid", "warnings", "weakref", "zlib",
}  # fmt: skip
# of the others, what people do use; `pdb.sys.modules` is another path
PARTS = {
    "gc", "gc.collect", "inspect", "inspect.signature", "pdb", "pdb.set_trace", "timeit", "timeit.default_timer",
}  # fmt: skip
# what comes along with torch, torchvision, numpy and matplotlib; what is not there at all says so when it is imported
BROUGHT = {
    "contourpy", "cuda", "cycler", "dateutil", "filelock", "fontTools", "fsspec", "importlib_metadata", "isympy",
    "jinja2", "kiwisolver", "markupsafe", "mpl_toolkits", "mpmath", "networkx", "nvidia", "packaging", "pkg_resources",
    "pylab", "pyparsing", "setuptools", "six", "sympy", "torchgen", "triton", "zipp",
}  # fmt: skip
STRANGE = BROUGHT | set(sys.stdlib_module_names) - HARMLESS
ASIDE = (
    "importlib.metadata", "logging.config", "sys._getframe", "sys.modules", "torch.library", "torch.overrides",
    "types.CodeType", "types.FunctionType", "typing.ForwardRef", "typing.get_type_hints",
)  # fmt: skip
HIDDEN = {"__dict__", "__getattribute__"}


class Rule:
    """A task's forbidden names, and what is `aside`: with them, no strange module may be used."""

    def __init__(self, forbidden: list[str], aside: tuple[str, ...] = ASIDE) -> None:
        expanded = [name for entry in forbidden for name in FAMILIES.get(entry, (entry,))]
        self.loops, self.autograd = "loops" in expanded, "autograd" in forbidden
        self.modules = tuple(name for name in expanded if "." in name)
        self.barred, self.strange = (*self.modules, *aside), STRANGE if aside else set()
        self.last = [name for name in expanded if "." not in name and name != "loops"] + UNSEEN

    def forbids(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.last)

    def forbids_path(self, path: str) -> bool:
        if path.startswith("."):
            return False
        if any(path == module or path.startswith(f"{module}.") for module in self.barred):
            return True
        if root_of(path) in self.strange and path not in PARTS:
            return True
        last = path.rpartition(".")[2]
        return self.forbids(last) or last in HIDDEN or (root_of(path) in LIBRARIES and _is_private(path))


def _is_private(path: str) -> bool:
    """Whether a library keeps this to itself, as torch does with `torch._C` and `torch._decomp`."""
    return any(part.startswith("_") and not part.startswith(("__", "_foreach_")) for part in path.split("."))


def root_of(path: str) -> str:
    return path.partition(".")[0]
