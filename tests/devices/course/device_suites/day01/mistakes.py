"""Day 1: device mistakes stand in tests/devices/test_mistakes.py."""

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()
