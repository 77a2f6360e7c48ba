"""The import direction of design.md: model and data at the bottom, commands and plugins at the top."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from grader.judge.process import SERVE

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "grader"

# what each part may import of ours, besides itself
ALLOWED = {
    "model": set(),
    "data": {"model"},
    "checks": {"model", "data"},
    "suites": {"model", "data", "checks"},
    "judge": {"model", "data", "checks"},
    "gradebook": {"model"},
    "reports": {"model", "gradebook"},
    "batch": {"model", "data", "checks", "judge", "gradebook"},
    "authoring": {"model", "data", "checks", "judge"},
    "similar": {"model", "judge"},
    "nbgrader": {"model", "data", "checks", "judge", "reports", "batch", "authoring", "gradebook"},
}
TOP = {"cell_magic", "cli", "desk", "heavy", "notebook", "pytest_plugin", "watch", "__init__", "__main__"}
STANDARD = set(sys.stdlib_module_names)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "template" not in path.parts)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, absolute; deferred and type-only imports included."""
    package = ["grader", *path.relative_to(PACKAGE).parent.parts]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{stem}.{alias.name}" for alias in node.names}
    return found


def part(module: str) -> str | None:
    names = module.split(".")
    return names[1] if names[0] == "grader" and len(names) > 1 else None


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in TOP:
        return
    # `grader.__version__` is a fact without a part
    reached = {part(module) for module in imports(path)} - {None, own, "__version__"}
    assert reached <= ALLOWED[own], f"{path.name} in {own} imports {sorted(reached - ALLOWED[own])}"


@pytest.mark.parametrize("name", SERVE)
def test_what_a_worker_loads_imports_the_standard_library_torch_and_what_is_loaded_before_it(name: str) -> None:
    before = list(SERVE)[: list(SERVE).index(name)]
    for module in imports(SERVE[name]):
        assert module.split(".")[0] in STANDARD | {"torch"} or module in {f"grader.judge.{each}" for each in before}


PROBES = [*sorted(PACKAGE.glob("suites/*/probes.py")), *sorted(PACKAGE.glob("suites/*_probe.py"))]


@pytest.mark.parametrize("path", PROBES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_probes_import_nothing_of_ours_but_shared_probes(path: Path) -> None:
    for module in imports(path):
        assert not module.startswith("grader") or module.split(".")[2].endswith("_probe"), f"{path} imports {module}"


def test_importing_the_package_imports_no_torch() -> None:
    code = "import sys, grader, grader.model.manifest, grader.cli.main; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_hands_out_and_enters_a_batch_imports_no_torch() -> None:
    """It would start seconds later, and a second run in which nothing changed has nothing else to do."""
    script = (
        "import sys; from pathlib import Path; from grader.cli.batch import Where; from grader.model.manifest import load_course\n"
        "import grader.cli.regrading, grader.batch.cluster, grader.batch.local\n"
        "course = load_course(Path(sys.argv[1])); plan = Where().plan(course, course.day('day10'))\n"
        "assert len(plan.suite) == 64 and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(ROOT / "course.yaml")], check=True)
