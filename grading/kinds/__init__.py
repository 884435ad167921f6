"""The answer kinds: one file each."""
