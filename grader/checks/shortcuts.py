"""Source rules: which forbidden names a submission's text reaches from the functions that a task asks for.

Theory of operation. The text is parsed, never run. From a task's symbols we follow every module-level name that their
definitions mention, and in what is reached we look for a *mention* of a forbidden name: an import from torch, an
attribute of any alias of it, a tensor method, or, where code looks names up by string (`getattr`, `vars`, `exec` …),
the name in a string. Rules are shell patterns of last names (`*_loss`), a dotted module (`torch.optim`: anything of
it), or a word for a family: `loops`, `autograd`.

This file also runs by itself, as a throwaway process with limits: `python -I shortcuts.py` reads JSON from standard
input and writes JSON. Standard library only.
"""

from __future__ import annotations

import ast
import fnmatch
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FAMILIES = {
    "autograd": (
        "backward", "vjp", "jvp", "jacrev", "jacfwd", "jacobian", "hessian", "linearize", "value_and_grad",
        "grad_and_value", "_make_dual", "next_functions", "*_backward", "*_backward_data",
        "torch.autograd", "torch.func.grad", "functorch.grad",
    ),
}  # fmt: skip
# where a name of the rules is a shortcut; anywhere else it is the submission's own
LIBRARIES = ("torch", "torchvision", "functorch", "numpy", "scipy", "math", "cmath")
ANSWER_BYTES = 1 << 20
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOOPING = {"map", "starmap", "reduce", "vectorize", "apply_along_axis"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
READING = {"getattr", "import_module", "attrgetter", "methodcaller"}
WRITING = {"setattr", "vars", "globals", "locals", "eval", "exec", "compile", "__import__"}
HIDDEN = {"__dict__", "__getattribute__"}
# what would run a forbidden function unseen, and serves nothing else in an exercise: torch's own language, modes off
UNSEEN = ["CompilationUnit", "DisableTorchFunction", "DisableTorchFunctionSubclass", "_disable_current_modes"]
COMPUTED = "a name of torch's that is put together"


@dataclass(frozen=True)
class Shortcut:
    """A forbidden name and where the submission mentions it."""

    name: str
    cell: int
    line: int


@dataclass
class _Text:
    """What a submission's cells bind at module level, and under which names it holds torch's modules."""

    bindings: dict[str, list[tuple[int, ast.AST]]] = field(default_factory=lambda: defaultdict(list))
    imports: dict[str, str] = field(default_factory=dict)
    loose: list[tuple[int, ast.AST]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)  # attributes that its classes define
    star: bool = False

    def read(self, cell: int, body: list[ast.stmt], *, sure: bool = True) -> None:
        """Takes in what stands at module level; not `sure`: below an `if` or the like, where it may never run."""
        for statement in body:
            self.own |= _attributes(statement)
            match statement:
                case ast.Import() | ast.ImportFrom():
                    for name, path in _imported(statement):
                        self.star |= name == "*" and _root(path) in LIBRARIES
                        self.imports[name] = path
                        self.bindings.pop(name, None)  # the last binding counts
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    self.bind(name, cell, statement, replace=True, sure=sure)
                case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                    for name, whole in _targets(statement):
                        self.bind(name, cell, statement, replace=whole, sure=sure)
                    if _dynamic(statement, WRITING):  # globals()["mse"] = …
                        self.loose.append((cell, statement))
                case ast.If() if _is_main(statement):
                    self.read_aside(cell, statement.body)
                    continue
                case _:
                    self.loose.append((cell, statement))
            for inner in _blocks(statement):
                self.read(cell, inner, sure=False)

    def read_aside(self, cell: int, body: list[ast.stmt]) -> None:
        """What is bound under `if __name__ == "__main__"` counts where nothing else binds it: a module skips that."""
        aside = _Text()
        aside.read(cell, body)
        self.own |= aside.own
        known = set(self.bindings) | set(self.imports)
        self.imports |= {name: path for name, path in aside.imports.items() if name not in known}
        self.bindings.update((name, nodes) for name, nodes in aside.bindings.items() if name not in known)

    def bind(self, name: str, cell: int, node: ast.AST, *, replace: bool, sure: bool) -> None:
        if replace:
            self.imports.pop(name, None)
        if replace and sure and name not in _free(node):  # `f = wrap(f)` keeps what was there
            self.bindings.pop(name, None)
        self.bindings[name].append((cell, node))


def _is_main(statement: ast.If) -> bool:
    return ast.unparse(statement.test) in ("__name__ == '__main__'", "'__main__' == __name__")


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    if isinstance(statement, (ast.If, ast.For, ast.While, ast.With, ast.Try)):
        for part in ("body", "orelse", "finalbody"):
            yield getattr(statement, part, [])
        for handler in getattr(statement, "handlers", []):
            yield handler.body


def _imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            yield alias.asname or alias.name, f"{statement.module or ''}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            first = alias.name.partition(".")[0]
            yield first, first


def _targets(statement: ast.Assign | ast.AnnAssign | ast.AugAssign) -> Iterator[tuple[str, bool]]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id, isinstance(target, ast.Name)


def find_shortcuts(cells: list[str], rules: dict[str, dict[str, list[str]]]) -> dict[str, Shortcut]:
    """The first shortcut of each task that takes one: `{task id: Shortcut}`.

    `rules` maps a task id to `{"symbols": [...], "forbidden": [...]}`. Cells that do not parse count as empty here;
    running them says what is wrong with them.
    """
    text = _Text()
    for number, source in enumerate(cells, 1):
        try:
            text.read(number, ast.parse(source).body)
        except SyntaxError:
            continue
    found = {}
    for task, rule in rules.items():
        shortcut = _first(text, rule["symbols"], rule["forbidden"]) if rule["forbidden"] else None
        if shortcut is not None:
            found[task] = shortcut
    return found


def _first(text: _Text, symbols: list[str], forbidden: list[str]) -> Shortcut | None:
    rule = _Rule(forbidden)
    for name, cell, node in _reached(text, symbols):
        if name in text.imports and rule.forbids_path(text.imports[name]):
            return Shortcut(text.imports[name], cell, getattr(node, "lineno", 0))
        for mention, line in _mentions(text, rule, node):
            return Shortcut(mention, cell, line)
    return None


def _reached(text: _Text, symbols: list[str]) -> Iterator[tuple[str, int, ast.AST]]:
    todo, seen = list(symbols), set(symbols)
    yield from (("", cell, node) for cell, node in text.loose if _dynamic(node, WRITING))
    while todo:
        name = todo.pop(0)
        nodes = text.bindings.get(name, [])
        if not nodes and name in text.imports:
            yield name, 1, ast.Pass(lineno=1, col_offset=0)
        for cell, node in nodes:
            yield name, cell, node
            for mentioned in sorted(_free(node) - seen):
                if mentioned in text.bindings:
                    seen.add(mentioned)
                    todo.append(mentioned)


def _free(node: ast.AST) -> set[str]:
    """The names that a piece of code takes from outside of itself."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    if isinstance(node, FUNCTIONS):
        body = node.body if isinstance(node.body, list) else [node.body]
        inside = set().union(*map(_free, body)) - _bound(node.args, *body)
        around = [*ast.iter_child_nodes(node.args), *getattr(node, "decorator_list", [])]
        return inside.union(*map(_free, around))
    found: set[str] = set().union(*map(_free, ast.iter_child_nodes(node)))
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        found -= _bound(*(part.target for part in node.generators))
    return found


def _bound(*nodes: ast.AST) -> set[str]:
    """The names that these parts of a function make its own."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case ast.Global() | ast.Nonlocal():
                continue
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Import() | ast.ImportFrom():
                found |= {name for name, _ in _imported(node)}
            case ast.arg(arg=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
        found |= _bound(*ast.iter_child_nodes(node))
    declared = [part.names for node in nodes for part in ast.walk(node) if isinstance(part, ast.Global)]
    return found.difference(*declared)


def _attributes(node: ast.AST) -> set[str]:
    """The attributes that the classes in a statement give their objects."""
    found: set[str] = set()
    for owner in ast.walk(node):
        if isinstance(owner, ast.ClassDef):
            found |= _bound(*owner.body)
            found |= {
                part.attr
                for part in ast.walk(owner)
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)
            }
    return found


def _dynamic(node: ast.AST, names: set[str]) -> bool:
    """Whether code looks names up by string in one of these ways, or in a hidden one."""
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) if name in names:
                return True
            case ast.Attribute(attr=name) if name in HIDDEN or (name in names and name in READING):
                return True
            case ast.Attribute(value=ast.Name(id="builtins" | "sys"), attr=name) if name in names | {"modules"}:
                return True
    return False


class _Rule:
    def __init__(self, forbidden: list[str]) -> None:
        expanded = [name for entry in forbidden for name in FAMILIES.get(entry, (entry,))]
        self.loops, self.autograd = "loops" in expanded, "autograd" in forbidden
        self.modules = tuple(name for name in expanded if "." in name)
        self.last = [name for name in expanded if "." not in name and name != "loops"] + UNSEEN

    def forbids(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.last)

    def forbids_path(self, path: str) -> bool:
        if any(path == module or path.startswith(f"{module}.") for module in self.modules):
            return True
        return _root(path) in LIBRARIES and self.forbids(path.rpartition(".")[2])


def _root(path: str) -> str:
    return path.partition(".")[0]


def _mentions(text: _Text, rule: _Rule, node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every forbidden name that a definition mentions, and the line."""
    inside: dict[str, str] = {}
    for part in ast.walk(node):
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            inside |= dict(_imported(part))
            yield from ((path, part.lineno) for _, path in _imported(part) if rule.forbids_path(path))
    taken = _free(node) | set(inside)
    imports = text.imports | inside
    prints = "print" in taken and "print" not in text.bindings and "print" not in imports
    off = set(_switched_off(node)) if rule.autograd else set()
    prose = _prose(node, prints) if _dynamic(node, READING | WRITING) else None
    for part in ast.walk(node):
        if rule.loops and _loops(part):
            yield "a loop", getattr(part, "lineno", 0)
        elif rule.autograd and _asks_for_gradients(part, off):
            yield "requires_grad", getattr(part, "lineno", 0)
        elif _computed(part, imports):
            yield COMPUTED, getattr(part, "lineno", 0)
        elif isinstance(part, ast.Attribute):
            yield from _attribute(text, rule, part, imports)
        elif isinstance(part, ast.Name) and part.id in taken:
            yield from _name(text, rule, part, imports, inside)
        elif prose is not None and isinstance(part, ast.Constant) and part not in prose:
            yield from _string(rule, part)


def _computed(node: ast.AST, imports: dict[str, str]) -> bool:
    """Whether a name of a library, or a module, is looked up by anything but a plain string."""
    match node:
        case (
            ast.Call(func=ast.Name(id="getattr"), args=[held, key, *_])
            | ast.Subscript(value=ast.Attribute(value=held, attr="__dict__"), slice=key)
            | ast.Subscript(value=ast.Call(func=ast.Name(id="vars"), args=[held]), slice=key)
        ):
            path = _path(held, imports) if isinstance(held, ast.Attribute) else ""
            path = imports.get(held.id, "") if isinstance(held, ast.Name) else path
            return _root(path) in LIBRARIES and not isinstance(key, ast.Constant)
        case (
            ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[key, *_])
            | ast.Call(func=ast.Attribute(attr="import_module"), args=[key, *_])
            | ast.Subscript(value=ast.Attribute(value=ast.Name(id="sys"), attr="modules"), slice=key)
        ):
            return not isinstance(key, ast.Constant)
    return False


def _loops(node: ast.AST) -> bool:
    """A loop, or a call that hides one; `map(int, x.shape)` goes over no tensor."""
    match node:
        case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id="int" | "float" | "len"), *_]):
            return False
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in LOOPING
    return isinstance(node, LOOPS)


def _holds_loop(text: str) -> bool:
    try:
        return any(map(_loops, ast.walk(ast.parse(text))))
    except (SyntaxError, ValueError):
        return False


def _switched_off(node: ast.AST) -> Iterator[str]:
    """What has its `requires_grad` switched off somewhere in a definition, as it is written there."""
    for part in ast.walk(node):
        match part:
            case (
                ast.Call(func=ast.Attribute(owner, "requires_grad_"), args=[ast.Constant(value=False)])
                | ast.Assign(targets=[ast.Attribute(owner, "requires_grad")], value=ast.Constant(value=False))
            ):
                yield ast.unparse(owner)


def _asks_for_gradients(node: ast.AST, off: set[str]) -> bool:
    """Whether `requires_grad` is switched on, or what it left is walked.

    To read it, to switch it off and to switch what is `off` on again are no shortcuts.
    """
    match node:
        case ast.keyword(arg="requires_grad", value=ast.Constant(value=True)):
            return True
        case (
            ast.Call(func=ast.Attribute(owner, "requires_grad_"), args=[] | [ast.Constant(value=True)], keywords=[])
            | ast.Assign(targets=[ast.Attribute(owner, "requires_grad")], value=ast.Constant(value=True))
        ):
            return ast.unparse(owner) not in off
        case ast.Call(func=ast.Attribute(attr="grad_fn")):  # one step of the walk, taken by hand
            return True
    return False


def _attribute(text: _Text, rule: _Rule, node: ast.Attribute, imports: dict[str, str]) -> Iterator[tuple[str, int]]:
    path = _path(node, imports)
    if rule.forbids_path(path) or (rule.forbids(node.attr) and path.startswith(".") and node.attr not in text.own):
        yield path.lstrip("."), node.lineno


def _name(
    text: _Text, rule: _Rule, node: ast.Name, imports: dict[str, str], inside: dict[str, str]
) -> Iterator[tuple[str, int]]:
    path, own = imports.get(node.id, ""), node.id in text.bindings and node.id not in inside
    if path and not own and rule.forbids_path(path):
        yield path, node.lineno
    elif text.star and not path and not own and rule.forbids(node.id):
        yield node.id, node.lineno


def _string(rule: _Rule, node: ast.Constant) -> Iterator[tuple[str, int]]:
    """A forbidden name inside a string, where code looks names up by string, or a loop in one that it may run."""
    if isinstance(node.value, str):
        if rule.loops and _holds_loop(node.value):
            yield "a loop", node.lineno
        for word in node.value.replace("(", " ").replace(".", " ").split():
            if rule.forbids(word):
                yield word, node.lineno
        for module in rule.modules:  # getattr(torch, "optim"), import_module("torch.optim.adam")
            if node.value == module.rpartition(".")[2] or f"{node.value}.".startswith(f"{module}."):
                yield module, node.lineno


def _path(node: ast.Attribute, imports: dict[str, str]) -> str:
    """The dotted path of an attribute, torch's aliases resolved; '.attr' where its base is no name."""
    parts = [node.attr]
    base: ast.expr = node.value
    while isinstance(base, ast.Attribute):
        parts.append(base.attr)
        base = base.value
    first = imports.get(base.id, f".{base.id}") if isinstance(base, ast.Name) else ""
    return ".".join([first, *reversed(parts)])


def _prose(node: ast.AST, prints: bool) -> set[ast.AST]:
    """Strings that no name is looked up by: docstrings and, where it is Python's own `print`, what it prints."""
    found: set[ast.AST] = set()
    for part in ast.walk(node):
        if prints and isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "print":
            for printed in part.args:
                found |= {printed, *(printed.values if isinstance(printed, ast.JoinedStr) else ())}
        body = getattr(part, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            found.add(body[0].value)
    return found


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the caller's timeout is the only bound
        return
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


def main() -> None:
    """Serves requests until its input ends, each a line of JSON, answered by a line of JSON, empty where it failed.

    Where there is `fork`, this process parses nothing: a child does, and ends.
    """
    for line in sys.stdin.buffer:
        if not hasattr(os, "fork"):  # Windows: whoever asks starts another
            _limit()
        answer = _apart(line) if hasattr(os, "fork") else _answer(line)
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
        if not hasattr(os, "fork"):
            return


def _answer(line: bytes) -> bytes:
    request: dict[str, Any] = json.loads(line)
    found = find_shortcuts(request["cells"], request["rules"])
    return json.dumps({task: [each.name, each.cell, each.line] for task, each in found.items()}).encode()


def _apart(line: bytes) -> bytes:
    """`_answer` in a child under limits."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            _limit()
            os.close(ours)
            with os.fdopen(theirs, "wb") as stream:
                stream.write(_answer(line))
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        answer = stream.read(ANSWER_BYTES)
    return answer if os.waitpid(child, 0)[1] == 0 and b"\n" not in answer else b""


if __name__ == "__main__":
    main()
