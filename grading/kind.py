"""What an answer kind is: one class with every verb that a value of its kind needs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from partialcredit.errors import InputError

if TYPE_CHECKING:
    from partialcredit.draw import Draw
    from partialcredit.grading.declared import Declared

__all__ = ["Answer", "Evidence", "Judged", "Kind", "Outcome", "Verdict"]

Outcome = Literal["equivalent", "different", "undecided", "invalid"]
Evidence = Literal["exact", "numeric", "proved", ""]
#: How one entry was judged; a ``close`` one differs in its last digits.
Judged = Literal["right", "short", "close", "wrong"]


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

    ``share`` is the part of the marks earned by entries that are right (1 when equivalent), and
    ``short`` the part for entries that are right as far as they go, with too few digits.
    ``message`` is one sentence for the student, empty when there is nothing to say.

    ``entries`` are the entries of an array by name, each with how it was judged. ``cancelled`` are
    the wrong judgements that took right ones away, and ``uncancelled`` the share without that.
    """

    outcome: Outcome
    evidence: Evidence = ""
    message: str = ""
    share: Fraction = Fraction(0)
    short: Fraction = Fraction(0)
    entries: tuple[tuple[str, Judged], ...] = ()
    cancelled: int = 0
    uncancelled: Fraction = Fraction(0)


class Kind(ABC):
    """An answer kind. Subclasses are frozen dataclasses; their fields are what a question chooses.

    ========== ==================================================================================
    kind       a value (key or answer)
    ========== ==================================================================================
    Integer    ``int``
    Real       a rational or an :class:`~partialcredit.numbers.exact.Exact`
    Expression a SymPy expression in the declared symbols
    Array      nested tuples of numbers, or of formulas in declared symbols
    Shape      a tuple of ``int``, or of formulas in declared symbols
    Signs      a tuple of 1 and -1
    Interval   a tuple of :class:`~partialcredit.numbers.values.Span`, left to right, disjoint
    Set        a ``frozenset`` of numbers, or of formulas in declared symbols
    Relation   a string in the answer grammar, such as ``"p <= LSE(x) <= p + ln(n)"``
    Choice     an ``int``, the option's index
    Choices    a ``frozenset`` of option indices
    TrueFalse  a tuple of ``bool``, one per statement
    Order      a tuple of indices into the shuffled steps, in their right order
    Text       ``str``
    Satisfies  a value of the kind it is read as
    ========== ==================================================================================

    A new kind is a file in this folder and a row in ``grading/__init__.py``. Whoever uses kinds
    asks them, by the attributes and methods below, and never compares their names.
    """

    #: What a paper file calls it.
    name: ClassVar[str]
    #: What the commands ``compare`` and ``check`` call it; empty where they do not offer it.
    typed: ClassVar[str] = ""
    #: Whether a later part can be computed from an answer.
    computable: ClassVar[bool] = True
    #: Whether only the key earns marks, and neither a part of it nor another right answer.
    all_or_nothing: ClassVar[bool] = True
    #: Whether the key is the question itself, the same in every variant, so nothing is guessed.
    is_formula: ClassVar[bool] = False
    #: Whether a person reads the answers; such a part needs no witness.
    by_person: ClassVar[bool] = False

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers to compute with, which a solver may divide."""
        return False

    @property
    def typeset(self) -> bool:
        """Whether its values read back from the TeX that :meth:`tex` writes."""
        return True

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """The kind that a key typed on the command line asks for, with the names in it."""
        raise InputError(f"{cls.__name__} answers are not compared on the command line")

    @classmethod
    def called(cls, name: str) -> bool:
        """Whether a paper file that says ``name`` means this kind."""
        return cls.name == name

    # -- what a student sees and writes ----------------------------------------------------------

    @abstractmethod
    def read(self, text: str) -> Answer:
        """Read a student's text; raises :class:`~partialcredit.errors.UnreadableAnswer`."""

    @abstractmethod
    def write(self, value: Any) -> str:
        """The value as text, rounded as the question asks; :meth:`read` takes it to full marks."""

    @abstractmethod
    def tex(self, value: Any) -> str:
        """The same digits as TeX mathematics, without dollar signs."""

    @abstractmethod
    def instruction(self) -> str:
        """What the question asks of the form, as a Markdown sentence; empty when nothing."""

    def with_digits(self, digits: int) -> Kind:
        """The same question with so many significant digits, where it asks for any."""
        return self

    # -- how it is marked ------------------------------------------------------------------------

    @abstractmethod
    def compare(self, key: Any, answer: Answer) -> Verdict:
        """Mark an answer against a key value."""

    def key(self, text: str) -> Any:
        """A key typed as text."""
        return self.read(text).value

    def unlike(self, key: Any, value: Any) -> str:
        """Why two values cannot be compared, such as their sizes; empty when they can."""
        return ""

    def granted(self, value: Any) -> Any:
        """How far an answer may be from a number that is the key; 0 where it must be exact."""
        return 0

    def rounded(self, value: Any) -> Any:
        """The value that an answer rounded as asked hands on; the value itself where none is."""
        return value

    def snapped(self, key: Any, slack: Any, answer: Answer) -> Answer:
        """The answer with every number that is off by no more than ``slack`` put right.

        ``slack`` has the form of the key. Kinds without numbers to round leave the answer alone.
        """
        return answer

    def proved(self, key: Any, answer: Answer, verdict: Verdict) -> Verdict:
        """The verdict with a proof by computer algebra, where the kind has such and it helps."""
        return verdict

    def slip(self, key: Any, answer: Answer) -> str:
        """One sentence that says what turns the key into the answer; empty when nothing does."""
        return ""

    def remark(self, key: Any, answer: Answer) -> str:
        """What else is so about a wrong answer: what is wrong with it, not how it came about."""
        return ""

    # -- how its keys are held to account --------------------------------------------------------

    @property
    def symbolic(self) -> bool:
        """Whether its values are formulas, known by what they give at :meth:`points`."""
        return False

    def points(self, draw: Draw, count: int = 2) -> list[dict[str, float]]:
        """Numbers for the symbols of a formula, drawn from their domains."""
        return [{}]

    def deviation(self, key: Any, witness: Any, error: float, point: Mapping[str, float]) -> float:
        """How far the witness is from the key: 0 for agreement, ``inf`` for any disagreement.

        In between stands the relative error of numbers that agree within ``error``.
        """
        return 0.0 if key == witness else inf

    def separated(self, a: Any, b: Any, point: Mapping[str, float]) -> bool:
        """Whether no answer can be taken for both values; formulas are told at ``point``."""
        return bool(a != b)

    @abstractmethod
    def nudged(self, key: Any) -> Any:
        """A wrong key as close to the right one as the question can tell: witnesses catch it."""
