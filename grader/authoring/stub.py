"""A day's stub, made from its solution: solution regions out, a `NotImplementedError` in.

The marks are nbgrader's, so that a notebook made from the same source is one that nbgrader understands:

    ### BEGIN SOLUTION      the reference; a stub raises NotImplementedError instead
    ### END SOLUTION
    # ### BEGIN STUB        optional, right after it: what the stub holds instead, commented out
    # ### END STUB
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.model.errors import CourseError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_STUB, END_STUB = "# ### BEGIN STUB", "# ### END STUB"
_DEFINITION = re.compile(r"^(\s*)(?:def|class)\s+(\w+)")


def make_stub(source: str, path: Path) -> str:
    """The stub's text. Raises `CourseError` with file and line for marks that do not pair."""
    lines = source.splitlines()
    stub: list[str] = []
    owners: list[tuple[int, str]] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        mark = line.strip()
        if mark in (END, BEGIN_STUB, END_STUB):
            raise CourseError(f"{path}:{place + 1}: {mark} without its beginning")
        definition = _DEFINITION.match(line)
        if definition:
            depth = len(definition[1])
            owners = [owner for owner in owners if owner[0] < depth] + [(depth, definition[2])]
        if mark != BEGIN:
            stub.append(line)
            place += 1
            continue
        indent = line[: len(line) - len(line.lstrip())]
        place = _end(lines, place, END, path) + 1
        if place < len(lines) and lines[place].strip() == BEGIN_STUB:
            end = _end(lines, place, END_STUB, path)
            stub += [_uncommented(given, path) for given in lines[place + 1 : end]]
            place = end + 1
        elif indent:
            name = ".".join(name for depth, name in owners if depth < len(indent))
            stub.append(f'{indent}raise NotImplementedError("{name} is not written yet")')
    return "\n".join(stub) + "\n"


def _end(lines: list[str], start: int, mark: str, path: Path) -> int:
    for place in range(start + 1, len(lines)):
        found = lines[place].strip()
        if found == mark:
            return place
        if found in (BEGIN, BEGIN_STUB):
            break
    raise CourseError(f"{path}:{start + 1}: {lines[start].strip()} has no {mark}")


def _uncommented(line: str, path: Path) -> str:
    if not line.strip():
        return ""
    match = re.match(r"^(\s*)# ?(.*)$", line)
    if match is None:
        raise CourseError(f"{path}: a line between {BEGIN_STUB} and {END_STUB} is not commented out: {line.strip()}")
    return (match[1] + match[2]).rstrip()
