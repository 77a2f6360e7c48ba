"""From what went wrong to what the student reads."""

from __future__ import annotations

import re
from typing import Any

from grader.model.course import Task
from grader.model.text import clean
from grader.model.verdict import Finding, Verdict

from .advice import advice
from .strays import ONLY, stray

_MEMORY = re.compile(r"can't allocate memory|not enough memory|CUDA out of memory|MPS backend out of memory")
_CELL = re.compile(r"\[(\d{1,6})\]$")
_CALLED = re.compile(r"((\w+)(?:\.\w+)?)\(\) (?:takes|missing|got) ")
CELL_NOTE = "Cell "
Frames = tuple[tuple[int, int, str], ...]


class StudentFault(Exception):
    """The submission, not the grader, is why a request has no value."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def raised(description: Any, task: Task) -> Finding:
    """The finding for an exception as the worker describes it; every field of it is a claim, so none is trusted."""
    if not isinstance(description, dict):
        return Finding(Verdict.CRASHED, "The submission's process sent a reply that is not one of ours.")
    kind, message = clean(description.get("type"), 80), clean(description.get("message"))
    frames = _frames(description.get("frames"))
    error = f"{kind}: {message}" if message else kind
    if description.get("broken") is True:
        return _broken(error, advice(message), frames, _number(description.get("frames")))
    match kind:
        case "NotImplementedError" if description.get("own") is True:
            return _not_started(frames, task, message)
        case "MissingSymbol":
            return Finding(Verdict.NOT_IMPLEMENTED, f"Not started: {message}.")
        case "ForbiddenCall":
            return forbidden(message)
        case "NotData":
            return Finding(Verdict.FAILED, f"What came back is not plain data: {message}.")
        case "LeftDevice":
            return Finding(Verdict.FAILED, f"{ONLY}: {message}.", frames=frames)
        case "MemoryError":
            return Finding(Verdict.OUT_OF_MEMORY, "Ran out of memory.", frames=frames)
    if _MEMORY.search(message):
        return Finding(Verdict.OUT_OF_MEMORY, "Ran out of memory.", frames=frames)
    made = _frames([description.get("made")])
    told = stray(message, frames[-1][1] if frames else 0, made[-1][1] if made else 0)
    told = told or "".join(advice(message)) or ("" if frames else _other_arguments(message, task))
    shown = frames + tuple(frame for frame in made if frame not in frames)
    return Finding(Verdict.ERROR, f"{told}\n{error}" if told else error, frames=shown)


def _broken(error: str, beside: list[str], frames: Frames, cell: str) -> Finding:
    """Of a file, which every task tells alike, or of the cell of a notebook that would define what is asked for."""
    where = f" (line {frames[-1][1]})" if frames else ""
    own = error.startswith("SystemExit")
    what = "ends itself before it defines everything" if own else f"does not run: {error}"
    if cell:
        frames = tuple((number, line, function.replace("<module>", "")) for number, line, function in frames)
    told = ". ".join([f"{f'Cell {cell}' if cell else 'The file'} {what}{where}", *beside])
    return Finding(Verdict.ERROR, told, frames=frames)


def _number(frames: Any) -> str:
    """The number of the cell that was run, as text; nothing for a module."""
    match frames:
        case [[str(file), *_], *_] if cell := _CELL.search(file[-12:]):
            return cell[1]
    return ""


def _other_arguments(message: str, task: Task) -> str:
    """What a call that never got into the submission's function says of that function."""
    called = _CALLED.match(message)
    if called is None or called[2] not in task.symbols:
        return ""
    return f"{called[1]} is called with the arguments that the stub gave it; keep the line with its def as it was."


def cell_note(description: Any) -> str:
    """A sentence for a notebook's cell that raised while the notebook was run."""
    if not isinstance(description, dict):
        return ""
    kind, message = clean(description.get("type"), 80), clean(description.get("message"), 200)
    cell = _CELL.search(clean(description.get("cell"))[-12:])
    error = f"{kind}: {message}" if message else kind
    return f"{CELL_NOTE}{cell[1] if cell else '?'} stops with {error}. The other cells were run all the same."


def _not_started(frames: Frames, task: Task, message: str) -> Finding:
    owner = frames[-1][2].partition(".")[0] if frames else ""
    if not owner or owner in task.symbols:
        return Finding(Verdict.NOT_IMPLEMENTED, "Not started.")
    if any(function.partition(".")[0] in task.symbols for _, _, function in frames):
        return Finding(Verdict.BLOCKED, f"It calls {owner}, which is not started yet.")
    return Finding(Verdict.NOT_IMPLEMENTED, f"It needs {owner}, which is not started yet.")


def forbidden(name: str, cell: int = 1, line: int = 0) -> Finding:
    """The finding for a shortcut that the task rules out, by its name."""
    where = f" (line {line})" if line else ""
    frames = ((cell, line, ""),) if line else ()
    return Finding(
        Verdict.FORBIDDEN, f"Uses {clean(name, 80)}{where}, which this task asks you to do without.", frames=frames
    )


def _frames(claimed: Any) -> Frames:
    frames = []
    for entry in claimed if isinstance(claimed, list) else []:
        match entry:
            case [str(file), int(line), str(function)] if 0 <= line < 1_000_000:
                cell = _CELL.search(file[-12:])
                frames.append((int(cell[1]) if cell else 1, line, clean(function, 80)))
    return tuple(frames[-20:])
