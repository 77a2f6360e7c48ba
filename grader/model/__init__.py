"""The bottom layer: the course, verdicts, records and submissions. It imports nothing else of ours."""
