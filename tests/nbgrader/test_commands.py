"""Releases, faults and re-grading with nbgrader's own commands, on the course of one small day."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import NbGraderException
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearMarkScheme

from grader.authoring.build import released_files
from grader.authoring.leaks import leaks
from grader.judge.intake import notebook_digest, parse_notebook
from grader.model.course import Course, Day
from grader.model.manifest import find_course, load_course
from grader.model.record import Record
from grader.model.released import read_released
from grader.model.verdict import Verdict
from grader.nbgrader import grade
from grader.nbgrader.init import init
from grader.nbgrader.master import master_files
from grader.nbgrader.release import LeakScan, Stubs
from tests.conftest import SOLUTION
from tests.nbgrader.conftest import Nbgrader

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, by the dozen
COURSE = load_course(find_course(Path(__file__)))


def texts(name: str, data: bytes) -> str:
    if not name.endswith(".ipynb"):
        return data.decode()
    cells = parse_notebook(data, name).cells
    return "\n".join("".join(cell["source"]) for cell in cells) + json.dumps([cell["metadata"] for cell in cells])


@pytest.mark.parametrize("day", COURSE.days, ids=lambda day: day.id)
def test_nothing_of_a_day_leaks_and_its_source_would(day: Day) -> None:
    released = {name: texts(name, data) for name, data in released_files(COURSE, day).items()}
    assert leaks(COURSE, day, released) == []
    source = master_files(COURSE, day)[day.notebook]
    assert leaks(COURSE, day, {"source": texts("x.ipynb", source)})


@pytest.mark.parametrize("day", COURSE.days, ids=lambda day: day.id)
def test_every_day_is_released_as_it_stands_in_assignments(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_COURSE", str(COURSE.root))
    book = nbformat.reads(master_files(COURSE, day)[day.notebook].decode(), as_version=4)
    resources = {"nbgrader": {"assignment": day.id, "notebook": day.id},
                 "metadata": {"path": str(COURSE.root / COURSE.assignments / day.id)}}  # fmt: skip
    for step in (Stubs(), ClearMarkScheme(enforce_metadata=False), LeakScan()):
        book, resources = step.preprocess(book, resources)
    MetadataValidator().validate_nb(book)
    assert (
        notebook_digest(nbformat.writes(book).encode())
        == read_released(COURSE.root / COURSE.assignments / day.id)[day.notebook]
    )
    points = {cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points for cell in book.cells
              if cell.metadata.get("nbgrader", {}).get("grade")}  # fmt: skip
    assert points == {task.id: task.points for task in day.tasks}


@pytest.fixture
def submitted(term: Path, nbgrader: Nbgrader) -> Callable[[str, str], Path]:
    """Hands in the released day with the module replaced."""
    nbgrader("generate_assignment", "day01", folder=term)

    def hand_in(student: str, module: str) -> Path:
        folder = term / "submitted" / student / "day01"
        shutil.copytree(term / "release" / "day01", folder, dirs_exist_ok=True)
        (folder / "numbers_lab.py").write_text(module, encoding="utf-8")
        return folder

    return hand_in


def score(term: Path, student: str) -> float:
    with Gradebook(f"sqlite:///{term}/gradebook.db", "mini") as gradebook:
        return float(gradebook.find_submission("day01", student).score)


def test_the_release_is_the_assignment_of_the_course(term: Path, nbgrader: Nbgrader, mini_copy: Path) -> None:
    nbgrader("generate_assignment", "day01", folder=term)
    course = load_course(mini_copy / "course.yaml")
    ours = released_files(course, course.day("day01"))
    theirs = {path.name: path.read_bytes() for path in (term / "release" / "day01").iterdir()}
    assert theirs["numbers_lab.py"] == ours["numbers_lab.py"]
    assert notebook_digest(theirs["day01.ipynb"]) == notebook_digest(ours["day01.ipynb"])
    withheld = next(cell for cell in parse_notebook(theirs["day01.ipynb"], "").cells
                    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "secret")  # fmt: skip
    assert "".join(withheld["source"]) == "# secret: 1 points, checked after you hand in"


def test_a_source_that_would_leak_is_not_released(term: Path, nbgrader: Nbgrader) -> None:
    readme = term / "source" / "day01" / "README.md"
    readme.write_text("Hint: return x.sum() / x.numel()")
    with pytest.raises((SystemExit, NbGraderException)):
        nbgrader("generate_assignment", "day01", folder=term)
    assert not (term / "release" / "day01").exists()


def test_partial_credit_and_withheld_points(
    term: Path, nbgrader: Nbgrader, submitted: Callable[[str, str], Path]
) -> None:
    body = "    return (x > 0).long()\n"
    assert body in SOLUTION
    submitted("ada", SOLUTION.replace(body, "    return (x > 0.8).long()\n"))
    nbgrader("autograde", "day01", folder=term)
    record = Record.model_validate_json((term / "records" / "day01" / "ada.json").read_bytes())
    guess = next(task for task in record.tasks if task.id == "guess")
    assert 0 < guess.points < 4
    assert score(term, "ada") == record.points
    nbgrader("generate_feedback", "day01", folder=term)
    page = (term / "feedback" / "ada" / "day01" / "day01.html").read_text(encoding="utf-8")
    assert "secret: passed, 1 of 1 points (withheld: what this check does is not shown)" in page
    assert "guess: failed, 1 of 4 points" in page


def test_a_fault_of_ours_raises_and_leaves_the_old_score(
    term: Path, nbgrader: Nbgrader, submitted: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = submitted("ada", SOLUTION)
    nbgrader("autograde", "day01", folder=term)
    assert score(term, "ada") == 10
    (folder / "numbers_lab.py").write_text("")
    suite = Path(load_course(find_course()).root) / "mini_suites" / "day01" / "test_numbers.py"
    suite.write_text(suite.read_text().replace("def test_double(", "def test_double(no_such_fixture, "))
    grade.close_judges()
    monkeypatch.delitem(sys.modules, "mini_suites.day01.test_numbers", raising=False)
    with pytest.raises(SystemExit):
        nbgrader("autograde", "day01", "--force", folder=term)
    assert score(term, "ada") == 10


def test_init_again_refreshes_the_sources_and_keeps_the_rest(term: Path, mini_copy: Path) -> None:
    config = term / "nbgrader_config.py"
    config.write_text("# mine\n")
    secret = (term / grade.OWN_SECRET).read_text()
    solution = mini_copy / "solutions" / "day01" / "numbers_lab.py"
    solution.write_text(SOLUTION.replace("Twice x.", "Two times x."))
    changed = init(load_course(mini_copy / "course.yaml"), term)
    assert sorted(path.name for path in changed) == ["day01.ipynb", "numbers_lab.py"]
    assert config.read_text() == "# mine\n"
    assert (term / grade.OWN_SECRET).read_text() == secret
    assert (term / grade.OWN_SECRET).stat().st_mode & 0o077 == 0


def test_points_never_leave_what_the_released_cell_can_give(mini: Course) -> None:
    from grader.model.record import TaskResult

    result = TaskResult(id="t", verdict=Verdict.FAILED, points=1, max_points=3)
    for most in (0.1, 1 / 3, 2.0, 7.0):
        value = float(grade.outputs(result, most, "x.py")[-1]["data"]["text/plain"])
        assert 0 <= value <= most
        assert value == pytest.approx(most / 3, abs=1e-6)


def test_a_notebook_of_many_megabytes_is_refused_in_words(
    term: Path, nbgrader: Nbgrader, submitted: Callable[[str, str], Path]
) -> None:
    folder = submitted("ada", SOLUTION)
    book = json.loads((folder / "day01.ipynb").read_text())
    book["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (17 << 20)}]
    (folder / "day01.ipynb").write_text(json.dumps(book))
    nbgrader("autograde", "day01", folder=term)
    assert score(term, "ada") == 0
    graded = (term / "autograded" / "ada" / "day01" / "day01.ipynb").read_text()
    assert "day01.ipynb is larger than" in graded
    assert len(graded) < 100_000
