"""Day 19: watching a training run."""
