"""What a student reads where code met two devices, or asked for one that is not there: which line is to blame."""

from __future__ import annotations

import re

_MIXED = re.compile(
    r"Expected all tensors to be on the same device"
    r"|indices should be either on cpu or on the same device"
    r"|Input type \S+ and weight type \S+ should be the same"
    r"|Expected a '\w+' device type for generator but found"
    r"|attempting to assign a gradient with device type"
)
_NUMPY = re.compile(r"can't convert \S+ device type tensor to numpy")
_ABSENT = re.compile(
    r"not compiled with \w+ enabled|Found no NVIDIA driver|No CUDA GPUs are available"
    r"|not linked with support for \w+ devices|invalid device ordinal"
)
ONLY = "Your code runs on the CPU only"


def stray(message: str, line: int, made: int) -> str:
    """The sentence for an error of this text, or "" where it is about something else.

    `line` is where the submission was when it was raised, `made` where the tensor came from that was on the wrong
    device; 0 where that is not known.
    """
    at = f"line {line}" if line else "it"
    if _MIXED.search(message):
        told = f"line {made} makes a CPU tensor" if made else f"{at} uses something that was left on the CPU"
        return f"{ONLY}: {told}."
    if _NUMPY.search(message):
        return f"{ONLY}: {at} makes a NumPy array of a tensor that is on the device; call .cpu() first."
    if _ABSENT.search(message):
        return f"Your code asks for one kind of device: {at} names one that is not here; use the one that is given."
    return ""
