# tries: has a layer do what is forbidden, found among the subclasses of all layers
# verdict: forbidden
# keeps: mae
import torch


def below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def mse(pred, target):
    kind = next(each for each in below(torch.nn.Module) if each.__name__[:3] == "MSE")
    return kind()(pred, target)


def mae(pred, target):
    return (pred - target).abs().mean()
