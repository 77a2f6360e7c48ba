"""The suites of the course that ships with Descent: one package a day."""
