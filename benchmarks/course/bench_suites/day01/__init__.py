"""The checks of the timed assignment."""
