"""Day 15: data with known weights."""
