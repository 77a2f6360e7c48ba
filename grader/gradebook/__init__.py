"""The gradebook: who handed in what and when, how it was graded, and what a person decided about it."""
