"""The suites: one package a day, each with test_*.py, probes.py and mistakes.py."""
