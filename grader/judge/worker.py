"""The untrusted side: holds one submission and answers the judge's requests over one socket.

Theory of operation. The worker is told, as data, the submission's cells and the source of the day's probe file. It
executes the cells in one module, then answers `call` (run one of the student's functions) and `probe` (run one of our
functions beside the student's code) until the connection ends. Nothing here is trusted once student code has run: a
reply is a claim, and the judge compares its values with its own. Formatting of exceptions happens here, because a
hostile `__str__` must not run anywhere else.

It imports the standard library, torch and the files that are loaded before it (`process.SERVE`); the day's probes
arrive as source. The in-process twin uses the same `Host`, so that a suite cannot pass in one and fail in the other.
"""

from __future__ import annotations

import contextlib
import difflib
import dis
import linecache
import random
import re
import socket
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from . import barring, home, sim, wire

CPU = torch.device("cpu")
MESSAGE = 2_000
FRAMES = 20
Problem = tuple[str, BaseException]  # a file or cell that does not run, and why


class MissingSymbol(Exception):
    """The submission does not define a name that the task asks for."""


class BrokenSubmission(Exception):
    """The submission's file, or the notebook's cell that would define a name, does not run; its cause says why."""


class NotData(Exception):
    """Student code returned something that is not plain data or tensors."""


class LeftDevice(Exception):
    """Student code returned a tensor that is not on the device of its inputs."""


class Code:
    """The student's definitions as a probe sees them: `code.mse`, and the device that the check runs on.

    `problems` are those of loading: a name that is not there may well be missing because of one.
    """

    def __init__(
        self, namespace: dict[str, Any], device: torch.device, file: str, problems: Sequence[Problem] = ()
    ) -> None:
        self._namespace, self._file, self._problems, self.device = namespace, file, problems, device

    def __getattr__(self, name: str) -> Any:
        if name in self._namespace:
            found = self._namespace[name]
            if _is_empty(found):
                raise MissingSymbol(f"the body of {name} is empty")
            return found
        for file, problem in self._problems:
            if file == self._file or _defined_in(file, name):
                raise BrokenSubmission from problem
        raise MissingSymbol(f"{self._file} does not define {name}{_instead(name, self._namespace, self._file)}")


def _is_empty(found: Any) -> bool:
    """Whether this is a function with nothing in it but a docstring, `pass`, `...` or `return None`."""
    if not isinstance(found, types.FunctionType) or len(found.__code__.co_code) > 20:
        return False
    steps = [step for step in dis.get_instructions(found) if step.opname not in ("RESUME", "NOP", "RETURN_VALUE")]
    return all(step.opname in ("LOAD_CONST", "RETURN_CONST") and step.argval is None for step in steps)


def _text(file: str) -> str:
    return "".join(linecache.getlines(file))


def _defined_in(file: str, name: str) -> bool:
    """Whether this cell's text, which did not run to its end, would define the name."""
    return bool(re.search(rf"^[ \t]*(?:async +)?(?:def|class) +{name}\b|^{name}\b[^=\n]*=(?!=)", _text(file), re.M))


def _instead(name: str, namespace: dict[str, Any], file: str) -> str:
    """What a submission has in place of a name that it lacks, as the end of a sentence."""
    files = [each for each in linecache.cache if each == file or each.startswith(f"{file}[")]
    if any(re.search(rf"^[ \t]+(?:async +)?def +{name}\b", _text(each), re.M) for each in files):
        return ": its def is indented, so it belongs to what stands above; let it begin at the margin"
    plain = {own.replace("_", "").lower(): own for own, value in namespace.items() if callable(value)}
    close = difflib.get_close_matches(name.replace("_", ""), plain, 1, 0.8)
    return f", but {plain[close[0]]}" if close else ""


class Host:
    """One submission's namespace, and the two things that can be asked of it."""

    def __init__(
        self, namespace: dict[str, Any], probes: dict[str, Any], device: torch.device, file: str,
        problems: Sequence[Problem] = (),
    ) -> None:  # fmt: skip
        self.code, self.probes, self.device = Code(namespace, device, file, problems), probes, device
        # an error ends a module for good; one that merely ends itself, as scripts do, has defined what stands above
        fatal = [problem for where, problem in problems if where == file and not isinstance(problem, SystemExit)]
        self.problem = fatal[0] if fatal else None

    def perform(self, message: dict[str, Any], value: Any) -> tuple[Any, list[str]]:
        """`(result, names of inputs that were changed)`; whatever student code raises comes through."""
        if self.problem is not None:
            raise BrokenSubmission from self.problem
        seed_all(message["seed"], self.device)
        args, kwargs = value
        device = self.code.device = CPU if message.get("device") == "cpu" else place(self.device, value)
        if message["kind"] == "probe":
            with fresh(message["forbidden"], device, self.code._file), births(device, self.code._file):
                return self.probes[message["name"]](self.code, *args, **kwargs), []
        function = getattr(self.code, message["name"])
        args, kwargs = move(args, device), move(kwargs, device)
        before = copies((args, kwargs))
        with fresh(message["forbidden"], device, self.code._file), births(device, self.code._file):
            result = function(*args, **kwargs)
        if before:
            stay(result, device)
        after = dict(tensors_in((args, kwargs)))
        changed = [name for name, tensor in before if not same_bits(tensor, after.get(name))]
        return result, changed + sorted(after.keys() - dict(before).keys())


def seed_all(seed: int, device: torch.device) -> None:
    """Seeds every global generator, so that a grading can be replayed even where student code forgot to."""
    # torch.manual_seed also queues a seed for each accelerator, with a formatted stack: 4 ms a call
    (torch.default_generator.manual_seed if device.type in ("cpu", sim.NAME) else torch.manual_seed)(seed)
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed % 2**32)


def device_of(name: str) -> torch.device:
    """The device of this name; `sim` is made where it is asked for."""
    if name == sim.NAME:
        sim.enable()
    return torch.device(name)


def place(device: torch.device, inputs: Any) -> torch.device:
    """Where a request runs. MPS has no float64: what is asked in it is answered on the CPU."""
    doubles = (torch.float64, torch.complex128)
    if device.type == "mps" and any(tensor.dtype in doubles for _, tensor in tensors_in(inputs)):
        return torch.device("cpu")
    return device


def births(device: torch.device, file: str) -> contextlib.AbstractContextManager[Any]:
    """On `sim`, notes which lines of the submission make tensors on the CPU."""
    return sim.Births(file) if device.type == sim.NAME else contextlib.nullcontext()


def stay(result: Any, device: torch.device) -> None:
    """Raises `LeftDevice` where a tensor in `result` is not on the accelerator that its inputs were on."""
    for where, tensor in tensors_in(result) if device.type != "cpu" else ():
        if tensor.device.type != device.type:
            raise LeftDevice(f"{where.lstrip('.') or 'the result'} is on {tensor.device.type}, not on {device.type}")


def move(value: Any, device: torch.device) -> Any:
    """`value` with every tensor in it on `device`."""
    match value:
        case Tensor():
            return value.to(device)
        case dict():
            return {key: move(item, device) for key, item in value.items()}
        case list() | tuple():
            return type(value)(move(item, device) for item in value)
    return value


def doubled(value: Any) -> Any:
    """`value` with every floating-point tensor in it in float64."""
    match value:
        case Tensor():
            return value.double() if value.is_floating_point() else value
        case dict():
            return {key: doubled(item) for key, item in value.items()}
        case list() | tuple():
            return type(value)(doubled(item) for item in value)
    return value


def tensors_in(value: Any, where: str = "") -> Iterator[tuple[str, Tensor]]:
    match value:
        case Tensor():
            yield where, value
        case dict():
            for key, item in value.items():
                yield from tensors_in(item, f"{where}.{key}")
        case list() | tuple():
            for i, item in enumerate(value):
                yield from tensors_in(item, f"{where}.{i}")


def copies(value: Any) -> list[tuple[str, Tensor]]:
    """Inputs as they were, whether they ask for gradients included."""
    kept = [(where, tensor, tensor.detach().clone()) for where, tensor in tensors_in(value)]
    return [(where, copy.requires_grad_(tensor.requires_grad)) for where, tensor, copy in kept]


def same_bits(before: Tensor, after: Tensor | None) -> bool:
    if after is None or before.shape != after.shape or before.dtype != after.dtype:
        return False
    if before.requires_grad != after.requires_grad:
        return False
    return torch.equal(_bits(before), _bits(after))


def _bits(tensor: Tensor) -> Tensor:
    flat = tensor.detach().contiguous()
    # one element may keep any stride and count as contiguous, and view() minds; as bytes, NaN equals itself
    return flat.as_strided((flat.numel(),), (1,)).view(torch.uint8)


@contextlib.contextmanager
def fresh(forbidden: list[str], device: torch.device, file: str) -> Iterator[None]:
    """What a request runs under. Gradients that student code switched off for good are on again for the next one."""
    with torch.enable_grad(), barring.forbid(forbidden, device, file):
        yield


def load(
    cells: list[str], name: str, notebook: bool, problems: list[Problem], device: torch.device = CPU
) -> dict[str, Any]:
    """The namespace that the cells leave. A module's error ends it; a notebook goes on with its next cell."""
    module = types.ModuleType("__main__" if notebook else name.removesuffix(".py"))
    module.__file__ = name
    module.__dict__.update(home.kernel_names())
    if not notebook:
        sys.modules[module.__name__] = module
    for number, source in enumerate(cells, 1):
        file = f"{name}[{number}]" if notebook else name
        # inspect.getsource and tracebacks read the text from here: there is no file
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        try:
            with births(device, name):
                exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:
            problems.append((file, problem))
            if not notebook:
                break
    return module.__dict__


def load_probes(source: str) -> dict[str, Any]:
    probes = types.ModuleType("probes")
    linecache.cache["probes.py"] = (len(source), None, source.splitlines(keepends=True), "probes.py")
    exec(compile(source, "probes.py", "exec", dont_inherit=True), probes.__dict__)
    return probes.__dict__


def describe(problem: BaseException, name: str) -> dict[str, Any]:
    """An exception as data: type, message and the frames inside the submission."""
    if isinstance(problem, BrokenSubmission):
        assert problem.__cause__ is not None
        return {**describe(problem.__cause__, name), "broken": True}
    try:
        text = str(problem)
    except BaseException:
        text = "(its message cannot be shown)"
    frames: list[Any] = []
    own = False  # whether a `raise` of the submission is where it began
    with contextlib.suppress(BaseException):
        trace = problem.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename.startswith(name):
                frames.append([code.co_filename, trace.tb_lineno, code.co_qualname])
            # in a student's own kernel the cells' code has the kernel's file names
            at_home = trace.tb_frame.f_globals.get("__name__") in ("__main__", name.removesuffix(".py"))
            own = at_home and dis.opname[code.co_code[trace.tb_lasti]] == "RAISE_VARARGS"
            trace = trace.tb_next
        if isinstance(problem, SyntaxError) and str(problem.filename).startswith(name):
            frames.append([problem.filename, problem.lineno or 0, "<module>"])
            text = problem.msg
    made = problem.made if isinstance(problem, sim.MixedDevices) else []
    return {
        "type": type(problem).__name__, "message": text[:MESSAGE], "frames": frames[-FRAMES:], "made": made,
        "broken": False, "own": own,
    }  # fmt: skip


def answer(host: Host, message: dict[str, Any], value: Any, name: str) -> tuple[dict[str, Any], Any]:
    """The reply to one request: `(fields, value)`."""
    try:
        result, changed = host.perform(message, value)
    except BaseException as problem:
        return {"kind": "raised"}, describe(problem, name)
    return {"kind": "value", "changed": changed}, result


def serve(connection: socket.socket, *, scratch: str) -> None:
    """Answers requests until the connection ends. The first must be `load`."""
    message, value = wire.receive(connection, wire.REQUEST)
    home.furnish()
    torch.set_num_threads(1)
    problems: list[Problem] = []
    probes = load_probes(value["probes"])
    device = device_of(value["device"])
    namespace = load(value["cells"], value["name"], value["notebook"], problems, device)
    host = Host(namespace, probes, device, value["name"], problems)
    told = [{"cell": file, **describe(problem, value["name"])} for file, problem in problems[:FRAMES]]
    _reply(connection, message["id"], {"kind": "loaded"}, told)
    while True:
        try:
            message, arguments = wire.receive(connection, wire.REQUEST)
        except wire.Closed:
            return
        _reply(connection, message["id"], *answer(host, message, arguments, value["name"]))


def _reply(connection: socket.socket, number: str, fields: dict[str, Any], value: Any) -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    try:
        frame = wire.pack({"id": number, **fields}, value, wire.REPLY, "the result")
    except Exception as problem:  # a WireError, or a hostile value
        frame = wire.pack({"id": number, "kind": "raised"}, _not_data(problem), wire.REPLY)
    connection.sendall(frame)


def _not_data(problem: Exception) -> dict[str, Any]:
    return {"type": NotData.__name__, "message": str(problem)[:MESSAGE], "frames": [], "made": [], "broken": False}
