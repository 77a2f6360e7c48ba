"""A term with real nbgrader: three days, eight students, from `generate_assignment` to `export`."""

from __future__ import annotations

import csv
import getpass
import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grader.model.course import Course, Day
from grader.model.manifest import load_course
from grader.model.record import Record
from grader.nbgrader.init import init
from grader.nbgrader.parallel import autograde
from tests.nbgrader.conftest import Nbgrader
from tests.nbgrader.students import Cells, answer, edit, marked, solve, solved

ROOT = Path(__file__).parent.parent.parent
DAYS = ("day07", "day08", "day10")
DUE, LATE = datetime(2098, 1, 1, 12), "2098-01-02 12:00:00 UTC"
ME = getpass.getuser()  # who fetches and submits through the exchange

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, by the dozen


def hand_in(student: str, folder: Path, course: Course, day: Day) -> None:
    """What each of the eight makes of what was released."""
    answers = solved(course, day)

    def write(cells: Cells) -> None:
        solve(cells, answers, 2 if student == "half" else None)
        answer(cells, "It depends, <script>alert(1)</script> and so on.")

    def delete(cells: Cells) -> Cells:
        write(cells)
        first = day.graded[0].id
        return [cell for cell in cells if cell is not marked(cells, first)]

    match student:
        case "stub":
            pass
        case "hostile":
            edit(folder, day, forge)
        case "deleted":
            edit(folder, day, delete)
        case "module" | "both":
            shutil.copy(course.root / course.solutions / day.id / day.module, folder / day.module)
            if student == "both":
                edit(folder, day, write)
            else:
                (folder / day.notebook).unlink()
        case _:
            edit(folder, day, write)


def forge(cells: Cells) -> None:
    """Points changed, checks overwritten and doubled, results written beside them, and a transformer of input."""
    cells[1] |= {"metadata": {}, "source": FORGERY}
    for cell in [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("locked")]:
        cell["metadata"]["nbgrader"]["points"] = 100
        cell["source"] = "100"
        result = {"output_type": "execute_result", "data": {"text/plain": "100"}, "metadata": {}, "execution_count": 1}
        cells += [{**cell, "source": "1", "outputs": [result]}]
        cell["outputs"] = [result]


FORGERY = """import grader
from IPython import get_ipython
get_ipython().input_transformers_post.append(lambda lines: ["100"])
"""
CANVAS = '''Student,ID,SIS Login ID,Section,Day 10 (77)
    Points Possible,,,,20
"O'Neil, Jr., Ann ""A""",4001,half,"A, =1",
"Doe, José",4002,nobody,A,
'''
STUDENTS = ("half", "stub", "hostile", "late", "deleted", "module", "both")


@pytest.fixture
def term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with an exchange of its own, and nothing but three days in it."""
    monkeypatch.setenv("GRADER_COURSE", str(ROOT))
    monkeypatch.setenv("GRADER_SECRET", "a secret")
    folder, exchange = tmp_path / "term", tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    init(load_course(ROOT / "course.yaml"), folder)
    with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as stream:
        stream.write(f"\nc.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(tmp_path / 'cache')!r}\n")
        stream.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    return folder


def test_a_term_of_three_days_and_eight_students(term: Path, nbgrader: Nbgrader, tmp_path: Path) -> None:
    course = load_course(ROOT / "course.yaml")
    home = tmp_path / "home"
    home.mkdir()
    with Gradebook(f"sqlite:///{term}/gradebook.db", course.id) as gradebook:
        gradebook.update_or_create_student("half", first_name='Ann "A"', last_name="O'Neil, Jr.", email="=1+1")
        for day in DAYS:
            gradebook.update_or_create_assignment(day, duedate=DUE)
    shutil.copy(term / "nbgrader_config.py", home)
    for day in map(course.day, DAYS):
        nbgrader("generate_assignment", day.id, folder=term)
        nbgrader("release_assignment", day.id, folder=term)
        nbgrader("fetch_assignment", day.id, folder=home)
        hand_in(ME, home / day.id, course, day)
        nbgrader("submit", day.id, folder=home)
        nbgrader("collect", day.id, folder=term)
        for student in STUDENTS:
            archive(term, student, course, day)
        nbgrader("zip_collect", day.id, folder=term)
        (term / "submitted" / "late" / day.id / "timestamp.txt").write_text(LATE)
    nbgrader("autograde", "day07", folder=term)  # one by one, as ever
    assert len(autograde(term, "day08", jobs=2)) == 8
    nbgrader("autograde", "day10", folder=term)
    grade_by_hand(term, course)
    nbgrader("generate_feedback", "day10", folder=term)
    nbgrader("release_feedback", "day10", "--student", ME, folder=term)  # the others came by archive
    nbgrader("fetch_feedback", "day10", folder=home)
    nbgrader("export", folder=term)
    (term / "canvas.csv").write_text(CANVAS, encoding="utf-8")
    nbgrader("export", "--exporter=grader.nbgrader.export.Canvas", "--Canvas.sheet=canvas.csv", "--to=filled.csv",
             "--assignment=['day10']", folder=term)  # fmt: skip

    records = {(day, student): read(term, day, student) for day in DAYS for student in (ME, *STUDENTS)}
    scores_equal(term, course, records)
    expected(course, records)
    feedback_is_harmless(term, home)
    exported(term, records)


def archive(term: Path, student: str, course: Course, day: Day) -> None:
    """The student's archive, as downloaded from wherever it was handed in."""
    folder = term.parent / "work" / student / day.id
    shutil.copytree(term / "release" / day.id, folder)
    hand_in(student, folder, course, day)
    downloads = term / "downloaded" / day.id / "archive"
    downloads.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(downloads / f"{student}.zip", "w") as out:
        for path in folder.iterdir():
            out.write(path, path.name)


def grade_by_hand(term: Path, course: Course) -> None:
    """An answer read, a check's points overruled, extra credit: what formgrader writes."""
    with Gradebook(f"sqlite:///{term}/gradebook.db", course.id) as gradebook:
        gradebook.find_grade("question", "day10", "day10", ME).manual_score = 1.5
        gradebook.find_grade("mse", "day10", "day10", "half").manual_score = 1
        gradebook.find_grade("mae", "day10", "day10", "half").extra_credit = 0.5
        gradebook.db.commit()


def read(term: Path, day: str, student: str) -> Record:
    return Record.model_validate_json((term / "records" / day / f"{student}.json").read_bytes())


def scores_equal(term: Path, course: Course, records: dict[tuple[str, str], Record]) -> None:
    with Gradebook(f"sqlite:///{term}/gradebook.db", course.id) as gradebook:
        for (day, student), record in records.items():
            submission = gradebook.find_submission_notebook(day, day, student)
            assert {grade.name: grade.auto_score for grade in submission.grades if grade.name != "question"} == {
                task.id: task.points for task in record.tasks
            }, (day, student)
            late = record.points if student == "late" else 0
            assert submission.late_submission_penalty in ({late, None} if not late else {late})
        assert gradebook.find_submission("day10", ME).score == 18 + 1.5
        assert gradebook.find_submission("day10", "half").score == 1 + 1 + 0.5  # mse overruled, mae with extra credit


def expected(course: Course, records: dict[tuple[str, str], Record]) -> None:
    for day in map(course.day, DAYS):
        for student in (ME, "late", "deleted", "module"):
            assert records[day.id, student].points == day.points, (day.id, student)
        for student in ("stub", "hostile", "both"):
            assert records[day.id, student].points == 0, (day.id, student)
        assert 0 < (records[day.id, "half"].points or 0) < day.points
    assert "only one can be graded" in records["day10", "both"].submission.notes[0]


def feedback_is_harmless(term: Path, home: Path) -> None:
    page = (home / "day10" / "feedback").rglob("day10.html")
    assert any("mse: passed, 2 of 2 points" in path.read_text(encoding="utf-8") for path in page)
    told = (term / "feedback" / "deleted" / "day10" / "day10.html").read_text(encoding="utf-8")
    assert "The check cell mse was missing; it was put back." in told
    for path in (term / "feedback").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text, path
        assert "MARK SCHEME" not in text, path
        assert "check_close" not in text, path
    graded = json.loads((term / "autograded" / ME / "day10" / "day10.ipynb").read_text(encoding="utf-8"))
    assert "MARK SCHEME" in json.dumps(graded)  # whoever reads the answer sees the rubric above it
    released = (term / "submitted" / "module" / "day10" / "losses.py").read_bytes()
    assert (term / "autograded" / "module" / "day10" / "losses.py").read_bytes() == released


def exported(term: Path, records: dict[tuple[str, str], Record]) -> None:
    with (term / "grades.csv").open(encoding="utf-8", newline="") as stream:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(stream)}
    assert rows["day07", "half"]["last_name"] == "O'Neil, Jr."
    assert rows["day07", "half"]["email"] == "'=1+1"
    assert float(rows["day07", "late"]["score"]) == 0
    assert float(rows["day07", "late"]["raw_score"]) == records["day07", "late"].points
    with (term / "filled.csv").open(encoding="utf-8", newline="") as stream:
        filled = list(csv.reader(stream))
    assert filled[2] == ['O\'Neil, Jr., Ann "A"', "4001", "half", "A, =1", "2.5"]
    assert filled[3] == ["Doe, José", "4002", "nobody", "A", ""]
