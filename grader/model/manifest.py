"""Reads course.yaml: every error names the file, the line, the key and what was expected."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .course import Course
from .errors import CourseError

NAME = "course.yaml"
VARIABLE = "GRADER_COURSE"
BUNDLED = Path(__file__).parent.parent / NAME
CHECKOUT = BUNDLED.parent.parent / NAME
"""The one beside the package, where that runs from a clone of the repository."""
Place = tuple[str | int, ...]

# Days and tasks are written as mappings, id: {...}: one id cannot stand twice. They are loaded as lists of parts.
KEYED = {("days",), ("days", "*", "tasks")}
_SCALARS = SafeConstructor()


def find_course(start: Path | None = None) -> Path:
    """The manifest to use: `GRADER_COURSE`, the nearest course.yaml above `start`, or the one that came with us."""
    named = os.environ.get(VARIABLE)
    if named:
        path = Path(named)
        return path / NAME if path.is_dir() else path
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    for path in (BUNDLED, CHECKOUT):
        if path.is_file():
            return path
    raise CourseError(f"no {NAME} in {here} or above it; run inside a course, or name one with --course or {VARIABLE}")


def load_course(path: Path) -> Course:
    """The course of this manifest. Raises `CourseError`, a line a fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: cannot be read as UTF-8 text: {error}") from None
    lines: dict[Place, int] = {}
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        content = _plain(node, (), lines, path) if node is not None else None
    except yaml.YAMLError as error:
        raise CourseError(f"{path}: not YAML: {error}") from None
    try:
        course = Course.model_validate(content)
    except ValidationError as error:
        # a list whose entries are wrong also counts as too short: that follows from the rest
        faults = error.errors()
        own = [fault for fault in faults if fault["type"] != "too_short"] or faults
        raise CourseError("\n".join(_explain(path, fault, lines, content) for fault in own)) from None
    course._root = path.absolute().parent
    return course


def _plain(node: Node, place: Place, lines: dict[Place, int], path: Path) -> Any:
    """The node's content as plain data, noting each key's line."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*place, i), lines, path) for i, item in enumerate(node.value)]
    if isinstance(node, ScalarNode):
        return _SCALARS.construct_object(node)
    assert isinstance(node, MappingNode)
    shape = tuple("*" if isinstance(part, int) else part for part in place)
    pairs = _pairs(node, path)
    if shape in KEYED:
        return [_keyed(key, item, (*place, i), lines, path) for i, (key, item) in enumerate(pairs)]
    content = {}
    for key, item in pairs:
        lines[(*place, key.value)] = key.start_mark.line + 1
        content[key.value] = _plain(item, (*place, key.value), lines, path)
    return content


def _pairs(node: MappingNode, path: Path) -> list[tuple[ScalarNode, Node]]:
    seen: set[str] = set()
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            raise CourseError(f"{path}:{line}: a key must be a plain word")
        if key.value in seen:
            raise CourseError(f"{path}:{line}: the key {key.value!r} stands twice in the same place")
        seen.add(key.value)
    return list(node.value)


def _keyed(key: ScalarNode, item: Node, place: Place, lines: dict[Place, int], path: Path) -> Any:
    lines[place] = key.start_mark.line + 1
    content = _plain(item, place, lines, path)
    if not isinstance(content, dict):
        raise CourseError(f"{path}:{lines[place]}: {key.value} must hold keys, such as `points: 2`")
    if len(place) == 4:  # a task: its symbol is its id unless it says otherwise
        content.setdefault("symbols", [] if content.get("manual") else [key.value])
    return {"id": key.value, **content}


def _explain(path: Path, fault: Any, lines: dict[Place, int], content: Any) -> str:
    place: Place = tuple(fault["loc"])
    known = place
    while known and known not in lines:
        known = known[:-1]
    names = []
    for i, part in enumerate(place):
        names.append(str(_name_at(content, place[: i + 1]) or part) if isinstance(part, int) else part)
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        message = "unknown key"
    given = fault.get("input")
    got = f" (it is {given!r})" if isinstance(given, (str, int, float)) else ""
    return f"{path}:{lines.get(known, 1)}: {'.'.join(names) or 'the file'}: {message}{got}"


def _name_at(content: Any, place: Place) -> Any:
    for part in place:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return None
    return content.get("id") if isinstance(content, dict) else None
