"""Any answer for which a condition holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, ClassVar

from partialcredit.errors import FamilyError
from partialcredit.grading.entries import OTHER, SAME
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.numbers.vectors import freeze

__all__ = ["Satisfies"]

#: What a condition may raise on an answer that makes no sense in it.
_SENSELESS = (ArithmeticError, ValueError, TypeError, LookupError)


@dataclass(frozen=True, slots=True)
class Satisfies(Kind):
    """Weights that separate the points, a vector orthogonal to another: many answers are right.

    The key is one of them. ``inner`` is the kind that answers are read as, and ``condition`` is
    given the exact value, rows as vectors. Where ``effect`` is given, it says what a value amounts
    to (which points lie where, say); then a slip is recognised in every answer that amounts to the
    same, else only in its own value. ``fault`` returns a sentence about a wrong value, and
    ``spoilt`` a wrong value close to the key, where a nudge of the inner kind does not break the
    condition.

    >>> from partialcredit.grading.kinds.array import Array
    >>> kind = Satisfies(Array(shape=(2,)), lambda v: v[0] * 3 + v[1] * 4 == 0)
    >>> kind.compare((4, -3), kind.read("(-8, 6)")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "satisfies"
    all_or_nothing: ClassVar[bool] = False
    inner: Kind
    condition: Callable[[Any], bool]
    effect: Callable[[Any], Any] | None = None
    fault: Callable[[Any], str] | None = None
    spoilt: Callable[[Any], Any] | None = None

    @property
    def numeric(self) -> bool:
        """As the kind that answers are read as."""
        return self.inner.numeric

    @property
    def typeset(self) -> bool:
        """As the kind that answers are read as."""
        return self.inner.typeset

    def read(self, text: str) -> Answer:
        """As the inner kind reads it."""
        return self.inner.read(text)

    def write(self, value: Any) -> str:
        """As the inner kind writes it."""
        return self.inner.write(value)

    def tex(self, value: Any) -> str:
        """As the inner kind writes it."""
        return self.inner.tex(value)

    def instruction(self) -> str:
        """The inner kind's form, and that any right answer counts."""
        return f"{self.inner.instruction()} Any right answer counts.".strip()

    def compare(self, key: Any, answer: Answer) -> Verdict:
        """Right where the condition holds; a slip meets none, and is met by what amounts to it."""
        fault = self.inner.unlike(key, answer.value)
        if fault:
            return Verdict("different", "exact", fault)
        try:
            holds = self.condition(freeze(answer.value))
            if not self.condition(key):
                holds = self._amounts_to(key, answer)
        except _SENSELESS as error:
            return Verdict("undecided", "", f"The answer could not be tried out: {error}.")
        return SAME if holds else OTHER

    def _amounts_to(self, key: Any, answer: Answer) -> bool:
        if self.effect is not None:
            return bool(self.effect(key) == self.effect(freeze(answer.value)))
        return self.inner.compare(key, answer).outcome == "equivalent"

    def remark(self, key: Any, answer: Answer) -> str:
        """Where the condition fails, in the family's words."""
        return self.fault(freeze(answer.value)) if self.fault is not None else ""

    def deviation(self, key: Any, witness: Any, error: float, point: Mapping[str, float]) -> float:
        """0 where the witness, a condition of the engine's own, finds that the key meets it."""
        return 0.0 if witness(key) else inf

    def separated(self, a: Any, b: Any, point: Mapping[str, float]) -> bool:
        """Whether the condition, or the effect, tells the two values apart."""
        if self.condition(a) or self.condition(b):
            return not (self.condition(a) and self.condition(b))
        if self.effect is not None:
            return bool(self.effect(a) != self.effect(b))
        return self.inner.separated(a, b, point)

    def nudged(self, key: Any) -> Any:
        """A value that breaks the condition; raises FamilyError where none is declared or found."""
        value = self.spoilt(key) if self.spoilt is not None else self.inner.nudged(key)
        if self.condition(value):
            raise FamilyError(f"the condition holds for {value}, too: declare spoilt=")
        return value
