"""Exam problems for deep-learning mathematics: generated, verified by two witnesses, and marked."""

from partialcredit.version import __version__

__all__ = ["__version__"]
