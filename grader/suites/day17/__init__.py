"""Day 17: batch, mini-batch and stochastic gradient descent."""
