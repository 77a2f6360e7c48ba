"""What a rule forbids, and what it forbids besides: whatever would run a forbidden function out of sight."""

from __future__ import annotations

import fnmatch

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
# what an exercise may lean on; of anything else a task by hand has no need, and much of it finds objects by their names
KNOWN = {
    *LIBRARIES, "IPython", "PIL", "__future__", "abc", "collections", "contextlib", "copy", "dataclasses", "datetime",
    "decimal", "enum", "fractions", "functools", "grader", "importlib", "itertools", "json", "logging", "matplotlib",
    "numbers", "operator", "os", "pathlib", "platform", "pprint", "random", "re", "statistics", "string", "sys",
    "textwrap", "time", "tqdm", "traceback", "types", "typing", "typing_extensions", "warnings",
}  # fmt: skip
ASIDE = (
    "importlib.metadata", "logging.config", "sys._getframe", "sys.modules", "torch.library", "torch.overrides",
    "types.CodeType", "types.FunctionType", "typing.ForwardRef", "typing.get_type_hints",
)  # fmt: skip
HIDDEN = {"__dict__", "__getattribute__"}


class Rule:
    def __init__(self, forbidden: list[str], aside: tuple[str, ...] = ASIDE) -> None:
        expanded = [name for entry in forbidden for name in FAMILIES.get(entry, (entry,))]
        self.loops, self.autograd = "loops" in expanded, "autograd" in forbidden
        self.modules = tuple(name for name in expanded if "." in name)
        self.barred, self.known = (*self.modules, *aside), KNOWN if aside else set()
        self.last = [name for name in expanded if "." not in name and name != "loops"] + UNSEEN

    def forbids(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.last)

    def forbids_path(self, path: str) -> bool:
        if path.startswith("."):
            return False
        if any(path == module or path.startswith(f"{module}.") for module in self.barred):
            return True
        last = path.rpartition(".")[2]
        strange = bool(self.known) and root_of(path) not in self.known
        return strange or self.forbids(last) or last in HIDDEN or (root_of(path) in LIBRARIES and _is_private(path))


def _is_private(path: str) -> bool:
    """Whether a library keeps this to itself, as torch does with `torch._C` and `torch._decomp`."""
    return any(part.startswith("_") and not part.startswith(("__", "_foreach_")) for part in path.split("."))


def root_of(path: str) -> str:
    return path.partition(".")[0]
