"""Day 11: gradients by hand."""
