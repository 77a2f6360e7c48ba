"""Notebooks that students hand in: their code cells as plain Python, and what is refused."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.judge.intake import intake, plain_cell
from grader.judge.intake.listing import NOTEBOOK_BYTES
from grader.judge.intake.notebook import CELLS
from grader.model.submission import Submission, SubmissionError


def take(path: Path) -> Submission:
    return intake(path, "losses.py", "day10.ipynb")


def put(folder: Path, content: object) -> Path:
    path = folder / "day10.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def code(source: object, **metadata: object) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata, "outputs": [], "source": source}


def notebook(*cells: object) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


def cells_of(folder: Path, *cells: object) -> tuple[str, ...]:
    return take(put(folder, notebook(*cells))).cells


def refusal(folder: Path, content: object) -> str:
    with pytest.raises(SubmissionError) as refused:
        take(put(folder, content))
    message = str(refused.value)
    assert "day10.ipynb" in message
    assert message.encode()
    return message


# What is taken


def test_each_code_cell_is_a_cell(tmp_path: Path) -> None:
    text = {"cell_type": "markdown", "metadata": {}, "source": 3}
    submission = take(
        put(tmp_path, notebook(text, code("x = 1\r\ny = 2"), {"cell_type": "raw"}, code(["a = 1\n", "b"])))
    )
    assert submission.cells == ("x = 1\ny = 2", "a = 1\nb")
    assert submission.kind == "notebook"
    assert submission.module == "losses.py"
    assert submission.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(notebook(code("'é'")), ensure_ascii=False)
    assert take(put(tmp_path, text.encode(encoding))).cells == ("'é'",)


def test_format_3_is_read(tmp_path: Path) -> None:
    sheet = {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y"]}, {"cell_type": "markdown", "source": "a"}]}
    assert take(put(tmp_path, {"nbformat": 3, "worksheets": [sheet, None, {"cells": 1}]})).cells == ("x = 1\ny",)


@pytest.mark.parametrize(
    "metadata",
    [{"descent": {"check": "mse"}}, {"nbgrader": {"grade": True, "solution": False, "locked": True, "points": 2}}],
    ids=["ours", "nbgrader's"],
)
def test_check_cells_are_left_out_and_keep_their_number(tmp_path: Path, metadata: dict[str, Any]) -> None:
    cells = cells_of(tmp_path, code("x = 1"), code('grader.check("mse")', **metadata), code("y = 2"))
    assert cells == ("x = 1", "", "y = 2")


@pytest.mark.parametrize(
    "metadata",
    [
        {"descent": {"task": "mse"}},
        {"descent": "check"},
        {"nbgrader": {"grade": True, "solution": True, "locked": False}},
        {"nbgrader": {"grade": False, "solution": False, "locked": True}},
        {"nbgrader": {"grade": 1, "solution": 0, "locked": 1}},
        {"nbgrader": None},
    ],
)
def test_other_marked_cells_are_the_student_s(tmp_path: Path, metadata: dict[str, Any]) -> None:
    assert cells_of(tmp_path, code("x = 1", **metadata)) == ("x = 1",)


def test_metadata_of_a_wrong_type_do_no_harm(tmp_path: Path) -> None:
    assert cells_of(tmp_path, {"cell_type": "code", "metadata": [1], "source": "x"}) == ("x",)


def test_a_cell_in_another_language_is_left_out_with_a_note(tmp_path: Path) -> None:
    submission = take(put(tmp_path, notebook(code("x = 1"), code("%%bash\nrm -rf /"), code("y = 2"))))
    assert submission.cells == ("x = 1", "", "y = 2")
    assert "Code cell 2" in submission.notes[0]


def test_half_characters_are_replaced_with_a_note(tmp_path: Path) -> None:
    content = b'{"cells": [{"cell_type": "code", "source": "a = \'\\ud83d\\ude00\'\\nb = \'\\udc80\'"}]}'
    submission = take(put(tmp_path, content))
    assert submission.cells == ("a = '\N{GRINNING FACE}'\nb = '\ufffd'",)
    assert "Code cell 1" in submission.notes[0]


def test_a_notebook_without_code_is_taken_with_a_note(tmp_path: Path) -> None:
    assert "no code" in take(put(tmp_path, notebook())).notes[0]


# What is refused


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"cells": [{"cell_type": "code", "sour', "saved half"),
        (b"", "saved half"),
        (b"not json", "is not a notebook"),
        (b"[1, 2]", "not a notebook"),
        (b"null", "not a notebook"),
        (b'"cells"', "not a notebook"),
        (b"{}", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"cells": [1]}', "no list of cells"),
        (b'{"cells": [null]}', "no list of cells"),
        (b'{"worksheets": [{"cells": [3]}]}', "no list of cells"),
        (b"[" * 100_000, "no notebook"),
        (b'{"cells":' * 100_000, "no notebook"),
        (b'{"cells": [], "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "no notebook"),
        (b'{"cells": [], "n": ' + b"9" * 5000 + b"}", "no notebook"),
        (b'{"cells": [], "n": -' + b"9" * 1_000_000 + b"}", "no notebook"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"\x80", "UTF-8"),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in refusal(tmp_path, content)


@pytest.mark.parametrize("source", [None, 3, {"a": 1}, ["x", 1], [["x"]], True])
def test_a_source_of_a_wrong_type_is_refused(tmp_path: Path, source: object) -> None:
    assert "code cell 2" in refusal(tmp_path, notebook(code("x"), code(source)))


def test_a_cell_without_a_source_is_refused(tmp_path: Path) -> None:
    assert "code cell 1" in refusal(tmp_path, notebook({"cell_type": "code"}))


def test_a_nul_is_refused(tmp_path: Path) -> None:
    assert "NUL" in refusal(tmp_path, notebook(code("x = 1\n\0")))


def test_more_cells_than_anyone_writes_are_refused(tmp_path: Path) -> None:
    assert len(cells_of(tmp_path, *[code("x")] * CELLS)) == CELLS
    assert "2,000 cells" in refusal(tmp_path, notebook(*[code("x")] * CELLS, {"cell_type": "raw"}))


def test_more_code_than_anyone_writes_is_refused(tmp_path: Path) -> None:
    assert "1 MiB" in refusal(tmp_path, notebook(*[code("#" * 600_000)] * 2))


def test_a_notebook_over_the_limit_is_refused(tmp_path: Path) -> None:
    assert "16 MiB" in refusal(tmp_path, b" " * (NOTEBOOK_BYTES + 1))


def test_json_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    assert "larger than any" in refusal(tmp_path, b"[" + b"[]," * 1_100_000 + b"[]]")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "worksheets", "cell_type", "source", "input", "metadata", "descent", "nbgrader"]),
            inner | st.just("code"),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_taken_or_refused(tmp_path: Path, content: bytes) -> None:
    try:
        submission = take(put(tmp_path, content))
    except SubmissionError:
        return
    assert all(cell.encode().decode() == cell for cell in submission.cells)


def test_code_in_a_check_cell_is_the_students_unless_the_cell_is_locked(tmp_path: Path) -> None:
    merged = 'def mse(p, t): ...\n\ngrader.check("mse")'
    ours, theirs = {"descent": {"check": "mse"}}, {"nbgrader": {"grade": True, "solution": False, "locked": True}}
    assert cells_of(tmp_path, code(merged, **ours)) == ('def mse(p, t): ...\n\npass  # grader.check("mse")',)
    assert cells_of(tmp_path, code("# secret: 2 points\n%time\n", **ours)) == ("",)
    assert cells_of(tmp_path, code(merged, **ours, **theirs)) == ("",)


# Magics

PLAIN = {
    "line magic": ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
    "shell": ("!pip install torch\n!!ls", "pass  # !pip install torch\npass  # !!ls"),
    "help": ("?torch\n??torch.nn", "pass  # ?torch\npass  # ??torch.nn"),
    "help after": ("torch.nn?\ntorch??  ", "pass  # torch.nn?\npass  # torch??  "),
    "help on a magic": ("%time?", "pass  # %time?"),
    "lone in a body": ("if a:\n    %time\nelse:\n\t!ls", "if a:\n    pass  # %time\nelse:\n\tpass  # !ls"),
    "continued": ("!pip install \\\n  torch \\\n  numpy\nx = 1", None),
    "assigned shell": ("files = !ls *.py", "files = None  # files = !ls *.py"),
    "assigned magic": ("a.b = %timeit -o f()", "a.b = None  # a.b = %timeit -o f()"),
    "timed statement": ("%time x = f(3)", "x = f(3)"),
    "timed magic": ("%time !ls", "pass  # !ls"),
    "time with options": ("%time -n x = 1", "pass  # %time -n x = 1"),
    "timeit": ("%timeit f()", "pass  # %timeit f()"),
    "%%time": ("%%time\nx = 1", "# %%time\nx = 1"),
    "%%timeit": ("%%timeit -n 3 setup()\nx = 1", "# %%timeit -n 3 setup()\nx = 1"),
    "%%capture": ("\n%%capture out\n%cd data\nx = 1", "\n# %%capture out\npass  # %cd data\nx = 1"),
    "%%prun": ("%%prun -s cumulative\nx = 1", "# %%prun -s cumulative\nx = 1"),
    "%%bash": ("%%bash\nls", ""),
    "%%writefile": ("%%writefile losses.py\nx = 1", ""),
    "%%timer": ("%%timer\nx = 1", ""),
    "indented cell": ("  x = 1\n  if x:\n    y = '''\n z'''", "x = 1\nif x:\n  y = '''\n z'''"),
    "indented magic": ("    %matplotlib inline\n    x = 1", "pass  # %matplotlib inline\nx = 1"),
    "after a comment": ("x = 1  # it's (\n%magic", "x = 1  # it's (\npass  # %magic"),
    "after a string": ("x = 'a(\\'['\n%magic", "x = 'a(\\'['\npass  # %magic"),
    "after a docstring": ('"""a\n%b\n"""\n%magic', '"""a\n%b\n"""\npass  # %magic'),
    "a bar of widgets": ("from tqdm.notebook import tqdm", "from tqdm.auto import tqdm"),
    "after a broken string": ("x = 'abc\n%magic", "x = 'abc\npass  # %magic"),
    "after a closed bracket": ("f(\n  1)\n%magic", "f(\n  1)\npass  # %magic"),
    "after a comment with a backslash": ("x = 1 # a \\\n%magic", "x = 1 # a \\\npass  # %magic"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "plain"), PLAIN.values(), ids=PLAIN)
def test_magics_become_plain_python(source: str, plain: str | None) -> None:
    expected = "pass  # !pip install \\\n#   torch \\\n#   numpy\nx = 1" if plain is None else plain
    assert plain_cell(source) == expected


UNTOUCHED = {
    "operator in brackets": "x = (a\n%b\n)",
    "operator in nested brackets": "x = f([{1:\n% b}\n],\n%c)",
    "operator after a backslash": "x = a \\\n%b",
    "format": "x = 'a %s' \\\n% b",
    "in a triple string": "x = '''\n%magic\n!ls\n?help\ntorch?\n%%time\n'''",
    "in a raw triple string": 'x = r"""\\\n%a\n"""',
    "in a string over two lines": "x = 'a\\\n%b'",
    "quotes in a triple string": 'x = """a"b""c\n%d\\"""\n!e"""',
    "hash in a string": "x = '#(' + '(#'[0]\ny = (1\n%2)",
    "f-string": "f'{a % b}' f\"{d['k']}\"",
    "not equal": "x = (a\n!= b)",
    "question in a comment": "x = 1  # why?",
    "question in a string": "'why?'",
    "comment": "# %magic\n# why?",
    "annotation": "x: int = 3\ny = a if b else c",
    "carriage of brackets": "x = {'(': '[',\n'%': 1,\n}",
    "empty": "",
    "blank lines": "\n\n  \n",
    "decorator": "@torch.no_grad()\ndef f():\n    return a % b",
}


@pytest.mark.parametrize("source", UNTOUCHED.values(), ids=UNTOUCHED)
def test_plain_python_stays_as_it_is(source: str) -> None:
    assert plain_cell(source) == source


FRAGMENTS = st.sampled_from(
    ["'", '"', "'''", '"""', "\\", "\n", "(", ")", "[", "]", "{", "}", "#", "%", "!", "?", "=", "x", " ", "f", "r",
     "%%", "%time ", "a%b", ",", "    ", "if x:\n", "\\\n"]
)  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True)
@example("    # comment\nx = 1")
@example("%%")
@example("%time")
@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_source_that_python_parses_is_never_changed(source: str) -> None:
    plain = plain_cell(source)
    assert plain == "" or plain.count("\n") == source.count("\n")
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return
    assert plain == source


def test_this_project_s_own_source_is_never_changed() -> None:
    for path in Path(__file__).parents[2].joinpath("grader").rglob("*.py"):
        source = path.read_text(encoding="utf-8").replace("\nimport grader\n", "\n")  # which a cell does without
        assert plain_cell(source) == source


@pytest.mark.parametrize("source", ["'" * 500_000, "x = '" + "\\a" * 250_000, '"' * 3 + '"\\' * 200_000, "(" * 500_000])
def test_a_hostile_source_takes_linear_time(source: str) -> None:
    assert plain_cell(source) == source
