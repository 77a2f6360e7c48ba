"""The files that a worker may see: an allow-list of Python's own and of torch's, made in the judge.

A package is shown because one of the roots below asks for it (by installed metadata), never because it happens to lie
in the same folder: so neither `grader`, nor an editable install's `.pth`, nor what else an instructor has installed is
there.
"""

from __future__ import annotations

import functools
import re
import site
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path

ROOTS = ("torch", "torchvision", "numpy", "matplotlib", "tqdm")  # what a submission may import, tqdm for bars
TOOLS = ("landlockpy", "pyseccomp")  # used by the walls, loaded before the view and not shown in it
SHARED_PREFIXES = ("/usr", "/usr/local")


@functools.cache
def search_path() -> tuple[str, ...]:
    """The site folders that a clean interpreter adds to its own path."""
    found = {_folder(package) for name in TOOLS if (package := _find(name))}
    found |= {_folder(package) for package in packages()}
    return tuple(sorted(map(str, found)))


@functools.cache
def shown() -> tuple[str, ...]:
    """Files and folders to show. One that does not exist is passed over."""
    return tuple(str(path) for path in (*_python(), *_libraries(), *_installed()))


@functools.cache
def hidden() -> tuple[str, ...]:
    """Folders of installed packages that lie inside what is shown, and must not show."""
    lib = Path(sys.base_prefix, "lib")
    folders = {*site.getsitepackages(), *lib.glob("python*/*-packages"), *lib.glob("python*/*/*-packages")}
    folders |= {path for path in sys.path if path.endswith("-packages")}
    return tuple(sorted(map(str, folders)))


@functools.cache
def packages() -> tuple[Distribution, ...]:
    """The roots and whatever they ask for, as far as it is installed."""
    found: dict[str, Distribution] = {}
    asked = list(ROOTS)
    while asked:
        name = re.sub(r"[-_.]+", "-", asked.pop()).lower()
        if name in found or not (package := _find(name)):
            continue
        found[name] = package
        for line in package.requires or []:
            match = re.match(r"[\w.-]+", line)
            if match and "extra ==" not in line:
                asked.append(match[0])
    return tuple(found.values())


def _find(name: str) -> Distribution | None:
    """Looked for in site folders alone: a judge may well have been started in a folder that is a student's."""
    places = [path for path in sys.path if path.endswith("-packages")]
    return next(iter(Distribution.discover(name=name, path=places)), None)


def _folder(package: Distribution) -> Path:
    return Path(str(package.locate_file("")))


def _installed() -> Iterator[Path]:
    """Top-level packages and modules, by each distribution's own list of files."""
    for package in packages():
        lines = (package.read_text("RECORD") or "").splitlines()
        names = {line.partition(",")[0].partition("/")[0].strip('"') for line in lines}
        for name in sorted(names - {"..", "__pycache__", ""}):
            if not name.endswith((".dist-info", ".pth")):
                yield _folder(package) / name


def _python() -> Iterator[Path]:
    """The standard library; a prefix of its own comes with the shared libraries that its modules want."""
    yield Path(sysconfig.get_path("stdlib"))
    if shared := sysconfig.get_config_var("DESTSHARED"):
        yield Path(shared)
    lib = Path(sys.base_prefix, "lib")
    if sys.base_prefix not in SHARED_PREFIXES:
        yield lib
    else:
        yield from lib.glob("libpython*.so*")


def _libraries() -> Iterator[Path]:
    """The system's shared libraries: not all of /usr/lib where a machine's own folder holds them."""
    machine = sysconfig.get_config_var("MULTIARCH") or ""
    own = bool(machine) and Path("/lib", machine, "libc.so.6").exists()
    for folder in ("/lib", "/usr/lib"):
        yield Path(folder, machine) if own else Path(folder)
    yield from (Path("/lib64"), Path("/usr/lib64"), Path("/etc/ld.so.cache"))
