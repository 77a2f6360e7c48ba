"""Every format: golden files, schemas, points told and withheld, no score where the grader failed."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import junitparser
import pytest
import xmlschema

from grader.model.errors import CourseError, GraderFault
from grader.model.record import Record
from grader.model.verdict import Verdict
from grader.reports.formats import FORMATS, log, render

from .golden import CASES, path, rendered
from .samples import FAULTY, MIXED, PERFECT, REFUSED, RUNNER, SAMPLES, SECRET, record, task

SCHEMAS = Path(__file__).with_name("schemas")
JSON = sorted(file.stem for file in SCHEMAS.glob("*.json"))


@pytest.fixture(autouse=True)
def _runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


def schema(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name, sample", CASES)
def test_the_golden_files_are_what_is_rendered(name: str, sample: str) -> None:
    """After a change that is meant: `python -m tests.reports.golden`, and read the diff."""
    assert rendered(name, sample) == path(name, sample).read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", JSON)
def test_json_fits_its_schema(name: str, sample: str) -> None:
    if (name, sample) == ("classroom50", "faulty"):
        return  # see test_classroom50_writes_nothing_where_there_is_no_score
    schema(name).validate(json.loads(render(name, [SAMPLES[sample]])))


def test_junit_fits_its_schema_and_reads_back() -> None:
    text = render("junit", list(SAMPLES.values()))
    xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd")).validate(text)
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == [
        (6, 4, 0, 1), (2, 0, 0, 0), (2, 0, 1, 0), (2, 2, 0, 0)
    ]  # fmt: skip
    points = {each.name: each.value for each in suites[1].properties()}
    assert (points["points"], points["max_points"], points["points.double"]) == ("4", "4", "2")


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].whole and not FORMATS[name].sheet])
def test_nothing_is_told_about_a_withheld_task_until_it_is_revealed(name: str) -> None:
    assert SECRET not in render(name, [MIXED]) + log(name, MIXED)
    assert SECRET in render(name, [MIXED], reveal=True) + log(name, MIXED, reveal=True)


@pytest.mark.parametrize("name", ["terminal", "html", "junit", "github", "gitlab", "exercism"])
def test_where_students_read_at_once_a_withheld_task_costs_no_points_without_a_word(name: str) -> None:
    lost = MIXED.tasks[5]
    won = lost.model_copy(update={"verdict": Verdict.PASSED, "points": lost.max_points})
    other = MIXED.model_copy(update={"tasks": (*MIXED.tasks[:5], won), "points": 5.5})
    assert render(name, [MIXED]) + log(name, MIXED) == render(name, [other]) + log(name, other)


def test_gradescope_shows_withheld_tests_after_publication_and_says_how_the_points_stand() -> None:
    results = json.loads(render("gradescope", [MIXED]))
    assert [test["visibility"] for test in results["tests"]] == ["visible"] * 5 + ["after_published"]
    assert results["score"] == sum(test["score"] for test in results["tests"]) == 3.5
    assert results["output"].startswith("2.5 of 7 points; 3 more are withheld until after the deadline; 2 more")
    revealed = json.loads(render("gradescope", [MIXED], reveal=True))
    assert {test["visibility"] for test in revealed["tests"]} == {"visible"}


def test_gradescope_has_neither_score_nor_tests_where_the_grader_failed() -> None:
    assert not {"score", "tests"} & json.loads(render("gradescope", [FAULTY])).keys()


def test_classroom50_writes_nothing_where_there_is_no_score() -> None:
    with pytest.raises(GraderFault, match="there is no score"):
        render("classroom50", [FAULTY])


def test_classroom50_has_whole_scores_that_add_up() -> None:
    result = json.loads(render("classroom50", [MIXED]))
    assert (result["score"], result["max-score"]) == (3, 10)  # half a point is not a score: 0.5 rounds to even, 0
    halves = json.loads(
        render("classroom50", [record(task("a", Verdict.PASSED, 0.5, 0.5), task("b", Verdict.FAILED, 0, 2))])
    )
    assert (halves["score"], halves["max-score"]) == (50, 250)
    for each in (result, halves):
        assert each["score"] == sum(test["score"] for test in each["tests"])


def test_classroom50_says_which_variables_its_runner_did_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLASSROOM")
    with pytest.raises(CourseError, match="CLASSROOM in the environment"):
        render("classroom50", [MIXED])


@pytest.mark.parametrize("given", [FAULTY, REFUSED], ids=["faulty", "refused"])
def test_prairielearn_takes_no_attempt_for_what_was_not_graded(given: Record) -> None:
    results = json.loads(render("prairielearn", [given]))
    assert results["gradable"] is False
    assert "score" not in results


HUGE = record(
    *(
        task(f"t{i}", Verdict.FAILED, 0, 1, message="é<" * 300, expected="<" * 600, output="\N{GRINNING FACE}<" * 2_000)
        for i in range(60)
    ),
    notes=("&" * 90_000,) * 30,
)


def test_prairielearn_stays_under_a_megabyte() -> None:
    text = render("prairielearn", [HUGE])
    assert len(text.encode()) <= 1_000_000
    assert len(json.loads(text)["tests"]) == 60


def test_a_summary_stays_under_what_github_takes() -> None:
    summary = render("github", [HUGE])
    assert len(summary.encode()) <= 1 << 20
    assert "| T59 |" in summary
    assert max(map(len, log("github", HUGE).split("\n"))) < 100_000


def test_exercism_messages_stay_under_64_kib() -> None:
    long = task("a", Verdict.FAILED, 0, 1, message="\N{GRINNING FACE}" * 60_000)
    text = render("exercism", [HUGE.model_copy(update={"tasks": (long,)})])
    assert len(json.loads(text)["tests"][0]["message"].encode()) <= 65_535


def test_autolab_ends_with_the_scores_or_with_a_sentence() -> None:
    rows = render("autolab", [MIXED]).splitlines()
    scores = {"add": 2, "double": 0.5, "mean": 0, "std": 0, "loop": 0, "secret_task": 1}
    assert json.loads(rows[-1]) == {"scores": scores}
    assert not any(row.startswith("{") for row in rows[:-1])
    assert render("autolab", [FAULTY]).splitlines()[-1].startswith("The grader itself failed")


def test_exercism_keeps_to_500_characters_and_says_when_it_cut() -> None:
    long = render("exercism", [record(task("a", Verdict.FAILED, 0, 1, output="x" * 4_000))])
    output = json.loads(long)["tests"][0]["output"]
    assert len(output) == 500
    assert output.endswith("Output was truncated. Please limit to 500 chars")


def test_exercism_numbers_tasks_as_the_day_does_and_leaves_out_what_is_withheld() -> None:
    tests = json.loads(render("exercism", [MIXED]))["tests"]
    assert [(test["task_id"], test["status"]) for test in tests] == [
        (1, "pass"), (2, "fail"), (3, "fail"), (4, "fail"), (5, "error")
    ]  # fmt: skip


def test_annotations_name_file_and_line_in_the_repository() -> None:
    first = log("github", MIXED, folder="work/day01").splitlines()[1]
    assert first.startswith("::error file=work/day01/numbers_lab.py,line=7,title=double%3A failed::double(3) is off")
    assert "%0Aat index 0%0Aexpected: 6" in first
    assert "file=" not in log("github", MIXED.model_copy(update={"submission": _notebook()}))


def _notebook() -> object:
    return MIXED.submission.model_copy(update={"kind": "notebook"})


def test_gitlab_names_the_file_in_the_repository_and_keeps_fingerprints() -> None:
    issues = json.loads(render("gitlab", [MIXED], folder="work"))
    assert issues[0]["location"] == {"path": "work/numbers_lab.py", "lines": {"begin": 7}}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4
    other = MIXED.model_copy(update={"tasks": (MIXED.tasks[0], MIXED.tasks[1].model_copy(update={"seen": "10"}))})
    assert json.loads(render("gitlab", [other], folder="work"))[0]["fingerprint"] == issues[0]["fingerprint"]


def test_csv_has_a_row_a_student_and_no_points_without_a_score() -> None:
    eve = PERFECT.model_copy(update={"submission": PERFECT.submission.model_copy(update={"student": "eve"})})
    rows = list(csv.DictReader(io.StringIO(render("csv", [eve, FAULTY, REFUSED]))))
    assert [(row["student"], row["points"]) for row in rows] == [("ada", ""), ("ada", "0"), ("eve", "4")]
    assert rows[0]["note"] == "no score: the grader failed"


def test_csv_of_two_days_is_refused() -> None:
    with pytest.raises(CourseError, match="day01, day02"):
        render("csv", [PERFECT, PERFECT.model_copy(update={"day": "day02"})])


def test_one_record_formats_take_one() -> None:
    with pytest.raises(CourseError, match="one by one"):
        render("exercism", [PERFECT, PERFECT])


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(CourseError, match=re.escape("there are terminal, json")):
        render("pdf", [PERFECT])


def test_json_is_the_record_itself() -> None:
    assert Record.model_validate_json(render("json", [MIXED])) == MIXED
