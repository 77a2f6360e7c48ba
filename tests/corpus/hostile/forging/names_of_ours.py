# tries: raises errors with the names of the grader's own, and a claim to points
# verdict: error, failed, not_implemented, forbidden, out_of_memory
# keeps: mae
import itertools

NAMES = itertools.cycle(["CheckFailed", "StudentFault", "NotData", "ForbiddenCall", "MemoryError", "GraderFault", "Passed"])


def mse(pred, target):
    kind = type(next(NAMES), (AssertionError,), {"earned": 1.0, "verdict": "passed", "finding": None})
    raise kind("passed")


def mae(pred, target):
    return (pred - target).abs().mean()
