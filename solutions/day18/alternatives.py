"""Day 18: unusual, and right."""

import math
from collections import defaultdict

import torch
from torch import nn

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("SGD")
class SGDThroughData:
    """Through `.data`, with zeros for gradients, and torch's optional arguments."""

    def __init__(self, params, lr, momentum=0.0, dampening=0.0, weight_decay=0.0):
        self.groups = [{"params": tuple(params), "lr": lr}]
        self.weight_decay = weight_decay

    def step(self, closure=None):
        for group in self.groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                p.data = p.data - group["lr"] * (p.grad.data + self.weight_decay * p.data)

    def zero_grad(self, set_to_none=False):
        for group in self.groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad.detach_()
                    p.grad.zero_()


@ALTERNATIVES.add("SGD")
class SGDForEach:
    """All parameters in one call."""

    def __init__(self, params, lr):
        self.params, self.lr = [*params], lr

    @torch.no_grad()
    def step(self):
        live = [p for p in self.params if p.grad is not None]
        if live:
            torch._foreach_add_(live, [p.grad for p in live], alpha=-self.lr)

    def zero_grad(self):
        for p in self.params:
            p.grad = p.grad * 0 if p.grad is not None else None


class Base:
    """A family of its own: the memory is a dict by parameter."""

    def __init__(self, params, lr, **options):
        self.params, self.lr = list(params), lr
        self.state = defaultdict(dict)
        for name, value in options.items():
            setattr(self, name, value)

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is not None:
                self.update(p, p.grad, self.state[p])

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


@ALTERNATIVES.add("Momentum")
class MomentumWithTheRateInside(Base):
    """The learning rate goes into the velocity, once."""

    def __init__(self, params, lr, momentum=0.9, dampening=0, weight_decay=0):
        super().__init__(params, lr, momentum=momentum, dampening=dampening, weight_decay=weight_decay)

    def update(self, p, g, state):
        g = g.add(p, alpha=self.weight_decay)
        if "v" in state:
            state["v"].mul_(self.momentum).add_(g, alpha=self.lr * (1 - self.dampening))
        else:
            state["v"] = torch.mul(g, self.lr)
        p.sub_(state["v"])


@ALTERNATIVES.add("RMSProp")
class RMSPropInPlace(Base):
    """With the fused arithmetic of torch."""

    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        super().__init__(params, lr, alpha=alpha, eps=eps)

    def update(self, p, g, state):
        s = state.setdefault("s", torch.zeros_like(p, memory_format=torch.preserve_format))
        s.mul_(self.alpha).addcmul_(g, g, value=1 - self.alpha)
        p.addcdiv_(g, s.sqrt().add_(self.eps), value=-self.lr)


@ALTERNATIVES.add("Adam")
class AdamAsInTorch(Base):
    """Counts steps for each parameter, corrects through the step size, and takes `weight_decay`."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False):
        super().__init__(params, lr, betas=betas, eps=eps, weight_decay=weight_decay)

    def update(self, p, g, state):
        g = g + self.weight_decay * p
        if not state:
            state.update(step=0, exp_avg=torch.zeros_like(p), exp_avg_sq=torch.zeros_like(p))
        state["step"] += 1
        beta1, beta2 = self.betas
        state["exp_avg"].lerp_(g, 1 - beta1)
        state["exp_avg_sq"].mul_(beta2).addcmul_(g, g, value=1 - beta2)
        denominator = (state["exp_avg_sq"].sqrt() / math.sqrt(1 - beta2 ** state["step"])).add_(self.eps)
        p.addcdiv_(state["exp_avg"], denominator, value=-self.lr / (1 - beta1 ** state["step"]))


@ALTERNATIVES.add("AdamW")
class AdamWOnItsOwn:
    """No base class; running powers of the betas; one new value for each parameter."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        self.cells = [[p, torch.zeros_like(p.data), torch.zeros_like(p.data)] for p in params]
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.powers = [1.0, 1.0]

    def step(self):
        self.powers = [power * beta for power, beta in zip(self.powers, self.betas, strict=True)]
        for cell in self.cells:
            p, m, s = cell
            if p.grad is None:
                continue
            g = p.grad.detach()
            cell[1] = m + (1 - self.betas[0]) * (g - m)
            cell[2] = s + (1 - self.betas[1]) * (g.square() - s)
            root = (cell[2] / (1 - self.powers[1])) ** 0.5
            change = cell[1] / (1 - self.powers[0]) / (root + self.eps) + self.weight_decay * p.data
            p.data.copy_(p.data - self.lr * change)

    def zero_grad(self):
        for p, *_ in self.cells:
            p.grad = None


@ALTERNATIVES.add("clip_gradients")
def clip_one_long_vector(params, max_norm):
    params = [p for p in params if p.grad is not None]
    total = torch.cat([p.grad.flatten() for p in params]).norm().item()
    for p in params:
        p.grad = p.grad * min(1.0, max_norm / (total + 1e-6))
    return total


@ALTERNATIVES.add("clip_gradients")
def clip_with_torch(params, max_norm, norm_type=2.0):
    return float(nn.utils.clip_grad_norm_(params, max_norm, norm_type))


@ALTERNATIVES.add("step_decay")
def step_decay_from_0(lr, epoch, drop, every):
    return lr * math.pow(drop, epoch // every)


@ALTERNATIVES.add("step_decay")
def step_decay_in_a_loop(lr, epoch, drop, every):
    for past in range(1, epoch):
        if past % every == 0:
            lr *= drop
    return lr


@ALTERNATIVES.add("cosine_decay")
def cosine_decay_to_0(lr, epoch, epochs):
    return 0.5 * lr * (1 + math.cos(epoch / epochs * math.pi))


@ALTERNATIVES.add("cosine_decay")
def cosine_decay_from_end_to_end(lr, epoch, epochs, lowest=0.0):
    done = (epoch - 1) / max(1, epochs - 1)
    return lowest + (lr - lowest) * math.cos(math.pi / 2 * done) ** 2


@ALTERNATIVES.add("cosine_decay")
def cosine_decay_in_torch(lr, epoch, epochs):
    return (lr * (1 + torch.cos(torch.tensor(math.pi * (epoch - 1) / epochs))) / 2).item()


def run(make, seed, steps=40):
    """A logistic regression by a module, from global randomness that is seeded."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))
    x = torch.randn(50, 3)
    y = (x.sum(dim=1, keepdim=True) > 0).float()
    optimizer, losses = make(model.parameters()), []
    for _ in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# The classes of those who compare, under the names that the module has for them.
CLASSES = {
    "SGD": SGDThroughData,
    "Momentum": MomentumWithTheRateInside,
    "RMSProp": RMSPropInPlace,
    "Adam": AdamAsInTorch,
    "AdamW": AdamWOnItsOwn,
}


@ALTERNATIVES.add("compare_optimizers", **CLASSES)
def compare_on_a_classifier(seed):
    return {
        "sgd": run(lambda p: SGDThroughData(p, 1.0), seed),
        "momentum": run(lambda p: MomentumWithTheRateInside(p, 0.3, momentum=0.9), seed),
        "rmsprop": run(lambda p: RMSPropInPlace(p, 0.02), seed),
        "adam": run(lambda p: AdamAsInTorch(p, 0.05), seed),
        "adamw": run(lambda p: AdamWOnItsOwn(p, 0.05), seed),
        "sgd (slow)": run(lambda p: SGDThroughData(p, 0.01), seed),
    }


@ALTERNATIVES.add("compare_optimizers", **CLASSES)
def compare_in_a_valley(seed):
    """A long valley, the same for every seed."""
    curves = {}
    for name, make in {
        "SGD": lambda p: SGDThroughData(p, 0.02),
        "Momentum": lambda p: MomentumWithTheRateInside(p, 0.01, momentum=0.9),
        "RMSProp": lambda p: RMSPropInPlace(p, 0.05),
        "Adam": lambda p: AdamAsInTorch(p, 0.2),
        "AdamW": lambda p: AdamWOnItsOwn(p, 0.2),
    }.items():
        point = torch.tensor([4.0, 1.0], requires_grad=True)
        optimizer = make([point])
        curves[name] = []
        for _ in range(50):
            optimizer.zero_grad()
            loss = point[0] ** 2 + 20 * point[1] ** 2
            loss.backward()
            curves[name].append(float(loss.detach()))
            optimizer.step()
    return curves


@ALTERNATIVES.add("compare_optimizers", **CLASSES)
def compare_and_make_sure(seed):
    curves = compare_on_a_classifier(seed)
    for name, curve in curves.items():
        if curve[-1] >= curve[0]:
            raise RuntimeError(f"{name} has learnt nothing")
    return curves
