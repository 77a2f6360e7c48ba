"""Day 1: what goes wrong, and one sentence for each. `grader verify` proves that each is caught and named."""

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


@MISTAKES.add("centre", "It takes away one mean of everything; each column has a mean of its own.")
def centre_by_one_mean(x):
    return x - x.mean()


@MISTAKES.add("centre", "It centres the rows.")
def centre_the_rows(x):
    return x - x.mean(dim=1, keepdim=True)


@MISTAKES.add("slope", "That is the parabola itself, not how fast it rises.")
def slope_is_the_value(a, x):
    return a * x**2


@MISTAKES.add("slope", "The exponent does not come down as a factor.")
def slope_without_the_exponent(a, x):
    return a * x
