"""The wire between judge and worker: a small JSON header, then raw tensor bytes. Nothing executes.

A frame is `magic, header length, payload length`, the header (UTF-8 JSON) and the payload (the tensors' bytes,
each at a multiple of 16). Values travel as a tree: JSON's own scalars stand for themselves and everything else is a
one-key object, so that no reply can be mistaken for another type:

    {"l": [...]} list   {"t": [...]} tuple   {"d": [[key, value], ...]} dict   {"x": 3} tensor number 3
    {"i": "-12"} integer   {"f": "nan" | "inf" | "-inf"} float   {"device": "cuda:0"} torch.device

The judge treats every byte from a worker as hostile: `Limits` bounds bytes, depth, nodes, tensors and dimensions before
anything is built, and each failure is a `WireError` with a sentence. This module is the only one that both sides
load; it imports the standard library and torch alone.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

MAGIC = b"DWF1"
PREFIX = struct.Struct("<4sIQ")
ALIGNMENT = 16
INTEGER_BITS = 128
DTYPES: dict[str, torch.dtype] = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16,
        torch.float32, torch.float64, torch.complex64, torch.complex128,
    )
}  # fmt: skip
NAMES = {dtype: name for name, dtype in DTYPES.items()}


class WireError(Exception):
    """A value that does not travel, or bytes that are not a frame."""


class Closed(WireError):
    """The other side ended the connection."""


class DeadlinePassed(WireError):
    """The whole frame did not arrive in time."""


@dataclass(frozen=True)
class Limits:
    """What one frame may hold. The defaults bound a worker's reply."""

    header_bytes: int = 4 << 20
    payload_bytes: int = 256 << 20
    depth: int = 32
    nodes: int = 200_000
    tensors: int = 10_000
    dimensions: int = 16
    keys: int = 4_000  # parts of keys that are no text: such can be chosen to collide, and n of them then take n² steps


REPLY = Limits()
REQUEST = Limits(header_bytes=64 << 20, payload_bytes=2 << 30, nodes=1_000_000, keys=1_000_000)


@dataclass
class _Packer:
    limits: Limits
    tensors: list[Tensor] = field(default_factory=list)
    entries: list[list[Any]] = field(default_factory=list)
    nodes: int = 0
    keys: int = 0
    size: int = 0

    def tree(self, value: Any, where: str, depth: int = 0) -> Any:
        self.nodes += 1
        if depth > self.limits.depth:
            raise WireError(f"{where}: nested more than {self.limits.depth} deep")
        if self.nodes > self.limits.nodes:
            raise WireError(f"{where}: more than {self.limits.nodes} values in one message")
        if value is None or isinstance(value, (bool, int, float, str, torch.device)):
            return _scalar(value, where)
        if isinstance(value, Tensor):
            return {"x": self.tensor(value, where)}
        if isinstance(value, dict):
            return {"d": [self.pair(key, item, where, depth) for key, item in dict.items(value)]}
        if isinstance(value, (list, tuple)):
            tag, items = ("l", list.__iter__(value)) if isinstance(value, list) else ("t", tuple.__iter__(value))
            return {tag: [self.tree(item, f"{where}[{i}]", depth + 1) for i, item in enumerate(items)]}
        raise WireError(f"{where} is {_foreign(type(value))}")

    def pair(self, key: Any, item: Any, where: str, depth: int) -> list[Any]:
        if not isinstance(key, (str, int, float, bool, tuple)):
            raise WireError(f"{where}: a dict key of type {type(key).__qualname__}")
        self.keys += _parts(key)
        if self.keys > self.limits.keys:
            raise WireError(f"{where}: more than {self.limits.keys} keys that are not text in one message")
        label = key if type(key) in (str, int) else type(key).__name__
        return [self.tree(key, f"{where} key", depth + 1), self.tree(item, f"{where}[{label!r}]", depth + 1)]

    def tensor(self, value: Tensor, where: str) -> int:
        if len(self.tensors) >= self.limits.tensors:
            raise WireError(f"{where}: more than {self.limits.tensors} tensors in one message")
        if value.layout != torch.strided or value.is_quantized or value.dtype not in NAMES:
            raise WireError(f"{where}: a tensor of layout {value.layout}, dtype {value.dtype} does not travel")
        if value.dim() > self.limits.dimensions:
            raise WireError(f"{where}: a tensor of {value.dim()} dimensions")
        size = value.numel() * value.element_size()
        self.size += -(-size // ALIGNMENT) * ALIGNMENT
        if self.size > self.limits.payload_bytes:
            raise WireError(f"{where}: more than {self.limits.payload_bytes >> 20} MiB of tensors in one message")
        order = _memory_order(value)
        device = value.device.type
        plain = value.detach().resolve_conj().resolve_neg().permute(order).to("cpu").contiguous()
        self.tensors.append(plain)
        self.entries.append([NAMES[value.dtype], list(value.shape), order, device])
        return len(self.tensors) - 1


def _foreign(kind: type) -> str:
    """What else came, and, for what beginners return most, what makes plain data of it."""
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    article = "an" if name.startswith(tuple("aeiou")) else "a"
    if name == "numpy.ndarray":
        return f"{article} {name}; torch.from_numpy() makes a tensor of it"
    if kind.__module__ == "numpy":
        return f"{article} {name}; .item() makes a Python number of it"
    if name in ("builtin_function_or_method", "method", "function"):
        return f"{article} {name}; its brackets may be missing"
    if hasattr(kind, "__next__") or name.startswith("dict_") or name == "range":
        return f"{article} {name}; list() makes a list of it"
    return f"{article} {name}"


def _scalar(value: Any, where: str) -> Any:
    """A value that is one leaf of the tree. Methods are taken from the base types: a subclass may lie."""
    match value:
        case None | bool():
            return value
        case str():
            return str.encode(value, "utf-8", "backslashreplace").decode("utf-8")
        case int():
            number = int.__int__(value)
            if number.bit_length() > INTEGER_BITS:
                raise WireError(f"{where}: an integer of more than {INTEGER_BITS} bits")
            return number if abs(number) < 1 << 53 else {"i": str(number)}
        case float():
            real = float.__float__(value)
            return real if math.isfinite(real) else {"f": repr(real)}
    return {"device": str(value)}


def _memory_order(value: Tensor) -> list[int]:
    """The dimensions from slowest to fastest in memory: a transposed input arrives transposed, not made contiguous."""
    dims = list(range(value.dim()))
    if value.is_contiguous():
        return dims
    strides = value.stride()
    return sorted(dims, key=lambda d: (-strides[d], d))


def pack(message: dict[str, Any], value: Any = None, limits: Limits = REQUEST, where: str = "value") -> bytes:
    """One frame of `message` (plain JSON fields of our own) and `value` (any tree of data and tensors).

    Raises `WireError`, naming the place inside `value`, for whatever is not data or is over `limits`.
    """
    packer = _Packer(limits)
    try:
        tree = packer.tree(value, where)
    except RecursionError:
        raise WireError(f"{where}: nested too deep") from None
    header = json.dumps({**message, "value": tree, "tensors": packer.entries}, allow_nan=False).encode()
    if len(header) > limits.header_bytes:
        raise WireError(f"{where}: more than {limits.header_bytes >> 20} MiB of text and numbers in one message")
    parts = [PREFIX.pack(MAGIC, len(header), packer.size), header]
    for tensor in packer.tensors:
        raw = _bytes_of(tensor)
        parts += (raw, bytes(-len(raw) % ALIGNMENT))
    return b"".join(parts)


def _bytes_of(tensor: Tensor) -> bytes:
    if tensor.numel() == 0:
        return b""
    # one element may keep any stride and count as contiguous, and view() minds
    return tensor.as_strided((tensor.numel(),), (1,)).view(torch.uint8).numpy().tobytes()


def unpack(header: bytes, payload: bytearray, limits: Limits = REPLY) -> tuple[dict[str, Any], Any]:
    """`(message, value)` of a frame. Raises `WireError` for anything that `pack` would not have written."""
    try:
        message = json.loads(header, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"the header is not JSON that we read: {type(error).__name__}") from None
    if not isinstance(message, dict):
        raise WireError("the header is not an object")
    tree, entries = message.pop("value", None), message.pop("tensors", None)
    tensors = _tensors(entries, payload, limits)
    try:
        return message, _Unpacker(tensors, limits).value(tree, 0)
    except RecursionError:
        raise WireError("a value nested too deep") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _tensors(entries: Any, payload: bytearray, limits: Limits) -> list[Tensor]:
    if not isinstance(entries, list) or len(entries) > limits.tensors:
        raise WireError("a tensor table that is no list or too long")
    tensors, offset = [], 0
    for entry in entries:
        dtype, shape, order = _entry(entry, limits)
        size = math.prod(shape) * dtype.itemsize
        if size > len(payload) - offset:
            raise WireError("tensors that claim more bytes than were sent")
        tensors.append(_tensor(payload, offset, dtype, shape, order))
        offset += -(-size // ALIGNMENT) * ALIGNMENT
    if offset != len(payload):
        raise WireError("tensor bytes and tensor table do not agree")
    return tensors


def _entry(entry: Any, limits: Limits) -> tuple[torch.dtype, list[int], list[int]]:
    match entry:
        case [str(name), list(shape), list(order), str()] if name in DTYPES and len(shape) <= limits.dimensions:
            sizes_fit = all(type(n) is int and 0 <= n <= limits.payload_bytes for n in shape)
            # with a 0 among them the others claim no bytes, and their product can still overflow the strides
            sizes_fit = sizes_fit and math.prod(n or 1 for n in shape) <= limits.payload_bytes
            if sizes_fit and all(type(d) is int for d in order) and sorted(order) == list(range(len(shape))):
                return DTYPES[name], shape, order
    raise WireError("a tensor entry that is not [dtype, shape, order, device]")


def _tensor(payload: bytearray, offset: int, dtype: torch.dtype, shape: list[int], order: list[int]) -> Tensor:
    count = math.prod(shape)
    stored = [shape[d] for d in order]
    if count == 0:
        flat = torch.empty(stored, dtype=dtype)
    elif dtype == torch.bool:
        # any byte but 0 and 1 in a bool tensor is undefined behaviour further on
        flat = torch.frombuffer(payload, dtype=torch.uint8, count=count, offset=offset).ne(0).reshape(stored)
    else:
        # a copy, so that no two values share storage and the payload can go
        flat = torch.frombuffer(payload, dtype=dtype, count=count, offset=offset).clone().reshape(stored)
    inverse = [order.index(d) for d in range(len(order))]
    return flat.permute(inverse)


@dataclass
class _Unpacker:
    tensors: list[Tensor]
    limits: Limits
    nodes: int = 0
    keys: int = 0

    def value(self, tree: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > self.limits.depth or self.nodes > self.limits.nodes:
            raise WireError("a value too deep or too large")
        if tree is None or isinstance(tree, (bool, float)):
            return tree
        if isinstance(tree, int):
            return tree if tree.bit_length() <= INTEGER_BITS else self.refuse()
        if isinstance(tree, str):
            return tree.encode("utf-8", "backslashreplace").decode("utf-8")
        if isinstance(tree, dict) and len(tree) == 1:
            return self.tagged(*next(iter(tree.items())), depth)
        return self.refuse()

    def tagged(self, tag: str, content: Any, depth: int) -> Any:
        match tag, content:
            case "l", list():
                return [self.value(item, depth + 1) for item in content]
            case "t", list():
                return tuple(self.value(item, depth + 1) for item in content)
            case "d", list():
                return dict(self.pair(item, depth) for item in content)
            case "x", int() if type(content) is int and 0 <= content < len(self.tensors):
                return self.tensors[content]
            case "i", str() if len(content) <= INTEGER_BITS // 3:
                return self.integer(content)
            case "f", "nan" | "inf" | "-inf":
                return float(content)
            case "device", str() if len(content) <= 32:
                return self.device(content)
        return self.refuse()

    def pair(self, item: Any, depth: int) -> tuple[Any, Any]:
        if not isinstance(item, list) or len(item) != 2:
            self.refuse()
        key = self.value(item[0], depth + 1)
        if not _is_key(key):
            self.refuse()
        self.keys += _parts(key)
        if self.keys > self.limits.keys:
            raise WireError("more keys that are not text than one message may hold")
        return key, self.value(item[1], depth + 1)

    def integer(self, text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise WireError("a value that is not one of ours") from None
        # one that is sent back to the worker must fit there as well
        return number if number.bit_length() <= INTEGER_BITS else self.refuse()

    def device(self, text: str) -> torch.device:
        try:
            return torch.device(text)
        except RuntimeError:
            raise WireError("a value that is not one of ours") from None

    def refuse(self) -> Any:
        raise WireError("a value that is not one of ours")


def _is_key(key: Any) -> bool:
    """Whether it may be a dict's key: text, numbers, None, and tuples of them."""
    return all(map(_is_key, key)) if isinstance(key, tuple) else key is None or isinstance(key, (str, int, float))


def _parts(key: Any) -> int:
    """What a key counts: nothing where it is text; a tuple, which is compared part by part, at least one for each."""
    return 1 + sum(max(1, _parts(part)) for part in key) if isinstance(key, tuple) else int(not isinstance(key, str))


def round_trip(value: Any, where: str = "value") -> Any:
    """What `value` becomes on the other side: the in-process twin uses it, so that both paths see the same data."""
    return unpack(*split(pack({}, value, REPLY, where)), REPLY)[1]


def split(frame: bytes) -> tuple[bytes, bytearray]:
    """`(header, payload)` of one whole frame that we packed ourselves."""
    _, header_size, _ = PREFIX.unpack_from(frame)
    start = PREFIX.size + header_size
    return frame[PREFIX.size : start], bytearray(memoryview(frame)[start:])


def receive(
    connection: socket.socket,
    limits: Limits = REPLY,
    deadline: float | None = None,
    wait: Callable[[float | None], None] | None = None,
) -> tuple[dict[str, Any], Any]:
    """The next frame as `(message, value)`.

    `deadline` is a time.monotonic() instant for the *whole* frame, however it trickles in; `wait(seconds)` returns
    when the connection is readable (the judge drains the worker's output meanwhile).
    Raises `Closed`, `DeadlinePassed` or another `WireError`.
    """

    def exactly(size: int) -> bytearray:
        buffer = bytearray()
        while len(buffer) < size:
            if deadline is not None and time.monotonic() > deadline:
                raise DeadlinePassed("no whole reply in time")
            if wait is not None:
                wait(None if deadline is None else max(0.0, deadline - time.monotonic()))
            try:
                # grows with what has really arrived: a lying length reserves no memory
                chunk = connection.recv(min(size - len(buffer), 1 << 20))
            except BlockingIOError:
                continue
            except OSError:
                raise Closed("the connection broke") from None
            if not chunk:
                raise Closed("the connection ended")
            buffer += chunk
        return buffer

    magic, header_size, payload_size = PREFIX.unpack(exactly(PREFIX.size))
    if magic != MAGIC or header_size > limits.header_bytes or payload_size > limits.payload_bytes:
        raise WireError("not a frame, or one over the limits")
    header = bytes(exactly(header_size))
    return unpack(header, exactly(payload_size), limits)
