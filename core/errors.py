"""Every error the project raises on purpose.

::

    PartialCreditError
    ├── InputError            the user can put it right: a name, a file, an option (exit code 2)
    │   └── UnknownName       a name nobody knows; says the nearest ones
    ├── UnreadableAnswer      an answer no reader understands: invalid, never wrong
    ├── MathError             TeX mathematics outside the allow-list, with its column
    ├── FamilyError           a problem family that breaks its own contract
    │   └── Disagreement      two witnesses give different keys: never printed
    ├── EngineError           a shape, dtype, label or value a layer refuses
    └── Interrupted           the user stopped a long run; says what was kept (exit code 130)
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "Disagreement",
    "EngineError",
    "FamilyError",
    "InputError",
    "Interrupted",
    "MathError",
    "PartialCreditError",
    "UnknownName",
    "UnreadableAnswer",
]


class PartialCreditError(Exception):
    """The root: everything below is one sentence a person can act on."""

    exit_code = 2


class InputError(PartialCreditError):
    """Something the user gave cannot be used; the message says what to do."""


class UnknownName(InputError):
    """A name that is not among the known ones.

    >>> str(UnknownName("family", "conv_size", ["conv_output_size", "lenet_trace"]))
    "no family is called 'conv_size'; did you mean conv_output_size?"
    """

    def __init__(self, what: str, name: str, known: Iterable[str], listing: str = "") -> None:
        from difflib import get_close_matches  # for nothing else, so not in every start

        near = get_close_matches(name, list(known), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else listing
        super().__init__(f"no {what} is called {name!r}" + (f"; {hint}" if hint else ""))


class UnreadableAnswer(PartialCreditError):
    """An answer that cannot be read; it costs the student nothing.

    ``column`` counts characters from 0 in ``text``; ``expected`` says what would have been
    readable there; ``suggestion`` is a rewriting to try, or empty.
    """

    def __init__(self, text: str, column: int, expected: str, suggestion: str = "") -> None:
        self.text, self.column, self.expected, self.suggestion = text, column, expected, suggestion
        super().__init__(expected + (f"; {suggestion}" if suggestion else ""))


class MathError(PartialCreditError):
    """TeX mathematics that no writer may guess at: the command and its column."""

    def __init__(self, source: str, column: int, message: str) -> None:
        self.source, self.column = source, column
        super().__init__(f"{message} at column {column + 1} of {source!r}")


class FamilyError(PartialCreditError):
    """A problem family breaks the contract of docs/authoring.md."""


class Disagreement(FamilyError):
    """Two witnesses of one key differ: the problem is withheld."""


class EngineError(PartialCreditError, ValueError):
    """A layer, loss or optimizer refuses its input: names it, what it takes and what came."""


class Interrupted(PartialCreditError):
    """A long run was stopped; what was finished has been kept."""

    exit_code = 130
