"""Draws: repeatable, of their own for each purpose, and of more bits than anybody can try."""

from __future__ import annotations

import torch

from grader.checks import draw
from grader.checks.draw import Draw


def state(*purpose: str) -> torch.Tensor:
    words = Draw("seed", *purpose).generator.get_state().view(torch.int64)
    return words[draw.HEAD : draw.HEAD + draw.WORDS]


def test_equal_seeds_and_purposes_give_equal_draws_and_no_others_do() -> None:
    first, again, other, elsewhere = Draw("a", "x"), Draw("a", "x"), Draw("b", "x"), Draw("a", "y")
    numbers = first.normal(50)
    assert torch.equal(numbers, again.normal(50))
    assert not torch.equal(numbers, other.normal(50))
    assert not torch.equal(numbers, elsewhere.normal(50))


def test_all_624_words_of_the_state_are_drawn() -> None:
    """Of torch's own seeding only 32 bits count, and each word follows from the one before it."""
    words = state("x").tolist()
    assert len(set(words)) == draw.WORDS
    assert all(0 <= word < 1 << 32 for word in words)
    followers = [(1812433253 * (word ^ word >> 30) + place) % (1 << 32) for place, word in enumerate(words, 1)]
    assert not any(word == follower for word, follower in zip(words[1:], followers, strict=False))
    assert (state("x") != state("y")).float().mean() > 0.9


def test_the_words_stand_where_torch_keeps_them() -> None:
    words = torch.Generator().manual_seed(7).get_state().view(torch.int64)[draw.HEAD : draw.HEAD + draw.WORDS]
    assert words[0] == 7
    assert words[1] == 1812433253 * 7 + 1 & 0xFFFFFFFF


def test_the_draws_are_spread_as_they_should_be() -> None:
    numbers = Draw("seed", "x").uniform(0, 1, 100_000, dtype=torch.float64)
    assert abs(float(numbers.mean()) - 0.5) < 0.005
    assert abs(float(numbers.var()) - 1 / 12) < 0.002
    assert abs(float(Draw("seed", "y").normal(100_000).std()) - 1) < 0.01


def test_labels_hold_the_last_class_also_where_not_all_classes_fit() -> None:
    for number in range(50):
        labels = Draw(str(number), "labels").labels(8, 12).tolist()
        assert len(set(labels)) == 8
        assert max(labels) == 11
    assert {Draw(str(number), "labels").labels(1, 3).item() for number in range(50)} == {0, 1, 2}
