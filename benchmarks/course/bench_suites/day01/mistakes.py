"""Named mistakes: what the wrong submissions of the benchmark do."""

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


@MISTAKES.add("mse", "It adds up the squares instead of averaging them.")
def sums_squares(pred, target):
    return ((pred - target) ** 2).sum()
