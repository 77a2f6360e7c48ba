"""The glyphs: shapes, repeatability, and classes that can be learnt from the seed's own samples alone."""

import pytest
import torch
from torch import Tensor

from grader.data.glyphs import CLASSES, glyphs


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def nearest_mean_accuracy(images: Tensor, labels: Tensor, new_images: Tensor, new_labels: Tensor) -> float:
    """What the simplest of all learners reaches: the class whose mean image is nearest."""
    flat = images.flatten(1).float()
    means = torch.stack([flat[labels == k].mean(0) for k in range(CLASSES)])
    nearest = torch.cdist(new_images.flatten(1).float(), means).argmin(1)
    return (nearest == new_labels).float().mean().item()


def test_shapes_and_dtypes_are_those_of_mnist() -> None:
    images, labels, new_images, new_labels = glyphs(70, 30, seeded(0))
    assert images.shape == (70, 28, 28)
    assert new_images.shape == (30, 28, 28)
    assert labels.shape == (70,)
    assert new_labels.shape == (30,)
    assert images.dtype == new_images.dtype == torch.uint8
    assert labels.dtype == new_labels.dtype == torch.int64


@pytest.mark.parametrize(("n_train", "n_test"), [(0, 0), (0, 5), (5, 0), (1, 1), (1001, 3)])
def test_any_number_of_samples_can_be_asked_for(n_train: int, n_test: int) -> None:
    images, labels, new_images, new_labels = glyphs(n_train, n_test, seeded(1))
    assert len(images) == len(labels) == n_train
    assert len(new_images) == len(new_labels) == n_test


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        glyphs(-1, 5, seeded(0))


def test_equal_seeds_give_equal_glyphs() -> None:
    for one, other in zip(glyphs(50, 20, seeded(7)), glyphs(50, 20, seeded(7)), strict=True):
        assert torch.equal(one, other)


def test_the_global_generator_is_left_alone() -> None:
    before = torch.get_rng_state()
    glyphs(20, 20, seeded(3))
    assert torch.equal(torch.get_rng_state(), before)


def test_every_class_is_as_frequent_as_any_other() -> None:
    _, labels, _, new_labels = glyphs(1000, 200, seeded(2))
    assert labels.bincount().tolist() == [100] * CLASSES
    assert new_labels.bincount().tolist() == [20] * CLASSES


def test_samples_of_a_class_differ() -> None:
    images, _, new_images, _ = glyphs(300, 300, seeded(4))
    assert len({image.numpy().tobytes() for image in torch.cat([images, new_images])}) == 600


@pytest.mark.parametrize("seed", range(12))
def test_images_are_as_bright_as_mnist(seed: int) -> None:
    images = glyphs(500, 0, seeded(seed))[0].float() / 255
    assert 0.11 < images.mean().item() < 0.16
    assert 0.28 < images.std().item() < 0.34
    assert (images == 0).float().mean().item() > 0.7


@pytest.mark.parametrize("seed", range(12))
def test_classes_are_distinct(seed: int) -> None:
    assert nearest_mean_accuracy(*glyphs(1000, 500, seeded(seed))) > 0.9


def test_what_was_learnt_from_one_seed_is_of_no_use_for_another() -> None:
    images, labels, _, _ = glyphs(1000, 0, seeded(5))
    _, _, new_images, new_labels = glyphs(0, 1000, seeded(6))
    assert nearest_mean_accuracy(images, labels, new_images, new_labels) < 0.4


def test_a_small_network_learns_them() -> None:
    images, labels, new_images, new_labels = glyphs(3000, 1000, seeded(8))
    order = seeded(9)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(10)
        model = torch.nn.Sequential(
            torch.nn.Flatten(), torch.nn.Linear(784, 64), torch.nn.ReLU(), torch.nn.Linear(64, 10)
        )
    for _ in range(3):
        for batch in torch.split(torch.randperm(len(images), generator=order), 64):
            loss = torch.nn.functional.cross_entropy(model(images[batch] / 255), labels[batch])
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for weight, gradient in zip(model.parameters(), gradients, strict=True):
                    weight.sub_(0.1 * gradient)
    correct = model(new_images / 255).argmax(1) == new_labels
    assert correct.float().mean().item() > 0.95
