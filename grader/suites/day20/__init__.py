"""Day 20: training clinic."""
