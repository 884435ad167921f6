"""What an answer kind is: it reads text, compares it with a key, and writes keys."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal

__all__ = ["Answer", "Evidence", "Kind", "Outcome", "Verdict"]

Outcome = Literal["equivalent", "different", "undecided", "invalid"]
Evidence = Literal["exact", "numeric", "proved", ""]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as read.

    ``value`` has the type that a key of the same kind has, so that a later part can be computed
    from it; ``understood`` is the reading shown to the student.
    """

    text: str
    value: Any
    understood: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of one comparison.

    ``share`` is the part of the marks earned by entries that are right (1 when equivalent);
    ``message`` is one sentence for the student, empty when there is nothing to say.
    """

    outcome: Outcome
    evidence: Evidence = ""
    message: str = ""
    share: Fraction = Fraction(0)


class Kind(ABC):
    """An answer kind. Subclasses are frozen dataclasses; their fields are what a question chooses.

    ========== ==================================================================================
    kind       a value (key or answer)
    ========== ==================================================================================
    Integer    ``int``
    Real       ``int``, ``Rational`` or :class:`~partialcredit.numbers.exact.Exact`
    Expression a SymPy expression in the declared symbols
    Array      nested tuples of numbers
    Shape      a tuple of ``int``
    Interval   a tuple of :class:`~partialcredit.numbers.values.Span`, left to right, disjoint
    Set        a ``frozenset`` of numbers
    Relation   a string in the answer grammar, such as ``"p <= LSE(x) <= p + ln(n)"``
    Choice     an ``int``, the option's index
    Choices    a ``frozenset`` of option indices
    TrueFalse  a tuple of ``bool``, one per statement
    Order      a tuple of indices into the shuffled steps, in their right order
    ========== ==================================================================================
    """

    name: ClassVar[str]

    @abstractmethod
    def read(self, text: str) -> Answer:
        """Read a student's text; raises :class:`~partialcredit.errors.UnreadableAnswer`."""

    @abstractmethod
    def compare(self, key: Any, answer: Answer) -> Verdict:
        """Mark an answer against a key value."""

    @abstractmethod
    def write(self, value: Any) -> str:
        """The value as text, rounded as the question asks; :meth:`read` takes it to full marks."""

    @abstractmethod
    def tex(self, value: Any) -> str:
        """The same digits as TeX mathematics, without dollar signs."""

    @abstractmethod
    def instruction(self) -> str:
        """What the question asks of the form, as a Markdown sentence; empty when nothing."""
