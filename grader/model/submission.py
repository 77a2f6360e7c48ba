"""What a student handed in, once it has been taken in."""

from dataclasses import dataclass
from typing import Literal

from grader.model.errors import DescentError


class SubmissionError(DescentError):
    """What was handed in cannot be taken; the message is a sentence that the student can act upon."""


@dataclass(frozen=True)
class Submission:
    """One student's work for one day, as text. Nothing of it has been run, and all of it encodes as UTF-8.

    Attributes:
        student: whose it is, in printable characters.
        digest: SHA-256, in hex, of the kind, the declared file name and the bytes that were taken. It is the same for
            the same file handed in alone, in a folder or in an archive.
        module: the day's declared module, such as `losses.py`, for a notebook as well.
        cells: a module's whole text as one cell; of a notebook, one entry a code cell, in order, so that the k-th
            entry is what the student counts as the k-th code cell. Cells that are left out are empty strings.
        kind: which of the two declared files was taken.
        notes: sentences for the student: what was repaired, and what was odd.
    """

    student: str
    digest: str
    module: str
    cells: tuple[str, ...]
    kind: Literal["module", "notebook"]
    notes: tuple[str, ...] = ()
