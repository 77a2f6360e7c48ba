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
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FAMILIES = {
    "autograd": (
        "backward", "autograd", "requires_grad", "requires_grad_", "grad", "retain_grad", "vjp", "jvp", "jacrev",
        "jacfwd", "jacobian", "hessian", "functorch", "value_and_grad", "grad_and_value", "torch.func",
        "torch.autograd",
    ),
}  # fmt: skip
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
DYNAMIC = {
    "getattr", "setattr", "vars", "globals", "locals", "eval", "exec", "compile", "__import__", "import_module",
    "__dict__", "__getattribute__", "attrgetter", "methodcaller", "modules",
}  # fmt: skip


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
    star: bool = False

    def read(self, cell: int, body: list[ast.stmt]) -> None:
        for statement in body:
            match statement:
                case ast.Import() | ast.ImportFrom():
                    for name, path in _imported(statement):
                        self.star |= name == "*"
                        self.imports[name] = path
                        self.bindings.pop(name, None)  # the last binding counts
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    self.bind(name, cell, statement, replace=True)
                case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                    for name, whole in _targets(statement):
                        self.bind(name, cell, statement, replace=whole)
                    if _names(statement) & DYNAMIC:  # globals()["mse"] = …
                        self.loose.append((cell, statement))
                case _:
                    self.loose.append((cell, statement))
            for inner in _blocks(statement):
                self.read(cell, inner)

    def bind(self, name: str, cell: int, node: ast.AST, *, replace: bool) -> None:
        if replace:
            self.imports.pop(name, None)
        self.bindings[name].append((cell, node))


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
        shortcut = _first(text, rule["symbols"], rule["forbidden"])
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
    dynamic = [(cell, node) for cell, node in text.loose if _names(node) & DYNAMIC]
    yield from (("", cell, node) for cell, node in dynamic)
    while todo:
        name = todo.pop(0)
        nodes = text.bindings.get(name, [])
        if not nodes and name in text.imports:
            yield name, 1, ast.Pass(lineno=1, col_offset=0)
        for cell, node in nodes:
            yield name, cell, node
            for mentioned in sorted(_names(node) - seen):
                if mentioned in text.bindings:
                    seen.add(mentioned)
                    todo.append(mentioned)


def _names(node: ast.AST) -> set[str]:
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


class _Rule:
    def __init__(self, forbidden: list[str]) -> None:
        expanded = [name for entry in forbidden for name in FAMILIES.get(entry, (entry,))]
        self.loops = "loops" in expanded
        self.modules = tuple(name for name in expanded if "." in name)
        self.last = [name for name in expanded if "." not in name and name != "loops"]

    def forbids(self, name: str) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self.last)

    def forbids_path(self, path: str) -> bool:
        if any(path == module or path.startswith(f"{module}.") for module in self.modules):
            return True
        return path.partition(".")[0] in ("torch", "torchvision") and self.forbids(path.rpartition(".")[2])


def _mentions(text: _Text, rule: _Rule, node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every forbidden name that a definition mentions, and the line."""
    imports = dict(text.imports)
    for part in ast.walk(node):
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            inside = dict(_imported(part))
            imports |= inside
            yield from ((path, part.lineno) for path in inside.values() if rule.forbids_path(path))
    own = set(text.bindings) | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
    own |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    docstrings = _docstrings(node) if _names(node) & DYNAMIC else None
    for part in ast.walk(node):
        if rule.loops and isinstance(part, LOOPS):
            yield "a loop", part.lineno
        elif isinstance(part, ast.keyword) and part.arg == "requires_grad" and rule.forbids(part.arg):
            yield part.arg, part.value.lineno
        elif isinstance(part, ast.Attribute):
            yield from _attribute(rule, part, imports)
        elif isinstance(part, ast.Name):
            yield from _name(text, rule, part, imports, own)
        elif docstrings is not None and isinstance(part, ast.Constant) and part not in docstrings:
            yield from _string(rule, part)


def _attribute(rule: _Rule, node: ast.Attribute, imports: dict[str, str]) -> Iterator[tuple[str, int]]:
    path = _path(node, imports)
    if rule.forbids_path(path) or (rule.forbids(node.attr) and _foreign(node, path)):
        yield path.lstrip("."), node.lineno


def _name(
    text: _Text, rule: _Rule, node: ast.Name, imports: dict[str, str], own: set[str]
) -> Iterator[tuple[str, int]]:
    path = imports.get(node.id, "")
    if path and node.id not in text.bindings and rule.forbids_path(path):
        yield path, node.lineno
    elif text.star and not path and node.id not in own and isinstance(node.ctx, ast.Load) and rule.forbids(node.id):
        yield node.id, node.lineno


def _string(rule: _Rule, node: ast.Constant) -> Iterator[tuple[str, int]]:
    """A forbidden name inside a string, where code looks names up by string."""
    if isinstance(node.value, str):
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


def _foreign(node: ast.Attribute, path: str) -> bool:
    """Whether `x.softmax` may be torch's: not an attribute of `self` or of another library."""
    base = node.value
    if isinstance(base, ast.Name) and base.id in ("self", "cls"):
        return False
    return path.startswith((".", "torch"))


def _docstrings(node: ast.AST) -> set[ast.AST]:
    found: set[ast.AST] = set()
    for part in ast.walk(node):
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
    """One request on standard input, one answer on standard output, both JSON."""
    _limit()
    request: dict[str, Any] = json.load(sys.stdin)
    found = find_shortcuts(request["cells"], request["rules"])
    json.dump({task: [each.name, each.cell, each.line] for task, each in found.items()}, sys.stdout)


if __name__ == "__main__":
    main()
