"""The suites of the small course."""
