"""What is declared beside a key that is typed as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partialcredit.errors import InputError
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.strangers import strangers
from partialcredit.grading.tree import Node, names_in
from partialcredit.numbers.rationals import rational

__all__ = ["Declared"]

EXACT = Precision()

#: Short enough that the number it stands for is small, too.
_SIZE = re.compile(r"(?=\.?\d)\d{0,40}\.?\d{0,40}(?:[eE][-+]?\d{1,2})?|\d{1,40}/[1-9]\d{0,39}")


@dataclass(frozen=True, slots=True)
class Declared:
    """Symbols with their domains, functions left undefined, and how far a number may be off.

    Hashable, so that a key that a class answers many times is read once.
    """

    given: tuple[tuple[str, str], ...] = ()
    functions: tuple[str, ...] = ()
    precision: Precision = EXACT
    complex: bool = False

    @staticmethod
    def of(
        symbols: Mapping[str, str] | None,
        functions: Sequence[str],
        tolerance: Mapping[str, Any] | None,
        complex_: bool,
    ) -> Declared:
        """From the fields of a pair; raises InputError for a tolerance that is none."""
        given = tuple((symbols or {}).items())
        return Declared(given, tuple(functions), _precision(tolerance), complex_)

    @property
    def names(self) -> Names:
        """What the reader knows before it has seen the key."""
        return names_for(dict(self.given), self.functions, self.complex)

    def symbols(self, key: Node) -> dict[str, str]:
        """The declared symbols, and the other names of the key, which are real."""
        return dict(self.given) | dict.fromkeys(strangers(key, self.names), "real")

    def entries(self, key: Node) -> dict[str, Any]:
        """How a kind of several numbers or formulas is made for a key."""
        names = names_in(key)
        symbols = self.symbols(key) if names or self.complex else {}
        return {
            "symbols": symbols,
            "functions": self.functions,
            "complex": self.complex,
            "tolerance": self.precision.tolerance,
            "relative": self.precision.relative,
        }


def _precision(tolerance: Mapping[str, Any] | None) -> Precision:
    """From ``{"abs": 0.005}`` or ``{"rel": 1e-3}``; decimals mean what is written."""
    if not tolerance:
        return EXACT
    unknown = set(tolerance) - {"abs", "rel"}
    if unknown:
        raise InputError(f"a tolerance is abs or rel, not {', '.join(sorted(unknown))}")
    for value in tolerance.values():
        if not _SIZE.fullmatch(str(value)):
            raise InputError(f"a tolerance is a number that is not negative, not {value!r:.80}")
    sizes = {name: rational(str(value)) for name, value in tolerance.items()}
    return Precision(tolerance=sizes.get("abs", rational(0)), relative=sizes.get("rel"))
