"""Looks for mentions of what is forbidden in whatever a task's symbols reach."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .rule import LIBRARIES, UNSEEN, Rule
from .syntax import (
    DEFINITIONS,
    LOOKUPS,
    READING,
    WRITING,
    aliases,
    alternatives,
    called_name,
    dotted,
    free_names,
    held_path,
    imported,
    is_dynamic,
)  # fmt: skip
from .text import Text

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
RUNNING = {"eval", "exec", "compile"}
MODULES = ("torch.nn", "torch.nn.functional", "torch.special")  # besides what `import …` names
COMPUTED = "a name of torch's that is put together"
LOOPING = {"map", "starmap", "reduce", "vectorize", "apply_along_axis"}


@dataclass(frozen=True)
class Shortcut:
    """A forbidden name and where the submission mentions it."""

    name: str
    cell: int
    line: int


def find_shortcuts(cells: list[str], rules: dict[str, dict[str, list[str]]]) -> dict[str, Shortcut]:
    """The first shortcut of each task that takes one: `{task id: Shortcut}`.

    `rules` maps a task id to `{"symbols": [...], "forbidden": [...]}`. Cells that do not parse count as empty here;
    running them says what is wrong with them.
    """
    text = Text()
    for number, source in enumerate(cells, 1):
        try:
            text.read(number, ast.parse(source).body)
        except SyntaxError:
            continue
    text.whole()
    found = {}
    for task, rule in rules.items():
        shortcut = _first(text, rule["symbols"], rule["forbidden"]) if rule["forbidden"] else None
        if shortcut is not None:
            found[task] = shortcut
    return found


def _first(text: Text, symbols: list[str], forbidden: list[str]) -> Shortcut | None:
    rules = {True: Rule(forbidden), False: Rule(forbidden, ())}
    for name, cell, node in _reached(text, symbols):
        rule = rules[bool(name)]  # what stands at module level alone may ask for `"google.colab" in sys.modules`
        if name in text.imports and rule.forbids_path(text.imports[name]):
            return Shortcut(text.imports[name], cell, getattr(node, "lineno", 0))
        for mention, line in _mentions(text, rule, node, RUNNING if name else RUNNING - {"eval"}):
            return Shortcut(mention, cell, line)
    return None


def _reached(text: Text, symbols: list[str]) -> Iterator[tuple[str, int, ast.AST]]:
    todo, seen = list(symbols), set(symbols)
    yield from (("", cell, node) for cell, node in text.loose if is_dynamic(node, WRITING))
    while todo:
        name = todo.pop(0)
        nodes = text.bindings.get(name, [])
        if not nodes and name in text.imports:
            yield name, 1, ast.Pass(lineno=1, col_offset=0)
        for cell, node in nodes:
            yield name, cell, node
            for mentioned in sorted(free_names(node) - seen):
                if mentioned in text.bindings:
                    seen.add(mentioned)
                    todo.append(mentioned)


@dataclass(frozen=True)
class _Scope:
    """A definition, what names mean in it, and what may run no text that is put together (`running`)."""

    text: Text
    rule: Rule
    imports: dict[str, str]
    inside: dict[str, str]
    taken: set[str]
    led: set[ast.AST]
    off: set[str]
    running: set[str]

    @classmethod
    def of(cls, text: Text, rule: Rule, node: ast.AST, running: set[str]) -> _Scope:
        inside: dict[str, str] = {}
        for part in ast.walk(node):
            if isinstance(part, (ast.Import, ast.ImportFrom)):
                inside |= dict(imported(part))
        for part in ast.walk(node):
            inside |= dict(aliases(part, text.imports | inside))
        off = set(_switched_off(node)) if rule.autograd else set()
        taken, imports = free_names(node) | set(inside), text.imports | inside
        return cls(text, rule, imports, inside, taken, _led(node), off, running - set(imports) - set(text.bindings))

    def way(self, part: ast.AST) -> str:
        """What this part is by its form, whatever names are forbidden; empty where it is nothing."""
        if self.rule.loops and _loops(part):
            return "a loop"
        if self.rule.autograd and _asks_for_gradients(part, self.off):
            return "requires_grad"
        return COMPUTED if _computed(part, self.imports) or self.handed_on(part) or self.run(part) else ""

    def handed_on(self, part: ast.AST) -> bool:
        """Whether a library's module, or what looks names up, goes where its name is not: as an argument, in a list."""
        if part in self.led:
            return False
        match part:
            case ast.Name(id=name, ctx=ast.Load()) if name in self.taken:
                path = self.imports.get(name, "")
                module = (name in self.text.modules and bool(path)) or path in (*MODULES, *LIBRARIES)
                return module or (name == "getattr" and name not in self.text.bindings)
            case ast.Attribute():
                return dotted(part, self.imports) in MODULES
        return False

    def run(self, part: ast.AST) -> bool:
        """Whether a text is run that is put together, or imports; one that a file would hold is not there."""
        match part:
            case ast.Call(func=ast.Name(id=name), args=[text, *_]) if name in self.running:
                if isinstance(text, ast.Constant):
                    return "import" in str(text.value)
                return not any("open" in called_name(each) for each in ast.walk(text))
        return False


def _mentions(text: Text, rule: Rule, node: ast.AST, running: set[str]) -> Iterator[tuple[str, int]]:
    """Every forbidden name that a definition mentions, and the line."""
    scope = _Scope.of(text, rule, node, running)
    for part in ast.walk(node):
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            yield from ((path, part.lineno) for _, path in imported(part) if rule.forbids_path(path))
    prints = "print" in scope.taken and "print" not in text.bindings and "print" not in scope.imports
    prose = _prose(node, prints) | _own_keys(text, node) if is_dynamic(node, READING | WRITING) else None
    for part in ast.walk(node):
        if way := scope.way(part):
            yield way, getattr(part, "lineno", 0)
        elif isinstance(part, ast.Attribute):
            yield from _attribute(text, rule, part, scope.imports)
        elif isinstance(part, ast.Name) and part.id in scope.taken:
            yield from _name(text, rule, part, scope.imports, scope.inside)
        elif prose is not None and isinstance(part, ast.Constant) and part not in prose:
            yield from _string(rule, part)


def _led(node: ast.AST) -> set[ast.AST]:
    """Where a name leads on to a part of what it holds, is another name's, or is what a name is looked up in."""
    found: set[ast.AST] = set()
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=value):
                found.add(value)
            case ast.Assign(targets=[ast.Name()], value=value) | ast.NamedExpr(value=value):
                found.update(alternatives(value))
            case ast.Call(func=ast.Name(id="getattr" | "hasattr") as func, args=[held, *_]):
                found |= {func, held}
            case ast.Call(func=ast.Name() as func):
                found.add(func)
    return found


def _computed(node: ast.AST, imports: dict[str, str]) -> bool:
    """Whether a name of a library, or a module, is looked up by anything but a plain string."""
    match node:
        case (
            ast.Call(func=ast.Name(id="getattr"), args=[held, key, *_])
            | ast.Subscript(value=ast.Attribute(value=held, attr="__dict__"), slice=key)
            | ast.Subscript(value=ast.Call(func=ast.Name(id="vars"), args=[held]), slice=key)
        ):
            return bool(held_path(held, imports)) and not isinstance(key, ast.Constant)
        case (
            ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[key, *_])
            | ast.Call(func=ast.Attribute(attr="import_module"), args=[key, *_])
            | ast.Subscript(value=ast.Attribute(value=ast.Name(id="sys"), attr="modules"), slice=key)
        ):
            return not isinstance(key, ast.Constant)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[key, *_]) if name in LOOKUPS:
            return not isinstance(key, ast.Constant)
        case ast.Attribute(value=held, attr="__getattribute__"):
            return not _is_super(held)
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=held, attr="__dict__"))):
            return bool(held_path(held, imports))
    return False


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


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


def _attribute(text: Text, rule: Rule, node: ast.Attribute, imports: dict[str, str]) -> Iterator[tuple[str, int]]:
    path = dotted(node, imports, text.early)
    stray = path.startswith(".") and (node.attr not in text.own or node.attr in UNSEEN)
    if rule.forbids_path(path) or (rule.forbids(node.attr) and stray):
        yield path.lstrip("."), node.lineno


def _name(
    text: Text, rule: Rule, node: ast.Name, imports: dict[str, str], inside: dict[str, str]
) -> Iterator[tuple[str, int]]:
    path, own = imports.get(node.id, ""), node.id in text.bindings and node.id not in inside
    early = text.early.get(node, "")
    if path and rule.forbids_path(path):
        yield path, node.lineno
    elif early and rule.forbids_path(early):
        yield early, node.lineno
    elif text.star and not path and not own and rule.forbids(node.id):
        yield node.id, node.lineno


def _string(rule: Rule, node: ast.Constant) -> Iterator[tuple[str, int]]:
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


def _own_keys(text: Text, node: ast.AST) -> set[ast.AST]:
    """Names of the submission's own, where a loose statement reads them from its own: `globals()["relu"](x)`."""
    read = {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Load) and "globals" in called_name(part.value)
    }
    asked = [part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id == "globals"]
    if isinstance(node, DEFINITIONS) or len(asked) > len(read) or is_dynamic(node, READING | WRITING - {"globals"}):
        return set()
    return {part for part in ast.walk(node) if isinstance(part, ast.Constant) and part.value in text.bindings}


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
