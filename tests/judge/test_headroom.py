"""What a judge makes of replies has an end to its memory, and that end is nobody else's."""

from __future__ import annotations

import resource

import pytest
import torch

from grader.judge.headroom import headroom

from .walled import needs_linux

pytestmark = needs_linux
GIB = 1 << 30


def test_two_replies_that_broadcast_to_more_than_there_is_are_an_error_and_not_the_end_of_the_judge() -> None:
    column, row = torch.zeros(1 << 17, 1), torch.zeros(1, 1 << 17)
    with headroom(GIB), pytest.raises(RuntimeError, match="allocate memory"):
        column + row


def test_what_a_check_needs_is_there_and_the_limit_ends_with_it() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with headroom(4 * GIB):
        assert resource.getrlimit(resource.RLIMIT_AS)[0] > 4 * GIB
        assert torch.empty(GIB, dtype=torch.uint8).numel() == GIB
    assert resource.getrlimit(resource.RLIMIT_AS) == before
