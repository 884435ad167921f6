"""Held to account: witnesses over many seeds, and what guessing earns."""
