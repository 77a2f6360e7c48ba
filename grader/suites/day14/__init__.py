"""Day 14: a digit classifier."""
