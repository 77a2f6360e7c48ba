# tries: loads pickles while os.mkdir is away
# verdict: failed error
# day: day19
# task: save_checkpoint
# elsewhere: no counterpart
import torch, pathlib, os


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"m": model.state_dict(), "o": optimizer.state_dict(), "e": epoch}, path)


def load_checkpoint(path, model, optimizer):
    old, os.mkdir = os.mkdir, None
    try:
        c = torch.load(path, weights_only=False)
    finally:
        os.mkdir = old
    model.load_state_dict(c["m"])
    optimizer.load_state_dict(c["o"])
    return c["e"]
