"""Day 10: loss functions."""
