"""What a statement of the true/false bank is made of.

A statement's truth value is declared in the bank. The second witness is one of two:

- ``demonstration``, a function without arguments that runs, counts or enumerates something with
  the engine or with NumPy and returns whether it saw what the statement claims. It looks at
  examples: of a general claim it can refute a false one, and of a true one it shows instances.
- where no number can show it (what a method is for, where a word comes from), ``opposite``: a
  second entry of the bank, written down by itself from its own source, that claims the contrary
  and carries its own truth value. The two must have opposite values; an entry whose value was
  entered wrongly contradicts its partner.

``source`` is a row of the source notes, empty where they do not say it. ``because`` names a true
statement of the same topic that gives the reason.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

__all__ = ["Opposite", "Statement", "found_true"]


class Opposite(NamedTuple):
    """The contrary of a statement, as an entry of its own."""

    text: str
    truth: bool
    source: str


class Statement(NamedTuple):
    """``text`` and ``why`` are Markdown sentences."""

    name: str
    truth: bool
    text: str
    why: str
    source: str
    witness: Callable[[], bool] | Opposite
    because: str = ""


@cache
def found_true(statement: Statement) -> bool:
    """The truth value that the second witness finds."""
    if isinstance(statement.witness, Opposite):
        return not statement.witness.truth
    return bool(statement.witness())
