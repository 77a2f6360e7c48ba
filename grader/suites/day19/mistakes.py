"""Day 19: what goes wrong in watching a run, and one sentence for each."""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from grader.model.mistakes import Mistakes

MISTAKES = Mistakes()


# confusion_matrix


def table(rows: Tensor, columns: Tensor, classes: int) -> Tensor:
    return torch.bincount(rows * classes + columns, minlength=classes**2).reshape(classes, classes)


@MISTAKES.add("confusion_matrix", "Rows and columns have changed places: the row is the true class.")
def confusion_transposed(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    return table(pred, labels, num_classes)


@MISTAKES.add("confusion_matrix", "These are fractions of each row; the matrix holds counts.")
def confusion_of_fractions(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    counts = table(labels, pred, num_classes)
    return counts / counts.sum(dim=1, keepdim=True).clamp(min=1)


@MISTAKES.add("confusion_matrix", "The counts are whole numbers: give them the integer dtype of the labels.")
def confusion_in_floats(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    return table(labels, pred, num_classes).float()


@MISTAKES.add(
    "confusion_matrix", "A pair that comes up again is not counted again: `m[i, j] += 1` with index tensors adds once."
)
def confusion_counts_once(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    return table(labels, pred, num_classes).clamp(max=1)


@MISTAKES.add("confusion_matrix", "It counts in bytes, which begin again at 0 after 255.")
def confusion_in_bytes(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    return table(labels, pred, num_classes).to(torch.uint8).long()


@MISTAKES.add("confusion_matrix", "Only the right predictions are counted; the wrong ones belong beside the diagonal.")
def confusion_of_hits(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    return torch.diag(table(labels, pred, num_classes).diagonal())


@MISTAKES.add("confusion_matrix", "Only the wrong predictions are counted; the right ones belong on the diagonal.")
def confusion_of_misses(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    counts = table(labels, pred, num_classes)
    return counts - torch.diag(counts.diagonal())


@MISTAKES.add(
    "confusion_matrix", "Classes that do not occur have no row and column; `num_classes` says how many there are."
)
def confusion_of_what_occurs(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    return table(labels, pred, int(torch.cat([pred, labels]).max()) + 1)


@MISTAKES.add("confusion_matrix", "The matrix comes back as a list; return a tensor.")
def confusion_as_list(pred: Tensor, labels: Tensor, num_classes: int) -> Any:
    return table(labels, pred, num_classes).tolist()


@MISTAKES.add("confusion_matrix", "The diagonal is counted twice.")
def confusion_doubles_hits(pred: Tensor, labels: Tensor, num_classes: int) -> Tensor:
    counts = table(labels, pred, num_classes)
    return counts + torch.diag(counts.diagonal())


# precision_recall_f1


def parts(matrix: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Hits, predicted and true counts of each class."""
    return matrix.diagonal(), matrix.sum(dim=0), matrix.sum(dim=1)


def scores(precision: Tensor, recall: Tensor, f1: Tensor | None = None) -> dict[str, Tensor]:
    if f1 is None:
        f1 = torch.nan_to_num(2 * precision * recall / (precision + recall))
    return {"precision": precision, "recall": recall, "f1": f1}


def right_scores(matrix: Tensor) -> tuple[Tensor, Tensor]:
    hits, predicted, true = parts(matrix)
    return hits / predicted.clamp(min=1), hits / true.clamp(min=1)


@MISTAKES.add("precision_recall_f1", "Precision and recall have changed places: precision looks down a column.")
def scores_swapped(matrix: Tensor) -> dict[str, Tensor]:
    precision, recall = right_scores(matrix)
    return scores(recall, precision)


@MISTAKES.add("precision_recall_f1", "Where there is nothing below the line the value is NaN; it should be 0.")
def scores_nan(matrix: Tensor) -> dict[str, Tensor]:
    hits, predicted, true = parts(matrix)
    precision, recall = hits / predicted, hits / true
    return scores(precision, recall, 2 * precision * recall / (precision + recall))


@MISTAKES.add("precision_recall_f1", "F1 is NaN where precision and recall are both 0; it should be 0.")
def scores_nan_f1(matrix: Tensor) -> dict[str, Tensor]:
    precision, recall = right_scores(matrix)
    return scores(precision, recall, 2 * precision * recall / (precision + recall))


@MISTAKES.add("precision_recall_f1", "Where nothing is below the line the value is 1; it should be 0.")
def scores_one_where_undefined(matrix: Tensor) -> dict[str, Tensor]:
    hits, predicted, true = parts(matrix)
    precision = torch.where(predicted > 0, hits / predicted, 1.0)
    return scores(precision, torch.where(true > 0, hits / true, 1.0))


@MISTAKES.add("precision_recall_f1", "F1 is not the plain mean of precision and recall; look at its formula.")
def scores_mean_f1(matrix: Tensor) -> dict[str, Tensor]:
    precision, recall = right_scores(matrix)
    return scores(precision, recall, (precision + recall) / 2)


@MISTAKES.add("precision_recall_f1", "F1 is half of what it should be.")
def scores_half_f1(matrix: Tensor) -> dict[str, Tensor]:
    precision, recall = right_scores(matrix)
    return scores(precision, recall, torch.nan_to_num(precision * recall / (precision + recall)))


@MISTAKES.add("precision_recall_f1", "F1 is the harmonic mean of precision and recall, not the geometric one.")
def scores_geometric_f1(matrix: Tensor) -> dict[str, Tensor]:
    precision, recall = right_scores(matrix)
    return scores(precision, recall, (precision * recall).sqrt())


@MISTAKES.add("precision_recall_f1", "One number over all classes comes back; each class has values of its own.")
def scores_averaged(matrix: Tensor) -> dict[str, Tensor]:
    precision, recall = right_scores(matrix)
    f1 = scores(precision, recall)["f1"]
    return scores(precision.mean(), recall.mean(), f1.mean())


@MISTAKES.add(
    "precision_recall_f1", "Both divide by the number of all samples; each has a column or a row below the line."
)
def scores_of_everything(matrix: Tensor) -> dict[str, Tensor]:
    share = matrix.diagonal() / matrix.sum().clamp(min=1)
    return scores(share, share)


@MISTAKES.add("precision_recall_f1", "The hits are left out below the line, so that values can get above 1.")
def scores_of_odds(matrix: Tensor) -> dict[str, Tensor]:
    hits, predicted, true = parts(matrix)
    return scores(hits / (predicted - hits).clamp(min=1), hits / (true - hits).clamp(min=1))


@MISTAKES.add("precision_recall_f1", "The values are rounded down to whole numbers: `//` is not `/`.")
def scores_whole(matrix: Tensor) -> dict[str, Tensor]:
    hits, predicted, true = parts(matrix)
    precision, recall = hits // predicted.clamp(min=1), hits // true.clamp(min=1)
    return scores(precision, recall)


# EarlyStopping


class Stopping:
    """Early stopping as it should be; each slip changes one part."""

    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        self.patience, self.min_delta = patience, min_delta
        self.best, self.waited = math.inf, 0
        self.weights: Any = None

    def better(self, loss: float) -> bool:
        return loss < self.best - self.min_delta

    def keep(self, model: nn.Module) -> None:
        self.weights = copy.deepcopy(model.state_dict())

    def update(self, val_loss: float, model: nn.Module) -> Any:
        if self.better(val_loss):
            self.best, self.waited = val_loss, 0
            self.keep(model)
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model: nn.Module) -> None:
        model.load_state_dict(self.weights)


def stopping(slip: str, advice: str) -> Callable[[type[Stopping]], type[Stopping]]:
    """A decorator: registers a class under the slip's id."""

    def register(kind: type[Stopping]) -> type[Stopping]:
        kind.__name__ = f"stopping_{slip}"
        return MISTAKES.add("EarlyStopping", advice)(kind)

    return register


@stopping("one_too_late", "It stops one update too late: count again how many brought nothing better.")
class OneTooLate(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> bool:
        super().update(val_loss, model)
        return self.waited > self.patience


@stopping("never_resets", "It counts all bad updates of the run; a better one starts the count again.")
class NeverResets(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> Any:
        waited = self.waited
        super().update(val_loss, model)
        self.waited = waited + (self.waited > waited)
        return self.waited >= self.patience


@stopping("ties_are_better", "A loss that only equals the best so far is not better.")
class TiesAreBetter(Stopping):
    def better(self, loss: float) -> bool:
        return loss <= self.best - self.min_delta


@stopping("ignores_min_delta", "`min_delta` is not used: a gain smaller than that does not count.")
class IgnoresMinDelta(Stopping):
    def better(self, loss: float) -> bool:
        return loss < self.best


@stopping("adds_min_delta", "`min_delta` goes the wrong way: a slightly worse loss counts as better.")
class AddsMinDelta(Stopping):
    def better(self, loss: float) -> bool:
        return loss < self.best + self.min_delta


@stopping("compares_with_the_last", "It compares with the update before; compare with the best so far.")
class ComparesWithTheLast(Stopping):
    last = math.inf

    def better(self, loss: float) -> bool:
        last, self.last = self.last, loss
        return loss < last - self.min_delta


@stopping("wants_more", "It takes larger losses for better ones, as if it watched an accuracy.")
class WantsMore(Stopping):
    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        super().__init__(patience, min_delta)
        self.best = -math.inf

    def better(self, loss: float) -> bool:
        return loss > self.best + self.min_delta


@stopping("stops_at_once", "It stops at the first update that is not better; `patience` is not used.")
class StopsAtOnce(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> bool:
        super().update(val_loss, model)
        return self.waited > 0


@stopping("says_the_opposite", "`update` should say True when it is time to stop, not when it is time to go on.")
class SaysTheOpposite(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> bool:
        return not super().update(val_loss, model)


@stopping("says_nothing", "`update` returns nothing until it is time to stop; it should say False.")
class SaysNothing(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> Any:
        return super().update(val_loss, model) or None


@stopping("counts_the_first", "It starts as if a loss had been seen already; the first one is always the best so far.")
class CountsTheFirst(Stopping):
    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        super().__init__(patience, min_delta)
        self.best = 0.0


@stopping("ends_in_eval_mode", "After `update` the model is in eval mode, so the next epoch trains without dropout.")
class EndsInEvalMode(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> Any:
        model.eval()
        return super().update(val_loss, model)


@stopping(
    "keeps_no_copy", "`restore` changes nothing: is what you keep a real copy, or the tensors that go on changing?"
)
class KeepsNoCopy(Stopping):
    def keep(self, model: nn.Module) -> None:
        self.weights = model.state_dict()


@stopping(
    "hands_its_copy_out", "After `restore` the model and the copy are the same tensors: training on spoils the copy."
)
class HandsItsCopyOut(Stopping):
    def restore(self, model: nn.Module) -> None:
        model.load_state_dict(self.weights, assign=True)


@stopping("keeps_the_last", "It keeps the weights of the last update, whether they were the best or not.")
class KeepsTheLast(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> Any:
        answer = super().update(val_loss, model)
        self.keep(model)
        return answer


@stopping("keeps_the_first", "It keeps the weights of the first update and never newer ones.")
class KeepsTheFirst(Stopping):
    def keep(self, model: nn.Module) -> None:
        if self.weights is None:
            super().keep(model)


@stopping("rolls_back", "`update` goes back to the best weights by itself; that is left to `restore`.")
class RollsBack(Stopping):
    def update(self, val_loss: float, model: nn.Module) -> Any:
        answer = super().update(val_loss, model)
        self.restore(model)
        return answer


@stopping("forgets_buffers", "Only the parameters come back; a model has buffers, too (BatchNorm's statistics).")
class ForgetsBuffers(Stopping):
    def keep(self, model: nn.Module) -> None:
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters()}

    def restore(self, model: nn.Module) -> None:
        model.load_state_dict(self.weights, strict=False)


# save_checkpoint, load_checkpoint


def save(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


# The first of them: near misses belong to it, and not to a slip that shows in other checks only.
@MISTAKES.add(
    "save_checkpoint", "The weights lose digits on the way: save them in their own dtype.", load_checkpoint=load
)
def checkpoint_rounds(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    state = {name: v.float() if v.is_floating_point() else v for name, v in model.state_dict().items()}
    torch.save({"model": state, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_model_only(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=True)
    model.load_state_dict(checkpoint["model"], strict=False)
    return checkpoint["epoch"]


@MISTAKES.add(
    "save_checkpoint",
    "The optimizer starts anew: its memory belongs into the checkpoint.",
    load_checkpoint=load_model_only,
)
def checkpoint_without_optimizer(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    torch.save({"model": model.state_dict(), "epoch": epoch}, path)


def load_optimizer_only(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=True)
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


@MISTAKES.add(
    "save_checkpoint",
    "The model keeps the weights that it had: load them into it.",
    load_checkpoint=load_optimizer_only,
)
def checkpoint_without_model(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)


def load_and_say_nothing(path: Any, model: nn.Module, optimizer: Any) -> None:
    load(path, model, optimizer)


@MISTAKES.add(
    "save_checkpoint", "`load_checkpoint` returns nothing; return the epoch.", load_checkpoint=load_and_say_nothing
)
def checkpoint_says_nothing(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)


def load_next_epoch(path: Any, model: nn.Module, optimizer: Any) -> Any:
    return load(path, model, optimizer) + 1


@MISTAKES.add(
    "save_checkpoint",
    "The epoch returned is the next one; return the one that was saved.",
    load_checkpoint=load_next_epoch,
)
def checkpoint_next_epoch(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)


@MISTAKES.add("save_checkpoint", "The epoch comes back as a tensor; return an int.", load_checkpoint=load)
def checkpoint_epoch_tensor(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, torch.tensor(epoch))  # type: ignore[arg-type]


def load_anything(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=False)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


@MISTAKES.add(
    "save_checkpoint",
    "After saving, the model is in eval mode; leave it in the mode in which it was.",
    load_checkpoint=load,
)
def checkpoint_in_eval_mode(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model.eval(), optimizer, epoch)


@MISTAKES.add(
    "save_checkpoint", "Loading runs whatever the file holds: allow weights only.", load_checkpoint=load_anything
)
def checkpoint_unsafe(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)


def load_lax(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=True)
    model.load_state_dict(checkpoint["model"], strict=False)
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


last_saved: list[Any] = []


def load_from_memory(path: Any, model: nn.Module, optimizer: Any) -> Any:
    weights, memory, epoch = copy.deepcopy(last_saved[-1])
    model.load_state_dict(weights)
    optimizer.load_state_dict(memory)
    return epoch


@MISTAKES.add(
    "save_checkpoint", "What was saved last comes back, whatever file is named.", load_checkpoint=load_from_memory
)
def checkpoint_in_memory(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)
    last_saved[:] = [copy.deepcopy((model.state_dict(), optimizer.state_dict(), epoch))]


@MISTAKES.add("save_checkpoint", "Only parameters are saved; a model has buffers, too.", load_checkpoint=load_lax)
def checkpoint_without_buffers(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    state = {name: p.detach() for name, p in model.named_parameters()}
    torch.save({"model": state, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_state_part(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict({**optimizer.state_dict(), "state": checkpoint["optimizer"]["state"]})
    return checkpoint["epoch"]


@MISTAKES.add(
    "save_checkpoint",
    "The learning rate that the run had come to is lost: take all of the optimizer's state.",
    load_checkpoint=load_state_part,
)
def checkpoint_without_rate(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)


def load_rate_part(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict({"state": {}, "param_groups": checkpoint["optimizer"]["param_groups"]})
    return checkpoint["epoch"]


@MISTAKES.add(
    "save_checkpoint",
    "The optimizer's settings come back, its memory does not: take all of its state.",
    load_checkpoint=load_rate_part,
)
def checkpoint_without_memory(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    save(path, model, optimizer, epoch)


def load_and_rebind(path: Any, model: nn.Module, optimizer: Any) -> Any:
    checkpoint = torch.load(path, weights_only=False)
    model, optimizer = checkpoint["model"], checkpoint["optimizer"]  # noqa: F841 - the slip itself
    return checkpoint["epoch"]


@MISTAKES.add(
    "save_checkpoint",
    "Neither model nor optimizer changes: a new object under the same name is not the one that you were given.",
    load_checkpoint=load_and_rebind,
)
def checkpoint_rebinds(path: Any, model: nn.Module, optimizer: Any, epoch: int) -> None:
    torch.save({"model": model, "optimizer": optimizer, "epoch": epoch}, path)


# diagnose


def trends(train: list[float], val: list[float]) -> dict[str, bool]:
    """What the reference looks at, over the last fifth of the epochs."""
    window = max(1, len(train) // 5)
    now, before, val_now = sum(train[-window:]), sum(train[-2 * window : -window]), sum(val[-window:])
    return {
        "finite": math.isfinite(sum(train)),
        "grows": now > 1.2 * window * min(train),
        "val_rises": val_now > 1.2 * window * min(val),
        "falls": now < 0.98 * before,
        "low": now < 0.3 * window * train[0],
    }


def word(seen: dict[str, bool]) -> str:
    if seen["grows"] or not seen["finite"]:
        return "diverging"
    if seen["val_rises"]:
        return "overfitting"
    if seen["falls"]:
        return "still_learning"
    return "converged" if seen["low"] else "underfitting"


@MISTAKES.add("diagnose", "It looks at two neighbouring values; curves tremble, so look at a longer stretch.")
def diagnose_by_neighbours(train_losses: list[float], val_losses: list[float]) -> str:
    seen = trends(train_losses, val_losses)
    falls = train_losses[-1] < train_losses[-2]
    return word({**seen, "val_rises": falls and val_losses[-1] > val_losses[-2], "falls": falls})


@MISTAKES.add("diagnose", "Overfitting and underfitting have changed places.")
def diagnose_swapped(train_losses: list[float], val_losses: list[float]) -> str:
    said = word(trends(train_losses, val_losses))
    return {"overfitting": "underfitting", "underfitting": "overfitting"}.get(said, said)


@MISTAKES.add("diagnose", "A loss that is NaN or infinite goes unnoticed: every comparison with NaN is False.")
def diagnose_blind_to_nan(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "finite": True})


@MISTAKES.add(
    "diagnose", "A run that has gone flat is still called learning: compare with recent epochs, not the first."
)
def diagnose_never_flat(train_losses: list[float], val_losses: list[float]) -> str:
    seen = trends(train_losses, val_losses)
    return word({**seen, "falls": train_losses[-1] < train_losses[0]})


@MISTAKES.add("diagnose", "Flat is not enough to be converged: the losses have to be low as well.")
def diagnose_ignores_height(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "low": True})


@MISTAKES.add("diagnose", "Flat curves are always called underfitting; how high they are makes the difference.")
def diagnose_never_converged(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "low": False})


@MISTAKES.add("diagnose", "A run that is still going down is called finished: look whether the curves are flat.")
def diagnose_never_learning(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "falls": False})


@MISTAKES.add("diagnose", "The validation losses are not looked at: that is where overfitting shows.")
def diagnose_of_training_only(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "val_rises": False})


@MISTAKES.add(
    "diagnose", "A validation loss above the training loss is normal; overfitting is when it turns and rises."
)
def diagnose_by_gap(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "val_rises": val_losses[-1] > train_losses[-1]})


@MISTAKES.add("diagnose", "One rise of the validation loss is not overfitting yet: curves tremble.")
def diagnose_at_any_rise(train_losses: list[float], val_losses: list[float]) -> str:
    rises = any(later > loss for loss, later in itertools.pairwise(val_losses))
    return word({**trends(train_losses, val_losses), "val_rises": rises})


@MISTAKES.add("diagnose", "A rising validation loss is called diverging; that word is about the training loss.")
def diagnose_diverging_by_validation(train_losses: list[float], val_losses: list[float]) -> str:
    seen = trends(train_losses, val_losses)
    return word({**seen, "grows": seen["grows"] or seen["val_rises"]})


@MISTAKES.add("diagnose", "A training loss that grows is not noticed.")
def diagnose_blind_to_growth(train_losses: list[float], val_losses: list[float]) -> str:
    return word({**trends(train_losses, val_losses), "grows": False})


@MISTAKES.add("diagnose", "It changes the lists that it was given; work on copies (`sorted`, not `sort`).")
def diagnose_sorts(train_losses: list[float], val_losses: list[float]) -> str:
    said = word(trends(train_losses, val_losses))
    val_losses.sort()
    return said


@MISTAKES.add("diagnose", "Mind the spelling: the words are in small letters, `still_learning` with an underscore.")
def diagnose_misspelt(train_losses: list[float], val_losses: list[float]) -> str:
    return word(trends(train_losses, val_losses)).replace("_", " ")


@MISTAKES.add("diagnose", "Mind the spelling: the words are in small letters.")
def diagnose_capitalised(train_losses: list[float], val_losses: list[float]) -> str:
    return word(trends(train_losses, val_losses)).capitalize()


# plot_history


LABELS, NAMES = ("training", "validation"), ("epoch", "loss")


def draw(
    ax: Any,
    train: list[float],
    val: list[float],
    *,
    first: int = 1,
    labels: tuple[str, str] = LABELS,
    legend: bool = True,
    names: tuple[str, str] = NAMES,
) -> None:
    for losses, label in zip((train, val), labels, strict=True):
        ax.plot(range(first, first + len(losses)), losses, label=label)
    ax.set_xlabel(names[0])
    ax.set_ylabel(names[1])
    if legend:
        ax.legend()


@MISTAKES.add("plot_history", "It draws on pyplot's current figure; draw on the axes that you are given.")
def plot_elsewhere(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    from matplotlib.figure import Figure

    draw(Figure().subplots(), train_losses, val_losses)


@MISTAKES.add("plot_history", "The epochs count from 0; they should count from 1.")
def plot_from_0(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, first=0)


@MISTAKES.add("plot_history", "The lines have labels, but nobody sees them: the legend is missing.")
def plot_without_legend(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, legend=False)


@MISTAKES.add("plot_history", "The lines have no labels.")
def plot_without_labels(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, labels=("_1", "_2"), legend=False)


@MISTAKES.add("plot_history", "The labels have changed places.")
def plot_swapped_labels(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, labels=("validation", "training"))


@MISTAKES.add("plot_history", "Both lines have the same label; it should tell them apart.")
def plot_equal_labels(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, labels=("loss", "loss"))


@MISTAKES.add("plot_history", "The axes have no names.")
def plot_without_names(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, names=("", ""))


@MISTAKES.add("plot_history", "The y axis has no name.")
def plot_without_y_name(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    draw(ax, train_losses, val_losses, names=("epoch", ""))


@MISTAKES.add("plot_history", "Only the training losses are drawn.")
def plot_training_only(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    ax.plot(range(1, len(train_losses) + 1), train_losses, label="training")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()


@MISTAKES.add("plot_history", "One loss is drawn over the other; both belong over the epochs.")
def plot_one_over_the_other(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    ax.plot(train_losses, val_losses, label="training and validation")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()


@MISTAKES.add("plot_history", "The curves stand one behind the other; each begins at epoch 1.")
def plot_end_to_end(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    middle = len(train_losses) + 1
    ax.plot(range(1, middle), train_losses, label="training")
    ax.plot(range(middle, middle + len(val_losses)), val_losses, label="validation")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()


@MISTAKES.add("plot_history", "Points alone are drawn; join them to lines, or nobody sees the trend.")
def plot_scatter(train_losses: list[float], val_losses: list[float], ax: Any) -> None:
    for losses, label in ((train_losses, "training"), (val_losses, "validation")):
        ax.scatter(range(1, len(losses) + 1), losses, label=label)
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()
