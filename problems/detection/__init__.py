"""Boxes: how they overlap, which remain, and how a detector is scored."""
