"""From the bytes that a student handed in to a `Submission`; every one of them counts as hostile.

Theory of operation. Whatever was handed in becomes a *listing*: names and ways to read them; nothing is written to disk
and no link is followed (`folder`, `archive`, `tar`). `take` picks the declared file out of it, reads that file alone,
under a limit, and has it made into cells (`text`, `notebook`, `magics`). Every fault of the material raises
`SubmissionError` with a sentence for the student; every other exception is the grader's own.
"""

from grader.judge.intake.listing import NOTEBOOK_BYTES
from grader.judge.intake.magics import plain_cell
from grader.judge.intake.notebook import notebook_digest, parse_notebook
from grader.judge.intake.take import declared_files, intake

__all__ = ["NOTEBOOK_BYTES", "declared_files", "intake", "notebook_digest", "parse_notebook", "plain_cell"]
