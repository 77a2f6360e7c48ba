"""Classroom 50: put this beside course.yaml as CLASSROOM/autograders/ASSIGNMENT/autograder.py, and set DAY.

The runner starts it in the student's checkout and reads ./result.json. Anybody can read the bundle that this file
comes in, so there is no secret in it: every run draws a new one. Exit code 0 is a graded submission, any other a fault
of the grader.
"""

import os
import subprocess
import sys
from pathlib import Path

DAY = "day12"
GRADER = "descent-grader==0.1.0"

bundle = Path(os.environ.get("CLASSROOM50_BUNDLE_DIR") or Path(__file__).parent)
work = Path.cwd()
if not os.environ.get("GRADER_INSTALLED"):  # a container of yours may have it already
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", GRADER], check=True, cwd=bundle)
# -P: a torch.py in the student's folder is not ours to import
command = [sys.executable, "-P", "-m", "grader", "score", str(work), "--day", DAY, "--course", str(bundle)]
command += ["--student", os.environ.get("OWNER", "student"), "--to", "classroom50", "--out", str(work / "result.json")]
sys.exit(subprocess.run(command, cwd=bundle).returncode)
