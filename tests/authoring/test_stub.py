"""From solution to stub."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.stub import make_stub
from grader.model.errors import CourseError

HERE = Path("day.py")


def test_a_region_becomes_the_stubs_own_error_with_the_functions_name() -> None:
    source = "def f(x):\n    '''Doc.'''\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\n\ny = 1\n"
    assert make_stub(source, HERE) == (
        "def f(x):\n    '''Doc.'''\n    raise NotImplementedError(\"f is not written yet\")\n\n\ny = 1\n"
    )


def test_a_method_is_named_with_its_class() -> None:
    source = "class A:\n    def g(self):\n        ### BEGIN SOLUTION\n        pass\n        ### END SOLUTION\n"
    assert 'NotImplementedError("A.g is not written yet")' in make_stub(source, HERE)


def test_a_region_at_the_top_disappears() -> None:
    assert make_stub("### BEGIN SOLUTION\nimport os\n### END SOLUTION\nx = 1\n", HERE) == "x = 1\n"


def test_a_given_program_stands_in_its_place() -> None:
    source = (
        "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n"
        "    # ### BEGIN STUB\n    # for i in x:\n    #     print(i)\n    #\n    # ### END STUB\n"
    )
    assert make_stub(source, HERE) == "def f(x):\n    for i in x:\n        print(i)\n\n"


@pytest.mark.parametrize(
    "source, line",
    [
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n", 2),
        ("def f():\n    ### END SOLUTION\n", 2),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n", 1),
        ("    # ### BEGIN STUB\n    # x\n    # ### END STUB\n", 1),
    ],
)
def test_marks_that_do_not_pair_are_named_with_file_and_line(source: str, line: int) -> None:
    with pytest.raises(CourseError, match=rf"day\.py:{line}:"):
        make_stub(source, HERE)


def test_no_solution_line_survives() -> None:
    for path in Path(__file__).parent.parent.parent.glob("solutions/day*/*.py"):
        if path.name != "alternatives.py":
            stub = make_stub(path.read_text(encoding="utf-8"), path)
            assert "SOLUTION" not in stub
            assert "NotImplementedError" in stub or "day20" in str(path)
