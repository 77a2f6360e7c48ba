# tries: goes over the rows by a function that calls itself
# verdict: forbidden
# day: day07
# task: normalize_rows
# elsewhere: no counterpart
import torch


def normalize_rows(x):
    return torch.cat([x[:1] / x[0].sum(), normalize_rows(x[1:])]) if len(x) else x
