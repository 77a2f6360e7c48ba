"""Day 12: the training loop."""
