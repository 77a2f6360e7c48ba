"""What works on the CPU alone is caught on `sim`, with its line; what works on any device passes there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.model.record import Record, TaskResult
from grader.model.verdict import Verdict

COURSE = Path(__file__).parent / "course"
SOLUTION = (COURSE / "solutions" / "day01" / "lab.py").read_text(encoding="utf-8")
MADE, LEFT, ABSENT = "makes a CPU tensor", "was left on the CPU", "one kind of device"


@dataclass(frozen=True)
class Slip:
    """`right` of the solution written as `wrong`; on sim the task says `told`, naming the line of `wrong`'s mark <."""

    task: str
    right: str
    wrong: str
    told: str

    @property
    def text(self) -> str:
        assert SOLUTION.count(self.right) == 1, self.right
        return SOLUTION.replace(self.right, self.wrong)

    @property
    def line(self) -> int:
        return next((n for n, line in enumerate(self.text.split("\n"), 1) if "# <" in line), 0)


SLIPS = {
    "constant": Slip("standardize", "    return (x - x.mean(0)) / x.std(0)",
                     "    eps = torch.zeros(3)  # <\n    return (x - x.mean(0)) / (x.std(0) + eps)", MADE),
    "constant_computed_from": Slip("standardize", "    return (x - x.mean(0)) / x.std(0)",
                     "    base = torch.ones(3)  # <\n    eps = base * 2 - 2\n    return (x - x.mean(0)) / (x.std(0) + eps)", MADE),
    "numpy": Slip("standardize", "    return (x - x.mean(0)) / x.std(0)",
                  "    scale = x.detach().std(0).numpy()  # <\n    return (x - x.mean(0)) / torch.tensor(scale)", "makes a NumPy array"),
    "answer_on_the_cpu": Slip("standardize", "    return (x - x.mean(0)) / x.std(0)",
                              "    return ((x - x.mean(0)) / x.std(0)).cpu()", "the result is on cpu, not on sim"),
    "written_from_scratch": Slip("one_hot", "classes, device=labels.device)", "classes)  # <", MADE),
    "labels_to_the_cpu": Slip("one_hot", "out[torch.arange(len(labels)), labels] = 1.0",
                              "out = out.scatter(1, labels.cpu()[:, None], 1.0)  # <", MADE),
    "class_weights": Slip("weighted_loss", "3.0], device=logits.device)", "3.0])  # <", MADE),
    "default_tensor_type": Slip("weighted_loss", "torch.tensor([1.0, 2.0, 3.0], device=logits.device)",
                                "torch.FloatTensor([1.0, 2.0, 3.0])", LEFT),
    "index": Slip("rows", "torch.tensor(picked, device=x.device)", "torch.tensor(picked)  # <\n    ", MADE),
    "mask": Slip("causal", "torch.ones(x.shape, device=x.device).tril()", "torch.ones(x.shape).tril()  # <", MADE),
    "mask_of_booleans": Slip("causal", "    return torch.where(mask > 0, x, torch.tensor(0.0))",
                             "    mask = torch.ones(x.shape, dtype=torch.bool).tril()  # <\n    return x.masked_fill(~mask, 0.0)", MADE),
    "in_place": Slip("normalize_", "    x -= x.mean()", "    mean = torch.full_like(x, x.mean().item(), device='cpu')  # <\n    x -= mean", MADE),
    "accumulated": Slip("normalize_", "    x -= x.mean()",
                        "    total = torch.zeros(1)  # <\n    for value in x:\n        total += value\n    x -= (total / len(x)).item()", MADE),
    "positions": Slip("positions", "torch.arange(x.shape[1], device=x.device)", "torch.arange(x.shape[1])  # <\n    ", MADE),
    "table": Slip("positions", ", table)", ", table.cpu())  # <", MADE),
    "generator": Slip("noise", "torch.Generator(device=device)", "torch.Generator()", LEFT),
    "no_cpu_before_numpy": Slip("scores", ".cpu().numpy()", ".numpy()", "makes a NumPy array"),
    "hard_coded_cuda": Slip("scores", "    model = model.to(device)\n    with", "    model, device = model.to('cuda'), 'cuda'  # <\n    with", ABSENT),
    "model_not_moved": Slip("fit", "    model.to(device)\n    steps", "    steps", LEFT),
    "batch_not_moved": Slip("fit", "images, labels = images.to(device), labels.to(device)", "labels = labels.to(device)", LEFT),
    "labels_not_moved": Slip("fit", "images, labels = images.to(device), labels.to(device)", "images = images.to(device)", LEFT),
    "moved_and_forgotten": Slip("fit", "images, labels = images.to(device), labels.to(device)",
                                "images.to(device), labels.to(device)", LEFT),
    "optimizer_before_the_move": Slip("fit", "    model.to(device)\n    steps = getattr(torch.optim, optimizer)(model.parameters(), lr=0.1)",
                                      "    steps = getattr(torch.optim, optimizer)(model.parameters(), lr=0.1)\n    model.to(device)", LEFT),
    "checkpoint_on_the_cpu": Slip("resume", 'bias=False).to(device)\n    again.load_state_dict(saved["model"])',
                                  'bias=False)  # <\n    again.load_state_dict(saved["model"])', MADE),
    "buffer": Slip("Net", 'self.register_buffer("shift", torch.full((3,), 0.5))', "self.shift = torch.full((3,), 0.5)  # <", MADE),
    "list_of_layers": Slip("Net", "self.last = nn.Linear(8, 3)", "self.layers = [nn.Linear(8, 3)]  # <\n        self.last = lambda x: self.layers[0](x)", MADE),
    "layer_in_forward": Slip("Net", "        x = F.max_pool2d(F.relu(self.norm(self.conv(x))), 2)",
                             "        x = F.max_pool2d(F.relu(self.norm(nn.Conv2d(1, 2, 3)(x) + 0 * self.conv(x))), 2)  # <", MADE),
}  # fmt: skip
# what a GPU allows, and so does sim
ALLOWED = {
    "reference": SOLUTION,
    "cuda_where_there_is_one": SOLUTION.replace("    model = model.to(device)\n    with", "    device = 'cuda' if torch.cuda.is_available() else 'cpu'\n    model = model.to(device)\n    with"),
    "cpu_scalar": SOLUTION.replace("x -= x.mean()", "x -= torch.tensor(1.0) * x.mean()"),
    "cpu_index": SOLUTION.replace("torch.index_select(x, 0, torch.tensor(picked, device=x.device))", "x[torch.tensor(picked)]"),
    "default_device": SOLUTION.replace("    weight = torch.tensor([1.0, 2.0, 3.0], device=logits.device)",
                                       "    with torch.device(logits.device):\n        weight = torch.tensor([1.0, 2.0, 3.0])"),
    "pinned": SOLUTION.replace("batch_size=4)", "batch_size=4, pin_memory=True)"),
    "autocast": SOLUTION.replace("            loss = F.cross_entropy(model(images), labels)",
                                 "            with torch.autocast(device.type, enabled=False):\n                loss = F.cross_entropy(model(images), labels)"),
    "checkpoint_by_the_cpu": SOLUTION.replace("map_location=device", "map_location='cpu'"),
    "accelerator": SOLUTION.replace("    model = model.to(device)\n    with", "    if torch.accelerator.is_available():\n        device = torch.accelerator.current_accelerator()\n        torch.accelerator.synchronize()\n    model = model.to(device)\n    with"),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Record]]:
    """Every submission on the CPU and on sim: by device, by name."""
    folder = tmp_path_factory.mktemp("devices")
    texts = {name: slip.text for name, slip in SLIPS.items()} | ALLOWED
    for name, text in texts.items():
        (folder / "in" / name).mkdir(parents=True)
        (folder / "in" / name / "lab.py").write_text(text, encoding="utf-8")
    for device in ("cpu", "sim"):
        command = [
            sys.executable, "-m", "grader", "grade", str(folder / "in"), "--day", "day01", "--course", str(COURSE),
            "--device", device, "--secret", "s", "--out", str(folder / device), "-j", "1",
            "--db", f"sqlite:///{folder / 'descent.db'}",
        ]  # fmt: skip
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode in (0, 1), run.stdout + run.stderr
    return {
        device: {
            name: Record.model_validate_json((folder / device / f"{name}.json").read_text(encoding="utf-8"))
            for name in texts
        }
        for device in ("cpu", "sim")
    }


def result(record: Record, task: str) -> TaskResult:
    return next(each for each in record.tasks if each.id == task)


@pytest.mark.parametrize("name", SLIPS)
def test_a_device_mistake_passes_on_the_cpu_and_is_caught_on_sim(
    graded: dict[str, dict[str, Record]], name: str
) -> None:
    slip = SLIPS[name]
    if slip.told != ABSENT:  # that one fails on the CPU as well
        assert result(graded["cpu"][name], slip.task).verdict is Verdict.PASSED
    seen = result(graded["sim"][name], slip.task)
    assert seen.verdict is not Verdict.PASSED
    assert seen.points == 0
    assert slip.told in seen.message
    if slip.line:
        assert f"line {slip.line} " in seen.message
        assert any("# <" in line.text for line in seen.trace)


@pytest.mark.parametrize("name", ALLOWED)
def test_what_a_gpu_allows_passes_on_sim(graded: dict[str, dict[str, Record]], name: str) -> None:
    for device in ("cpu", "sim"):
        assert [task.id for task in graded[device][name].tasks if task.verdict is not Verdict.PASSED] == []
        assert graded[device][name].device == device


def test_points_for_running_on_any_device_are_lost_alone(tmp_path: Path) -> None:
    copy = tmp_path / "course"
    shutil.copytree(COURSE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    manifest = (copy / "course.yaml").read_text(encoding="utf-8")
    manifest = manifest.replace("rows: {points: 1}", "rows: {points: 4, device_points: 1.5}")
    manifest = manifest.replace("noise: {points: 1}", "noise: {points: 2, device_points: 1}")
    (copy / "course.yaml").write_text(manifest, encoding="utf-8")
    (tmp_path / "lab.py").write_text(SLIPS["index"].text, encoding="utf-8")
    command = [
        sys.executable, "-m", "grader", "score", str(tmp_path / "lab.py"), "--day", "day01", "--course", str(copy),
        "--json", str(tmp_path / "record.json"),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    record = Record.model_validate_json((tmp_path / "record.json").read_text(encoding="utf-8"))
    rows, noise = result(record, "rows"), result(record, "noise")
    assert (rows.verdict, rows.points, noise.points) == (Verdict.FAILED, 2.5, 2), run.stdout + run.stderr
    line = SLIPS["index"].line
    assert rows.message.startswith(f"Right on the CPU; on another device: Your code runs on the CPU only: line {line} ")
