"""What is read off a student's Axes, through the wire, and the checks on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.patches import Circle

from grader.checks.axes import Plot, check_curve, check_legend, check_named_axes, check_words, read_plot
from grader.judge.wire import round_trip
from grader.model.errors import CheckFailed
from grader.suites.axes_probe import plot_data

CENTRES = [(0.0, 0.0), (0.0, 1.0), (2.0, 0.5)]


def plot_of(draw: Any, *args: Any) -> Plot:
    return read_plot(round_trip(plot_data(draw, *args)))


def circle_patches(ax: Any) -> None:
    for centre in CENTRES:
        ax.add_patch(Circle(centre, 0.1))


def one_collection(ax: Any) -> None:
    ax.add_collection(PatchCollection([Circle(centre, 0.1) for centre in CENTRES]))


def scatter(ax: Any) -> None:
    ax.scatter(*zip(*CENTRES, strict=True))


def round_markers(ax: Any) -> None:
    ax.plot(*zip(*CENTRES, strict=True), "o")


@pytest.mark.parametrize("draw", [circle_patches, one_collection, scatter, round_markers])
def test_circles_are_found_however_they_are_drawn(draw: Any) -> None:
    plot = plot_of(draw)
    assert torch.allclose(plot.circles, torch.tensor(CENTRES, dtype=torch.float64), atol=1e-6)
    assert len(plot.strokes()) == 0


def test_squares_are_no_circles() -> None:
    assert len(plot_of(lambda ax: ax.scatter([0, 1], [0, 1], marker="s")).circles) == 0


def test_strokes_are_those_of_lines_and_line_collections_without_gaps() -> None:
    def draw(ax: Any) -> None:
        ax.plot([0, 1, np.nan, 2, 3], [0, 1, np.nan, 2, 3])
        ax.add_collection(LineCollection([[(5, 5), (6, 6)]]))
        ax.plot([7, 8], [7, 8], "o")

    starts = plot_of(draw).strokes()[:, 0, 0]
    assert starts.tolist() == [0.0, 2.0, 5.0]


def test_what_stands_in_axes_coordinates_is_turned_into_data_coordinates() -> None:
    def draw(ax: Any) -> None:
        ax.set_xlim(0, 10)
        ax.set_ylim(0, 100)
        ax.plot([0, 0.5], [0, 0.5], transform=ax.transAxes)

    curve = plot_of(draw).curves[0]
    assert torch.allclose(curve.y, torch.tensor([0.0, 50.0], dtype=torch.float64), atol=1e-6)


def labelled(ax: Any) -> None:
    ax.plot([0, 1], [0, 1], label="ReLU")
    ax.plot([0, 1], [1, 1], label="Sigmoid")
    ax.legend()


def named_in_the_legend(ax: Any) -> None:
    ax.plot([0, 1], [0, 1])
    ax.plot([0, 1], [1, 1])
    ax.legend(["ReLU", "Sigmoid"])


def named_by_handles(ax: Any) -> None:
    (first,) = ax.plot([0, 1], [0, 1])
    (second,) = ax.plot([0, 1], [1, 1])
    ax.legend([second, first], ["Sigmoid", "ReLU"])


def named_by_the_figure(ax: Any) -> None:
    ax.plot([0, 1], [0, 1], label="ReLU")
    ax.plot([0, 1], [1, 1], label="Sigmoid")
    ax.figure.legend()


@pytest.mark.parametrize("draw", [labelled, named_in_the_legend, named_by_handles, named_by_the_figure])
def test_a_curve_is_found_by_its_label_or_its_entry_in_the_legend(draw: Any) -> None:
    plot = plot_of(draw)
    assert check_curve(plot, "relu").y.tolist() == [0.0, 1.0]
    assert check_curve(plot, "sigmoid").y.tolist() == [1.0, 1.0]
    check_legend(plot)


def test_a_curve_that_is_not_there_is_named() -> None:
    with pytest.raises(CheckFailed, match="labelled tanh"):
        check_curve(plot_of(labelled), "tanh")


def test_a_legend_or_a_name_that_nobody_sees_is_none() -> None:
    def draw(ax: Any) -> None:
        ax.set(xlabel="x", ylabel="y")
        labelled(ax)
        ax.get_legend().set_visible(False)
        ax.set_axis_off()

    plot = plot_of(draw)
    with pytest.raises(CheckFailed, match="no legend"):
        check_legend(plot)
    with pytest.raises(CheckFailed, match="the x axis has no name"):
        check_named_axes(plot)


def test_axes_without_a_name_are_named() -> None:
    with pytest.raises(CheckFailed, match="the y axis has no name"):
        check_named_axes(plot_of(lambda ax: ax.set_xlabel("step")))


def test_words_may_stand_anywhere_and_in_any_case() -> None:
    def draw(ax: Any) -> None:
        ax.set_title("The INPUT")
        ax.text(0, 0, "Hidden 1")
        ax.set_xticks([0, 1], labels=["x", "Output"])

    plot = plot_of(draw)
    check_words(plot, ["input", "hidden", "output"])
    with pytest.raises(CheckFailed, match="does not belong"):
        check_words(plot, [], ["hidden"])
    with pytest.raises(CheckFailed, match="is missing"):
        check_words(plot, ["bias"])


def test_drawing_elsewhere_does_not_count_and_leaves_no_figure() -> None:
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    assert plot_of(lambda ax: plt.plot([0, 1])).curves == ()
    assert plt.get_fignums() == before


@pytest.mark.parametrize("seen", [None, [], {}, {"lines": [1]}, {**plot_data(labelled), "circles": [torch.zeros(3)]}])
def test_a_report_that_is_not_ours_fails_the_check(seen: Any) -> None:
    with pytest.raises(CheckFailed, match="could not be read"):
        read_plot(seen)
