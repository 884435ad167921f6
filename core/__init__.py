"""Exam problems for deep-learning mathematics: generated, verified by two witnesses, and marked."""

from __future__ import annotations

from typing import Any

from partialcredit.version import __version__

__all__ = ["__version__", "extract", "reward"]

#: What stands here by name only, so that nothing is imported before it is used.
_ELSEWHERE = {
    "extract": "partialcredit.marking.hand_ins.prose",
    "reward": "partialcredit.environments.rewards",
}


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ELSEWHERE[name]), name)
