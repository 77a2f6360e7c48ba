"""Day 13: activation functions."""
