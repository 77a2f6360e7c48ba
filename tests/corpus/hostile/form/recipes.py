"""Hand-ins whose form is the attack, each made by a function into a folder of its own.

A function's docstring is its declaration, in the form that the other files of the corpus have in their first lines.
"""

import gzip
import io
import json
import os
import shutil
import socket
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

WRONG = "def mse(pred, target):\n    return (pred * 0).sum()\n"
KEEP = "\n\ndef mae(pred, target):\n    return (pred - target).abs().mean()\n"
MINE = WRONG + KEEP
EXIT = "import os\n\nos._exit(0)\n"
RECIPES: list[Callable[[Path], Path]] = []


def recipe(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    RECIPES.append(make)
    return make


def _archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def _notebook(path: Path, *cells: str | dict[str, object], metadata: object = None) -> Path:
    full = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "id": f"c{number}"}
        | ({"source": cell} if isinstance(cell, str) else cell)
        for number, cell in enumerate(cells)
    ]
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {} if metadata is None else metadata, "cells": full}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


@recipe
def link_to_a_file_of_the_machine(folder: Path) -> Path:
    """tries: hands in a link to a file of the grader's machine
    verdict: refused"""
    (folder / "losses.py").symlink_to("/etc/passwd")
    return folder


@recipe
def link_handed_in_alone(folder: Path) -> Path:
    """tries: hands in a link as the single file
    verdict: refused"""
    (folder / "losses.py").symlink_to("/proc/self/environ")
    return folder / "losses.py"


@recipe
def link_to_a_folder(folder: Path) -> Path:
    """tries: hands in a link to another student's folder
    verdict: refused"""
    other = folder / "other"
    other.mkdir()
    (other / "losses.py").write_text(MINE)
    (folder / "mine").mkdir()
    (folder / "mine" / "day10").symlink_to(other)
    return folder / "mine"


@recipe
def hard_link(folder: Path) -> Path:
    """tries: hands in a second name of somebody else's file
    verdict: refused"""
    (folder / "secret.txt").write_text(MINE)
    (folder / "mine").mkdir()
    os.link(folder / "secret.txt", folder / "mine" / "losses.py")
    return folder / "mine"


@recipe
def pipe_that_nobody_writes_to(folder: Path) -> Path:
    """tries: hands in a pipe, so that whoever opens it waits forever
    verdict: refused"""
    os.mkfifo(folder / "losses.py")
    return folder


@recipe
def socket_as_a_file(folder: Path) -> Path:
    """tries: hands in a Unix socket under the module's name
    verdict: refused"""
    here = Path.cwd()
    try:
        os.chdir(folder)  # the name of a socket may not be long
        with socket.socket(socket.AF_UNIX) as line:
            line.bind("losses.py")
    finally:
        os.chdir(here)
    return folder


@recipe
def archive_that_climbs(folder: Path) -> Path:
    """tries: an archive whose members lie above the folder it is unpacked in
    verdict: refused"""
    return _archive(folder / "eve.zip", {"losses.py": MINE.encode(), "../../descent_hostile.py": EXIT.encode()})


@recipe
def archive_with_an_absolute_path(folder: Path) -> Path:
    """tries: an archive that writes to an absolute path
    verdict: refused"""
    return _archive(folder / "eve.zip", {"/tmp/descent_hostile.py": EXIT.encode(), "losses.py": MINE.encode()})


@recipe
def archive_with_a_link(folder: Path) -> Path:
    """tries: an archive in which a link leads out and a file goes through it
    verdict: refused"""
    path = folder / "eve.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("losses.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


@recipe
def archive_with_a_device(folder: Path) -> Path:
    """tries: an archive with a device under the module's name
    verdict: refused"""
    path = folder / "eve.tar"
    with tarfile.open(path, "w") as archive:
        device = tarfile.TarInfo("losses.py")
        device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 5
        archive.addfile(device)
    return path


@recipe
def zip_bomb(folder: Path) -> Path:
    """tries: an archive of 200 KB that unpacks to 200 MB
    verdict: refused"""
    return _archive(folder / "eve.zip", {"losses.py": bytes(200 << 20)})


@recipe
def bomb_beside_the_module(folder: Path) -> Path:
    """tries: a bomb beside an ordinary module, for whoever unpacks everything
    verdict: refused, failed
    keeps: mae"""
    return _archive(folder / "eve.zip", {"losses.py": MINE.encode(), "data.bin": bytes(100 << 20)})


@recipe
def gzip_bomb(folder: Path) -> Path:
    """tries: a compressed stream of 100 MB of zeros
    verdict: refused"""
    (folder / "eve.tar.gz").write_bytes(gzip.compress(bytes(100 << 20), 1))
    return folder / "eve.tar.gz"


@recipe
def archive_of_many_names(folder: Path) -> Path:
    """tries: an archive with the module's name twice, to have one checked and the other run
    verdict: refused"""
    path = folder / "eve.tar"
    with tarfile.open(path, "w") as archive:
        for text in (MINE, EXIT):
            member = tarfile.TarInfo("losses.py")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@recipe
def encoding_that_hides_code(folder: Path) -> Path:
    """tries: an encoding in which a comment is code
    verdict: refused"""
    (folder / "losses.py").write_bytes(b"# coding: utf-7\n# +AAo-import os+ADs- os._exit(0)\n" + MINE.encode())
    return folder


@recipe
def encoding_that_unpacks(folder: Path) -> Path:
    """tries: an encoding that unpacks or transforms the text
    verdict: refused"""
    (folder / "losses.py").write_bytes(b"# -*- coding: zlib_codec -*-\n" + MINE.encode())
    return folder


@recipe
def not_text(folder: Path) -> Path:
    """tries: bytes that stop a parser
    verdict: refused"""
    (folder / "losses.py").write_bytes(MINE.encode() + b"\x00\xff\xfe\x00")
    return folder


@recipe
def a_large_file(folder: Path) -> Path:
    """tries: a module of two million lines
    verdict: refused"""
    (folder / "losses.py").write_text("x = 1\n" * 2_000_000)
    return folder


@recipe
def a_hostile_name(folder: Path) -> Path:
    """tries: a folder whose name is a command for the terminal and for the log of a CI job
    verdict: failed
    keeps: mae"""
    inner = folder / "::error::\x1b[2J\u202e<script>"
    inner.mkdir()
    (inner / "losses.py").write_text(MINE)
    return inner


@recipe
def files_that_python_and_pytest_load(folder: Path) -> Path:
    """tries: conftest.py, pytest.ini, sitecustomize.py, torch.py, grader.py and a course.yaml beside the module
    verdict: failed
    keeps: mae"""
    (folder / "losses.py").write_text(MINE)
    for name in ("conftest", "sitecustomize", "usercustomize", "torch", "grader", "json", "numpy", "pytest", "__init__"):
        (folder / f"{name}.py").write_text(EXIT)
    (folder / "torch").mkdir()
    (folder / "torch" / "__init__.py").write_text(EXIT)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
    (folder / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '-k nothing'\n")
    (folder / "tox.ini").write_text("[pytest]\naddopts = --co\n")
    (folder / "setup.cfg").write_text("[tool:pytest]\naddopts = --co\n")
    (folder / "course.yaml").write_text("schema: 1\nid: mine\ntitle: mine\nsuites: mine\ndays: {}\n")
    (folder / "test_losses.py").write_text("def test_mse(): pass\n")
    (folder / "losses.pyc").write_bytes(b"\0" * 64)
    return folder


@recipe
def a_second_module_in_the_cache(folder: Path) -> Path:
    """tries: compiled code that is newer than the source it claims to come from
    verdict: failed
    keeps: mae"""
    (folder / "losses.py").write_text(MINE)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "losses.cpython-311.pyc").write_bytes(b"\xa7\r\r\n" + bytes(100))
    return folder


@recipe
def a_folder_without_end(folder: Path) -> Path:
    """tries: folders nested five hundred deep, with the module at the bottom
    verdict: refused"""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("losses.py", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    return folder


@recipe
def notebook_with_transformers(folder: Path) -> Path:
    """tries: input transformers and hooks that rewrite the cells that check it
    verdict: failed
    keeps: mae"""
    return _notebook(
        folder / "day10.ipynb",
        "ip = get_ipython()\nip.input_transformers_cleanup.append(lambda lines: ['pass\\n'])\n",
        "get_ipython().ast_transformers.append(None)\nget_ipython().events.register('pre_run_cell', print)\n",
        "get_ipython().run_cell = lambda *_, **__: None\n",
        MINE,
    )


@recipe
def notebook_with_magics(folder: Path) -> Path:
    """tries: magics that start programs, run files and end the kernel
    verdict: failed
    keeps: mae"""
    return _notebook(
        folder / "day10.ipynb", "%%bash\nkill -9 $PPID\n", "!touch /tmp/descent_hostile\n", "%run /etc/passwd\n%exit\n",
        "%%python\nimport os; os._exit(0)\n", "%load_ext descent_hostile\n%reset -f\nx = !id\n", MINE,
    )  # fmt: skip


@recipe
def notebook_with_its_own_checks(folder: Path) -> Path:
    """tries: cells that pass for the course's checks, twice each, with points
    verdict: failed
    keeps: mae"""
    grade = {"nbgrader": {"grade": True, "solution": False, "locked": True, "points": 1000, "grade_id": "mse"}}
    check: dict[str, object] = {"metadata": grade, "source": "assert True\n", "outputs": [{"output_type": "score"}]}
    return _notebook(folder / "day10.ipynb", check, MINE, check, {"metadata": {"descent": {"check": "mse"}}, "source": "x"})


@recipe
def notebook_that_hides_its_code(folder: Path) -> Path:
    """tries: marks every cell as a check and puts its code into outputs and metadata
    verdict: not_implemented, failed"""
    locked = {"descent": {"check": []}, "nbgrader": {"grade": True, "solution": False, "locked": True}}
    cell: dict[str, object] = {"metadata": locked, "source": MINE, "outputs": [{"text": MINE}]}
    return _notebook(folder / "day10.ipynb", cell, {"cell_type": "raw", "source": MINE}, metadata={"code": MINE})


@recipe
def notebook_whose_code_calls_itself_a_check(folder: Path) -> Path:
    """tries: marks its code as a check of the course's, so that it is run and the source rules pass it over
    verdict: forbidden
    keeps: mae"""
    shortcut = "import torch\ndef mse(p, t): return torch.nn.functional.mse_loss(p, t)\n"
    cell: dict[str, object] = {"metadata": {"descent": {"check": "mse"}}, "source": MINE + shortcut}
    return _notebook(folder / "day10.ipynb", cell)


@recipe
def notebook_with_hostile_metadata(folder: Path) -> Path:
    """tries: a kernel of its own, metadata of every wrong type, numbers of five thousand digits
    verdict: refused"""
    path = _notebook(folder / "day10.ipynb", MINE, metadata={"kernelspec": {"name": "../../eve", "argv": ["/bin/sh"]}})
    path.write_text(path.read_text().replace('"nbformat": 4', f'"nbformat": 4{"0" * 5000}'))
    return path


@recipe
def notebook_with_a_kernel_of_its_own(folder: Path) -> Path:
    """tries: names a kernel that would start a program
    verdict: failed
    keeps: mae"""
    kernel = {"kernelspec": {"name": "../../eve", "argv": ["/bin/sh", "-c", "touch /tmp/descent_hostile"]}}
    return _notebook(folder / "day10.ipynb", MINE, metadata={**kernel, "language_info": {"name": "bash"}})


@recipe
def notebook_nested_without_end(folder: Path) -> Path:
    """tries: metadata nested a hundred thousand deep
    verdict: refused"""
    text = _notebook(folder / "day10.ipynb", MINE).read_text()
    deep = "[" * 100_000 + "]" * 100_000
    (folder / "day10.ipynb").write_text(text.replace('"metadata": {}', f'"metadata": {{"x": {deep}}}', 1))
    return folder / "day10.ipynb"


@recipe
def module_and_notebook(folder: Path) -> Path:
    """tries: hands in two works, to be graded on the better
    verdict: refused"""
    (folder / "losses.py").write_text(MINE)
    _notebook(folder / "day10.ipynb", MINE.replace("* 0", "* 1"))
    return folder


@recipe
def many_files(folder: Path) -> Path:
    """tries: twelve thousand files beside each other, none of them the module
    verdict: refused"""
    first = folder / "0.txt"
    first.write_text("")
    for number in range(1, 12_000):
        os.symlink("0.txt", folder / f"{number}.txt")
    return folder


@recipe
def a_name_that_looks_the_same(folder: Path) -> Path:
    """tries: functions whose names look like the asked ones, beside the real name in another alphabet
    verdict: not_implemented
    keeps: mae"""
    (folder / "losses.py").write_text(MINE.replace("def mse", "def m\u0455e"), encoding="utf-8")
    return folder


@recipe
def a_file_that_looks_the_same(folder: Path) -> Path:
    """tries: a module whose name has a letter of another alphabet, and one with a direction mark, beside each other
    verdict: refused"""
    (folder / "l\u043esses.py").write_text(MINE, encoding="utf-8")
    (folder / "los\u202eses.py").write_text(MINE, encoding="utf-8")
    return folder


@recipe
def names_that_do_not_decode(folder: Path) -> Path:
    """tries: file and folder names of bytes that are no text, beside the module
    verdict: failed
    keeps: mae"""
    (folder / "losses.py").write_text(MINE)
    for name in (b"\xff\xfe.py", b"\xed\xa0\x80", b"losses.py\xff", b"-rf"):
        os.close(os.open(os.fsencode(folder) + b"/" + name, os.O_CREAT | os.O_WRONLY))
    return folder


@recipe
def archive_with_a_file_without_a_name(folder: Path) -> Path:
    """tries: a file in an archive whose name ends before it begins
    verdict: refused"""
    path = _archive(folder / "eve.zip", {"losses.py": MINE.encode(), "~": b""})
    path.write_bytes(path.read_bytes().replace(b"~", b"\0"))
    return path


@recipe
def archive_in_an_archive(folder: Path) -> Path:
    """tries: archives in an archive, each larger than the one around it
    verdict: refused"""
    data = b"PK" + bytes(1000)
    for level in range(20):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{level}-{copy}.zip", data)
        data = inner.getvalue()[: 1 << 20]
    return _archive(folder / "eve.zip", {"eve.zip": data})


@recipe
def archive_that_lies_about_sizes(folder: Path) -> Path:
    """tries: a directory that says the module is empty, where its data are not
    verdict: refused"""
    path = _archive(folder / "eve.zip", {"losses.py": MINE.encode()})
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = bytes(4)
    path.write_bytes(data)
    return path


@recipe
def archive_of_shared_bytes(folder: Path) -> Path:
    """tries: a thousand members that are all one compressed run of zeros, with other code under the module's name
    verdict: refused"""
    path = _archive(folder / "eve.zip", {f"{n}.txt": b"" for n in range(1000)} | {"losses.py": bytes(1 << 20)})
    data = bytearray(path.read_bytes())
    last = data.rindex(b"PK\x01\x02")
    packed, size, start = data[last + 16 : last + 28], data[last + 10 : last + 12], data[last + 42 : last + 46]
    place = data.index(b"PK\x01\x02")
    while place < last:
        data[place + 16 : place + 28], data[place + 10 : place + 12] = packed, size
        data[place + 42 : place + 46] = start
        place = data.index(b"PK\x01\x02", place + 46)
    path.write_bytes(data)
    return path


@recipe
def archive_with_a_password(folder: Path) -> Path:
    """tries: a member that says it is encrypted
    verdict: refused"""
    path = _archive(folder / "eve.zip", {"losses.py": MINE.encode()})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    return path


@recipe
def archive_of_another_system(folder: Path) -> Path:
    """tries: names with drives, backslashes, streams and devices of Windows
    verdict: refused"""
    names = ("C:\\Windows\\losses.py", "..\\..\\losses.py", "losses.py::$DATA", "\\\\host\\share\\losses.py")
    return _archive(folder / "eve.zip", {name: MINE.encode() for name in names})


@recipe
def archive_with_a_hard_link(folder: Path) -> Path:
    """tries: a member that is another name of a file of the machine
    verdict: refused"""
    path = folder / "eve.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("losses.py")
        link.type, link.linkname = tarfile.LNKTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


@recipe
def archive_of_holes(folder: Path) -> Path:
    """tries: a header that claims a file of an exabyte
    verdict: refused"""
    path = folder / "eve.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("losses.py")
        member.pax_headers = {"size": str(1 << 60), "GNU.sparse.realsize": str(1 << 60), "GNU.sparse.major": "1"}
        archive.addfile(member)
    return path


@recipe
def cells_of_the_shell(folder: Path) -> Path:
    """tries: shell escapes, cell magics and line magics that take the answer from outside, and a cell that never was
    verdict: failed, error, not_implemented
    keeps: mae"""
    cells = ("!pip install answers", "%%bash\necho owned", "%%writefile losses.py\nraise SystemExit", "%env X=1", "%reset -f",
             "%%capture\n%run -i ../../course.yaml", "answers = !cat /etc/passwd", "get_ipython().ast_transformers.append(1)",
             "%%timeit\nimport os; x = os.getpid()", "?mse", "%autoreload 2", "%%javascript\nalert(1)", MINE)  # fmt: skip
    return _notebook(folder / "day10.ipynb", *cells)


@recipe
def a_check_with_a_long_end(folder: Path) -> Path:
    """tries: a line that is almost one of the course's own, with spaces that an expression could share out in many ways
    verdict: failed
    keeps: mae"""
    return _notebook(folder / "day10.ipynb", MINE, "grader.check('mse')" + " " * 900_000 + "x")


@recipe
def many_cells(folder: Path) -> Path:
    """tries: thirty thousand cells, each of which raises
    verdict: failed, refused, timeout, error"""
    return _notebook(folder / "day10.ipynb", *(["raise SystemExit"] * 30_000), WRONG)


def make(name: str, folder: Path) -> Path:
    """The hand-in of this recipe, below a fresh folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return next(each for each in RECIPES if each.__name__ == name)(folder)
