"""Files and folders that students hand in: which one is taken, how it is read, and what is refused."""

import hashlib
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.judge.intake import folder, intake, notebook_digest
from grader.judge.intake.listing import MODULE_BYTES
from grader.model.submission import Submission, SubmissionError

SOURCE = b"def mse(pred, target):\n    return ((pred - target) ** 2).mean()\n"
NOTEBOOK = b'{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": "x = 1"}]}'


def take(path: Path, **options: object) -> Submission:
    return intake(path, "losses.py", "day10.ipynb", **options)  # type: ignore[arg-type]


def put(path: Path, data: bytes = SOURCE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def taken_text(where: Path, data: bytes) -> str:
    return take(put(where / "losses.py", data)).cells[0]


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(SubmissionError) as refused:
        take(path, **options)
    message = str(refused.value)
    assert message.endswith(".")
    assert message.encode()
    return message


# Which file is taken


def test_a_module_is_one_cell(tmp_path: Path) -> None:
    submission = take(put(tmp_path / "losses.py"), student="Ada")
    assert submission == Submission(
        student="Ada",
        digest=hashlib.sha256(b"module\0losses.py\0" + SOURCE).hexdigest(),
        module="losses.py",
        cells=(SOURCE.decode(),),
        kind="module",
        notes=(),
    )


@pytest.mark.parametrize("place", ["losses.py", "ada/losses.py", "ada/day10/losses.py"])
def test_the_module_is_found_at_the_top_or_deeper(tmp_path: Path, place: str) -> None:
    put(tmp_path / "in" / place)
    put(tmp_path / "in" / "__MACOSX" / "losses.py", b"decoy")
    put(tmp_path / "in" / ".git" / "losses.py", b"decoy")
    put(tmp_path / "in" / ".ipynb_checkpoints" / "day10.ipynb", b"decoy")
    put(tmp_path / "in" / "._losses.py", b"decoy")
    submission = take(tmp_path / "in")
    assert submission.cells == (SOURCE.decode(),)
    assert submission.notes == ()
    assert submission.digest == take(put(tmp_path / "losses.py")).digest


def test_the_top_goes_before_deeper_places(tmp_path: Path) -> None:
    put(tmp_path / "losses.py")
    put(tmp_path / "old" / "losses.py", b"old")
    put(tmp_path / "old" / "day10.ipynb", b"old")
    assert take(tmp_path).cells == (SOURCE.decode(),)


def test_a_folder_around_everything_counts_as_the_top(tmp_path: Path) -> None:
    put(tmp_path / "ada" / "day10" / "losses.py")
    put(tmp_path / "ada" / "day10" / "old" / "losses.py", b"old")
    assert take(tmp_path).cells == (SOURCE.decode(),)


def test_two_places_are_refused_and_named(tmp_path: Path) -> None:
    put(tmp_path / "a" / "losses.py")
    put(tmp_path / "b" / "losses.py")
    message = refusal(tmp_path)
    assert "a/losses.py" in message
    assert "b/losses.py" in message


@pytest.mark.parametrize("name", ["Losses.py", "losses (1).py", "my work.PY"])
def test_a_lone_module_under_another_name_is_taken_with_a_note(tmp_path: Path, name: str) -> None:
    expected = take(put(tmp_path / "right" / "losses.py"))
    path = put(tmp_path / "wrong" / name)
    for handed_in in (path, path.parent):
        submission = take(handed_in)
        assert submission.digest == expected.digest
        assert submission.module == "losses.py"
        assert name in submission.notes[0]


def test_a_lone_notebook_under_another_name_is_taken_with_a_note(tmp_path: Path) -> None:
    submission = take(put(tmp_path / "day10 (2).ipynb", NOTEBOOK))
    assert submission.kind == "notebook"
    assert submission.cells == ("x = 1",)
    assert "day10 (2).ipynb" in submission.notes[0]


def test_what_was_found_is_named_where_the_file_is_missing(tmp_path: Path) -> None:
    put(tmp_path / "tensors.py")
    put(tmp_path / "helpers.py")
    message = refusal(tmp_path)
    for name in ("losses.py", "day10.ipynb", "tensors.py", "helpers.py"):
        assert name in message


def test_a_notebook_under_the_modules_name_is_read_as_one(tmp_path: Path) -> None:
    submission = take(put(tmp_path / "losses.py", b"\n" + NOTEBOOK))
    assert (submission.kind, submission.cells) == ("notebook", ("x = 1",))
    assert "please call it day10.ipynb" in submission.notes[0]


def test_a_module_under_the_notebooks_name_is_refused_as_what_it_is(tmp_path: Path) -> None:
    assert "is not a notebook" in refusal(put(tmp_path / "day10.ipynb"))


def test_a_script_saved_from_a_notebook_does_without_its_check_lines(tmp_path: Path) -> None:
    text = 'import grader\nx = """\nimport grader\n"""\nif x:\n    grader.check("mse")  # mine\nimport grader.judge\n'
    plain = text.replace("import grader", "pass  # import grader", 1).replace("grader.check", "pass  # grader.check")
    assert taken_text(tmp_path, text.encode()) == plain


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "found: nothing" in refusal(tmp_path)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    assert "losses.py is not there" in refusal(tmp_path / "losses.py")


def test_a_long_list_of_names_is_cut(tmp_path: Path) -> None:
    for i in range(30):
        put(tmp_path / f"{'x' * 150}{i}.txt")
    message = refusal(tmp_path)
    assert "and 22 more" in message
    assert len(message) < 1200


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    assert "losses.py" in refusal(put(tmp_path / "losses.rar", b"Rar!\x1a\x07\x00"))
    assert "losses.py" in refusal(put(tmp_path / "losses.docx", b"text"))


def test_more_files_than_anyone_needs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.judge.intake.folder.MEMBERS", 5)
    for i in range(6):
        put(tmp_path / "data" / f"{i}.txt")
    assert "files" in refusal(tmp_path)
    put(tmp_path / "losses.py")
    assert take(tmp_path).kind == "module"


def test_a_bottomless_folder_comes_to_an_end(tmp_path: Path) -> None:
    put(tmp_path.joinpath(*["d"] * 40, "losses.py"))
    assert "found: nothing" in refusal(tmp_path)


def test_the_student_is_named_after_the_path(tmp_path: Path) -> None:
    assert take(put(tmp_path / "ada" / "losses.py").parent).student == "ada"
    assert take(put(tmp_path / "grace.py")).student == "grace"
    assert take(put(tmp_path / "evil\x1b[2J\n.py")).student == "evil\ufffd[2J\ufffd"


# Module or notebook


@pytest.fixture
def both(tmp_path: Path) -> Path:
    put(tmp_path / "losses.py")
    put(tmp_path / "day10.ipynb", NOTEBOOK)
    return tmp_path


STUBS = {"losses.py": hashlib.sha256(SOURCE).hexdigest(), "day10.ipynb": notebook_digest(NOTEBOOK)}


@pytest.mark.parametrize(
    ("stubs", "kind"),
    [
        ({**STUBS, "losses.py": "0" * 64}, "module"),
        ({**STUBS, "day10.ipynb": "0" * 64}, "notebook"),
        (STUBS, "module"),
    ],
    ids=["module changed", "notebook changed", "neither changed"],
)
def test_of_both_the_changed_one_is_taken(both: Path, stubs: dict[str, str], kind: str) -> None:
    submission = take(both, stub_digests=stubs)
    assert submission.kind == kind
    assert "Both" in submission.notes[0]


def test_two_changed_files_are_refused_unless_one_is_preferred(both: Path) -> None:
    assert "keep the one that counts" in refusal(both)
    assert take(both, prefer="notebook").kind == "notebook"
    assert take(both, prefer="module").kind == "module"


def test_a_notebook_that_was_only_run_and_saved_is_still_the_stub(both: Path) -> None:
    cell = b'{"cell_type": "code", "metadata": {"x": 1}, "execution_count": 3, "outputs": [{}], "source": ["x = 1"]}'
    put(both / "day10.ipynb", b'{"metadata": {"kernelspec": {}}, "nbformat": 4, "cells": [' + cell + b"]}")
    assert take(both, stub_digests={**STUBS, "losses.py": "0" * 64}).kind == "module"


def test_a_stub_with_other_newlines_is_still_the_stub(both: Path) -> None:
    put(both / "losses.py", b"\xef\xbb\xbf" + SOURCE.replace(b"\n", b"\r\n"))
    assert take(both, stub_digests={**STUBS, "day10.ipynb": "0" * 64}).kind == "notebook"


# Links, devices, sizes


def link(path: Path) -> None:
    target = put(path.parent.parent / "secret.py")
    path.symlink_to(target)


def hard_link(path: Path) -> None:
    path.hardlink_to(put(path.parent.parent / "secret.py"))


def pipe(path: Path) -> None:
    os.mkfifo(path)


def bound_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path has 107 bytes at most
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


@pytest.mark.skipif(os.name == "nt", reason="needs the links and pipes of Unix")
@pytest.mark.parametrize("make", [link, hard_link, pipe, bound_socket])
@pytest.mark.parametrize("whole_folder", [True, False])
def test_what_is_not_a_plain_file_is_refused(tmp_path: Path, make: Callable[[Path], None], whole_folder: bool) -> None:
    where = tmp_path / "in"
    where.mkdir()
    make(where / "losses.py")
    assert "losses.py" in refusal(where if whole_folder else where / "losses.py")


def test_a_device_is_refused() -> None:
    assert "device" in refusal(Path(os.devnull))


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "solutions" / "losses.py")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "day10").symlink_to(tmp_path / "solutions", target_is_directory=True)
    assert "losses.py" in refusal(tmp_path / "in")
    assert "link" in refusal(tmp_path / "in" / "day10")


def test_a_link_that_takes_the_place_of_a_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the read: what was a folder is a link by then."""
    inner = put(tmp_path / "in" / "day10" / "losses.py").parent
    put(tmp_path / "solutions" / "losses.py", b"secret")

    original = folder._open

    def open_after_swap(root: Path, parts: tuple[str, ...]) -> int:
        inner.rename(tmp_path / "away")
        inner.symlink_to(tmp_path / "solutions", target_is_directory=True)
        return original(root, parts)

    monkeypatch.setattr(folder, "_open", open_after_swap)
    assert "cannot be read" in refusal(tmp_path / "in")


def test_a_module_of_just_the_limit_is_taken(tmp_path: Path) -> None:
    assert len(taken_text(tmp_path, b"#" * MODULE_BYTES)) == MODULE_BYTES
    assert "larger than 1 MiB" in refusal(put(tmp_path / "losses.py", b"#" * (MODULE_BYTES + 1)))


def test_a_sparse_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = put(tmp_path / "losses.py", b"")
    os.truncate(path, 2**40)
    assert "larger than 1 MiB" in refusal(path)


def test_a_folder_under_the_module_s_name_is_looked_into(tmp_path: Path) -> None:
    put(tmp_path / "in" / "losses.py" / "losses.py")
    assert take(tmp_path / "in").kind == "module"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that cannot be read")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "losses.py")
    path.chmod(0)
    assert "Permission denied" in refusal(path)


def test_a_failing_disk_is_not_the_student_s_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "losses.py")

    def fails(*args: object, **options: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("grader.judge.intake.folder._open", fails)
    with pytest.raises(OSError, match="Input/output"):
        take(path)


# Encodings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x = 'caf\xc3\xa9'\n", "x = 'café'\n"),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"# coding: utf8\nx = '\xc3\xa9'", "# coding: utf-8\nx = 'é'"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'", "# -*- coding: utf-8 -*-\nx = 'é'"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'", None),
        (b"\xef\xbb\xbf# coding: latin-1\n'\xc3\xa9'", "# coding: utf-8\n'é'"),
        (b"# coding: ASCII\nx = 1", "# coding: utf-8\nx = 1"),
        (b"x = 1\ny = 2\n# coding: rot13\n", "x = 1\ny = 2\n# coding: rot13\n"),
        (b"x = 1\n# coding: rot13\n", "x = 1\n# coding: rot13\n"),
        (b"# coding: utf-8-unix\n", "# coding: utf-8\n"),
        (b"", ""),
    ],
)  # fmt: skip
def test_the_usual_encodings_are_read(tmp_path: Path, data: bytes, text: str | None) -> None:
    expected = "#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\n'€'" if text is None else text
    if data.startswith(b"x = 1\n# coding"):
        # PEP 263 looks at the second line only below a blank or a comment.
        expected = data.decode()
    assert taken_text(tmp_path, data) == expected


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark_is_read_with_a_note(tmp_path: Path, codec: str) -> None:
    submission = take(put(tmp_path / "losses.py", "\ufeffx = 'é'\r\n".encode(codec)))
    assert submission.cells == ("x = 'é'\n",)
    assert "UTF-16" in submission.notes[0]


def test_another_declared_encoding_leaves_a_note(tmp_path: Path) -> None:
    submission = take(put(tmp_path / "losses.py", b"# coding: latin-1\n'\xe9'"))
    assert "latin-1" in submission.notes[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x = 1\ny = '\xe9'\n", "UTF-8 in line 2"),
        (b"# coding: ascii\n'\xc3\xa9'\n", "ASCII in line 2"),
        (b"# coding: utf-7\n", "utf-7"),
        (b"# coding: rot13\n", "rot13"),
        (b"# coding: unicode_escape\n", "unicode_escape"),
        (b"# coding: ../../evil\n", "declares the encoding"),
        (b"\n# coding: bz2\n", "bz2"),
        (b"# coding: cp1252\n'\x81'", "CP1252 in line 2"),
        (b"x = 1\n\0", "NUL byte in line 2"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"\xff\xfe\x00\x00x\x00\x00\x00", "NUL"),
        (b"\xed\xa0\x80", "UTF-8 in line 1"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "NUL"),
    ],
)
def test_what_is_not_text_is_refused_with_the_line(tmp_path: Path, data: bytes, told: str) -> None:
    assert told in refusal(put(tmp_path / "losses.py", data))


def test_an_empty_module_is_taken_with_a_note(tmp_path: Path) -> None:
    assert "no code" in take(put(tmp_path / "losses.py", b" \n")).notes[0]


def test_a_name_that_cannot_be_encoded_is_shown_all_the_same(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("names are text there")
    where = tmp_path / "in"
    where.mkdir()
    (where / os.fsdecode(b"\xff\xfe.txt")).write_text("")
    (where / "\u202etxt.\x1b[31mexe").write_text("")
    message = refusal(where)
    assert "\x1b" not in message
    assert "\u202e" not in message


# Everything that may be in a file


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: b"# coding: " + text.encode()))
def test_any_bytes_are_taken_or_refused(tmp_path: Path, data: bytes) -> None:
    try:
        submission = take(put(tmp_path / "losses.py", data))
    except SubmissionError:
        return
    assert "\0" not in submission.cells[0]
    assert "\r" not in submission.cells[0]
    assert submission.cells[0].encode().decode() == submission.cells[0]


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff#"), max_size=200))
def test_utf_8_comes_through_unchanged(tmp_path: Path, text: str) -> None:
    assert taken_text(tmp_path, text.encode()) == text


def test_digests_differ_by_kind_and_content(tmp_path: Path) -> None:
    digests = {
        take(put(tmp_path / "a" / "losses.py", b"x = 1")).digest,
        take(put(tmp_path / "b" / "losses.py")).digest,
        take(put(tmp_path / "day10.ipynb", NOTEBOOK)).digest,
    }
    assert len(digests) == 3


def notebook(*cells: dict[str, object]) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()


def test_the_course_s_own_calls_in_a_student_s_cell_do_not_stop_it(tmp_path: Path) -> None:
    sources = ("import grader\nimport torch\ngrader.check('mse')  # mine", "%%check mse\nx = 1")
    cells = [{"cell_type": "code", "source": source} for source in sources]
    taken = take(put(tmp_path / "day10.ipynb", notebook(*cells)))
    assert taken.cells[0].split("\n") == [
        "pass  # import grader",
        "import torch",
        "pass  # grader.check('mse')  # mine",
    ]
    assert taken.cells[1] == "# %%check mse\nx = 1"


def test_a_code_cell_of_nbgrader_s_that_became_text_is_still_code(tmp_path: Path) -> None:
    mark = {"nbgrader": {"solution": True, "grade": False, "cell_type": "code", "grade_id": "mse-solution"}}
    cell = {"cell_type": "markdown", "source": "x = 1", "metadata": mark}
    taken = take(put(tmp_path / "day10.ipynb", notebook(cell)))
    assert taken.cells == ("x = 1",)
    assert taken.notes == ("Code cell 1 had been turned into text; it was read as code.",)


def test_an_empty_cell_and_a_deleted_check_leave_a_notebook_untouched() -> None:
    check = {"cell_type": "code", "source": "grader.check('mse')", "metadata": {"descent": {"check": "mse"}}}
    code, empty = {"cell_type": "code", "source": "x = 1"}, {"cell_type": "code", "source": "\n"}
    assert (
        notebook_digest(notebook(code, check))
        == notebook_digest(notebook(code))
        == notebook_digest(notebook(empty, code))
    )
