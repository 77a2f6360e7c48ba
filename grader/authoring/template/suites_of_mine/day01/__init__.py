"""Day 1: warm-up."""
