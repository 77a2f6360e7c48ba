"""Day 20: unusual but right repairs. Each must pass."""

from __future__ import annotations

import copy
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("train_linear")
def train_linear_with_an_optimizer(X: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor]:
    model = nn.Linear(X.shape[1], 1).to(X)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(model(X).flatten(), y).backward()
        optimizer.step()
    return model.weight[0], model.bias


@ALTERNATIVES.add("train_linear")
def train_linear_without_autograd(X: Tensor, y: Tensor, lr: float, steps: int) -> tuple[Tensor, Tensor]:
    """The normal equations' matrices once, then steps on them."""
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    H, g = 2 * A.T @ A / len(y), 2 * A.T @ y / len(y)
    wb = torch.zeros_like(g)
    for _ in range(steps):
        wb = wb - lr * (H @ wb - g)
    return wb[:-1], wb[-1]


@ALTERNATIVES.add("classify_loss")
def classify_loss_from_logarithms(logits: Tensor, labels: Tensor) -> Tensor:
    return -logits.log_softmax(-1).gather(1, labels[:, None]).mean()


@ALTERNATIVES.add("classify_loss")
def classify_loss_of_one_hot(logits: Tensor, labels: Tensor) -> Tensor:
    return F.cross_entropy(logits.log_softmax(1), F.one_hot(labels, logits.shape[1]).to(logits.dtype))


@ALTERNATIVES.add("validate")
def validate_in_inference_mode(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    modes = {name: part.training for name, part in model.named_modules()}
    try:
        with torch.inference_mode():
            hits = sum(int(model.eval()(some).argmax(1).eq(their).sum())
                       for some, their in zip(images.split(7), labels.split(7), strict=True))  # fmt: skip
    finally:
        for name, part in model.named_modules():
            part.training = modes[name]
    return hits / len(labels)


@ALTERNATIVES.add("validate")
def validate_a_copy(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    own = copy.deepcopy(model).eval()
    with torch.no_grad():
        return (own(images).argmax(-1) == labels).float().mean().item()


@ALTERNATIVES.add("regression_loss")
def regression_loss_as_columns(pred: Tensor, target: Tensor) -> Tensor:
    return nn.MSELoss()(pred, target.unsqueeze(-1))


@ALTERNATIVES.add("regression_loss")
def regression_loss_as_a_product(pred: Tensor, target: Tensor) -> Tensor:
    error = pred.view(-1) - target
    return error @ error / error.numel()


def losses_of(model: nn.Module, optimizer: torch.optim.Optimizer, X: Tensor, y: Tensor, steps: int) -> list[float]:
    losses = []
    for _ in range(steps):
        loss = ((model(X).flatten() - y) ** 2).mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


class _Last(nn.Module):
    """A recurrent layer's last state, and a number from it."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer, self.head = layer, nn.Linear(layer.hidden_size, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.layer(x)[0][:, -1])


@ALTERNATIVES.add("train_recurrent")
def train_recurrent_with_adam(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = _Last(nn.RNN(X.shape[2], 64, nonlinearity="relu", batch_first=True)).to(X)
    return losses_of(model, torch.optim.Adam(model.parameters(), lr=0.01), X, y, steps)


@ALTERNATIVES.add("train_recurrent")
def train_recurrent_with_a_lower_rate(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = _Last(nn.RNN(X.shape[2], 64, nonlinearity="relu", batch_first=True)).to(X)
    return losses_of(model, torch.optim.SGD(model.parameters(), lr=0.002), X, y, steps)


@ALTERNATIVES.add("train_recurrent")
def train_recurrent_with_gates(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = _Last(nn.GRU(X.shape[2], 24, batch_first=True)).to(X)
    return losses_of(model, torch.optim.SGD(model.parameters(), lr=0.02), X, y, steps)


@ALTERNATIVES.add("train_recurrent")
def train_recurrent_clipped_by_value(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = _Last(nn.RNN(X.shape[2], 64, nonlinearity="relu", batch_first=True)).to(X)
    for parameter in model.parameters():
        parameter.register_hook(lambda gradient: gradient.clamp(-0.5, 0.5))
    return losses_of(model, torch.optim.Adam(model.parameters(), lr=0.005), X, y, steps)


@ALTERNATIVES.add("train_recurrent")
def train_recurrent_from_the_mean(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = _Last(nn.GRU(X.shape[2], 64, batch_first=True)).to(X)
    nn.init.constant_(model.head.bias, float(y.mean()))
    return losses_of(model, torch.optim.Adam(model.parameters(), lr=0.02), X, y, steps)


@ALTERNATIVES.add("build_deep_net")
def build_deep_net_of_tanh(depth: int, width: int) -> nn.Sequential:
    net = nn.Sequential()
    for number in range(depth):
        net.append(nn.Linear(width, width)).append(nn.Tanh())
        nn.init.xavier_normal_(net[2 * number].weight)
    return net


@ALTERNATIVES.add("build_deep_net")
def build_deep_net_normalised(depth: int, width: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for _ in range(depth):
        layers += [nn.Linear(width, width), nn.BatchNorm1d(width), nn.ReLU()]
    return nn.Sequential(*layers)


@ALTERNATIVES.add("build_deep_net")
def build_deep_net_leaky(depth: int, width: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for _ in range(depth):
        linear = nn.Linear(width, width)
        nn.init.kaiming_uniform_(linear.weight, a=0.01, nonlinearity="leaky_relu")
        layers += [linear, nn.LeakyReLU(0.01)]
    return nn.Sequential(*layers)


@ALTERNATIVES.add("build_deep_net")
def build_deep_net_with_layer_norms(depth: int, width: int) -> nn.Sequential:
    parts = ((nn.Linear(width, width), nn.LayerNorm(width), nn.ReLU()) for _ in range(depth))
    return nn.Sequential(*(part for three in parts for part in three))


class _Skip(nn.Module):
    """x plus what a layer makes of it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(width, width), nn.ReLU())

    def forward(self, x: Tensor) -> Tensor:
        return x + self.inner(x)


@ALTERNATIVES.add("build_deep_net")
def build_deep_net_with_skips(depth: int, width: int) -> nn.Sequential:
    return nn.Sequential(*(_Skip(width) for _ in range(depth)))


@ALTERNATIVES.add("build_deep_net")
def build_deep_net_self_normalising(depth: int, width: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for number in range(depth):
        linear = nn.Linear(width, width)
        nn.init.normal_(linear.weight, std=1 / math.sqrt(width))
        layers += [linear, nn.SELU()] if number < depth - 1 else [linear]
    return nn.Sequential(*layers)


def fitted(model: nn.Module, x: Tensor, y: Tensor, steps: int, rate: float, decay: float = 0.0) -> nn.Module:
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    for _ in range(steps):
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model


@ALTERNATIVES.add("train_small_data")
def train_small_data_linear(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    """A model too small to learn anything by heart."""
    torch.manual_seed(seed)
    return fitted(nn.Linear(train_x.shape[1], int(train_y.max()) + 1).to(train_x), train_x, train_y, 200, 0.03, 0.5)


@ALTERNATIVES.add("train_small_data")
def train_small_data_decayed(train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int) -> nn.Module:
    """The large model under a strong weight decay, with dropout, for a few steps."""
    torch.manual_seed(seed)
    classes = int(train_y.max()) + 1
    model = nn.Sequential(nn.Linear(train_x.shape[1], 128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, classes))
    return fitted(model.to(train_x), train_x, train_y, 40, 0.01, 1.0)


@ALTERNATIVES.add("train_small_data")
def train_small_data_with_patience(
    train_x: Tensor, train_y: Tensor, val_x: Tensor, val_y: Tensor, seed: int
) -> nn.Module:
    """Mini-batches; stops five passes after the best, whose weights it keeps."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(train_x.shape[1], 256), nn.ReLU(), nn.Linear(256, 3))
    optimizer = torch.optim.Adam(model.to(train_x).parameters(), lr=1e-3)
    best, kept, waited = math.inf, {}, 0
    while waited < 5:
        for rows in torch.randperm(len(train_y)).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(train_x[rows]), train_y[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            loss = float(F.cross_entropy(model(val_x), val_y))
        if loss < best:
            best, waited, kept = loss, 0, {name: value.clone() for name, value in model.state_dict().items()}
        else:
            waited += 1
    model.load_state_dict(kept)
    return model


@ALTERNATIVES.add("train_fast")
def train_fast_with_momentum(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.Tanh(), nn.Linear(32, 1)).to(X)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9, nesterov=True)
    return losses_of(model, optimizer, X, y, steps)


@ALTERNATIVES.add("train_fast")
def train_fast_with_a_higher_rate(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 32), nn.Tanh(), nn.Linear(32, 1)).to(X)
    return losses_of(model, torch.optim.SGD(model.parameters(), lr=0.1), X, y, steps)


@ALTERNATIVES.add("train_fast")
def train_fast_with_a_schedule(X: Tensor, y: Tensor, steps: int, seed: int) -> list[float]:
    """Another network, a rate that starts high and sinks, and Adagrad's kind of steps."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(X.shape[1], 16), nn.ReLU(), nn.Linear(16, 1)).to(X)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps)
    losses = []
    for _ in range(steps):
        loss = F.mse_loss(model(X)[:, 0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return losses
