"""Every error that Descent raises on purpose, as one tree."""


class DescentError(Exception):
    """An error whose message names the file, key or task and says what to do next."""


class CourseError(DescentError):
    """course.yaml, or a file that it names, is wrong."""


class GraderFault(DescentError):
    """The grader itself failed: no score is given."""


class GradebookError(GraderFault):
    """The gradebook cannot be opened, read or written; what was entered before stays."""


class CheckFailed(AssertionError):
    """A check compared what a submission returned with what was expected, and they differ.

    `expected` and `seen` are short texts (shape, dtype, largest error and where), never walls of digits.
    `earned` is the fraction of the task's points that is earned all the same (thresholds with partial credit).
    """

    def __init__(self, message: str, *, expected: str = "", seen: str = "", earned: float = 0.0) -> None:
        super().__init__(message)
        self.message, self.expected, self.seen, self.earned = message, expected, seen, earned
