# tries: calls what is forbidden by a name put together, in a thread that nothing watches
# verdict: forbidden
# keeps: mae
import threading

import torch


def mse(pred, target):
    held = []
    borrowed = getattr(torch.nn.functional, "mse" + "_" + "loss")
    thread = threading.Thread(target=lambda: held.append(borrowed(pred, target)))
    thread.start()
    thread.join()
    return held[0]


def mae(pred, target):
    return (pred - target).abs().mean()
