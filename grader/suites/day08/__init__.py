"""Day 8: anatomy of a network."""
