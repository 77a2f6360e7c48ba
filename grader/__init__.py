"""Descent: auto-graded assignments for PyTorch courses. Importing this imports no torch."""

__version__ = "0.1.0"
