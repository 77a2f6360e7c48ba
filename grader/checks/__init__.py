"""Pure functions on received values: what the suites' asserts are made of."""
