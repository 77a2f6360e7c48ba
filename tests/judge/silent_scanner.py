"""Stands for a scanner that never answers."""

import sys

for _ in sys.stdin:
    pass
