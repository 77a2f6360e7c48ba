"""`sim`, a pretend accelerator on the CPU: real values, a device of its own, and the errors that a GPU gives.

Theory of operation. PyTorch keeps one dispatch key, PrivateUse1, for devices from outside; here it is named "sim". A
tensor on sim is an ordinary `torch.Tensor` of that device whose memory is the CPU's: DLPack hands a tensor from the one
device to the other without a copy, and only the device's name is changed on the way. Every operator that meets a sim
tensor arrives in `_run`, which looks for tensors that were left on the CPU, runs the CPU's own kernel on the same
memory and hands the result back to sim. So values are the CPU's, bit for bit; random numbers come from the CPU's
generator.

What a GPU forbids is forbidden: operators across devices, a generator of another device, `.numpy()`. What a GPU allows
is allowed: a CPU scalar beside a tensor, CPU indices into a tensor, copies in both directions.

The interface underneath is experimental and stands in this module alone: `tests/devices/test_sim.py` says at once when
it moves. It imports the standard library and torch only, because workers load it. Importing it changes nothing;
`enable()` does, for the whole process.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.multiprocessing import reductions
from torch.nn.parameter import UninitializedParameter
from torch.overrides import TorchFunctionMode

NAME = "sim"
CPU, SIM = torch.device("cpu"), "sim:0"
_CPU_KEYS = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
_VIEW = functools.partial(torch.ops.aten.as_strided.default.redispatch, _CPU_KEYS)
_DL_CPU, _DL_EXTENSION = 1, 12  # DLDeviceType of dlpack.h: kDLCPU, kDLExtDev
_DEVICE_OFFSET = 8  # DLTensor: void* data; then DLDevice {int32 type; int32 id}

# Views: the CPU's kernels for these only write sizes, strides and a storage, which a sim tensor has as well.
_VIEWS = (
    "as_strided", "view", "_reshape_alias", "unfold", "view_as_real", "view_as_complex", "set_.source_Storage",
    "set_.source_Storage_storage_offset", "set_.source_Tensor",
)  # fmt: skip
# Composite kernels that would choose by device, or that the CPU has one of its own for: the CPU's choice is wanted.
# The others that are taken whole are those that make their result first and compute into it: one call instead of two.
_WHOLE = (
    "clone", "convolution", "convolution_backward", "silu_backward", "mish_backward", "native_layer_norm",
    "native_group_norm", "addr", "_stack", "all.dims", "any.dims", "linalg__powsum",
)  # fmt: skip
# Composite operators that choose by device and that autograd sees in parts: their parts on the CPU are wanted as well.
_ACROSS = (
    "gru.input", "gru.data", "lstm.input", "lstm.data", "rnn_tanh.input", "rnn_tanh.data", "rnn_relu.input",
    "rnn_relu.data", "gru_cell", "lstm_cell", "rnn_tanh_cell", "rnn_relu_cell", "scaled_dot_product_attention",
)  # fmt: skip
_INDEXED = ("index.", "index_put", "_index_put_impl_", "_unsafe_index")
_INDICES = {"index", "indices", "target"}  # a GPU wants these beside the values even where they are scalars
_HOSTS = {"batch_sizes", "lengths"}  # a GPU wants these on the CPU


class SimMissing(RuntimeError):
    """This process cannot have the sim device; the message says why."""


class MixedDevices(RuntimeError):
    """Tensors on two devices in one operator. `made`: the frame that made the other one, where `Births` saw it."""

    made: list[Any] = []


# torch's own errors are plain RuntimeErrors, and a student reads the name
MixedDevices.__name__ = MixedDevices.__qualname__ = "RuntimeError"


@functools.cache
def enable() -> None:
    """Gives this process the device `sim`. Raises `SimMissing` where torch does not let it."""
    try:
        from torch.utils.backend_registration import _setup_privateuseone_for_python_backend as set_up

        set_up(NAME, _module())
        _register()
    except (ImportError, AttributeError, RuntimeError) as problem:
        raise SimMissing(
            f"torch {torch.__version__} does not give the sim device ({str(problem).partition(chr(10))[0]})"
        ) from None
    _patch()


def try_out() -> None:
    """One backward pass on sim, which `enable()` gave. Raises `SimMissing` where autograd does not know it.

    Autograd counts the devices once in a process, at its first backward pass; a process that made one before cannot
    make another on sim.
    """
    leaf = torch.ones(1, device=NAME, requires_grad=True)
    try:
        torch.autograd.backward(leaf * 2)
    except RuntimeError:
        raise SimMissing(
            "sim must come before the first backward() of a process; start a new one, in a notebook a new kernel"
        ) from None


# --- memory ---------------------------------------------------------------------------------------------------------

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
_to_capsule, _from_capsule = torch._C._to_dlpack, torch._C._from_dlpack


def _recast(tensor: Tensor, kind: int) -> Tensor:
    """The same memory, sizes and strides on another device."""
    capsule = _to_capsule(tensor)
    device = _pointer(capsule, b"dltensor") + _DEVICE_OFFSET
    ctypes.c_int32.from_address(device).value = kind
    ctypes.c_int32.from_address(device + 4).value = 0
    moved: Tensor = _from_capsule(capsule)
    return moved


def _host(tensor: Tensor) -> Tensor:
    """A CPU tensor on the memory of one on sim; a copy where the tensor is a lazy conjugate."""
    if not (tensor.is_conj() or tensor.is_neg()):
        return _recast(tensor, _DL_CPU)
    # what such a tensor's memory holds: a view without the marks, which do not pass through DLPack
    plain = _VIEW(tensor, tensor.shape, tensor.stride())
    torch._C._set_conj(plain, False)
    torch._C._set_neg(plain, False)
    host = _recast(plain, _DL_CPU)
    host = torch.conj_physical(host) if tensor.is_conj() else host
    return -host if tensor.is_neg() else host


def _device(tensor: Tensor) -> Tensor:
    """A sim tensor on the memory of one on the CPU."""
    if tensor._is_zerotensor():  # autograd's zeros, which have no memory
        tensor = torch.zeros(tensor.shape, dtype=tensor.dtype)
    return _recast(tensor.resolve_conj().resolve_neg(), _DL_EXTENSION)


# --- operators ------------------------------------------------------------------------------------------------------


class _Plan:
    """What the schema of an operator says: its name, its arguments' names, and which of them it writes to."""

    def __init__(self, operator: Any) -> None:
        schema = operator._schema
        self.name = schema.name.removeprefix("aten::")
        self.full = f"{self.name}.{schema.overload_name}"
        self.names = [argument.name for argument in schema.arguments]
        self.written = {a.name for a in schema.arguments if a.alias_info is not None and a.alias_info.is_write}
        self.out = {argument.name for argument in schema.arguments if argument.is_out}
        numbers = torch._C._should_allow_numbers_as_tensors(self.name)
        self.tensors = set() if numbers else {a.name for a in schema.arguments if str(a.type) == "Tensor"}
        self.pointwise = torch.Tag.pointwise in operator.tags
        self.indexed = self.full.startswith(_INDEXED)


_plan = functools.cache(_Plan)


class _Call:
    """One operator on its way to the CPU: arguments are replaced one by one, results go back the same way."""

    def __init__(self, plan: _Plan) -> None:
        self.plan = plan
        self.sim: dict[int, tuple[Tensor, Tensor]] = {}  # by id of the CPU's alias: the alias, and the sim tensor
        self.shapes: list[tuple[Tensor, Tensor, torch.Size | None]] = []
        self.elsewhere: list[tuple[str, Tensor, bool]] = []

    def host(self, value: Any, name: str, in_list: bool = False) -> Any:
        if isinstance(value, Tensor):
            if value.device.type == NAME:
                return self.tensor(value, name)
            self.elsewhere.append((name, value, in_list))
        elif isinstance(value, (list, tuple)):
            return [self.host(each, name, True) for each in value]
        elif isinstance(value, torch.device):
            return _own(value)
        elif isinstance(value, torch._C.Generator):
            _check_generator(value)
        elif isinstance(value, (int, float)) and name in self.plan.tensors:  # C++ had made a tensor of a number
            return torch.tensor(value)
        return value

    def tensor(self, value: Tensor, name: str) -> Tensor:
        if name in self.plan.out and value.numel() == 0:  # it will be resized, which borrowed memory cannot be
            alias = torch.empty(0, dtype=value.dtype)
            self.shapes.append((alias, value, None))
        else:
            alias = _host(value)
            if name in self.plan.written:
                self.shapes.append((alias, value, alias.shape))
        self.sim[id(alias)] = (alias, value)
        return alias

    def check(self) -> None:
        """Raises as PyTorch does where the operator meets a tensor that is not on sim and may not be elsewhere."""
        for name, tensor, in_list in self.elsewhere if self.sim else ():
            if not _allowed(self.plan, name, tensor, in_list):
                raise _mixed(self.plan, name, tensor)

    def back(self, value: Any) -> Any:
        if isinstance(value, Tensor):
            return self.sim[id(value)][1] if id(value) in self.sim else _device(value)
        if isinstance(value, (list, tuple)):
            return [self.back(each) for each in value] if type(value) is not tuple else tuple(map(self.back, value))
        return value

    def resized(self) -> None:
        for alias, value, shape in self.shapes:
            if alias.shape != shape:
                value.data = _device(alias)


def _run(operator: Any, *args: Any, **kwargs: Any) -> Any:
    """Every operator of sim: the CPU's kernel on the same memory."""
    plan = _plan(operator)
    for tell in _told:
        tell(plan.name.strip("_"))
    with torch._C.DisableTorchFunction():
        if plan.name in _OWN:
            return _OWN[plan.name](*args, **kwargs)
        call = _Call(plan)
        given = [call.host(each, name) for name, each in zip(plan.names, args, strict=False)]
        named = {name: call.host(each, name) for name, each in kwargs.items()}
        call.check()
        out = operator(*given, **named)
        call.resized()
        return call.back(out)


def _run_across(operator: Any, *args: Any, **kwargs: Any) -> Any:
    """One of `_ACROSS`: copied to the CPU, computed there and copied back, and so are its gradients."""
    plan = _plan(operator)
    for tell in _told:
        tell(plan.name)
    with torch._C.DisableTorchFunction():
        call = _Call(plan)
        named = dict(zip(plan.names, args, strict=False)) | kwargs
        for name, value in named.items():
            call.host(value, name)
        call.check()
        out = operator(**{name: _sent(value, CPU) for name, value in named.items()})
        return _sent(out, torch.device(SIM))


def _sent(value: Any, device: torch.device) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_sent(each, device) for each in value)
    if not isinstance(value, Tensor) or value.device == device:
        return value
    moved = value.to(device)
    return moved.requires_grad_() if value.requires_grad else moved  # lost without a graph, and matmul chooses by it


_told: list[Callable[[str], None]] = []


@contextmanager
def telling(listener: Callable[[str], None]) -> Iterator[None]:
    """Inside, the name of every operator of sim is told before it runs; what the listener raises comes through."""
    _told.append(listener)
    try:
        yield
    finally:
        _told.remove(listener)


def _copy(source: Tensor, target: Tensor, *_: Any) -> Tensor:
    """Between devices, or on sim."""
    here, there = (_host(each) if each.device.type == NAME else each for each in (source, target))
    there.copy_(here)
    return target


def _dropout(x: Tensor, p: float, train: bool | None) -> tuple[Tensor, Tensor]:
    """As the CPU does it, factors and all; the mask that is kept for the way back holds the factors."""
    if train is False or p == 0:
        return x.clone(), torch.ones_like(x)
    noise = torch.empty_like(x).bernoulli_(1 - p).div_(1 - p)
    return x * noise, noise


def _resize(tensor: Tensor, size: Any, **_: Any) -> Tensor:
    tensor.data = _device(_host(tensor).clone().resize_(size))
    return tensor


_OWN: dict[str, Any] = {
    "_copy_from": _copy, "_copy_from_and_resize": _copy, "resize_": _resize, "native_dropout": _dropout,
    "native_dropout_backward": lambda grad, noise, scale: grad * noise,
}  # fmt: skip


def _register() -> None:
    """Sends sim's operators to `_run`, for as long as the process lives."""
    library: Any = torch.library.Library
    every, aten = library("_", "IMPL"), library("aten", "IMPL")
    every.fallback(_run, "PrivateUse1")
    for name in _VIEWS:
        aten.impl(name, functools.partial(_overload(name).redispatch, _CPU_KEYS), "PrivateUse1")
    split = torch._C._dispatch_get_registrations_for_dispatch_key("CompositeExplicitAutogradNonFunctional")
    for name in {*_WHOLE, *(name.removeprefix("aten::") for name in split)} - {"as_strided_"}:
        aten.impl(name, functools.partial(_run, _overload(name)), "PrivateUse1")
    for name in _ACROSS:
        for key in ("PrivateUse1", "AutogradPrivateUse1"):
            aten.impl(name, functools.partial(_run_across, _overload(name)), key)
    every.fallback(torch.library.fallthrough_kernel, "AutocastPrivateUse1")  # mixed precision changes nothing here
    _libraries.extend((every, aten))


_libraries: list[Any] = []  # a library takes its kernels along when it goes


def _overload(name: str) -> Any:
    packet, _, overload = name.partition(".")
    return getattr(getattr(torch.ops.aten, packet), overload or "default")


# --- what a GPU forbids ---------------------------------------------------------------------------------------------


def _own(device: torch.device) -> torch.device:
    if device.index:
        raise RuntimeError("SIM error: invalid device ordinal")
    return CPU if device.type == NAME else device


def _check_generator(generator: Any) -> None:
    if generator._cdata not in _generators:
        raise RuntimeError("Expected a 'sim' device type for generator but found 'cpu'")


def _allowed(plan: _Plan, name: str, tensor: Tensor, in_list: bool) -> bool:
    if name in _HOSTS or (plan.indexed and name == "indices"):
        return tensor.device.type == "cpu"
    scalar = tensor.dim() == 0 and tensor.device.type == "cpu"
    return scalar and not in_list and name not in plan.written and name not in _INDICES


def _mixed(plan: _Plan, name: str, tensor: Tensor) -> MixedDevices:
    where = "" if plan.pointwise else f" (when checking argument for argument {name} in method wrapper_SIM_{plan.name})"
    told = f"Expected all tensors to be on the same device, but found at least two devices, {SIM} and {tensor.device}!"
    if plan.indexed and name == "self":
        told, where = "indices should be either on cpu or on the same device as the indexed tensor (cpu)", ""
    if plan.name == "convolution":
        place = {"input": 0, "weight": 1}.get(name, 2)
        kinds = [tensor.type() if i == place else "torch.sim.FloatTensor" for i in range(2)]
        told, where = f"Input type ({kinds[0]}) and weight type ({kinds[1]}) should be the same ({told})", ""
    if plan.name in ("gru", "lstm", "rnn_tanh", "rnn_relu"):
        other = "hidden" if name == "hx" else "parameter"
        found = (tensor.device, SIM) if name == "input" else (SIM, tensor.device)
        told = f"Input and {other} tensors are not at the same device, found input tensor at {found[0]}"
        where = f" and {other} tensor at {found[1]}"
    problem = MixedDevices(told + where)
    problem.made = _origin(tensor)
    return problem


# --- what else a device has -----------------------------------------------------------------------------------------


_generators: set[int] = set()  # by address: an operator sees the same generator as another Python object


class SimGenerator(torch._C.Generator):
    """A generator for sim: the CPU's, with another device's name."""

    _cdata: int

    def __init__(self) -> None:
        _generators.add(self._cdata)

    def __del__(self) -> None:
        _generators.discard(self._cdata)

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return torch.device(SIM)


class _AnyGenerator(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, torch._C.Generator)


class _Generator(metaclass=_AnyGenerator):
    """Stands for `torch.Generator`, whose C++ does not know a device that Python made."""

    def __new__(cls, device: Any = "cpu") -> Any:
        chosen = torch.device(device)
        return SimGenerator() if chosen.type == NAME else torch._C.Generator(chosen)


def _module() -> types.ModuleType:
    """`torch.sim`, as `torch.cuda` is for CUDA. Random numbers are the CPU's, and so is their state."""
    module = types.ModuleType("torch.sim", "A pretend accelerator: see grader.judge.sim.")

    @contextmanager
    def device(_: Any) -> Iterator[None]:
        yield

    functions: dict[str, Any] = {
        "is_available": lambda: True,
        "is_initialized": lambda: True,
        "_is_in_bad_fork": lambda: False,
        "device_count": lambda: 1,
        "current_device": lambda: 0,
        "set_device": lambda device: None,
        "get_device_name": lambda device=None: "a pretend accelerator on the CPU",
        "synchronize": lambda device=None: None,
        "empty_cache": lambda: None,
        "memory_allocated": lambda device=None: 0,
        "max_memory_allocated": lambda device=None: 0,
        "manual_seed": lambda seed: torch.default_generator.manual_seed(seed) and None,
        "manual_seed_all": lambda seed: None,  # torch.manual_seed has seeded the CPU's already
        "get_rng_state": lambda device=None: torch.get_rng_state(),
        "set_rng_state": lambda state, device=None: torch.set_rng_state(state),
        "get_amp_supported_dtype": lambda: [torch.float16, torch.bfloat16],
        "device": device,
    }
    vars(module).update(functions)
    return module


def _patch() -> None:
    """What C++ asks a C++ backend for, answered in Python instead."""
    anything: Any = torch  # names that torch's own types do not know, or know as something else
    anything.Generator = _Generator
    anything.accelerator.synchronize = lambda device=None: None
    anything.Tensor.pin_memory = lambda self, device=None: self
    anything.Tensor.is_pinned = lambda self, device=None: False
    anything.UntypedStorage.__new__ = _new_storage
    anything.UntypedStorage.sim = lambda self, device=None, non_blocking=False: self.to(SIM)
    # foreach kernels add up in another order; on the CPU none is used unless asked for
    for name in ("torch.utils._foreach_utils", "torch.optim.optimizer"):
        module: Any = importlib.import_module(name)
        module._get_foreach_kernels_supported_devices = lambda: ["cuda", "xpu", "mtia"]
    anything.nn.Module._apply = _keeping_parameters(anything.nn.Module._apply)


_plain_storage: Any = torch._C.StorageBase.__new__


def _new_storage(cls: Any, *args: Any, device: Any = None, **kwargs: Any) -> Any:
    """A storage on sim is that of a tensor: there is no allocator to ask. Checkpoints are loaded through this."""
    if device is None or torch.device(device).type != NAME:
        return _plain_storage(cls, *args, device=device, **kwargs) if device else _plain_storage(cls, *args, **kwargs)
    return torch.empty(*args, dtype=torch.uint8, device=device).untyped_storage()


def _keeping_parameters(apply: Any) -> Any:
    """On a GPU, `model.to(device)` keeps parameters as objects: an optimizer that was made before still has them."""

    @functools.wraps(apply)
    def kept(self: Any, *args: Any, **kwargs: Any) -> Any:
        before = dict(self._parameters)
        applied = apply(self, *args, **kwargs)
        for name, old in before.items():
            new = self._parameters[name]
            if new is not old:
                self._parameters[name] = _same_object(old, new)
        return applied

    return kept


def _same_object(old: Any, new: Any) -> Any:
    """`old`, holding what `new` held; or what comes nearest to it."""
    if isinstance(old, UninitializedParameter):
        kind: Any = type(old)
        return kind(requires_grad=old.requires_grad, device=new.device, dtype=new.dtype)
    utils: Any = torch.utils
    try:
        utils.swap_tensors(old, new)
    except RuntimeError:  # something else holds on to it, such as a graph
        return new
    return old


# --- where tensors on the CPU come from -----------------------------------------------------------------------------

# by address of a CPU tensor: its storage, and file, line and function of the student's that made it
_made: dict[int, tuple[Any, list[Any]]] = {}
_Weak: Any = reductions.StorageWeakRef


def _origin(tensor: Tensor) -> list[Any]:
    """The frame that made a CPU tensor, or [] where that is not known. Memory is used again: its storage must live."""
    storage, frame = _made.get(tensor.data_ptr(), (None, []))
    return frame if storage is not None and not storage.expired() else []


class Births(TorchFunctionMode):
    """Inside, each CPU tensor that a line of `file` makes is noted, and so is what is computed from it."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        if isinstance(result, Tensor) and result.device == CPU and result.layout == torch.strided:
            made = self.origin(args)
            _made.pop(result.data_ptr(), None)
            if made:
                _made[result.data_ptr()] = (_Weak(result.untyped_storage()), made)
        return result

    def origin(self, args: Any) -> list[Any]:
        """The frame that a result goes back to: that of the first CPU tensor that it was computed from, else ours."""
        flat = (each for value in args for each in (value if isinstance(value, (list, tuple)) else (value,)))
        given = [each for each in flat if isinstance(each, Tensor) and each.device == CPU]
        return _origin(given[0]) if given else self.frame()

    def frame(self) -> list[Any]:
        frame: types.FrameType | None = sys._getframe(2)
        while frame is not None and not frame.f_code.co_filename.startswith(self.file):
            frame = frame.f_back
        return [frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_qualname] if frame is not None else []
