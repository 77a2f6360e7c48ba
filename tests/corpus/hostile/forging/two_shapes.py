# tries: changes a tensor's storage from a thread while it is packed
# verdict: failed, error, crashed
import threading

import torch


def mse(pred, target):
    result = torch.zeros(1 << 20)

    def shrink():
        for _ in range(20_000):
            result.resize_(0)
            result.resize_(1 << 20)

    threading.Thread(target=shrink, daemon=True).start()
    return result
