"""Day 18: optimizers from scratch."""
