"""Day 14: unusual, and right."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("build_model")
def with_norm_and_dropout() -> nn.Module:
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 64), nn.Tanh(),
        nn.Linear(64, 10),
    )  # fmt: skip


@ALTERNATIVES.add("build_model")
def log_probabilities() -> nn.Module:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.randn(784, 10) * 0.01)
            self.bias = nn.Parameter(torch.zeros(10))

        def forward(self, x: Tensor) -> Tensor:
            return F.log_softmax(x.view(x.size(0), -1) @ self.weight + self.bias, dim=-1)

    return Net()


@ALTERNATIVES.add("build_model")
def patches_by_hand() -> nn.Module:
    """A quarter of the image for each of four networks of their own, and a network over what they say."""

    class Quarters(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.each = nn.ModuleList(nn.Linear(196, 32) for _ in range(4))
            self.last = nn.Sequential(nn.GELU(), nn.LayerNorm(128), nn.Linear(128, 10))

        def forward(self, x: Tensor) -> Tensor:
            corners = [x[:, 0, i : i + 14, j : j + 14].flatten(1) for i in (0, 14) for j in (0, 14)]
            return self.last(torch.cat([net(part) for net, part in zip(self.each, corners, strict=True)], dim=1))

    return Quarters()


@ALTERNATIVES.add("build_model")
def lazy_and_residual() -> nn.Module:
    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.Sequential(nn.Linear(128, 128), nn.SiLU(), nn.Dropout(0.1))

        def forward(self, x: Tensor) -> Tensor:
            return x + self.inner(x)

    return nn.Sequential(nn.Flatten(), nn.LazyLinear(128), Block(), Block(), nn.BatchNorm1d(128), nn.Linear(128, 10))


@ALTERNATIVES.add("train")
def with_a_loader_and_momentum(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed + 1)
    loader = DataLoader(TensorDataset(images, labels), batch_size=64, shuffle=True, generator=generator)
    model = model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
    for _ in range(2):
        for x, y in loader:
            optimizer.zero_grad(set_to_none=False)
            nn.CrossEntropyLoss()(model(x.to(device)), y.to(device)).backward()
            optimizer.step()
    return model.eval()


@ALTERNATIVES.add("train")
def by_hand_and_slowly(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int) -> nn.Module:
    model.to(device)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    for _ in range(4):
        for rows in order.split(100):
            loss = F.cross_entropy(model(images[rows].to(device)), labels[rows].to(device))
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for parameter, gradient in zip(model.parameters(), gradients, strict=True):
                    parameter -= 0.03 * gradient
    return model


@ALTERNATIVES.add("train")
def with_nll_of_log_probabilities(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    """For a model that ends in a log-softmax. A tenth of the images is kept for validation; the best epoch wins."""
    torch.manual_seed(seed)
    images, labels, model = images.to(device), labels.to(device), model.to(device)
    kept = len(images) // 10
    best, weights = -1.0, {}
    optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3, weight_decay=1e-5)
    for _ in range(4):
        model.train()
        for rows in (kept + torch.randperm(len(images) - kept)).split(50):
            optimizer.zero_grad()
            F.nll_loss(model(images[rows]), labels[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            score = (model.eval()(images[:kept]).argmax(1) == labels[:kept]).float().mean().item()
        if score > best:
            best, weights = score, {name: each.clone() for name, each in model.state_dict().items()}
    model.load_state_dict(weights)
    return model


@ALTERNATIVES.add("train")
def large_batches_under_one_cycle(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    """Incomplete batches dropped, the rate rises and falls, and pixels are jittered."""
    torch.manual_seed(seed)
    data = TensorDataset(images, labels)
    loader = DataLoader(data, batch_size=1024, shuffle=True, drop_last=True)
    optimizer = torch.optim.AdamW(model.to(device).parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, epochs=6, steps_per_epoch=len(loader))
    for _ in range(6):
        for x, y in loader:
            x = (x + 0.02 * torch.randn_like(x)).roll(int(torch.randint(-1, 2, ())), dims=3)
            optimizer.zero_grad()
            F.cross_entropy(model(x.to(device)), y.to(device), label_smoothing=0.05).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return model


@ALTERNATIVES.add("train")
def averaged_and_normalised(
    model: nn.Module, images: Tensor, labels: Tensor, device: torch.device, seed: int
) -> nn.Module:
    """What comes back is a moving average of the weights, behind a layer that normalises the images."""

    class Normalised(nn.Module):
        def __init__(self, inner: nn.Module, mean: Tensor, std: Tensor) -> None:
            super().__init__()
            self.inner = inner
            self.register_buffer("mean", mean)
            self.register_buffer("std", std)

        def forward(self, x: Tensor) -> Tensor:
            return self.inner((x - self.mean) / self.std)

    torch.manual_seed(seed)
    whole = Normalised(model, images.mean(), images.std()).to(device)
    average = torch.optim.swa_utils.AveragedModel(whole, avg_fn=lambda old, new, count: 0.9 * old + 0.1 * new)
    optimizer = torch.optim.SGD(whole.parameters(), lr=0.1, momentum=0.9)
    for _ in range(2):
        for rows in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            F.cross_entropy(whole(images[rows].to(device)), labels[rows].to(device)).backward()
            optimizer.step()
            average.update_parameters(whole)
    return average.module


@ALTERNATIVES.add("predict")
def one_by_one(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    modes = {name: part.training for name, part in model.named_modules()}
    model.train(False)
    with torch.inference_mode():
        classes = [int(model(image[None].to(device)).softmax(1).argmax()) for image in images]
    for name, part in model.named_modules():
        part.training = modes[name]
    return torch.tensor(classes)


@ALTERNATIVES.add("predict")
def of_a_copy_that_sees_them_standardised(model: nn.Module, images: Tensor, device: torch.device) -> Tensor:
    """As a `train` that standardises needs it."""
    import copy

    own = copy.deepcopy(model).to(device).eval()
    return own((images.to(device) - 0.1307) / 0.3081).detach().topk(1).indices[:, 0].cpu()


@ALTERNATIVES.add("accuracy")
def by_counting(model: nn.Module, images: Tensor, labels: Tensor, device: torch.device) -> float:
    modes = [part.training for part in model.modules()]
    model.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(images), 7):
            logits = model(images[start : start + 7].to(device))
            right += int((logits.max(1).indices.cpu() == labels[start : start + 7]).sum())
    for part, mode in zip(model.modules(), modes, strict=True):
        part.training = mode
    return right / len(labels)
