"""The course below is for `grader`, not for pytest."""

collect_ignore = ["course"]
