"""A submission's text as a whole: what its names stand for at module level."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field

from .rule import LIBRARIES, root_of
from .syntax import (
    DEFINITIONS,
    FUNCTIONS,
    WRITING,
    aliases,
    attributes_of,
    blocks_of,
    called_name,
    eager_parts,
    filled_names,
    free_names,
    heads_of,
    imported,
    is_dynamic,
    is_main,
    stored_names,
    targets_of,
    walrus_names,
)  # fmt: skip


@dataclass
class Text:
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
            self.own |= attributes_of(statement)
            self.note_early(statement)
            match statement:
                case ast.Import() | ast.ImportFrom():
                    self.take(statement)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    self.bind(name, cell, statement, replace=True, sure=sure)
                    self.read_outwards(cell, statement)
                case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                    held = dict(aliases(statement, self.imports))
                    for name, whole in targets_of(statement):
                        self.bind(name, cell, statement, replace=whole, sure=sure)
                    self.imports |= held
                    if is_dynamic(statement, WRITING):  # globals()["mse"] = …
                        self.loose.append((cell, statement))
                case ast.If() if is_main(statement):
                    self.read_aside(cell, statement.body)
                    continue
                case _:
                    self.loose.append((cell, statement))
            if not isinstance(statement, DEFINITIONS):
                self.read_head(cell, statement)
                for inner in blocks_of(statement):
                    self.read(cell, inner, sure=False)

    def take(self, statement: ast.Import | ast.ImportFrom) -> None:
        for name, path in imported(statement):
            self.star |= name == "*" and root_of(path) in LIBRARIES
            self.imports[name] = path
            self.bindings.pop(name, None)  # the last binding counts
            if isinstance(statement, ast.Import):
                self.modules.add(name)

    def note_early(self, statement: ast.stmt) -> None:
        for node in eager_parts(statement):
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
                self.imports |= {name: path for name, path in imported(part) if name in declared}
        name, filled = statement.name, set[str]().union(*map(filled_names, statement.body))
        self.fills[name] = (filled & free_names(statement)) - {name, *self.imports}
        joined = set[str]().union(*map(filled_names, statement.decorator_list))  # @dispatched.register
        for each in self.fills[name] | {each for each in joined if self.is_function(each)}:
            self.filled[each].append((cell, statement))
        for each in declared - {name}:
            self.bind(each, cell, statement, replace=False, sure=False)

    def is_function(self, name: str) -> bool:
        return any(isinstance(node, FUNCTIONS) for _, node in self.bindings.get(name, ()))

    def read_head(self, cell: int, statement: ast.stmt) -> None:
        """What a statement, less the blocks in it, binds besides its own targets, or puts something into."""
        for head in heads_of(statement):
            called = {name for part in ast.walk(head) for name in called_name(part)}
            for name in filled_names(head).union(*(self.fills.get(name, set()) for name in called)) - set(self.imports):
                self.filled[name].append((cell, head))
            for name in walrus_names(head) if isinstance(statement, ast.Assign) else stored_names(head):
                self.bind(name, cell, head, replace=False, sure=False)
        for handler in getattr(statement, "handlers", ()):
            if handler.name:  # what was raised may carry anything
                self.bind(handler.name, cell, statement, replace=False, sure=False)
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as function):
                self.fills[name] = (filled_names(function.body) & free_names(function)) - {name, *self.imports}
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)):
                both = dict.fromkeys([*self.filled[name], *self.filled[other]])
                self.filled[other] = self.filled[name] = list(both)

    def whole(self) -> None:
        """All has been read: what puts something into a name's object counts as a part of what binds the name."""
        for name in self.filled.keys() & self.bindings.keys():
            self.bindings[name] += self.filled[name]

    def read_aside(self, cell: int, body: list[ast.stmt]) -> None:
        """What is bound under `if __name__ == "__main__"` counts where nothing else binds it: a module skips that."""
        aside = Text()
        aside.read(cell, body)
        self.own |= aside.own
        known = set(self.bindings) | set(self.imports)
        self.imports |= {name: path for name, path in aside.imports.items() if name not in known}
        self.bindings.update((name, nodes) for name, nodes in aside.bindings.items() if name not in known)

    def bind(self, name: str, cell: int, node: ast.AST, *, replace: bool, sure: bool) -> None:
        if replace and sure:
            self.imports.pop(name, None)
        if replace and sure and name not in free_names(node):  # `f = wrap(f)` keeps what was there
            self.bindings.pop(name, None)
        self.bindings[name].append((cell, node))
