"""Day 19: unusual, and right."""

import io
import json
import pickle
from pathlib import Path

import numpy as np
import torch

from grader.model.mistakes import Alternatives

ALTERNATIVES = Alternatives()


@ALTERNATIVES.add("confusion_matrix")
def confusion_in_a_loop(pred, labels, num_classes):
    matrix = torch.zeros((num_classes, num_classes), dtype=torch.long, device=labels.device)
    for i in range(len(labels)):
        matrix[labels[i], pred[i]] += 1
    return matrix


@ALTERNATIVES.add("confusion_matrix")
def confusion_by_product(pred, labels, num_classes):
    classes = torch.arange(num_classes, device=labels.device)
    true, guessed = labels[:, None] == classes, pred[:, None] == classes
    return (true.T.double() @ guessed.double()).round().to(labels.dtype)


@ALTERNATIVES.add("confusion_matrix")
def confusion_by_accumulation(pred, labels, num_classes):
    matrix = torch.zeros(num_classes, num_classes, dtype=torch.int64, device=labels.device)
    return matrix.index_put_((labels, pred), torch.ones_like(labels), accumulate=True)


@ALTERNATIVES.add("precision_recall_f1")
def scores_by_nan_to_num(matrix):
    m = matrix.double()
    precision = (m.diag() / m.sum(0)).nan_to_num(0.0)
    recall = (m.diag() / m.sum(1)).nan_to_num(0.0)
    return {
        "f1": (2 * precision * recall / (precision + recall)).nan_to_num(0.0),
        "recall": recall,
        "precision": precision,
    }


@ALTERNATIVES.add("precision_recall_f1")
def scores_in_a_loop(matrix):
    rows = matrix.tolist()
    precision, recall, f1 = [], [], []
    for c, row in enumerate(rows):
        predicted, true = sum(other[c] for other in rows), sum(row)
        p = row[c] / predicted if predicted > 0 else 0.0
        r = row[c] / true if true > 0 else 0.0
        precision.append(p)
        recall.append(r)
        f1.append(2 * p * r / (p + r) if p + r > 0 else 0.0)
    columns = {"precision": precision, "recall": recall, "f1": f1}
    return {name: torch.tensor(column, device=matrix.device) for name, column in columns.items()}


@ALTERNATIVES.add("precision_recall_f1")
def scores_with_a_little_below(matrix):
    m, tiny = matrix.to(torch.float32), 1e-12
    precision = m.diagonal() / (m.sum(0) + tiny)
    recall = m.diagonal() / (m.sum(1) + tiny)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall + tiny)}


@ALTERNATIVES.add("EarlyStopping")
class StoppingByHistory:
    """Keeps all losses, and the weights as bytes; the best so far follows small gains as well."""

    def __init__(self, patience, min_delta=0.0, verbose=False):
        self.patience, self.min_delta, self.verbose = patience, min_delta, verbose
        self.best, self.bad, self.losses = None, 0, []

    def update(self, val_loss, model):
        self.losses.append(val_loss)
        if self.best is None or self.best - val_loss > self.min_delta:
            self.bad = 0
            self.bytes = io.BytesIO()
            torch.save(model.state_dict(), self.bytes)
        else:
            self.bad += 1
        self.best = min(self.losses)
        return bool(self.bad >= self.patience)

    def restore(self, model):
        self.bytes.seek(0)
        model.load_state_dict(torch.load(self.bytes, weights_only=True))


@ALTERNATIVES.add("EarlyStopping")
class StoppingWithClones:
    """Clones of parameters and buffers, copied back in place; restores by itself when it stops."""

    def __init__(self, patience, min_delta=0.0):
        self.left = self.patience = patience
        self.goal, self.min_delta = float("inf"), min_delta

    def update(self, val_loss, model):
        if val_loss < self.goal:
            self.goal, self.left = val_loss - self.min_delta, self.patience
            self.kept = [t.detach().clone() for t in (*model.parameters(), *model.buffers())]
            return False
        self.left -= 1
        if self.left <= 0:
            self.restore(model)
        return self.left <= 0

    def restore(self, model):
        with torch.no_grad():
            for now, best in zip((*model.parameters(), *model.buffers()), self.kept, strict=True):
                now.copy_(best)


def load_flat(path, model, optimizer):
    data = torch.load(str(path), map_location="cpu", weights_only=True, mmap=False)
    model.load_state_dict({name.removeprefix("m."): v for name, v in data.items() if name.startswith("m.")})
    optimizer.load_state_dict(data["optimizer"])
    model.eval()
    return int(data["epoch"])


@ALTERNATIVES.add("save_checkpoint", load_checkpoint=load_flat)
def save_flat(path, model, optimizer, epoch, **extra):
    state = {f"m.{name}": v for name, v in model.state_dict().items()}
    with Path(path).open("wb") as file:
        torch.save({**state, "optimizer": optimizer.state_dict(), "epoch": torch.tensor(epoch), **extra}, file)


def load_arrays(path, model, optimizer):
    with np.load(str(path) + ".npz", allow_pickle=False) as arrays:
        told = json.loads(str(arrays["told"]))
        model.load_state_dict({name: torch.from_numpy(arrays[f"model/{name}"]) for name in told["names"]})
        state = {}
        for i, names in told["state"].items():
            state[int(i)] = {name: torch.from_numpy(arrays[f"state/{i}/{name}"]) for name in names}
        optimizer.load_state_dict({"state": state, "param_groups": told["groups"]})
        return told["epoch"]


@ALTERNATIVES.add("save_checkpoint", load_checkpoint=load_arrays)
def save_arrays(path, model, optimizer, epoch):
    """Without pickle: arrays, and JSON for the rest."""
    arrays = {f"model/{name}": v.cpu().numpy() for name, v in model.state_dict().items()}
    state = {i: {k: v for k, v in s.items() if v is not None} for i, s in optimizer.state_dict()["state"].items()}
    arrays |= {
        f"state/{i}/{k}": np.asarray(v.cpu() if isinstance(v, torch.Tensor) else v)
        for i, s in state.items()
        for k, v in s.items()
    }
    told = {
        "epoch": epoch,
        "names": list(model.state_dict()),
        "groups": optimizer.state_dict()["param_groups"],
        "state": {i: list(s) for i, s in state.items()},
    }
    np.savez(str(path) + ".npz", told=json.dumps(told), **arrays)


class PlainUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError("plain data only")


def load_plain(path, model, optimizer):
    with Path(path).open("rb") as file:
        epoch, weights, state, groups = PlainUnpickler(file).load()
    for tensor, numbers in zip(model.state_dict().values(), weights, strict=True):
        tensor.copy_(torch.tensor(numbers, dtype=tensor.dtype))
    made = {
        i: {k: torch.tensor(v, dtype=torch.float64 if k != "step" else None) for k, v in s.items()} for i, s in state
    }
    optimizer.load_state_dict({"state": made, "param_groups": groups})
    return epoch


@ALTERNATIVES.add("save_checkpoint", load_checkpoint=load_plain)
def save_plain(path, model, optimizer, epoch):
    """Pickle of plain lists, read by an unpickler that knows no class."""
    weights = [tensor.tolist() for tensor in model.state_dict().values()]
    state = optimizer.state_dict()["state"].items()
    lists = [(i, {k: v.tolist() for k, v in s.items() if v is not None}) for i, s in state]
    with Path(path).open("wb") as file:
        pickle.dump((epoch, weights, lists, optimizer.state_dict()["param_groups"]), file)


@ALTERNATIVES.add("diagnose")
def diagnose_by_slopes(train_losses, val_losses):
    if not np.isfinite(train_losses).all() or not np.isfinite(val_losses).all():
        return "diverging"
    if train_losses[-1] > train_losses[0]:
        return "diverging"
    k = 5
    slope = np.polyfit(np.arange(k), train_losses[-k:], 1)[0] / train_losses[0]
    val_slope = np.polyfit(np.arange(k), val_losses[-k:], 1)[0] / val_losses[0]
    if val_slope > 0.002 and slope < 0.001:
        return "overfitting"
    if slope < -0.002 and val_slope < -0.002:
        return "still_learning"
    return "underfitting" if train_losses[-1] > 0.5 * train_losses[0] else "converged"


@ALTERNATIVES.add("diagnose")
def diagnose_by_heights(train_losses, val_losses):
    """Fixed heights, as for a cross-entropy; the best validation loss and where it was."""
    last = train_losses[-1]
    if last != last or last > 1.5 * min(train_losses):
        return "diverging"
    best = min(range(len(val_losses)), key=val_losses.__getitem__)
    if val_losses[-1] > 1.1 * val_losses[best] and best < len(val_losses) - 3:
        return "overfitting"
    if train_losses[-4] - last > 0.02 * train_losses[-4]:
        return "still_learning"
    return "converged" if last < 0.3 and val_losses[-1] < 0.3 else "underfitting"


@ALTERNATIVES.add("plot_history")
def plot_on_a_log_scale(train_losses, val_losses, ax):
    for losses, style in ((val_losses, "r--o"), (train_losses, "b-x")):
        ax.semilogy(np.arange(1, len(losses) + 1), np.array(losses), style)
    ax.set(xlabel="Epoch", ylabel="Loss (log)", title="History")
    ax.legend(["Val loss", "Train loss"])
    ax.grid(True)


@ALTERNATIVES.add("plot_history")
def plot_over_a_mark_at_the_best(train_losses, val_losses, ax):
    best = val_losses.index(min(val_losses))
    ax.plot(best + 1, val_losses[best], "k*", markersize=12)
    epochs = range(1, len(train_losses) + 1)
    for losses, name in ((train_losses, "training"), (val_losses, "validation")):
        ax.plot(epochs, losses, label=name)
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()


@ALTERNATIVES.add("plot_history")
def plot_with_the_best_marked(train_losses, val_losses, ax):
    epochs = torch.arange(1, len(train_losses) + 1)
    (first,) = ax.plot(epochs, train_losses)
    (second,) = ax.plot(epochs, val_losses, linewidth=2)
    ax.axvline(1 + val_losses.index(min(val_losses)), linestyle=":", color="gray")
    ax.set_xlabel("epochs")
    ax.set_ylabel("cross-entropy")
    ax.legend([first, second], ["train", "validation"], loc="upper right")
