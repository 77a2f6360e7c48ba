"""Day 1: any device."""
