# tries: calls it in a thread, by pieces of its name, in a module of torch's under another name
# verdict: forbidden
# keeps: mae
import threading

import torch


def mse(pred, target):
    held = []
    lent = torch.nn.functional
    borrowed = getattr(lent, "mse" + "_" + "loss")
    thread = threading.Thread(target=lambda: held.append(borrowed(pred, target)))
    thread.start()
    thread.join()
    return held[0]


def mae(pred, target):
    return (pred - target).abs().mean()
