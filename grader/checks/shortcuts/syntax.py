"""What a piece of Python's syntax binds, takes, imports and fills, read off its tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .rule import HIDDEN

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LOOKUPS = {"attrgetter", "methodcaller"}
READING = {"getattr", "import_module", *LOOKUPS}
WRITING = {"setattr", "vars", "globals", "locals", "eval", "exec", "compile", "__import__", "__builtins__"}


def is_main(statement: ast.If) -> bool:
    return ast.unparse(statement.test) in ("__name__ == '__main__'", "'__main__' == __name__")


def blocks_of(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for part in ("body", "orelse", "finalbody"):
        yield getattr(statement, part, [])
    for inner in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield inner.body


def heads_of(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement's own expressions, targets and patterns."""
    for part in ast.iter_child_nodes(statement):
        if isinstance(part, ast.match_case):
            yield from (each for each in (part.pattern, part.guard) if each is not None)
            # a pattern captures what the subject is
            yield ast.Tuple([statement.subject, *map(_captured, stored_names(part.pattern))], ast.Load())  # type: ignore[attr-defined]
        elif isinstance(part, (ast.stmt, ast.excepthandler)):
            continue
        else:
            yield part
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        yield ast.Tuple([statement.target, statement.iter], ast.Load())


def _captured(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def eager_parts(statement: ast.AST) -> Iterator[ast.AST]:
    """What of a statement runs where it stands: no function's body."""
    todo = [statement]
    while todo:
        node = todo.pop()
        yield node
        later = node.body if isinstance(node, FUNCTIONS) else []
        inside = set(later) if isinstance(later, list) else {later}
        todo += [part for part in ast.iter_child_nodes(node) if part not in inside]


def stored_names(node: ast.AST) -> set[str]:
    """The names that an expression, a target or a pattern binds."""
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    found |= {part.name for part in ast.walk(node) if isinstance(part, (ast.MatchAs, ast.MatchStar)) and part.name}
    return found | {part.rest for part in ast.walk(node) if isinstance(part, ast.MatchMapping) and part.rest}


def walrus_names(node: ast.AST) -> set[str]:
    return {part.target.id for part in ast.walk(node) if isinstance(part, ast.NamedExpr)}


def called_name(node: ast.AST) -> set[str]:
    return {node.func.id} if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else set()


def filled_names(node: ast.AST) -> set[str]:
    """The names whose objects something is put into: by a method, as an element, as an attribute."""
    found: set[str] = set()
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Attribute(value=held)):
                found |= base_names(held)
            case ast.Attribute(value=held, ctx=ast.Store()) | ast.Subscript(value=held, ctx=ast.Store()):
                found |= base_names(held)
    return found


def base_names(node: ast.AST) -> set[str]:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def alternatives(value: ast.expr | None) -> list[ast.expr]:
    """What a value may be: either of `np if given else torch`."""
    if isinstance(value, ast.IfExp):
        return alternatives(value.orelse) + alternatives(value.body)
    return [] if value is None else [value]


def aliases(node: ast.AST, imports: dict[str, str]) -> Iterator[tuple[str, str]]:
    """`(name, path)` where a part of a library gets another name: `lent = torch.nn.functional`."""
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            for each in alternatives(value):
                if path := held_path(each, imports):
                    yield name, path


def imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            yield alias.asname or alias.name, f"{statement.module or ''}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            first = alias.name.partition(".")[0]
            yield first, first


def targets_of(statement: ast.Assign | ast.AnnAssign | ast.AugAssign) -> Iterator[tuple[str, bool]]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id, isinstance(target, ast.Name)


def free_names(node: ast.AST) -> set[str]:
    """The names that a piece of code takes from outside of itself."""
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    if isinstance(node, FUNCTIONS):
        body = node.body if isinstance(node.body, list) else [node.body]
        inside = set().union(*map(free_names, body)) - bound_names(node.args, *body)
        around = [*ast.iter_child_nodes(node.args), *getattr(node, "decorator_list", [])]
        return inside.union(*map(free_names, around))
    found: set[str] = set().union(*map(free_names, ast.iter_child_nodes(node)))
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        found -= bound_names(*(part.target for part in node.generators))
    return found


def bound_names(*nodes: ast.AST) -> set[str]:
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
                found |= {name for name, _ in imported(node)}
            case ast.arg(arg=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
        found |= bound_names(*ast.iter_child_nodes(node))
    declared = [part.names for node in nodes for part in ast.walk(node) if isinstance(part, ast.Global)]
    return found.difference(*declared)


def attributes_of(node: ast.AST) -> set[str]:
    """The attributes that the classes in a statement give their objects."""
    found: set[str] = set()
    for owner in ast.walk(node):
        if isinstance(owner, ast.ClassDef):
            found |= bound_names(*owner.body)
            found |= {
                part.attr
                for part in ast.walk(owner)
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)
            }
    return found


def is_dynamic(node: ast.AST, names: set[str]) -> bool:
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


def held_path(node: ast.AST, imports: dict[str, str]) -> str:
    """The path of what was imported, as it is named or asked for here; empty where it is anything else."""
    match node:
        case ast.Name(id=name):
            return imports.get(name, "")
        case ast.Attribute():
            path = dotted(node, imports)
            return "" if path.startswith(".") else path
        case (
            ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(path)), *_])
            | ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(path)), *_])
        ):
            return path
    return ""


def dotted(node: ast.Attribute, imports: dict[str, str], early: Mapping[ast.AST, str] | None = None) -> str:
    """The dotted path of an attribute, torch's aliases resolved; '.attr' where its base is no name."""
    parts = [node.attr]
    base: ast.expr = node.value
    while isinstance(base, ast.Attribute):
        parts.append(base.attr)
        base = base.value
    first = imports.get(base.id, f".{base.id}") if isinstance(base, ast.Name) else ""
    first = (early or {}).get(base, first)
    return ".".join([first, *reversed(parts)])
