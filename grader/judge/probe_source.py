"""The one text that reaches a worker: a day's probes, with the shared probe files that they import written out in it.

A worker sees no file of the course, so `from ..axes_probe import plot_data` in a probes.py stands for that file's own
statements. In process the same line is an ordinary import.
"""

from __future__ import annotations

import ast
import importlib.util
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from grader.model.errors import CourseError


def written_out(source: str, module: str) -> str:
    """`source`, the text of `module`, with every relative import at its top replaced by what it imports from.

    Raises `CourseError` where two of the files define one name: the worker's text would then differ from the modules.
    """
    tree = ast.parse(source)
    if not any(isinstance(node, ast.ImportFrom) and node.level for node in tree.body):
        return source
    body = list(_statements(tree, module, set()))
    names = Counter(node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise CourseError(f"{module} and a file that it imports both define {', '.join(twice)}; rename one")
    return ast.unparse(ast.Module(body, []))


def _statements(tree: ast.Module, module: str, seen: set[str]) -> Iterator[ast.stmt]:
    """A file's own statements and those of what it imports; a file in `seen` is written out already."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            relative = "." * node.level + (node.module or "")
            name = importlib.util.resolve_name(relative, module.rpartition(".")[0])
            if name in seen:
                continue
            seen.add(name)
            inner = ast.parse(_text_of(name))
            # a __future__ import may stand only at the top, and the day's own file has it there
            yield from (each for each in _statements(inner, name, seen) if not _of_the_future(each))
        else:
            yield node


def _text_of(module: str) -> str:
    """What stands in a module's file, which is looked for as an import would, and not run."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.origin:
        raise CourseError(f"{module}: probes import it, and there is no such file")
    return Path(spec.origin).read_text(encoding="utf-8")


def _of_the_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
