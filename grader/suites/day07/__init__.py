"""Day 7: tensors."""
