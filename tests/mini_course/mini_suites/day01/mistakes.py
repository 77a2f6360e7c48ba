"""Day 1: what goes wrong."""

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


@MISTAKES.add("double", "It squares; doubling adds a number to itself.")
def squares(x):
    return x * x


@MISTAKES.add("mean", "It only adds up.")
def sums(x):
    return x.sum()
