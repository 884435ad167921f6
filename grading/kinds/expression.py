"""A formula in declared symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from partialcredit.errors import InputError
from partialcredit.grading import agreement
from partialcredit.grading.declared import Declared
from partialcredit.grading.entries import PROVED, entry_tree, is_open
from partialcredit.grading.forms import FORMS, form_fault
from partialcredit.grading.formulas import (
    compare_formulas,
    last_side,
    refuse_huge,
    refuse_strangers,
)
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.labels import claims
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.reading import read_formula
from partialcredit.grading.slips.counterexample import counterexample
from partialcredit.grading.slips.of_formulas import formula_slip
from partialcredit.grading.tree import Node, names_in
from partialcredit.grading.writing.show import show
from partialcredit.grading.writing.tex import tex

if TYPE_CHECKING:
    from partialcredit.draw import Draw

__all__ = ["Expression", "ExpressionAnswer"]


class ExpressionAnswer(Answer):
    """An answer that becomes a SymPy expression only when a solver asks for its value."""

    __slots__ = ("side", "tree")
    tree: Node
    side: Node

    def __init__(self, text: str, tree: Node, side: Node) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "tree", tree)
        object.__setattr__(self, "side", side)
        object.__setattr__(self, "understood", show(tree))

    @property
    def value(self) -> Any:
        """The formula for solvers, without the ``y =`` before it.

        Raises ValueError for conditions and lists, which SymPy would take its time to simplify.
        """
        from partialcredit.grading.symbolic.to_sympy import to_sympy

        if self.side.op in ("and", "or", "not", "list", "tuple", "set"):
            raise ValueError("no formula")
        return to_sympy(self.side)


@dataclass(frozen=True)
class Expression(Kind):
    """A formula; right when it is the same function on the declared domains.

    ``symbols`` maps names to domains (``real``, ``positive``, ``unit``, ``integer``, ``positive
    integer``, ``vector(d)``, ``matrix(m,n)``); ``functions`` are names the question leaves
    undefined, such as ``LSE``; ``form`` is one of :data:`~partialcredit.grading.forms.FORMS`.

    >>> kind = Expression({"x": "real"})
    >>> kind.compare("2*x + 2", kind.read("2(x+1)")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "expression"
    typed: ClassVar[str] = "expression"
    is_formula: ClassVar[bool] = True
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)
    functions: tuple[str, ...] = ()
    form: str | None = None
    complex: bool = False

    def __post_init__(self) -> None:
        if self.form is not None and self.form not in FORMS:
            raise InputError(f"the form is one of {', '.join(FORMS)}, not {self.form!r}")

    @property
    def names(self) -> Names:
        """What the reader knows about this question."""
        return names_for(self.symbols, self.functions, self.complex)

    @classmethod
    def made(cls, key: str, declared: Declared) -> Kind:
        """For a key such as ``y = 2*x + 2``; a number with a tolerance is compared as a number."""
        tree = read_formula(key, declared.names)
        if declared.precision.tolerant and not names_in(tree) and not declared.complex:
            from partialcredit.grading.kinds.real import Real

            return Real.made(key, declared)
        symbols = declared.symbols(last_side(tree, declared.names))
        return cls(symbols, declared.functions, complex=declared.complex)

    def read(self, text: str) -> Answer:
        """Read a formula; ``y = ...`` and ``f(x) = ...`` before it are allowed."""
        names = self.names
        tree = read_formula(text, names)
        refuse_huge(text, tree)
        refuse_strangers(text, tree, names)
        return ExpressionAnswer(text, tree, last_side(tree, names))

    def write(self, value: Any) -> str:
        """The formula in the answer grammar."""
        return show(entry_tree(value, self.names))

    def tex(self, value: Any) -> str:
        """The formula as TeX."""
        return tex(entry_tree(value, self.names))

    def instruction(self) -> str:
        """The form that is asked for."""
        return FORMS[self.form] if self.form is not None else ""

    def compare(self, key: Any, answer: Answer) -> Verdict:
        """Equivalence first, then the form."""
        ours, theirs = entry_tree(key, self.names), self._tree(answer)
        return self._in_form(compare_formulas(ours, theirs, self.names), theirs)

    def _in_form(self, verdict: Verdict, tree: Node) -> Verdict:
        """The verdict on a formula that must also have the form asked for."""
        if verdict.outcome == "equivalent" and self.form is not None:
            fault = form_fault(tree, self.form)
            if fault:
                return Verdict("different", verdict.evidence, fault, Fraction(0))
        return verdict

    def _tree(self, answer: Answer) -> Node:
        if isinstance(answer, ExpressionAnswer):
            return answer.tree
        return entry_tree(answer.value, self.names)

    def key(self, text: str) -> Node:
        """A key as a tree: SymPy is not needed to compare it."""
        return read_formula(text, self.names)

    def proved(self, key: Any, answer: Answer, verdict: Verdict) -> Verdict:
        """With SymPy's proof of what the points have shown or left open, where it finds one."""
        if not is_open(verdict):
            return verdict
        from partialcredit.grading.symbolic.second_opinion import proves_equal

        ours, theirs = entry_tree(key, self.names), self._tree(answer)
        sides = claims(theirs, self.names)
        if not sides or not all(proves_equal(ours, side, self.names) for side in sides):
            return verdict
        return self._in_form(PROVED, theirs)

    def slip(self, key: Any, answer: Answer) -> str:
        """What turns the formula into the answer."""
        sides = claims(self._tree(answer), self.names)
        return formula_slip(entry_tree(key, self.names), sides[-1], self.names) if sides else ""

    def remark(self, key: Any, answer: Answer) -> str:
        """Numbers at which the two formulas differ."""
        sides = claims(self._tree(answer), self.names)
        return counterexample(entry_tree(key, self.names), sides[-1], self.names) if sides else ""

    @property
    def symbolic(self) -> bool:
        """Formulas are known by their values."""
        return True

    def points(self, draw: Draw, count: int = 2) -> list[dict[str, float]]:
        """Numbers for the symbols, drawn from their domains."""
        return agreement.drawn_points(self.symbols, draw, count)

    def deviation(self, key: Any, witness: Any, error: float, point: Mapping[str, float]) -> float:
        """The relative error of the formula's value at the point."""
        return agreement.deviation(agreement.at(key, point), witness, error)

    def separated(self, a: Any, b: Any, point: Mapping[str, float]) -> bool:
        """Whether the values at the point differ."""
        return agreement.formulas_apart(a, b, point)

    def nudged(self, key: Any) -> Any:
        """A millionth too large."""
        return agreement.nudged_number(key, Precision())
