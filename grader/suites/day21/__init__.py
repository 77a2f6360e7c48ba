"""Day 21: a convolutional network."""
