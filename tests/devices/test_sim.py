"""The device itself: real values, a name of its own, and what a GPU refuses. Runs in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

JUDGE = Path(__file__).parents[2] / "grader" / "judge"
# one process for all cases: autograd must meet sim before its first backward pass, and torch takes seconds to import
SERVER = f"""
import copy, io, json, pickle, sys, warnings
sys.path.insert(0, {str(JUDGE.parents[1])!r})
warnings.simplefilter("error")
warnings.filterwarnings("ignore", message=".*__array__ implementation.*")
import numpy, torch, torch.nn.functional as F
from torch import nn
from grader.judge import sim
sim.enable()
sim.try_out()
for line in sys.stdin:
    names = dict(globals())
    try:
        *before, last = json.loads(line).strip().split("\\n")
        exec("\\n".join(before), names)
        told = [repr(eval(last, names)), ""]
    except BaseException as problem:
        told = [type(problem).__name__, str(problem)]
    print(json.dumps(told), flush=True)
"""


class Device:
    """A process with sim in it."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", SERVER]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, code: str) -> list[str]:
        """`[repr of the last line's value, ""]`, or the name and the text of what was raised."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        answer: list[str] = json.loads(self.process.stdout.readline())
        return answer

    def __call__(self, code: str) -> Any:
        told, problem = self.ask(code)
        assert not problem, f"{told}: {problem}"
        return told


@pytest.fixture(scope="module")
def sim() -> Any:
    device = Device()
    yield device
    device.process.communicate(timeout=30)


TWO_DEVICES = "Expected all tensors to be on the same device, but found at least two devices, sim:0 and cpu!"

REFUSED = {
    "x + y": ("RuntimeError", TWO_DEVICES),
    "y * x": ("RuntimeError", TWO_DEVICES),
    "x @ y.T": ("RuntimeError", TWO_DEVICES + " (when checking argument for argument mat2 in method wrapper_SIM_mm)"),
    "y.add_(x)": ("RuntimeError", TWO_DEVICES),
    "x.add_(y)": ("RuntimeError", TWO_DEVICES),
    "torch.tensor(1.0).add_(x.sum())": ("RuntimeError", TWO_DEVICES),
    "torch.cat([x, y])": ("RuntimeError", TWO_DEVICES),
    "torch.where(x > 0, x, y)": ("RuntimeError", TWO_DEVICES),
    "torch.allclose(x, y)": ("RuntimeError", TWO_DEVICES),
    "y[x > 0]": ("RuntimeError", "indices should be either on cpu or on the same device as the indexed tensor (cpu)"),
    "F.cross_entropy(x, torch.tensor([0, 1]))": ("RuntimeError", TWO_DEVICES),
    "nn.Linear(3, 2)(x)": ("RuntimeError", TWO_DEVICES),
    "nn.Linear(3, 2).to('sim')(y)": ("RuntimeError", TWO_DEVICES),
    "nn.BatchNorm1d(3).to('sim')(y)": ("RuntimeError", TWO_DEVICES),
    "nn.Embedding(3, 2).to('sim')(torch.tensor([1]))": ("RuntimeError", TWO_DEVICES),
    "nn.GRUCell(3, 2)(x)": ("RuntimeError", TWO_DEVICES),
    "nn.LSTM(3, 2).to('sim')(y)": (
        "RuntimeError", "Input and parameter tensors are not at the same device, found input tensor at cpu and parameter tensor at sim:0"),
    "nn.GRU(3, 2).to('sim')(x, torch.zeros(1, 2))": (
        "RuntimeError", "Input and hidden tensors are not at the same device, found input tensor at sim:0 and hidden tensor at cpu"),
    "F.scaled_dot_product_attention(x, y, y)": ("RuntimeError", TWO_DEVICES),
    "nn.Conv2d(1, 1, 2).to('sim')(torch.ones(1, 1, 3, 3))": (
        "RuntimeError", "Input type (torch.FloatTensor) and weight type (torch.sim.FloatTensor) should be the same"),
    "x.numpy()": ("TypeError", "can't convert sim:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first."),
    "numpy.asarray(x)": ("TypeError", "can't convert sim:0 device type tensor to numpy."),
    "torch.randn(2, device='sim', generator=torch.Generator())": ("RuntimeError", "Expected a 'sim' device type for generator but found 'cpu'"),
    "setattr(x.requires_grad_(), 'grad', y)": ("RuntimeError", "attempting to assign a gradient with device type 'cpu' to a tensor with device type 'sim'"),
    "torch.ones(1, device='sim:1')": ("RuntimeError", "invalid device ordinal"),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_a_gpu_refuses_is_refused_in_pytorch_s_words(sim: Device, code: str) -> None:
    kind, text = REFUSED[code]
    told = sim.ask(f"y = torch.ones(2, 3)\nx = y.to('sim')\n{code}")
    assert told[0] == kind
    assert text in told[1]


SAID = {
    "x.device": "device(type='sim', index=0)",
    "(x.is_sim, x.is_cpu, x.is_cuda)": "(True, False, False)",
    "type(x) is torch.Tensor": "True",
    "x": "tensor([[1., 1., 1.],\n        [1., 1., 1.]], device='sim:0')",
    "x.tolist()": "[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]",
    "f'{x.sum():.1f} {float(x.sum())} {x.sum().item()} {bool((x > 0).all())} {len(x)}'": "'6.0 6.0 6.0 True 2'",
    "x.to('sim') is x": "True",
    "x.cpu().device, x.to('cpu').numpy().sum()": "(device(type='cpu'), np.float32(6.0))",
    "(torch.tensor([1, 2], device='sim'), torch.as_tensor([1.5], device='sim'), x.new_tensor([1]))":
        "(tensor([1, 2], device='sim:0'), tensor([1.5000], device='sim:0'), tensor([1.], device='sim:0'))",
    "(torch.arange(3, device='sim'), torch.eye(1, device='sim'), torch.full_like(x[0, :2], 2))":
        "(tensor([0, 1, 2], device='sim:0'), tensor([[1.]], device='sim:0'), tensor([2., 2.], device='sim:0'))",
    "x * torch.tensor(2.0)": "tensor([[2., 2., 2.],\n        [2., 2., 2.]], device='sim:0')",
    "x[torch.tensor([0])].shape": "torch.Size([1, 3])",
    "(x.view(6)[1:].untyped_storage().data_ptr() == x.data_ptr(), x.T.stride(), x[1].storage_offset())": "(True, (1, 3), 3)",
    "(torch.accelerator.is_available(), torch.accelerator.current_accelerator(), torch.accelerator.device_count())":
        "(True, device(type='sim'), 1)",
    "(torch.accelerator.synchronize(), torch.sim.is_available(), torch.sim.device_count(), torch.cuda.is_available())":
        "(None, True, 1, False)",
    "(torch.Generator('sim').device, isinstance(torch.Generator(), torch.Generator))": "(device(type='sim', index=0), True)",
    "copy.deepcopy(nn.Linear(1, 1).to('sim')).weight.device": "device(type='sim', index=0)",
    "pickle.loads(pickle.dumps(x)).device": "device(type='sim', index=0)",
    "next(nn.Linear(1, 1, device='sim').parameters()).device.type": "'sim'",
    "next(iter(torch.utils.data.DataLoader(torch.ones(2, 1), pin_memory=True)))": "tensor([[1.]])",
    "torch.view_as_real(torch.ones(1, dtype=torch.complex64, device='sim').conj().resolve_conj()).tolist()": "[[1.0, -0.0]]",
}  # fmt: skip


@pytest.mark.parametrize("code", SAID)
def test_sim_answers_as_a_device_does(sim: Device, code: str) -> None:
    assert sim(f"x = torch.ones(2, 3).to('sim')\n{code}") == SAID[code]


def test_a_default_device_is_taken_up(sim: Device) -> None:
    assert (
        sim("with torch.device('sim'):\n    x = [torch.ones(1), torch.tensor([1.0])]\n[each.device.type for each in x]")
        == "['sim', 'sim']"
    )


def test_a_forbidden_operator_is_seen_on_sim_and_a_list_is_still_an_index_there(sim: Device) -> None:
    code = """
from grader.judge import barring
def barred(work):
    with barring.forbid(['mse_loss', 'relu'], torch.device('sim')):
        return work(torch.ones(3, device='sim'))
"""
    assert sim(f"{code}barred(lambda x: x[[0, 2]] + torch.tensor([1.0, 2.0], device='sim'))").startswith(
        "tensor([2., 3.]"
    )
    assert sim.ask(f"{code}barred(lambda x: torch._C._nn.mse_loss(x, x))")[0] == "ForbiddenCall"
    assert sim.ask(f"{code}barred(lambda x: torch.ops.aten.mse_loss.default(x, x))")[0] == "ForbiddenCall"


TRAINING = """
def train(device):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.3),
                          nn.Linear(36, 16), nn.LayerNorm(16), nn.GELU(), nn.Linear(16, 5)).to(device)
    steps = getattr(torch.optim, OPTIMIZER)(model.parameters(), **OPTIONS)
    schedule = torch.optim.lr_scheduler.StepLR(steps, 2)
    images, labels = torch.randn(12, 1, 8, 8), torch.randint(0, 5, (12,))
    def closure():
        steps.zero_grad()
        loss = F.cross_entropy(model(x.to(device)), y.to(device), label_smoothing=0.1)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        return loss
    for _ in range(3):
        for x, y in torch.utils.data.DataLoader(torch.utils.data.TensorDataset(images, labels), 5, shuffle=True):
            steps.step(closure)
        schedule.step()
    return [value.cpu() for value in model.state_dict().values()]
"""
OPTIMIZERS = {
    "SGD": "{'lr': 0.1, 'momentum': 0.9, 'weight_decay': 0.01}", "Adam": "{'lr': 0.01}", "AdamW": "{'lr': 0.01}",
    "RMSprop": "{'lr': 0.01}", "Adagrad": "{'lr': 0.01}", "Adadelta": "{}", "Adamax": "{}", "NAdam": "{}", "RAdam": "{}",
    "ASGD": "{}", "Rprop": "{}", "LBFGS": "{'max_iter': 2}",
}  # fmt: skip


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_training_on_sim_gives_the_cpu_s_bits(sim: Device, optimizer: str) -> None:
    code = TRAINING.replace("OPTIMIZER", repr(optimizer)).replace("OPTIONS", OPTIMIZERS[optimizer])
    assert sim(f"{code}\nall(map(torch.equal, train('cpu'), train('sim')))") == "True"


# what chooses by the device inside C++: one line that makes the module, one that calls it
CHOOSING = {
    "nn.RNN(3, 4, 2, dropout=0.5)": "model(x)[0]",
    "nn.RNN(3, 4, nonlinearity='relu', bidirectional=True)": "model(x, torch.ones(2, 5, 4, device=device))[0]",
    "nn.GRU(3, 4, batch_first=True)": "model(x)[0]",
    "nn.LSTM(3, 4, bidirectional=True)": "model(x)[0]",
    "nn.LSTM(3, 4, 2)": "model(nn.utils.rnn.pack_padded_sequence(x, torch.tensor([2, 2, 2, 1, 1])))[0].data",
    "nn.RNNCell(3, 4)": "model(x[0])",
    "nn.GRUCell(3, 4, bias=False)": "model(x[0])",
    "nn.LSTMCell(3, 4)": "model(x[0])[1]",
    "nn.MultiheadAttention(3, 1)": "model(x, x, x, need_weights=False)[0]",
    "nn.TransformerEncoderLayer(3, 1, 4)": "model(x)",
    "nn.Linear(3, 3)": "F.scaled_dot_product_attention(model(x), x, x, is_causal=True)",
}


@pytest.mark.parametrize("module", CHOOSING)
def test_recurrent_layers_and_attention_on_sim_give_the_cpu_s_bits(sim: Device, module: str) -> None:
    code = f"""
def run(device):
    torch.manual_seed(0)
    model, x = {module}.to(device), torch.randn(2, 5, 3).to(device).requires_grad_()
    out = {CHOOSING[module]}
    out.square().sum().backward()
    with torch.no_grad():
        again = {CHOOSING[module]}
    with torch.inference_mode():
        {CHOOSING[module]}
    assert {{each.device.type for each in (out, again, x.grad)}} == {{device}}
    return [each.cpu() for each in (out, again, x.grad, *(p.grad for p in model.parameters()))]
all(map(torch.equal, run('cpu'), run('sim')))"""
    assert sim(code) == "True"


def test_an_optimizer_made_before_the_move_still_has_the_parameters_as_on_a_gpu(sim: Device) -> None:
    code = """
model = nn.Linear(1, 1)
steps, before = torch.optim.SGD(model.parameters(), lr=1.0), model.weight
model.to('sim')
model(torch.ones(1, 1, device='sim')).backward()
old = model.weight.item()
steps.step()
(model.weight is before, model.weight.item() != old)"""
    assert sim(code) == "(True, True)"


def test_a_checkpoint_goes_from_device_to_device(sim: Device) -> None:
    code = """
model, file = nn.Linear(2, 1).to('sim'), io.BytesIO()
torch.save(model.state_dict(), file)
def load(**options):
    file.seek(0)
    return torch.load(file, weights_only=True, **options)['weight']
found = [load(), load(map_location='cpu'), load(map_location='sim')]
([each.device.type for each in found], [bool((each.cpu() == model.weight.cpu()).all()) for each in found])"""
    assert sim(code) == "(['sim', 'cpu', 'sim'], [True, True, True])"


def test_a_process_that_has_made_a_backward_pass_cannot_have_it_and_says_so() -> None:
    code = (
        "import torch; from grader.judge.device import pick_device, DeviceError\n"
        "torch.autograd.backward(torch.ones(1, requires_grad=True) * 2)\n"
        "try: pick_device('sim', here=True)\n"
        "except DeviceError as problem: print(problem)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "in a notebook a new kernel" in run.stdout
