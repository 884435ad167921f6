"""The value of a tree."""
