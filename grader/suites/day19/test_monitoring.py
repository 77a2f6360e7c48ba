"""Day 19: counts by a loop, weights bit for bit, curves that can be called by one word only."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from grader.checks.axes import Curve, Plot, check_legend, check_named_axes, read_plot
from grader.checks.close import check_close, check_equal, check_keys, check_length, check_tensor, describe
from grader.checks.draw import Draw
from grader.model.errors import CheckFailed
from grader.model.student import Student

from . import probes


@pytest.mark.task("confusion_matrix")
@pytest.mark.parametrize("count, classes", [(1, 3), (1, 1), (1500, 2), (200, 5), (7, 12)])
def test_confusion_matrix(student: Student, draw: Draw, count: int, classes: int) -> None:
    """1,500 samples of two classes are more in each cell than a byte can count."""
    pred, labels = draw.integers(0, classes, count), draw.integers(0, classes, count)
    check_equal(student.call("confusion_matrix", pred, labels, classes), counts(pred, labels, classes))


@pytest.mark.task("confusion_matrix")
def test_confusion_matrix_without_some_classes(student: Student, draw: Draw) -> None:
    """Only the first two of six classes occur, and class 3 is what most of them are taken for."""
    labels = draw.labels(40, 2)
    pred = torch.where(draw.uniform(0, 1, 40) < 0.7, 3, labels)
    check_equal(student.call("confusion_matrix", pred, labels, 6), counts(pred, labels, 6))


def counts(pred: Tensor, labels: Tensor, classes: int) -> Tensor:
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    for guess, truth in zip(pred.tolist(), labels.tolist(), strict=True):
        matrix[truth, guess] += 1
    return matrix


def check_scores(student: Student, matrix: Tensor) -> None:
    """Precision, recall and F1 against a loop over the classes, in any float dtype."""
    seen = check_keys(student.call("precision_recall_f1", matrix), {"precision", "recall", "f1"})
    expected: dict[str, list[float]] = {"precision": [], "recall": [], "f1": []}
    for c in range(len(matrix)):
        hits, predicted, true = (float(part) for part in (matrix[c, c], matrix[:, c].sum(), matrix[c].sum()))
        expected["precision"].append(hits / predicted if predicted else 0.0)
        expected["recall"].append(hits / true if true else 0.0)
        expected["f1"].append(2 * hits / (predicted + true) if hits else 0.0)
    for name, wanted in expected.items():
        values = check_tensor(seen[name], shape=(len(matrix),), name=name)
        if not values.is_floating_point():
            raise CheckFailed(f"{name} should be fractions", expected="a float tensor", seen=describe(values))
        check_close(values.float(), torch.tensor(wanted, dtype=torch.float64), scale=1.0, name=name)


@pytest.mark.task("precision_recall_f1")
@pytest.mark.parametrize("classes", [1, 2, 5])
@pytest.mark.parametrize("dtype", [torch.int64, torch.float32])
def test_precision_recall_f1(student: Student, draw: Draw, classes: int, dtype: torch.dtype) -> None:
    """Counts up to 40, the diagonal heavier; the matrix is not contiguous."""
    matrix = draw.integers(1, 40, classes, classes) + torch.diag(draw.integers(20, 90, classes))
    check_scores(student, matrix.T.to(dtype))


@pytest.mark.task("precision_recall_f1")
def test_precision_recall_f1_where_undefined(student: Student, draw: Draw) -> None:
    """A class that is never predicted, one that never occurs, one that is neither, and one that is never right."""
    matrix = draw.integers(1, 30, 6, 6)
    never_predicted, never_true, neither, never_right = draw.permutation(6)[:4].tolist()
    matrix[:, never_predicted] = 0
    matrix[never_true] = 0
    matrix[neither] = 0
    matrix[:, neither] = 0
    matrix[never_right, never_right] = 0
    check_scores(student, matrix)


@pytest.mark.task("precision_recall_f1")
def test_precision_recall_f1_of_nothing(student: Student) -> None:
    check_scores(student, torch.zeros(3, 3, dtype=torch.int64))


class Losses:
    """Validation losses by the letter, each of them clearly better than the best so far, or clearly not.

    b better · t the best once more · s slightly worse · w much worse · d below the one before, after w or d, but worse
    than the best · i below the best by less than `min_delta`. The letters i never add up to `min_delta`: whether the
    best so far follows such small gains is left open.
    """

    def __init__(self, draw: Draw, delta: float) -> None:
        self.draw, self.delta, self.scale = draw, delta, 10 ** draw.number(-1, 3) if delta == 0 else 1.0

    def of(self, letters: str) -> list[float]:
        best, last, losses = self.draw.number(8, 9), 0.0, []
        for letter in letters:
            last = self.next(letter, best, last)
            best = last if letter == "b" else best
            losses.append(last * self.scale)
        return losses

    def next(self, letter: str, best: float, last: float) -> float:
        number, delta = self.draw.number, self.delta
        match letter:
            case "b":
                return best - number(2, 3) * delta - number(0.05, 0.2)
            case "s":
                return best + number(0.3, 0.6) * delta + number(0.01, 0.02)
            case "w":
                return best + number(2, 3) * delta + number(0.4, 0.6)
            case "d":
                return last - number(0.02, 0.05)
            case "i":
                return best - number(0.1, 0.4) * delta
        return best


def check_stops(student: Student, draw: Draw, patterns: list[tuple[int, str]], delta: float) -> None:
    """`update` says True at the last letter of a pattern that ends with !, and nowhere before."""
    losses = Losses(draw, delta)
    cases = [
        {"arguments": [patience, delta] if delta else [patience], "losses": losses.of(letters.rstrip("!"))}
        for patience, letters in patterns
    ]
    seen = check_length(student.probe(probes.stops, cases), list, len(cases))
    for (patience, letters), case, said in zip(patterns, cases, seen, strict=True):
        check_length(said, list, len(case["losses"]))
        for number, answer in enumerate(said, 1):
            told = ", ".join(f"{loss:.4g}" for loss in case["losses"][:number])
            asked = f"patience {patience}, min_delta {delta:.3g}, losses {told}"
            stop = letters.endswith("!") and number == len(said)
            check_equal(answer, stop, name=f"update's answer ({asked})")


@pytest.mark.task("EarlyStopping")
def test_earlystopping_stops_in_time(student: Student, draw: Draw) -> None:
    patterns = [
        (1, "bbbw!"), (1, "bt!"), (2, "bwbwbwd!"), (3, "bwsbtwd!"), (4, "bwddbswwbtwdd!"), (2, "bwbwbbsb"),
        (5, "bsbsbsbsbsbsb"),
    ]  # fmt: skip
    check_stops(student, draw, patterns, 0.0)


@pytest.mark.task("EarlyStopping")
def test_earlystopping_minds_min_delta(student: Student, draw: Draw) -> None:
    patterns = [(1, "bi!"), (2, "bbis!"), (2, "bwbii!"), (3, "bisbwis!"), (3, "bssbsst!"), (2, "bww!"), (2, "bibsbwb")]
    check_stops(student, draw, patterns, draw.number(0.05, 0.3))


def drawn_state(draw: Draw) -> dict[str, Tensor]:
    """Values for each parameter and buffer of the probe's model."""
    return {
        "0.weight": draw.normal(4, 3, dtype=torch.float64),
        "1.weight": draw.uniform(0.5, 1.5, 4, dtype=torch.float64),
        "1.bias": draw.normal(4, dtype=torch.float64),
        "1.running_mean": draw.normal(4, std=0.3, dtype=torch.float64),
        "1.running_var": draw.uniform(0.5, 2, 4, dtype=torch.float64),
        "1.num_batches_tracked": draw.integers(1, 9, 1)[0],
        "3.weight": draw.normal(1, 4, dtype=torch.float64),
        "3.bias": draw.normal(1, dtype=torch.float64),
    }


@pytest.mark.task("EarlyStopping")
def test_earlystopping_restores_the_best_weights(student: Student, draw: Draw) -> None:
    """Parameters and buffers change in place after the best epoch, and again after the first `restore`.

    The best epoch, the last tie with it, the last that beats the one before, and the last of all are four: each slip
    brings back weights of its own.
    """
    losses, states = Losses(draw, 0.0).of("bwbbstwdsw"), [drawn_state(draw) for _ in range(10)]
    answer = student.probe(probes.restored, losses, states, [drawn_state(draw), drawn_state(draw)])
    seen = check_keys(answer, {"restored", "moved"})
    for time, state in zip(("", " the second time"), check_length(seen["restored"], list, 2), strict=True):
        check_keys(state, set(states[3]))
        for name, wanted in states[3].items():
            check_equal(state[name], wanted, name=f"{name}, restored{time},")
    if seen["moved"]:
        raise CheckFailed(
            "update changes the model's weights", expected="weights left as they are: it is not time to stop",
            seen=f"other weights after update {seen['moved'][0]}",
        )  # fmt: skip


@pytest.mark.task("EarlyStopping")
def test_earlystopping_leaves_the_models_mode(student: Student, draw: Draw) -> None:
    seen = check_length(student.probe(probes.modes, Losses(draw, 0.0).of("bwbbstwdsw")), list, 10)
    for number, parts in enumerate(seen):
        training = number % 2 == 0
        if parts != [training for _ in probes.net().modules()]:
            mode = "train" if training else "eval"
            raise CheckFailed("update changes the model's mode", expected=f"all parts in {mode} mode, as before")


def drawn_run(draw: Draw, optimizer: str) -> dict[str, Any]:
    options = {"SGD": {"lr": 0.1, "momentum": 0.8}, "Adam": {"lr": 0.05}}[optimizer]
    return {
        "optimizer": optimizer,
        "options": options,
        "start": drawn_state(draw),
        "other": drawn_state(draw),
        "x": draw.normal(7, 6, 3, dtype=torch.float64),
        "y": draw.normal(7, 6, 1, dtype=torch.float64),
        "middle": draw.integer(3, 5),
        "slower_from": 2,
    }


def oracle(run: dict[str, Any]) -> Tensor:
    """The run without interruption: every number of the model after each step, the optimizers written out."""
    model = nn.Sequential(nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 1)).double()
    model.load_state_dict(run["start"])
    memory: list[list[Tensor]] = [[torch.zeros_like(p), torch.zeros_like(p)] for p in model.parameters()]
    lr, path = run["options"]["lr"], []
    for step, (x, y) in enumerate(zip(run["x"], run["y"], strict=True)):
        lr = lr / 2 if step == run["slower_from"] else lr
        gradients = torch.autograd.grad(((model(x) - y) ** 2).mean(), list(model.parameters()))
        with torch.no_grad():
            for p, g, (m, s) in zip(model.parameters(), gradients, memory, strict=True):
                if run["optimizer"] == "SGD":
                    p.sub_(lr * m.mul_(run["options"]["momentum"]).add_(g))
                else:
                    m.lerp_(g, 0.1)
                    s.lerp_(g * g, 0.001)
                    root = (s / (1 - 0.999 ** (step + 1))).sqrt() + 1e-8
                    p.sub_(lr * m / (1 - 0.9 ** (step + 1)) / root)
        path.append(torch.cat([value.detach().double().reshape(-1) for value in model.state_dict().values()]))
    return torch.stack(path)


@pytest.mark.task("save_checkpoint")
@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
def test_save_checkpoint_and_resume(student: Student, draw: Draw, optimizer: str) -> None:
    """Bit for bit the run without interruption, and that run is the oracle's."""
    run, epoch = drawn_run(draw, optimizer), draw.integer(2, 100)
    answer = student.probe(probes.resumed, run, epoch, optimizer == "Adam")
    seen = check_keys(answer, {"whole", "saver", "fresh", "again", "epochs"})
    expected = oracle(run)
    # after some steps with BatchNorm and Adam, rounding has grown well beyond one operation's
    check_close(seen["whole"], expected, dtype=torch.float64, terms=10**6, name="the run without interruption")
    rest = seen["whole"][run["middle"] :]
    for name, what in (
        ("saver", "the run that was saved and went on"),
        ("fresh", "the run of a new model and optimizer that loaded the checkpoint"),
        ("again", "the run that loaded its own checkpoint again"),
    ):
        check_equal(seen[name], rest, name=f"{what}, a row for each step,")
    for returned in check_length(seen["epochs"], list, 2):
        check_equal(returned, epoch, name="the epoch that load_checkpoint returns")


@pytest.mark.task("save_checkpoint")
@pytest.mark.parametrize("form", ["torch", "pickle"])
def test_save_checkpoint_is_read_safely(student: Student, form: str) -> None:
    """A checkpoint of somebody else's that brings code along: reading it must not run that code."""
    if student.probe(probes.runs_code, form) is not False:
        raise CheckFailed(
            "load_checkpoint runs code that stands in the file", expected="data are read, nothing is run", seen="it ran"
        )


class Curves:
    """Pairs of loss curves that one word alone fits, of any length and height. They tremble by a ten-thousandth."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def of(self, train: Any, val: Any, *, ends: tuple[int, int] = (0, 0)) -> tuple[list[float], list[float]]:
        """Both curves, from their height at a time from 0 to 1; the first loss is 1.6 to 5.

        `ends` says which way the last value trembles: whoever looks at the last two alone falls for it.
        """
        start, epochs = self.draw.number(1.6, 5), self.draw.integer(20, 31)
        return self.one(train, start, epochs, ends[0]), self.one(val, start, epochs, ends[1])

    def one(self, height: Any, start: float, epochs: int, end: int) -> list[float]:
        tremble = self.draw.uniform(-1e-4, 1e-4, epochs, dtype=torch.float64).tolist()
        losses = [start * height(t / (epochs - 1)) * (1 + tremble[t]) for t in range(epochs)]
        return [*losses[:-1], losses[-2] * (1 + 3e-5 * end)] if end else losses

    def overfitting(self) -> tuple[list[float], list[float]]:
        turn = self.draw.number(0.3, 0.4)
        return self.of(
            lambda t: 0.35**t, lambda t: 1 - t / turn / 2 if t < turn else 0.5 + 0.47 * (t - turn) / (1 - turn)
        )

    def underfitting(self, end: int) -> tuple[list[float], list[float]]:
        train, val = (lambda t: 0.9 + 0.1 * math.exp(-40 * t)), (lambda t: 0.91 + 0.1 * math.exp(-40 * t))
        return self.of(train, val, ends=(-1, end))

    def converged(self, end: int) -> tuple[list[float], list[float]]:
        train, val = (lambda t: 0.01 + math.exp(-25 * t)), (lambda t: 0.0105 + 1.01 * math.exp(-25 * t))
        return self.of(train, val, ends=(-1, end))

    def still_learning(self) -> tuple[list[float], list[float]]:
        """Validation goes down more slowly than training: that gap alone is no overfitting."""
        return self.of(lambda t: 1 - 0.45 * t, lambda t: 1.01 - 0.3 * t)

    def diverging(self, kind: str) -> tuple[list[float], list[float]]:
        """Growing from the first epoch on, growing after a good beginning, or not finite after one."""
        turn = self.draw.number(0.3, 0.6)
        if kind == "grows":
            return self.of(lambda t: 60**t, lambda t: 1.05 * 65**t)
        if kind == "turns":
            grown = lambda t: 1 - 0.7 * t if t < turn else (1 - 0.7 * turn) * 100 ** ((t - turn) / (1 - turn))  # noqa: E731
            return self.of(grown, grown)
        lost = lambda t: 1 - 0.7 * t if t < turn else float(kind)  # noqa: E731
        return self.of(lost, lost)


@pytest.mark.task("diagnose")
def test_diagnose(student: Student, draw: Draw) -> None:
    """Two of each kind, four that diverge. All are asked before any is judged: that tells one slip from another."""
    curves = Curves(draw)
    cases = [("diverging", curves.diverging(kind)) for kind in ("grows", "turns", "nan", "inf")]
    for end in (-1, 1):
        cases += [("underfitting", curves.underfitting(end)), ("converged", curves.converged(end))]
        cases += [("overfitting", curves.overfitting()), ("still_learning", curves.still_learning())]
    said = check_keys(student.probe(probes.words, [case for _, case in cases]), {"words", "left"})
    seen = check_length(said["words"], list, len(cases))
    for answer, (word, (train, val)) in zip(seen, cases, strict=True):
        shape = f"training {outline(train)}; validation {outline(val)}"
        check_equal(answer, word, name=f"the word for {len(train)} epochs ({shape})")
    if said["left"] is not True:
        raise CheckFailed("diagnose changes the lists of losses", expected="inputs left as they were")


def outline(losses: list[float]) -> str:
    """A curve in five numbers."""
    last = len(losses) - 1
    return " → ".join(f"{losses[round(last * part / 4)]:.3g}" for part in range(5))


@pytest.mark.task("plot_history")
@pytest.mark.parametrize("epochs", [1, 12])
def test_plot_history(student: Student, draw: Draw, epochs: int) -> None:
    """Both curves are found by their values; their labels tell them apart."""
    train, val = (draw.uniform(0.1, 3, epochs, dtype=torch.float64) for _ in range(2))
    plot = read_plot(student.probe(probes.history, train.tolist(), val.tolist()))
    first, second = find(plot, train, "training"), find(plot, val, "validation")
    for curve, word, other in ((first, "train", "val"), (second, "val", "train")):
        name = curve.name.lower()
        if not name.strip() or (other in name and word not in name):
            expected, seen = f"a label such as {word}", repr(curve.name[:60]) if name else "no label"
            raise CheckFailed(f"the {word} losses are not labelled as such", expected=expected, seen=seen)
    if first.name == second.name:
        raise CheckFailed("both lines have the same label", expected="two labels", seen=repr(first.name[:60]))
    check_legend(plot)
    check_named_axes(plot)


def find(plot: Plot, losses: Tensor, what: str) -> Curve:
    """The line whose heights are these losses, over the epochs from 1 on: one with a name before a mark without."""
    found = [curve for curve in plot.curves if curve.y.shape == losses.shape and torch.allclose(curve.y, losses)]
    found.sort(key=lambda curve: not curve.name.strip())
    if not found:
        raise CheckFailed(
            f"no line shows the {what} losses", expected=f"a line of {len(losses)} points", seen=lines(plot)
        )
    if torch.equal(found[0].x, torch.arange(len(losses)).double()):
        raise CheckFailed(
            f"the epochs of the {what} losses count from 0", expected="1, 2, 3 … along the x axis", seen="0, 1, 2 …"
        )
    check_close(
        found[0].x, torch.arange(1, len(losses) + 1).double(), dtype=torch.float64, name=f"x of the {what} losses"
    )
    return found[0]


def lines(plot: Plot) -> str:
    return "lines of " + ", ".join(f"{len(curve.y)} points" for curve in plot.curves[:8]) if plot.curves else "no line"
