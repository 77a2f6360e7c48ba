# tries: has a sort call its function for each pair of rows, and keeps what that computes
# verdict: forbidden
# day: day07
# task: pairwise_squared_distances
# elsewhere: no counterpart
import torch


def pairwise_squared_distances(a, b):
    told = []
    sorted(range(len(a) * len(b)), key=lambda k: told.append(((a[k // len(b)] - b[k % len(b)]) ** 2).sum()) or 0)
    return torch.stack(told).reshape(len(a), len(b))
