"""What the corpus of hostile submissions holds: each with what it tries and the verdict it must end with."""

from __future__ import annotations

import functools
import importlib.util
import inspect
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

HOSTILE = Path(__file__).parent / "hostile"
FAMILIES = ("early_exit", "patching", "answers", "forging", "resources", "network", "leftovers", "form", "probes")
REFUSED = "refused"


@dataclass(frozen=True)
class Attack:
    """One submission of `day`. `verdicts` are those that its `task` may end with; `keeps` the tasks that must pass all
    the same.

    `file` is None where it is made by a recipe. `make` writes it into a fresh folder and returns what is handed in.
    `elsewhere` says why it is not run in other systems: "skip", where it would harm a machine without walls, or
    "no counterpart", where it talks to our worker's wire.
    """

    family: str
    name: str
    tries: str
    verdicts: frozenset[str]
    keeps: frozenset[str]
    elsewhere: str
    file: Path | None
    make: Callable[[Path], Path]
    day: str = "day10"
    task: str = "mse"

    @property
    def id(self) -> str:
        return f"{self.family}/{self.name}"


def attacks() -> Iterator[Attack]:
    """All of them, family by family."""
    for family in FAMILIES:
        for file in sorted((HOSTILE / family).glob("*.py")):
            if file.name != "recipes.py":
                header = [line[2:] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
                yield _attack(family, file.stem, header, file, functools.partial(_copy, file))
    recipes = _recipes()
    for recipe in recipes.RECIPES:
        make = functools.partial(recipes.make, recipe.__name__)
        yield _attack("form", recipe.__name__, (inspect.getdoc(recipe) or "").splitlines(), None, make)


def _attack(family: str, name: str, header: list[str], file: Path | None, make: Callable[[Path], Path]) -> Attack:
    told = dict(line.strip().split(": ", 1) for line in header if ": " in line)
    assert told["tries"], name
    verdicts, keeps = (frozenset(told.get(key, "").replace(",", " ").split()) for key in ("verdict", "keeps"))
    assert verdicts, name
    of_a_day = {key: told[key] for key in ("day", "task") if key in told}
    return Attack(family, name, told["tries"], verdicts, keeps, told.get("elsewhere", ""), file, make, **of_a_day)


def _copy(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    return Path(shutil.copyfile(file, folder / "losses.py"))


def _recipes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile_recipes", HOSTILE / "form" / "recipes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
