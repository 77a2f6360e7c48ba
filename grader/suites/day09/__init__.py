"""Day 9: a simple network."""
