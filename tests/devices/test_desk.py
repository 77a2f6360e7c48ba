"""The same device at a student's keyboard: pytest on their file, and a notebook's cell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .test_mistakes import COURSE, SLIPS, SOLUTION

ENVIRONMENT = {**os.environ, "GRADER_COURSE": str(COURSE)}


def test_pytest_on_sim_names_the_line_that_makes_a_cpu_tensor(tmp_path: Path) -> None:
    slip, file = SLIPS["mask"], tmp_path / "day01" / "lab.py"
    file.parent.mkdir()
    file.write_text(slip.text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(file), "--device", "sim", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=ENVIRONMENT)
    assert f"causal: Your code runs on the CPU only: line {slip.line} makes a CPU tensor." in run.stdout
    assert "# <" in run.stdout
    assert " 11/12 " in run.stdout, run.stdout


def test_a_notebook_s_cell_is_checked_on_sim(tmp_path: Path) -> None:
    code = f"""
from grader.notebook import check
names = {{}}
exec({SOLUTION!r}, names)
print(check("one_hot", "day01", names, device="sim"), check("fit", "day01", names, device="sim"))
exec({SLIPS["written_from_scratch"].text!r}, names)
print(check("one_hot", "day01", names, device="sim"))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=ENVIRONMENT)
    right, wrong, *_ = run.stdout.split("\n")
    assert right == "one_hot: passed, 1 of 1 points fit: passed, 1 of 1 points", run.stdout + run.stderr
    assert wrong == "one_hot: error, 0 of 1 points"
    assert "Your code runs on the CPU only" in run.stdout
