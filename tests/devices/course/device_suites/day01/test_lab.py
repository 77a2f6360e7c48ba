"""Day 1: checks."""

import pytest
import torch
import torch.nn.functional as F

from grader.checks.close import check_close, check_equal

from . import probes


@pytest.mark.task("standardize")
def test_standardize(student, draw):
    x = draw.normal(6, 3)
    check_close(student.call("standardize", x), (x.double() - x.double().mean(0)) / x.double().std(0))
    student.probe(probes.gradient_of, "standardize", x)


@pytest.mark.task("one_hot")
def test_one_hot(student):
    labels = torch.tensor([2, 0, 1])
    check_equal(student.call("one_hot", labels, 4), F.one_hot(labels, 4).float())


@pytest.mark.task("weighted_loss")
def test_weighted_loss(student, draw):
    logits, labels = draw.normal(5, 3), torch.tensor([0, 1, 2, 1, 0])
    weight = torch.tensor([1.0, 2.0, 3.0]).double()
    check_close(
        student.call("weighted_loss", logits, labels), F.cross_entropy(logits.double(), labels, weight), terms=5
    )
    student.probe(probes.gradient_of, "weighted_loss", logits, labels)


@pytest.mark.task("rows")
def test_rows(student, draw):
    x = draw.normal(5, 3)
    check_equal(student.call("rows", x, [3, 0]), x[[3, 0]])


@pytest.mark.task("causal")
def test_causal(student, draw):
    x = draw.normal(4, 4)
    hidden = torch.ones(4, 4).triu(1).bool()
    check_equal(student.call("causal", x), x.masked_fill(hidden, 0.0))


@pytest.mark.task("normalize_")
def test_normalize(student, draw):
    x = draw.normal(5)
    check_close(student.probe(probes.in_place, x), x.double() - x.double().mean(), scale=4.0)


@pytest.mark.task("positions")
def test_positions(student, draw):
    x, table = draw.normal(2, 4, 3), draw.normal(6, 3)
    check_close(student.call("positions", x, table), x.double() + table.double()[:4])


@pytest.mark.task("noise")
def test_noise(student):
    first, second = student.probe(probes.drawn, 3)
    check_equal(first, second)


@pytest.mark.task("scores")
def test_scores(student, draw):
    x = draw.normal(3, 4)
    told = student.probe(probes.scored, x)
    check_close(torch.tensor(told), x.double().sum(1, keepdim=True).expand(3, 2), terms=4)


@pytest.mark.task("fit")
@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "Adagrad"])
def test_fit(student, draw, optimizer):
    x, y = draw.normal(8, 4), torch.arange(8) % 3
    told = student.probe(probes.fitted, x, y, optimizer)
    assert len(told["losses"]) == 3, "one loss an epoch"
    assert told["losses"][-1] < told["losses"][0], "it does not learn"
    assert told["weight"].abs().sum() > 0, "the weights that were given did not change"


@pytest.mark.task("resume")
def test_resume(student, draw):
    x, y = draw.normal(6, 3), draw.normal(6, 1)
    weight, velocity = torch.ones(1, 3, dtype=torch.float64), torch.zeros(1, 3, dtype=torch.float64)
    for _ in range(2):
        velocity = 0.9 * velocity + 2 * (x.double() @ weight.T - y.double()).T @ x.double() / 6
        weight = weight - 0.1 * velocity
    check_close(student.probe(probes.resumed, x, y), weight, terms=12)


@pytest.mark.task("Net")
def test_net(student, draw):
    told = student.probe(probes.output, draw.normal(2, 1, 6, 6))
    check_equal(tuple(told["out"].shape), (2, 3))
    assert all(told["gradients"]), "a parameter gets no gradient"
