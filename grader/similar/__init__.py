"""`grader similar`: works of a day that share code which nobody was given. For a person to read, never a score."""
