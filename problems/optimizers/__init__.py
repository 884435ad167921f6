"""One step after the other: what an optimizer does."""
