"""`python -m grader`. Better `grader` or `python -P -m grader`: -m alone looks for us in the current folder first."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the current folder: a torch.py or typer.py in it is not ours to run

from grader.cli.main import main

main()
