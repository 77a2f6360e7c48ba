"""Day 16: gradient descent from scratch."""
