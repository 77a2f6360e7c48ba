"""Ten classes of stroke glyphs, drawn anew from every seed: a stand-in for MNIST that nobody can prepare for.

A class is an arrangement of three strokes; a sample is that arrangement bent, turned, shifted, scaled and
drawn with a pen of some width, white on black as MNIST is. Ten arrangements are chosen out of many for being far
apart, so that an honest small network separates them for every seed, while what was learnt elsewhere is of no use.
"""

import math

import torch
from torch import Tensor

SIDE = 28
CLASSES = 10

CANDIDATES = 160
"""Arrangements drawn, of which the ten are chosen."""
STROKES = 3
POINTS = 14
"""Dots that a stroke is drawn with: about one a pixel, which a pen of more than a pixel blends into a line."""
CHUNK = 1000
"""Samples drawn at a time: the dots of that many stay in a core's cache."""

CONTROL_NOISE = 0.55
"""Standard deviation, in pixels, by which each control point of a sample strays from its class."""
SHIFT = 1.3
TURN = 0.13
"""Standard deviations of a sample's shift, in pixels, and turn, in radians."""
PIXEL_NOISE = 0.03
"""Standard deviation of the noise on inked pixels, as a fraction of full ink."""


def glyphs(n_train: int, n_test: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Two disjoint draws from the same ten classes, in which each class is as frequent as any other.

    Everything random comes from `generator` (on the CPU); the global one is left alone. Equal generators give
    equal glyphs on one machine; another torch version or processor may differ by a level in a few pixels.

    Args:
        n_train: samples to train on, N.
        n_test: samples to test on, M.
        generator: seeded with the secret seed.

    Returns:
        train_images: (N, 28, 28) uint8, 0 for the background, 255 for full ink.
        train_labels: (N,) int64, 0 to 9.
        test_images: (M, 28, 28) uint8.
        test_labels: (M,) int64.

    Raises:
        ValueError: a number of samples is negative.
    """
    if n_train < 0 or n_test < 0:
        raise ValueError(f"glyphs needs 0 samples or more, not {n_train} and {n_test}")
    classes = _classes(generator)
    labels = torch.cat([_balanced_labels(n, generator) for n in (n_train, n_test)])
    images = torch.cat([_samples(classes[part], generator) for part in torch.split(labels, CHUNK)])
    return images[:n_train], labels[:n_train], images[n_train:], labels[n_train:]


def _balanced_labels(n: int, generator: torch.Generator) -> Tensor:
    return torch.randperm(n, generator=generator) % CLASSES


def _classes(generator: torch.Generator) -> Tensor:
    """Ten arrangements that are far from each other: (10, STROKES, 4, 2) control points in pixels.

    Each next class is the candidate whose nearest chosen class is farthest. That needs no threshold that an
    unlucky seed could fail to meet, and always takes the same time.
    """
    candidates = _arrangements(CANDIDATES, generator)
    ink = _blur(_draw(_dots(candidates), torch.full((CANDIDATES,), 1.1))).flatten(1)
    ink = ink / ink.norm(dim=1, keepdim=True)
    distance = 1 - ink @ ink.T
    chosen = [0]
    nearest = distance[0]
    while len(chosen) < CLASSES:
        chosen.append(int(nearest.argmax()))
        nearest = torch.minimum(nearest, distance[chosen[-1]])
    return candidates[torch.tensor(chosen)]


def _arrangements(n: int, generator: torch.Generator) -> Tensor:
    """Random strokes, centred: (n, STROKES, 4, 2) control points of cubic curves, as x and y in pixels.

    A stroke is a line, an arc or an S: its inner control points lie beside the chord at thirds, by nothing, by
    the same or by opposite amounts.
    """
    shape = (n, STROKES)
    start = 5 + 18 * torch.rand(*shape, 2, generator=generator)
    angle = 2 * math.pi * torch.rand(shape, generator=generator)
    length = 8 + 7.5 * torch.rand(shape, generator=generator)
    chord = length[..., None] * torch.stack([angle.cos(), angle.sin()], dim=-1)
    # A stroke that would leave the image runs the other way, component by component.
    chord = torch.where((start + chord - SIDE / 2).abs() > 9.5, -chord, chord)
    kind = torch.randint(3, shape, generator=generator)
    bulge = torch.randn(shape, generator=generator).sign() * (0.4 + 0.4 * torch.rand(shape, generator=generator))
    first = torch.where(kind == 0, 0.0, bulge)[..., None]
    second = torch.where(kind == 1, bulge, torch.where(kind == 2, -bulge, 0.0))[..., None]
    normal = torch.stack([-chord[..., 1], chord[..., 0]], dim=-1)
    control = torch.stack(
        [
            start,
            start + chord / 3 + first * normal,
            start + 2 * chord / 3 + second * normal,
            start + chord,
        ],
        dim=2,
    )
    return control - control.mean(dim=(1, 2), keepdim=True) + (SIDE - 1) / 2


def _samples(arrangements: Tensor, generator: torch.Generator) -> Tensor:
    """One jittered drawing of each: (n, STROKES, 4, 2) to (n, 28, 28) uint8."""
    n = len(arrangements)
    bent = arrangements + CONTROL_NOISE * torch.randn(arrangements.shape, generator=generator)
    shift = SHIFT * torch.randn(n, 1, 1, 2, generator=generator).clamp(-2, 2)
    turn = TURN * torch.randn(n, generator=generator).clamp(-2, 2)
    scale = 1 + 0.16 * (torch.rand(n, generator=generator) - 0.5)
    cos, sin = scale * turn.cos(), scale * turn.sin()
    turned = torch.stack([torch.stack([cos, sin], -1), torch.stack([-sin, cos], -1)], 1)
    centre = (SIDE - 1) / 2
    points = (bent - centre).flatten(1, 2) @ turned
    placed = points.view_as(bent) + centre + shift
    pen = 0.75 + 0.45 * torch.rand(n, generator=generator)
    ink = _draw(_dots(placed), pen)
    noise = PIXEL_NOISE * torch.randn(ink.shape, generator=generator)
    return (255 * (ink + noise * (ink > 0)).clamp(0, 1)).round().to(torch.uint8)


def _dots(control: Tensor) -> Tensor:
    """(n, STROKES, 4, 2) control points to (n, STROKES, POINTS, 2) places along the cubic curves."""
    t = torch.linspace(0, 1, POINTS)
    basis = torch.stack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], dim=1)
    return basis @ control


def _draw(dots: Tensor, pen: Tensor) -> Tensor:
    """(n, STROKES, POINTS, 2) places and (n,) pen radii in pixels to (n, 28, 28) ink in [0, 1].

    Ink is a sum of round Gaussian dots, which is a product of matrices, since each dot is a column profile times
    a row profile; cut at both ends it has the flat top and the soft edge of a pen stroke.
    """
    n = len(dots)
    step = (dots[:, :, 1:] - dots[:, :, :-1]).norm(dim=-1).mean(dim=-1, keepdim=True)
    weight = (step / pen[:, None, None]).expand(-1, -1, POINTS).reshape(n, STROKES * POINTS, 1)
    grid = torch.arange(SIDE, dtype=torch.float32)
    away = (dots.reshape(n, STROKES * POINTS, 2, 1) - grid) / pen[:, None, None, None]
    # The bound keeps products of two profiles out of the denormal numbers, which take five times as long.
    profile = away.square_().mul_(-0.5).clamp_(min=-12).exp_()
    x, y = profile[:, :, 0], profile[:, :, 1]
    density = (y * weight).transpose(1, 2) @ x
    return torch.clamp(0.75 * density - 0.35, 0, 1)


def _blur(ink: Tensor) -> Tensor:
    """(n, 28, 28) blurred, so that arrangements a shift apart count as near."""
    blurred: Tensor = torch.nn.functional.avg_pool2d(ink[:, None], 5, stride=2, padding=2)
    return blurred[:, 0]
