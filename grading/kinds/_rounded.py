"""What kinds of numbers share: the rounding asked for, and entries that may be formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from partialcredit.grading import agreement
from partialcredit.grading.kind import Kind
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.numbers.rationals import Rational, rational

if TYPE_CHECKING:
    from partialcredit.draw import Draw

__all__ = ["Entries", "Rounded"]


_precision = lru_cache(maxsize=256)(Precision)  # a marker asks thousands of times for the same few


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded(Kind):
    """A kind of numbers, exact unless the question asks for digits, places or a tolerance."""

    digits: int | None = None
    places: int | None = None
    tolerance: Rational | None = None
    relative: Rational | None = None

    @property
    def precision(self) -> Precision:
        """The rounding the question asks for."""
        return _precision(self.digits, self.places, self.tolerance, self.relative)

    def with_digits(self, digits: int) -> Kind:
        """The same question with so many significant digits, where it asks for any."""
        return self if self.digits is None else replace(self, digits=digits)

    def deviation(self, key: Any, witness: Any, error: float, point: Mapping[str, float]) -> float:
        """The largest relative error of any number."""
        return agreement.deviation(key, witness, error)

    def separated(self, a: Any, b: Any, point: Mapping[str, float]) -> bool:
        """Whether some number differs by several times what the question allows."""
        return agreement.apart(a, b, self.precision)

    def rounded_number(self, value: Any) -> Any:
        """One number rounded as the question asks."""
        precision = self.precision
        exact = precision.exact or precision.tolerant
        return value if exact else rational(str(precision.rounded(value)))

    def granted(self, value: Any) -> Any:
        """Half a unit of the asked rounding."""
        return self.precision.margin(value)

    def snapped_number(self, key: Any, slack: Any, value: Any) -> Any:
        """The key for a number within the slack and the asked rounding, else the number."""
        return key if abs(key - value) <= slack + self.precision.margin(key) else value

    def nudged_number(self, x: Any) -> Any:
        """One number pushed off by as much as a witness has to catch."""
        return agreement.nudged_number(x, self.precision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries(Rounded):
    """A kind of several numbers, or of formulas where symbols are declared."""

    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)
    functions: tuple[str, ...] = ()
    complex: bool = False

    @property
    def names(self) -> Names:
        """What the reader knows about this question."""
        return names_for(self.symbols, self.functions, self.complex)

    @property
    def symbolic(self) -> bool:
        """Whether entries may be formulas."""
        return bool(self.symbols)

    def points(self, draw: Draw, count: int = 2) -> list[dict[str, float]]:
        """Numbers for the symbols, drawn from their domains."""
        return agreement.drawn_points(self.symbols, draw, count)

    def deviation(self, key: Any, witness: Any, error: float, point: Mapping[str, float]) -> float:
        """The largest relative error of any entry, at the point."""
        if self.symbolic:
            key = agreement.at(key, point)
        return agreement.deviation(key, witness, error)

    def separated(self, a: Any, b: Any, point: Mapping[str, float]) -> bool:
        """Whether some entry differs by several times what the question allows."""
        if self.symbolic:
            return agreement.formulas_apart(a, b, point)
        return agreement.apart(a, b, self.precision)
