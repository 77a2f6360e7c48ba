"""The codec: what goes in comes out, and no bytes from a worker do more than raise a clean error."""

from __future__ import annotations

import json
import math
import random
import socket
import time
from typing import Any

import numpy
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.judge import wire

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**127), 2**127),
    st.floats(),
    st.text(max_size=20),
)
KEYS = st.one_of(st.text(max_size=5), st.integers(-5, 5))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=20,
)


def alike(first: Any, second: Any) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return first == second or (math.isnan(first) and math.isnan(second))
    if isinstance(first, str):
        return first.encode("utf-8", "backslashreplace").decode() == second
    if isinstance(first, dict):
        return list(map(repr, first)) == list(map(repr, second)) and all(
            alike(a, b) for a, b in zip(first.values(), second.values(), strict=True)
        )
    if isinstance(first, (list, tuple)):
        return type(first) is type(second) and len(first) == len(second) and all(map(alike, first, second))
    return type(first) is type(second) and first == second


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_any_tree_of_data_comes_back_as_it_went(tree: Any) -> None:
    assert alike(tree, wire.round_trip(tree))


@pytest.mark.parametrize("dtype", sorted(wire.DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)], ids=str)
def test_tensors_of_every_dtype_and_shape_come_back_bit_for_bit(dtype: str, shape: tuple[int, ...]) -> None:
    x = (torch.rand(shape) * 5).to(wire.DTYPES[dtype])
    y = wire.round_trip([x])[0]
    assert y.dtype == x.dtype
    assert y.shape == x.shape
    assert torch.equal(x, y)


def test_nan_and_infinity_inside_a_tensor_survive() -> None:
    x = torch.tensor([math.nan, math.inf, -math.inf])
    assert wire.round_trip(x).isnan().tolist() == [True, False, False]
    assert wire.round_trip(x)[1:].tolist() == [math.inf, -math.inf]


def test_a_transposed_tensor_arrives_transposed() -> None:
    x = torch.arange(6.0).reshape(2, 3).t()
    y = wire.round_trip(x)
    assert y.stride() == x.stride()
    assert torch.equal(x, y)


def test_one_element_of_a_column_travels_although_it_keeps_its_stride() -> None:
    assert wire.round_trip(torch.arange(12.0).reshape(3, 4)[1:2, 0]).tolist() == [4.0]


def test_an_expanded_tensor_arrives_as_its_values() -> None:
    x = torch.tensor([[1.0], [2.0]]).expand(2, 5)
    assert torch.equal(wire.round_trip(x), x)


def test_two_tensors_do_not_share_storage_after_travel() -> None:
    x = torch.zeros(3)
    first, second = wire.round_trip([x, x])
    first.add_(1)
    assert second.tolist() == [0, 0, 0]


def test_a_tensor_that_requires_gradients_travels_as_its_values() -> None:
    x = torch.ones(2, requires_grad=True)
    assert torch.equal(wire.round_trip(x * 3), torch.full((2,), 3.0))


class Sly:
    pass


@pytest.mark.parametrize(
    "value, words",
    [
        ({"a": [1, Sly()]}, r"the result\['a'\]\[1\] is a .*Sly"),
        (torch.eye(2).to_sparse(), "layout"),
        (2**200, "128 bits"),
        ({Sly: 1}, "key"),
        (b"bytes", "bytes"),
        ({1, 2}, "is a set$"),
        (numpy.float32(2), r"is a numpy.float32; .item\(\) makes"),
        (numpy.ones(2), r"is a numpy.ndarray; torch.from_numpy\(\) makes"),
        (torch.ones(1).item, r"is a builtin_function_or_method; its brackets may be missing"),
        (zip([1], [2], strict=True), r"is a zip; list\(\) makes"),
        ((n for n in [1]), r"is a generator; list\(\) makes"),
        ({1: 2}.items(), r"is a dict_items; list\(\) makes"),
    ],
    ids=[
        "object",
        "sparse",
        "long integer",
        "key",
        "bytes",
        "set",
        "NumPy number",
        "array",
        "method",
        "zip",
        "generator",
        "items",
    ],
)
def test_what_is_not_data_is_refused_by_name(value: Any, words: str) -> None:
    with pytest.raises(wire.WireError, match=words):
        wire.pack({}, value, where="the result")


def test_subclasses_of_plain_types_travel_as_the_plain_type() -> None:
    class Loud(str):
        def encode(self, *_: Any) -> bytes:
            raise SystemExit

    class Deep(dict):
        def items(self) -> Any:
            raise SystemExit

    assert wire.round_trip([Loud("a"), Deep(b=1)]) == ["a", {"b": 1}]


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(wire.WireError, match="deep"):
        wire.pack({}, loop)


def frame_of(value: Any) -> bytearray:
    return bytearray(wire.pack({"id": "n", "kind": "value"}, value))


def decode(frame: bytes, limits: wire.Limits = wire.REPLY) -> Any:
    near, far = socket.socketpair()
    with near, far:
        far.setblocking(True)
        near.settimeout(5)
        far.sendall(frame)
        far.close()
        return wire.receive(near, limits)


def test_ten_thousand_mutated_frames_end_in_a_value_or_a_clean_error() -> None:
    chance = random.Random(0)
    source = frame_of({"a": [1, 2.5, "text", None], "x": torch.arange(10.0), "t": (True, {"n": math.nan}), 3: 2**70})
    small = wire.Limits(header_bytes=1 << 14, payload_bytes=1 << 14, nodes=500, tensors=20)
    for _ in range(10_000):
        frame = bytearray(source)
        for _ in range(chance.randint(1, 8)):
            match chance.randrange(4):
                case 0:
                    frame[chance.randrange(len(frame))] = chance.randrange(256)
                case 1:
                    del frame[chance.randrange(len(frame)) :]
                case 2:
                    place = chance.randrange(len(frame))
                    frame[place:place] = chance.randbytes(chance.randint(1, 9))
                case 3:
                    start = chance.randrange(len(frame))
                    del frame[start : start + chance.randint(1, 9)]
            frame = frame or bytearray(b"?")
        header = bytes(frame[wire.PREFIX.size : -50])
        for attempt in (lambda f=frame: decode(f, small), lambda h=header: wire.unpack(h, bytearray(64), small)):
            try:
                attempt()
            except wire.WireError:
                pass


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 100_000,
        b'{"value": ' + b"[" * 50_000 + b"]" * 50_000 + b', "tensors": []}',
        b'{"value": ' + b"9" * 5_000 + b', "tensors": []}',
        b'{"value": NaN, "tensors": []}',
        b'{"value": {"x": 0}, "tensors": [["float32", [1000000, 1000000], [0, 1], "cpu"]]}',
        b'{"value": {"x": -1}, "tensors": []}',
        b'{"value": {"x": true}, "tensors": [["bool", [], [], "cpu"]]}',
        b'{"value": null, "tensors": [["float32", [-1], [0], "cpu"]]}',
        b'{"value": null, "tensors": [["float32", [2, 2], [0, 0], "cpu"]]}',
        b'{"value": {"d": [[{"l": []}, 1]]}, "tensors": []}',
        b'{"value": {"device": "nonsense"}, "tensors": []}',
        b'{"value": {"l": 5}, "tensors": []}',
        b'{"value": {"x": 0}, "tensors": [["float32", [0, 268435456, 268435456, 268435456], [0, 1, 2, 3], "cpu"]]}',
        b'{"value": {"d": [[{"t": [{"x": 0}]}, 1]]}, "tensors": [["float32", [0], [0], "cpu"]]}',
        b"\xff\xfe",
        b"[]",
        b"{}",
    ],
    ids=range(17),
)
def test_hostile_headers_are_refused(header: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.unpack(header, bytearray())


def test_keys_made_to_collide_do_not_hold_up_the_judge() -> None:
    """Each multiple of 2**61 - 1 has the hash 0: a dict of 60,000 of them takes minutes to build."""
    pairs = [[{"i": str(number * ((1 << 61) - 1))}, 0] for number in range(1, 60_000)]
    header = json.dumps({"value": {"d": pairs}, "tensors": []}).encode()
    started = time.process_time()
    with pytest.raises(wire.WireError, match="keys"):
        wire.unpack(header, bytearray())
    assert time.process_time() - started < 5


def test_tuples_made_to_collide_count_with_all_their_parts() -> None:
    """-1 and -2 have one hash, and so have all tuples of them; what stands before is compared each time."""
    keys = [{"t": [0.5] * 34 + [-1 - (number >> bit & 1) for bit in range(12)]} for number in range(3_990)]
    header = json.dumps({"value": {"d": [[key, 0] for key in keys]}, "tensors": []}).encode()
    with pytest.raises(wire.WireError, match="keys"):
        wire.unpack(header, bytearray())
    pairs = {(row, column): row * column for row in range(20) for column in range(20)}
    assert wire.round_trip(pairs) == pairs


def test_a_dict_of_many_words_travels_and_one_of_many_numbers_is_refused_by_name() -> None:
    words = {f"word {number}": number for number in range(20_000)}
    assert wire.round_trip(words) == words
    with pytest.raises(wire.WireError, match="the result: more than .* keys that are not text"):
        wire.pack({}, {number: number for number in range(20_000)}, wire.REPLY, "the result")


def test_lone_surrogates_become_text_that_can_be_written() -> None:
    _, value = wire.unpack(b'{"value": "\\ud800", "tensors": []}', bytearray())
    assert value.encode("utf-8")


def test_bytes_other_than_0_and_1_in_a_bool_tensor_are_made_true() -> None:
    header = json.dumps({"value": {"x": 0}, "tensors": [["bool", [3], [0], "cpu"]]}).encode()
    _, value = wire.unpack(header, bytearray([0, 1, 77] + [0] * 13))
    assert value.view(torch.uint8).tolist() == [0, 1, 1]


def test_a_length_that_lies_reserves_no_memory() -> None:
    near, far = socket.socketpair()
    with near, far:
        far.sendall(wire.PREFIX.pack(wire.MAGIC, 10, 200 << 20) + b"x" * 10)
        far.close()
        with pytest.raises(wire.WireError):
            wire.receive(near, wire.REPLY)


def test_a_reply_that_trickles_in_ends_at_one_deadline() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        far.sendall(bytes(frame_of(1)[:5]))
        with pytest.raises(wire.DeadlinePassed):
            wire.receive(near, wire.REPLY, time.monotonic() + 0.05, lambda left: time.sleep(0.01))
