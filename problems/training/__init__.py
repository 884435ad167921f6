"""Whole training steps: forward, backward and the update, and where an optimizer goes."""
