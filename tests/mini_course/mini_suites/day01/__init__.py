"""Day 1: numbers."""
