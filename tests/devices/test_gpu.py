"""What can be tested of a GPU's way without one: which walls open for it, and what a worker is told."""

from __future__ import annotations

import sys

import pytest
import torch

from grader.checks.close import DEVICE_FACTOR, check_close, judged_on, tolerance
from grader.judge import worker
from grader.judge.device import pick_device
from grader.judge.isolation import IsolationError
from grader.judge.launch import OPEN_TO_A_GPU, Launcher, open_launcher, supported
from grader.judge.process import ENVIRONMENT, environment
from grader.judge.strays import stray
from grader.model.errors import CheckFailed

needs_linux = pytest.mark.skipif(bool(supported()), reason=supported())


@needs_linux
def test_with_a_gpu_isolation_is_partial_and_says_which_walls_are_open() -> None:
    with open_launcher("best", device="cuda") as launcher:
        assert isinstance(launcher, Launcher)
        off = {layer.name: layer.why for layer in launcher.isolation.layers if not layer.on}
        assert launcher.isolation.level == "partial"
        assert set(OPEN_TO_A_GPU) <= set(off)
        assert all("GPU" in off[name] for name in OPEN_TO_A_GPU)


@needs_linux
def test_full_isolation_and_a_gpu_do_not_go_together() -> None:
    with pytest.raises(IsolationError, match="GPU"):
        open_launcher("full", device="cuda")


def test_a_gpu_s_own_variables_come_along_only_where_one_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    monkeypatch.setenv("A_SECRET", "s")
    assert environment(gpu=False) == ENVIRONMENT
    assert environment(gpu=False)["CUDA_VISIBLE_DEVICES"] == ""
    assert environment(gpu=True)["CUDA_VISIBLE_DEVICES"] == "1"
    assert "A_SECRET" not in environment(gpu=True)


@pytest.mark.parametrize(
    "device, dtype, place",
    [("mps", torch.float64, "cpu"), ("mps", torch.float32, "mps"), ("cuda", torch.float64, "cuda")],
)
def test_what_is_asked_in_float64_is_answered_on_the_cpu_where_mps_has_none(
    device: str, dtype: torch.dtype, place: str
) -> None:
    inputs = [[{"x": torch.ones(1, dtype=dtype)}], {}]
    assert worker.place(torch.device(device), inputs).type == place


def test_a_device_that_is_not_here_is_told_in_one_sentence() -> None:
    if torch.backends.mps.is_available():
        pytest.skip("this machine has it")
    with pytest.raises(Exception, match="--device mps: this machine cannot use it") as caught:
        pick_device("mps")
    assert "\n" not in str(caught.value)


def test_tolerances_follow_the_device_that_is_judged() -> None:
    expected = torch.ones(1, dtype=torch.float64)
    seen = (expected * (1 + 2 * tolerance(torch.float32))).float()
    with pytest.raises(CheckFailed):
        check_close(seen, expected)
    with judged_on("cuda"):
        check_close(seen, expected)
    assert DEVICE_FACTOR["sim"] == DEVICE_FACTOR["cpu"]


@pytest.mark.parametrize(
    "message, told",
    [
        ("Expected all tensors to be on the same device, but got mat2 is on cpu, different from other tensors on cuda:0 "
         "(when checking argument in method wrapper_CUDA_mm)", "line 7 uses something that was left on the CPU"),
        ("Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) should be the same", "left on the CPU"),
        ("can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy", "line 7 makes a NumPy array"),
        ("can't convert mps:0 device type tensor to numpy. Use Tensor.cpu() to copy", "line 7 makes a NumPy array"),
        ("Torch not compiled with CUDA enabled", "line 7 names one that is not here"),
        ("Found no NVIDIA driver on your system.", "line 7 names one that is not here"),
        ("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", ""),
    ],
)  # fmt: skip
def test_pytorch_s_own_words_on_a_gpu_become_a_line_of_the_student_s(message: str, told: str) -> None:
    assert told in stray(message, 7, 0)
    assert bool(stray(message, 7, 0)) is bool(told)


def test_the_pretended_accelerator_is_never_picked_by_itself() -> None:
    assert pick_device("auto").type != "sim"
    assert "grader.judge.sim" in sys.modules  # it is loaded, and changes nothing until it is asked for
