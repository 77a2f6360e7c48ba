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
from collections.abc import Iterator, Mapping
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
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LOOKUPS = {"attrgetter", "methodcaller"}
READING = {"getattr", "import_module", *LOOKUPS}
WRITING = {"setattr", "vars", "globals", "locals", "eval", "exec", "compile", "__import__", "__builtins__"}
RUNNING = {"eval", "exec", "compile"}
HIDDEN = {"__dict__", "__getattribute__"}
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
MODULES = ("torch.nn", "torch.nn.functional", "torch.special")  # besides what `import …` names
COMPUTED = "a name of torch's that is put together"


@dataclass(frozen=True)
class Shortcut:
    """A forbidden name and where the submission mentions it."""

    name: str
    cell: int
    line: int


@dataclass
class _Text:
    """What a submission's cells bind at module level, and under which names it holds torch's modules.

    `modules` are names that hold a module for certain. `early`: what a name meant, by its node, where it was read while
    the text ran from top to bottom; it may have been bound anew since. `fills`: what a function of this name puts
    something into; `filled`: what puts something into the object of this name.
    """

    bindings: dict[str, list[tuple[int, ast.AST]]] = field(default_factory=lambda: defaultdict(list))
    imports: dict[str, str] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)
    early: dict[ast.AST, str] = field(default_factory=dict)
    fills: dict[str, set[str]] = field(default_factory=dict)
    filled: dict[str, list[tuple[int, ast.AST]]] = field(default_factory=lambda: defaultdict(list))
    loose: list[tuple[int, ast.AST]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)  # attributes that its classes define
    star: bool = False

    def read(self, cell: int, body: list[ast.stmt], *, sure: bool = True) -> None:
        """Takes in what stands at module level; not `sure`: below an `if` or the like, where it may never run."""
        for statement in body:
            self.own |= _attributes(statement)
            self.note_early(statement)
            match statement:
                case ast.Import() | ast.ImportFrom():
                    self.take(statement)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    self.bind(name, cell, statement, replace=True, sure=sure)
                    self.read_outwards(cell, statement)
                case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                    held = dict(_aliases(statement, self.imports))
                    for name, whole in _targets(statement):
                        self.bind(name, cell, statement, replace=whole, sure=sure)
                    self.imports |= held
                    if _dynamic(statement, WRITING):  # globals()["mse"] = …
                        self.loose.append((cell, statement))
                case ast.If() if _is_main(statement):
                    self.read_aside(cell, statement.body)
                    continue
                case _:
                    self.loose.append((cell, statement))
            if not isinstance(statement, DEFINITIONS):
                self.read_head(cell, statement)
                for inner in _blocks(statement):
                    self.read(cell, inner, sure=False)

    def take(self, statement: ast.Import | ast.ImportFrom) -> None:
        for name, path in _imported(statement):
            self.star |= name == "*" and _root(path) in LIBRARIES
            self.imports[name] = path
            self.bindings.pop(name, None)  # the last binding counts
            if isinstance(statement, ast.Import):
                self.modules.add(name)

    def note_early(self, statement: ast.stmt) -> None:
        for node in _eager(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                if path := self.imports.get(node.id, ""):
                    self.early[node] = path
                elif self.star and node.id not in self.bindings:
                    self.early[node] = f"{LIBRARIES[0]}.{node.id}"

    def read_outwards(self, cell: int, statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        """What a function binds or fills at module level when it is called, and the functions that it joins."""
        declared = {name for part in ast.walk(statement) if isinstance(part, ast.Global) for name in part.names}
        for part in ast.walk(statement):
            if isinstance(part, (ast.Import, ast.ImportFrom)):
                self.imports |= {name: path for name, path in _imported(part) if name in declared}
        name, filled = statement.name, set[str]().union(*map(_filled, statement.body))
        self.fills[name] = (filled & _free(statement)) - {name, *self.imports}
        joined = set[str]().union(
            *map(_filled, statement.decorator_list)
        )  # @dispatched.register; no list of all there is
        joined = {
            each for each in joined if any(isinstance(node, FUNCTIONS) for _, node in self.bindings.get(each, ()))
        }
        for each in self.fills[name] | joined:
            self.filled[each].append((cell, statement))
        for each in declared - {name}:
            self.bind(each, cell, statement, replace=False, sure=False)

    def read_head(self, cell: int, statement: ast.stmt) -> None:
        """What a statement, less the blocks in it, binds besides its own targets, or puts something into."""
        for head in _heads(statement):
            called = {name for part in ast.walk(head) for name in _called(part)}
            for name in _filled(head).union(*(self.fills.get(name, set()) for name in called)) - set(self.imports):
                self.filled[name].append((cell, head))
            for name in _walrus(head) if isinstance(statement, ast.Assign) else _stored(head):
                self.bind(name, cell, head, replace=False, sure=False)
        for handler in getattr(statement, "handlers", ()):
            if handler.name:  # what was raised may carry anything
                self.bind(handler.name, cell, statement, replace=False, sure=False)
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as function):
                self.fills[name] = (_filled(function.body) & _free(function)) - {name, *self.imports}
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)):
                self.filled[other] = self.filled[name] = [*self.filled[name], *self.filled[other]]

    def whole(self) -> None:
        """All has been read: what puts something into a name's object counts as a part of what binds the name."""
        for name in self.filled.keys() & self.bindings.keys():
            self.bindings[name] += self.filled[name]

    def read_aside(self, cell: int, body: list[ast.stmt]) -> None:
        """What is bound under `if __name__ == "__main__"` counts where nothing else binds it: a module skips that."""
        aside = _Text()
        aside.read(cell, body)
        self.own |= aside.own
        known = set(self.bindings) | set(self.imports)
        self.imports |= {name: path for name, path in aside.imports.items() if name not in known}
        self.bindings.update((name, nodes) for name, nodes in aside.bindings.items() if name not in known)

    def bind(self, name: str, cell: int, node: ast.AST, *, replace: bool, sure: bool) -> None:
        if replace and sure:
            self.imports.pop(name, None)
        if replace and sure and name not in _free(node):  # `f = wrap(f)` keeps what was there
            self.bindings.pop(name, None)
        self.bindings[name].append((cell, node))


def _is_main(statement: ast.If) -> bool:
    return ast.unparse(statement.test) in ("__name__ == '__main__'", "'__main__' == __name__")


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for part in ("body", "orelse", "finalbody"):
        yield getattr(statement, part, [])
    for inner in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield inner.body


def _heads(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement's own expressions, targets and patterns."""
    for part in ast.iter_child_nodes(statement):
        if isinstance(part, ast.match_case):
            yield from (each for each in (part.pattern, part.guard) if each is not None)
            # a pattern captures what the subject is
            yield ast.Tuple([statement.subject, *map(_captured, _stored(part.pattern))], ast.Load())  # type: ignore[attr-defined]
        elif isinstance(part, (ast.stmt, ast.excepthandler)):
            continue
        else:
            yield part
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        yield ast.Tuple([statement.target, statement.iter], ast.Load())


def _captured(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def _eager(statement: ast.AST) -> Iterator[ast.AST]:
    """What of a statement runs where it stands: no function's body."""
    todo = [statement]
    while todo:
        node = todo.pop()
        yield node
        later = node.body if isinstance(node, FUNCTIONS) else []
        inside = set(later) if isinstance(later, list) else {later}
        todo += [part for part in ast.iter_child_nodes(node) if part not in inside]


def _stored(node: ast.AST) -> set[str]:
    """The names that an expression, a target or a pattern binds."""
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    found |= {part.name for part in ast.walk(node) if isinstance(part, (ast.MatchAs, ast.MatchStar)) and part.name}
    return found | {part.rest for part in ast.walk(node) if isinstance(part, ast.MatchMapping) and part.rest}


def _walrus(node: ast.AST) -> set[str]:
    return {part.target.id for part in ast.walk(node) if isinstance(part, ast.NamedExpr)}


def _called(node: ast.AST) -> set[str]:
    return {node.func.id} if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else set()


def _filled(node: ast.AST) -> set[str]:
    """The names whose objects something is put into: by a method, as an element, as an attribute."""
    found: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Attribute(value=held)):
                found |= _base(held)
            case ast.Attribute(value=held, ctx=ast.Store()) | ast.Subscript(value=held, ctx=ast.Store()):
                found |= _base(held)
    return found


def _base(node: ast.AST) -> set[str]:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _aliases(node: ast.AST, imports: dict[str, str]) -> Iterator[tuple[str, str]]:
    """`(name, path)` where a part of a library gets another name: `lent = torch.nn.functional`."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            for each in _alternatives(value):
                if path := _held(each, imports):
                    yield name, path


def _alternatives(value: ast.expr | None) -> list[ast.expr]:
    """What a value may be: either of `np if given else torch`."""
    if isinstance(value, ast.IfExp):
        return _alternatives(value.orelse) + _alternatives(value.body)
    return [] if value is None else [value]


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
    text.whole()
    found = {}
    for task, rule in rules.items():
        shortcut = _first(text, rule["symbols"], rule["forbidden"]) if rule["forbidden"] else None
        if shortcut is not None:
            found[task] = shortcut
    return found


def _first(text: _Text, symbols: list[str], forbidden: list[str]) -> Shortcut | None:
    rules = {True: _Rule(forbidden), False: _Rule(forbidden, ())}
    for name, cell, node in _reached(text, symbols):
        rule = rules[bool(name)]  # what stands at module level alone may ask for `"google.colab" in sys.modules`
        if name in text.imports and rule.forbids_path(text.imports[name]):
            return Shortcut(text.imports[name], cell, getattr(node, "lineno", 0))
        for mention, line in _mentions(text, rule, node, RUNNING if name else RUNNING - {"eval"}):
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
            case ast.Attribute(value=ast.Name(id="builtins"), ctx=ast.Store()):
                return True
    return False


class _Rule:
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
        strange = bool(self.known) and _root(path) not in self.known
        return strange or self.forbids(last) or last in HIDDEN or (_root(path) in LIBRARIES and _is_private(path))


def _is_private(path: str) -> bool:
    """Whether a library keeps this to itself, as torch does with `torch._C` and `torch._decomp`."""
    return any(part.startswith("_") and not part.startswith(("__", "_foreach_")) for part in path.split("."))


def _root(path: str) -> str:
    return path.partition(".")[0]


@dataclass(frozen=True)
class _Scope:
    """A definition, what names mean in it, and what may run no text that is put together (`running`)."""

    text: _Text
    rule: _Rule
    imports: dict[str, str]
    inside: dict[str, str]
    taken: set[str]
    led: set[ast.AST]
    off: set[str]
    running: set[str]

    @classmethod
    def of(cls, text: _Text, rule: _Rule, node: ast.AST, running: set[str]) -> _Scope:
        inside: dict[str, str] = {}
        for part in ast.walk(node):
            if isinstance(part, (ast.Import, ast.ImportFrom)):
                inside |= dict(_imported(part))
        for part in ast.walk(node):
            inside |= dict(_aliases(part, text.imports | inside))
        off = set(_switched_off(node)) if rule.autograd else set()
        taken, imports = _free(node) | set(inside), text.imports | inside
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
                return _path(part, self.imports) in MODULES
        return False

    def run(self, part: ast.AST) -> bool:
        """Whether a text is run that is put together, or imports; one that a file would hold is not there."""
        match part:
            case ast.Call(func=ast.Name(id=name), args=[text, *_]) if name in self.running:
                if isinstance(text, ast.Constant):
                    return "import" in str(text.value)
                return not any("open" in _called(each) for each in ast.walk(text))
        return False


def _mentions(text: _Text, rule: _Rule, node: ast.AST, running: set[str]) -> Iterator[tuple[str, int]]:
    """Every forbidden name that a definition mentions, and the line."""
    scope = _Scope.of(text, rule, node, running)
    for part in ast.walk(node):
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            yield from ((path, part.lineno) for _, path in _imported(part) if rule.forbids_path(path))
    prints = "print" in scope.taken and "print" not in text.bindings and "print" not in scope.imports
    prose = _prose(node, prints) if _dynamic(node, READING | WRITING) else None
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
                found.update(_alternatives(value))
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
            return bool(_held(held, imports)) and not isinstance(key, ast.Constant)
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
            return bool(_held(held, imports))
    return False


def _held(node: ast.AST, imports: dict[str, str]) -> str:
    """The path of what was imported, as it is named or asked for here; empty where it is anything else."""
    match node:
        case ast.Name(id=name):
            return imports.get(name, "")
        case ast.Attribute():
            return _path(node, imports).partition(".")[0] and _path(node, imports)
        case (
            ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(path)), *_])
            | ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(path)), *_])
        ):
            return path
    return ""


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


def _attribute(text: _Text, rule: _Rule, node: ast.Attribute, imports: dict[str, str]) -> Iterator[tuple[str, int]]:
    path = _path(node, imports, text.early)
    stray = path.startswith(".") and (node.attr not in text.own or node.attr in UNSEEN)
    if rule.forbids_path(path) or (rule.forbids(node.attr) and stray):
        yield path.lstrip("."), node.lineno


def _name(
    text: _Text, rule: _Rule, node: ast.Name, imports: dict[str, str], inside: dict[str, str]
) -> Iterator[tuple[str, int]]:
    path, own = imports.get(node.id, ""), node.id in text.bindings and node.id not in inside
    early = text.early.get(node, "")
    if path and rule.forbids_path(path):
        yield path, node.lineno
    elif early and rule.forbids_path(early):
        yield early, node.lineno
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


def _path(node: ast.Attribute, imports: dict[str, str], early: Mapping[ast.AST, str] | None = None) -> str:
    """The dotted path of an attribute, torch's aliases resolved; '.attr' where its base is no name."""
    parts = [node.attr]
    base: ast.expr = node.value
    while isinstance(base, ast.Attribute):
        parts.append(base.attr)
        base = base.value
    first = imports.get(base.id, f".{base.id}") if isinstance(base, ast.Name) else ""
    first = (early or {}).get(base, first)
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
