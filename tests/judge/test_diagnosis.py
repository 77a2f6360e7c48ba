"""Which named mistake explains a submission's answers."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor

from grader.judge import wire
from grader.judge.diagnosis import diagnose, remembering, same
from grader.judge.student import Exchange
from grader.judge.suite import Grading, Suite
from grader.model.manifest import load_course
from grader.model.mistakes import Mistake

COURSE = load_course(Path(__file__).parent.parent / "mini_course" / "course.yaml")
SUITE = Suite(COURSE, COURSE.days[0])
MESSAGE = {"id": "0" * 32, "kind": "call", "name": "double", "seed": 1, "forbidden": []}
REQUEST = wire.pack(MESSAGE, [[torch.tensor([3.0])], {}])


def diagnosed(mistake: Mistake, answer: Tensor) -> bool:
    student: Any = SimpleNamespace(transcript=[Exchange(REQUEST, answer)], device=torch.device("cpu"))
    return diagnose(SUITE, "double", Grading(student, "seed", {}, {"double": [mistake]})) is mistake


def test_a_proof_asks_a_mistake_the_same_only_once_and_judges_each_answer_by_itself() -> None:
    asked = []

    def squares(x: Tensor) -> Tensor:
        asked.append(x)
        return x * x

    mistake = Mistake("squares", "double", "It squares.", {"double": squares})
    with remembering():
        assert diagnosed(mistake, torch.tensor([9.0]))
        assert not diagnosed(mistake, torch.tensor([7.0]))
        assert len(asked) == 1
    assert diagnosed(mistake, torch.tensor([9.0]))
    assert len(asked) == 2


def test_what_a_mistake_warns_of_is_no_business_of_the_students() -> None:
    def warns(x: Tensor) -> Tensor:
        warnings.warn("degrees of freedom", UserWarning, stacklevel=1)
        return x * x

    assert diagnosed(Mistake("warns", "double", "It squares.", {"double": warns}), torch.tensor([9.0]))


def test_an_error_that_comes_with_advice_is_still_the_mistakes() -> None:
    def compares(x: Tensor) -> Tensor:
        return x if x.expand(2) > 0 else -x

    told = "RuntimeError: Boolean value of Tensor with more than one value is ambiguous"
    mistake = Mistake("compares", "double", "It compares all at once.", {"double": compares})
    for problem, explained in ((told, True), (f"Decide element by element.\n{told}", True), ("Some other", False)):
        student: Any = SimpleNamespace(transcript=[Exchange(REQUEST, None, problem)], device=torch.device("cpu"))
        found = diagnose(SUITE, "double", Grading(student, "seed", {}, {"double": [mistake]}))
        assert (found is mistake) is explained


def test_a_number_rounded_to_four_digits_is_not_the_one_that_a_mistake_gives() -> None:
    assert same({"loss": 1.697261}, {"loss": 1.6972611})
    assert not same({"loss": 1.697261}, {"loss": 1.6972 + 1e-4})
    assert same(float("nan"), float("nan"))


def test_a_mistake_is_asked_only_once_those_ahead_of_it_are_ruled_out_and_then_of_every_failed_check() -> None:
    asked = []

    def mistake(name: str, answer: Callable[[Tensor], Tensor]) -> Mistake:
        def double(x: Tensor) -> Tensor:
            asked.append((name, x.item()))
            return answer(x)

        return Mistake(name, "double", "It does not double.", {"double": double})

    squares, adds = mistake("squares", lambda x: x * x), mistake("adds six", lambda x: x + 6)
    student: Any = SimpleNamespace(device=torch.device("cpu"))
    grading = Grading(student, "seed", {}, {"double": [squares, adds]})
    for given, answer, named in ((3.0, 9.0, squares), (4.0, 10.0, adds), (5.0, 12.0, None), (5.0, 11.0, None)):
        request = wire.pack(MESSAGE, [[torch.tensor([given])], {}])
        student.transcript = [Exchange(request, torch.tensor([answer]))]
        assert diagnose(SUITE, "double", grading) is named
    assert asked == [("squares", 3.0), ("squares", 4.0), ("adds six", 3.0), ("adds six", 4.0), ("adds six", 5.0)]
