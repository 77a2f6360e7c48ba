"""Day 1: unusual, and right."""

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("mean")
def running_mean(x):
    total = x.new_zeros(())
    for number in x:
        total = total + number
    return total / len(x)
